"""The int8 matrix rate of a machine as onnxruntime reaches it, and what a network spends of it.

An operation is a multiplication or an addition: a product of (M, K) by (K, N) is 2 M K N of them.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime

SHAPES = (
    (448, 384, 384),
    (448, 384, 1536),
    (448, 1536, 384),
    (1792, 384, 1536),
    (1792, 768, 3072),
    (4096, 1024, 4096),
)
"""Rows, inner and outer width: a window's products in the reader, four windows', BERT-base's, and
one large enough for nothing else to count."""
SECONDS_EACH = 0.5
OPSET, IR_VERSION = 13, 8
INT8_OPS = frozenset(
    {"DynamicQuantizeMatMul", "MatMulInteger", "MatMulIntegerToFloat", "QLinearMatMul"}
)
"""Products that onnxruntime does in int8. Their matrix is packed when a session opens, and then its
type is no longer recorded: the name must tell."""


class Rate(NamedTuple):
    """One product's shape, and the operations a second it was done at."""

    op: str
    rows: int
    inner: int
    outer: int
    per_second: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What a profiled run spent: operations in int8 and in float products, and seconds in them and
    in all nodes."""

    int8_ops: float
    float_ops: float
    int8_s: float
    all_s: float


def int8_rate(threads: int) -> list[Rate]:
    """Every shape by both of the products that onnxruntime has, fastest first. Needs `onnx`."""
    found = [
        Rate(op, *shape, _rate_of(op, shape, threads))
        for op in ("MatMulInteger", "QLinearMatMul")
        for shape in SHAPES
    ]
    return sorted(found, key=lambda one: -one.per_second)


def _rate_of(op: str, shape: tuple[int, int, int], threads: int) -> float:
    rows, inner, outer = shape
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        _product(op, inner, outer), options, providers=["CPUExecutionProvider"]
    )
    feed = {"a": np.full((rows, inner), 7, np.uint8)}
    session.run(None, feed)
    runs, began = 0, time.perf_counter()
    while (spent_s := time.perf_counter() - began) < SECONDS_EACH:
        session.run(None, feed)
        runs += 1
    return 2.0 * rows * inner * outer * runs / spent_s


def _product(op: str, inner: int, outer: int) -> bytes:
    """A graph of one product with a constant int8 matrix."""
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415 (the training extra)

    matrix = np.random.default_rng(1).integers(-127, 127, (inner, outer)).astype(np.int8)
    constants = {"b": matrix, "az": np.uint8(128), "bz": np.int8(0)}
    if op == "QLinearMatMul":
        constants |= {"s": np.float32(0.01), "yz": np.uint8(128)}
        inputs, answer = ["a", "s", "az", "b", "s", "bz", "s", "yz"], TensorProto.UINT8
    else:
        inputs, answer = ["a", "b", "az", "bz"], TensorProto.INT32
    graph = helper.make_graph(
        [helper.make_node(op, inputs, ["y"])],
        op,
        [helper.make_tensor_value_info("a", TensorProto.UINT8, ["rows", inner])],
        [helper.make_tensor_value_info("y", answer, ["rows", outer])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    data: bytes = model.SerializeToString()
    return data


def spent_in(records: Iterable[Path]) -> Spent:
    """What onnxruntime's records of nodes say was spent."""
    int8_ops = float_ops = int8_us = all_us = 0.0
    for event in _nodes(records):
        all_us += event["dur"]
        ops, is_int8 = _operations(event["args"])
        if is_int8:
            int8_ops += ops
            int8_us += event["dur"]
        else:
            float_ops += ops
    return Spent(int8_ops, float_ops, int8_us / 1e6, all_us / 1e6)


def _nodes(records: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in records:
        for event in json.loads(path.read_text(encoding="utf-8")):
            if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
                yield event


def _operations(node: dict[str, Any]) -> tuple[float, bool]:
    """Operations of a node, none where it is no matrix product; and whether it is one in int8."""
    name = node["op_name"]
    if "MatMul" not in name and name != "Gemm":
        return 0.0, False
    (left,) = node["input_type_shape"][0].values()
    (answer,) = node["output_type_shape"][0].values()
    return 2.0 * math.prod(answer) * left[-1], name in INT8_OPS
