"""Decode: probabilities of pieces to spans of whole words, with their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.learned.layout import BEGIN, INSIDE
from tocsin.extract.learned.windows import Pieces, Window
from tocsin.extract.learned.wording import is_one_value

Floats = NDArray[np.float32]

PIECES_OF_MARK = 1
"""The opening mark before a window's first piece."""


@dataclass(frozen=True, slots=True, order=True)
class Scored:
    """Pieces `[first, last)` of the article, and the mean probability of being tagged so."""

    first: int
    last: int
    score: float


def whole(parts: Sequence[Floats], windows: Sequence[Window], count: int) -> Floats:
    """One row per piece of the article, (count, ...), from each window's rows, (pieces, ...).

    Where windows overlap, each counts the more the farther the piece is from its edge, for it has
    seen more there.
    """
    total = np.zeros((count, *parts[0].shape[1:]), np.float32)
    weight = np.zeros(count, np.float32)
    for row, window in enumerate(windows):
        size = len(window)
        ramp = np.minimum(np.arange(size), np.arange(size)[::-1]).astype(np.float32) + 1
        own = parts[row][PIECES_OF_MARK : size + PIECES_OF_MARK]
        shape = (size, *(1,) * (own.ndim - 1))
        total[window.first : window.last] += own * ramp.reshape(shape)
        weight[window.first : window.last] += ramp
    mean: Floats = (total / weight.reshape(count, *(1,) * (total.ndim - 1))).astype(np.float32)
    return mean


def find_values(text: str, states: Floats, pieces: Pieces, threshold: float) -> list[Scored]:
    """The spans of `find_spans`, where two that touch and are one by their words are joined."""
    values: list[Scored] = []
    for span in find_spans(states, pieces, threshold):
        before = values[-1] if values else None
        if (
            before is not None
            and before.last == span.first
            and not pieces.breaks[span.first]
            and is_one_value(
                text, *pieces.edges(before.first, before.last), pieces.ends[span.last - 1]
            )
        ):
            sizes = before.last - before.first, span.last - span.first
            score = (before.score * sizes[0] + span.score * sizes[1]) / sum(sizes)
            values[-1] = Scored(before.first, span.last, score)
        else:
            values.append(span)
    return values


def find_spans(states: Floats, pieces: Pieces, threshold: float) -> list[Scored]:
    """Stretches whose pieces are likelier than `threshold` to be tagged, (pieces, 3) given.

    A new one begins where beginning is likelier than going on, and with a paragraph. Ends are moved
    to whole words.
    """
    inside = states[:, BEGIN] + states[:, INSIDE]
    found: list[Scored] = []
    at, count = 0, len(pieces)
    while at < count:
        if inside[at] < threshold:
            at += 1
            continue
        last = at + 1
        while (
            last < count
            and inside[last] >= threshold
            and not pieces.breaks[last]
            and (states[last, INSIDE] >= states[last, BEGIN] or not pieces.opens[last])
        ):
            last += 1
        first = at
        while not pieces.opens[first]:
            first -= 1
        while last < count and not pieces.opens[last]:
            last += 1
        if found and first < found[-1].last:
            first = found[-1].last
        if first < last:
            found.append(Scored(first, last, float(inside[at:last].mean())))
        at = last
    return found
