"""Makes `data/tiny`, the model that the tests of the learned reader open. Needs the training extra.

    python -m tests.extract.learned.make_tiny_model

A network of toy size that has learnt the two incidents of `tests.train.conftest.TEXT` by heart, so
that what is read with it can be told in advance.
"""

from __future__ import annotations

from pathlib import Path

from tests.train.conftest import TEXT, make_tokenizer
from tests.train.test_batches import example
from tocsin.extract.learned.model import MODEL_FILE, TOKENIZER_FILE
from tocsin.records import Article
from tocsin.train.batches import prepare
from tocsin.train.export import export
from tocsin.train.fit import FitSettings, fit
from tocsin.train.gate import bags_of, fit_gate, write_gate
from tocsin.train.labels import Example
from tocsin.train.network import ReaderNetwork, Shape
from tocsin.train.reader import marks_of, write_card

FOLDER = Path(__file__).parent / "data" / "tiny"
SHAPE = Shape(vocabulary=64, positions=512, width=24, layers=6, heads=2, inner=48)
THRESHOLDS = {
    "gate": 0.5, "trigger": 0.5, "valid": 0.0, "again": 0.5, "apart": 0.0, "same": 0.7, "span": 0.5,
}  # fmt: skip
CALIBRATION = {"killed": (2.0, 0.0)}


def main() -> None:
    """Fit, export, describe."""
    tokenizer = make_tokenizer()
    quiet = Example(
        Article(id="quiet", sha256="", text="Police in Hollin said one man fled in May."),
        (),
        {"trigger": []},
        is_relevant=False,
    )
    examples = [*(example(str(number)) for number in range(6)), quiet, quiet]
    data = {"incidents": [prepare(one, tokenizer) for one in examples]}
    network = ReaderNetwork(SHAPE, dropout=0.0)
    settings = FitSettings(
        epochs=400,
        learning_rate=3e-3,
        head_rate=3e-3,
        freeze_words=False,
        average=0.9,
        rivals_from=2.0,
        threads=1,
    )
    network.load_state_dict(fit(network, data, marks_of(tokenizer), settings))
    FOLDER.mkdir(parents=True, exist_ok=True)
    export(network, FOLDER / MODEL_FILE, quantize=False)
    tokenizer.save(str(FOLDER / TOKENIZER_FILE))
    write_card(
        FOLDER,
        marks=marks_of(tokenizer),
        version="tiny/1",
        thresholds=THRESHOLDS,
        calibration=CALIBRATION,
        width=SHAPE.width,
    )
    quiet_texts = (quiet.article.text, "The committee met on Monday.", "Prices rose in May.")
    gate = [bags_of(Article(id="a", sha256="", text=TEXT), is_relevant=True)]
    gate += [bags_of(Article(id="a", sha256="", text=t), is_relevant=False) for t in quiet_texts]
    write_gate(FOLDER, fit_gate(gate * 20, print), limit=0.0)


if __name__ == "__main__":
    main()
