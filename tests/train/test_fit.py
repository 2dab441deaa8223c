"""A small network learns what it is shown, and its exported file answers as it does."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from tests.train.test_batches import example, mentioned
from tocsin.train.labels import Tells

torch = pytest.importorskip("torch", reason="needs the training extra")


def small_network() -> Any:
    from tocsin.train.network import ReaderNetwork, Shape

    torch.manual_seed(3)
    return ReaderNetwork(
        Shape(vocabulary=64, positions=64, width=24, layers=6, heads=2, inner=48), dropout=0.0
    )


@pytest.mark.filterwarnings("ignore")
def test_the_loss_falls(tokenizer: Tokenizer) -> None:
    from tocsin.train.batches import prepare
    from tocsin.train.fit import FitSettings, fit

    examples = [example(str(number)) for number in range(6)]
    examples += [mentioned(Tells.AGAIN), mentioned(Tells.AGAIN)]
    data = {"incidents": [prepare(one, tokenizer) for one in examples]}
    lines: list[str] = []
    settings = FitSettings(
        epochs=300, learning_rate=3e-3, head_rate=3e-3, freeze_words=False, average=0.9
    )
    fit(small_network(), data, (1, 2), settings, report=lines.append)
    for term in ("slots", "retelling"):
        sums = [float(line.split(f"{term} ")[1].split()[0]) for line in lines if "step" in line]
        assert sums[-1] < sums[0] / 4


@pytest.mark.filterwarnings("ignore")
def test_the_exported_file_answers_as_the_network(tmp_path: Path) -> None:
    import onnxruntime

    from tocsin.train.export import OUTPUTS, BothRuns, export

    network = small_network().eval()
    export(network, tmp_path / "m.onnx", quantize=False)
    session = onnxruntime.InferenceSession(str(tmp_path / "m.onnx"))
    rng = np.random.default_rng(1)
    feeds = {
        "ids": rng.integers(1, 60, (3, 11)),
        "told_states": rng.random((2, 9, 24), np.float32),
        "told_mark": np.eye(2, 9, dtype=np.float32),
        "told_trigger": rng.random((2, 24), np.float32),
    }
    got = session.run(list(OUTPUTS), feeds)
    with torch.no_grad():
        want = BothRuns(network)(*(torch.from_numpy(value) for value in feeds.values()))
    for name, one, other in zip(OUTPUTS, got, want, strict=True):
        assert np.allclose(one, other.numpy(), atol=1e-4), name


def test_mentions_are_drawn_by_what_is_rare() -> None:
    from tocsin.train.batches import Mentioned
    from tocsin.train.losses import _drawn

    def some(article: int, *tells: Tells) -> list[Mentioned]:
        return [Mentioned(article, 0, (n, n + 1), one) for n, one in enumerate(tells)]

    given = [
        *some(0, Tells.AGAIN, Tells.AGAIN, Tells.NOTHING, Tells.UNCLEAR, Tells.ANOTHER),
        *some(1, Tells.AGAIN, Tells.UNCLEAR),
    ]
    drawn = [(one.article, one.tells) for one in _drawn(given, 3, Random(1))]
    assert sorted(drawn) == [
        (0, Tells.AGAIN), (0, Tells.ANOTHER), (0, Tells.NOTHING), (1, Tells.AGAIN),
    ]  # fmt: skip
