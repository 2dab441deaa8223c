"""Probabilities of pieces become spans of whole words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.learned.decode import find_spans, find_values, whole
from tocsin.extract.learned.layout import BEGIN, INSIDE
from tocsin.extract.learned.windows import Pieces, cut_windows


def pieces_of(opens: list[bool]) -> Pieces:
    count = len(opens)
    return Pieces(
        list(range(count)),
        [2 * at for at in range(count)],
        [2 * at + 1 for at in range(count)],
        [True, *opens[1:]] if opens else [],
        [False] * count,
    )


def states_of(begin: list[float], inside: list[float]) -> np.ndarray:
    states = np.zeros((len(begin), 3), np.float32)
    states[:, BEGIN], states[:, INSIDE] = begin, inside
    states[:, 0] = 1 - states[:, BEGIN] - states[:, INSIDE]
    return states


def test_a_new_span_begins_where_beginning_is_likelier() -> None:
    pieces = pieces_of([True] * 5)
    states = states_of([0.9, 0.1, 0.8, 0.1, 0.0], [0.0, 0.8, 0.1, 0.8, 0.1])
    spans = find_spans(states, pieces, 0.5)
    assert [(one.first, one.last) for one in spans] == [(0, 2), (2, 4)]


def test_ends_are_moved_to_whole_words() -> None:
    pieces = pieces_of([True, False, False, True])
    states = states_of([0.1, 0.9, 0.1, 0.1], [0.1, 0.0, 0.1, 0.1])
    (span,) = find_spans(states, pieces, 0.5)
    assert (span.first, span.last) == (0, 3)


def test_values_that_are_one_by_their_words_are_joined() -> None:
    text = "a b c d"  # each letter a piece
    states = states_of([0.9, 0.5, 0.9, 0.0], [0.0, 0.4, 0.0, 0.0])
    pieces = pieces_of([True] * 4)
    assert [(one.first, one.last) for one in find_spans(states, pieces, 0.5)] == [
        (0, 1), (1, 2), (2, 3),
    ]  # fmt: skip
    (value,) = find_values(text, states, pieces, 0.5)
    assert (value.first, value.last) == (0, 3)
    assert value.score == pytest.approx(0.9)
    apart = replace(pieces, breaks=[False, True, False, False])
    assert [one.first for one in find_values(text, states, apart, 0.5)] == [0, 1]


def test_no_span_runs_into_the_next_paragraph() -> None:
    pieces = replace(pieces_of([True] * 4), breaks=[False, False, True, False])
    states = states_of([0.9, 0.1, 0.1, 0.1], [0.0, 0.8, 0.8, 0.8])
    spans = find_spans(states, pieces, 0.5)
    assert [(one.first, one.last) for one in spans] == [(0, 2), (2, 4)]


@given(
    rows=st.lists(
        st.tuples(st.booleans(), st.floats(0, 0.5), st.floats(0, 0.5)), min_size=1, max_size=60
    ),
    threshold=st.floats(0.05, 0.95),
)
def test_spans_are_whole_words_in_order_and_apart(
    rows: list[tuple[bool, float, float]], threshold: float
) -> None:
    pieces = pieces_of([row[0] for row in rows])
    states = states_of([row[1] for row in rows], [row[2] for row in rows])
    spans = find_spans(states, pieces, threshold)
    for one, other in pairwise(spans):
        assert one.last <= other.first
    for span in spans:
        assert 0 <= span.first < span.last <= len(pieces)
        assert span.last == len(pieces) or pieces.opens[span.last]
        assert 0 <= span.score <= 1.001


@given(count=st.integers(1, 2_000), seed=st.integers(0, 9))
def test_overlapping_windows_agree_where_they_say_the_same(count: int, seed: int) -> None:
    windows = cut_windows(count)
    truth = np.random.default_rng(seed).random((count, 3), np.float32)
    length = max(map(len, windows)) + 2
    parts = np.full((len(windows), length, 3), 9, np.float32)
    for row, window in enumerate(windows):
        parts[row, 1 : len(window) + 1] = truth[window.first : window.last]
    assert np.allclose(whole(list(parts), windows, count), truth, atol=1e-5)
