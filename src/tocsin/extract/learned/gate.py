"""The first gate: an article that is plainly not about violence costs no encoder.

A linear model on words and pairs of words, taught by the encoder's own judgement of relevance (see
`tocsin.train.gate`): recall first, and a few hundred times cheaper. What passes is judged by the
encoder itself.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import DataError

BUCKETS: Final = 1 << 16
"""Words and pairs are counted in buckets by their CRC-32: no vocabulary has to be kept."""
STRETCH_WORDS: Final = 300
"""Words that are judged together, about one window of the encoder: one paragraph on an attack in a
long article must be enough."""
OVERLAP_WORDS: Final = 50

_WORD: Final = re.compile(r"[^\W_]+")


def stretches(text: str) -> Iterator[Sequence[str]]:
    """The words of a text in overlapping stretches, lower case."""
    words = _WORD.findall(text.lower())
    step = STRETCH_WORDS - OVERLAP_WORDS
    for at in range(0, max(1, len(words) - OVERLAP_WORDS), step):
        yield words[at : at + STRETCH_WORDS]


def buckets_of(words: Sequence[str]) -> list[int]:
    """The buckets of a stretch's words and pairs, each once, sorted."""
    found = {zlib.crc32(word.encode()) for word in words}
    found.update(zlib.crc32(f"{one} {other}".encode()) for one, other in pairwise(words))
    return sorted({code % BUCKETS for code in found})


class Gate:
    """Weights of buckets. `limit` is the score from which an article passes."""

    def __init__(
        self, weights: NDArray[np.int8], *, scale: float, bias: float, limit: float
    ) -> None:
        """Weights are whole numbers of `scale`: their sums are the same on every machine."""
        self._weights = weights.astype(np.int32)
        self._scale = scale
        self._bias = bias
        self._limit = limit

    @classmethod
    def open(cls, path: Path, *, scale: float, bias: float, limit: float) -> Gate:
        """The weights of a file, one signed byte each. Raises DataError where it is none."""
        try:
            stored = np.frombuffer(path.read_bytes(), np.int8)
        except OSError as error:
            raise DataError(str(path), f"cannot be read: {error}") from error
        if len(stored) != BUCKETS:
            raise DataError(str(path), f"holds {len(stored)} weights, not {BUCKETS}")
        return cls(stored, scale=scale, bias=bias, limit=limit)

    def score(self, text: str) -> float:
        """Log odds that the encoder would find the article relevant, of its likeliest stretch."""
        return max(self._stretch(words) for words in stretches(text))

    def passes(self, text: str) -> bool:
        """Whether the encoder shall read the article."""
        return any(self._stretch(words) >= self._limit for words in stretches(text))

    def _stretch(self, words: Sequence[str]) -> float:
        buckets = buckets_of(words)
        if not buckets:
            return self._bias
        total = int(self._weights[buckets].sum())
        return self._bias + self._scale * total / math.sqrt(len(buckets))
