from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.contenders import batch
from benchmarks.encoders import cut
from benchmarks.matrix_rate import Spent, spent_in
from tocsin.extract.learned.windows import cut_windows


def node(op: str, us: int, left: list[int], right: list[int], answer: list[int]) -> dict[str, Any]:
    shapes = {"input_type_shape": [{"float": left}, {"float": right}]}
    return {
        "cat": "Node",
        "name": f"layer/{op}_kernel_time",
        "dur": us,
        "args": {"op_name": op, **shapes, "output_type_shape": [{"float": answer}]},
    }


def test_operations_are_counted_from_the_shapes_that_ran(tmp_path: Path) -> None:
    record = tmp_path / "nodes.json"
    events = [
        {"cat": "Session", "name": "model_run", "dur": 10_000},
        node("DynamicQuantizeMatMul", 300, [2, 10, 4], [8], [2, 10, 8]),
        node("MatMul", 100, [2, 3, 10, 5], [2, 3, 5, 10], [2, 3, 10, 10]),
        node("Add", 100, [2, 10, 8], [8], [2, 10, 8]),
    ]
    record.write_text(json.dumps(events), encoding="utf-8")
    assert spent_in([record]) == Spent(
        int8_ops=2.0 * 20 * 4 * 8, float_ops=2.0 * 6 * 10 * 10 * 5, int8_s=3e-4, all_s=5e-4
    )


@given(st.integers(1, 2_000))
def test_a_batch_holds_every_piece_of_its_windows(count: int) -> None:
    ids, windows = list(range(1, count + 1)), cut_windows(count)
    feed = batch(ids, windows)
    assert set(ids) <= set(np.unique(feed["ids"]).tolist())
    assert feed["keep"].sum() == sum(len(window) + 2 for window in windows)
    assert feed["ids"].shape == feed["keep"].shape


@given(st.lists(st.sampled_from(["One went. ", "Two came home. ", "no end ", "x"])), st.integers(1))
def test_a_cut_is_a_beginning_and_no_longer(parts: list[str], length: int) -> None:
    text = "".join(parts)
    short = cut(text, length)
    assert text.startswith(short)
    assert len(short) <= length
