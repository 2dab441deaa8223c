"""A small network learns what it is shown, and its exported file answers as it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from tests.train.test_batches import example

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

    data = {"incidents": [prepare(example(str(number)), tokenizer) for number in range(8)]}
    lines: list[str] = []
    settings = FitSettings(
        epochs=300, learning_rate=3e-3, head_rate=3e-3, freeze_words=False, average=0.9
    )
    fit(small_network(), data, (1, 2), settings, report=lines.append)
    slots = [float(line.split("slots ")[1].split()[0]) for line in lines if "slots " in line]
    assert slots[-1] < slots[0] / 4


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
