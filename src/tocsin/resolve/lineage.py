"""Lineage: which articles share an origin text. MinHash finds candidates, containment decides.

An article's words become overlapping three-word shingles. 128 minima of hashed shingles, in 32
bands of four, are 32 integers for an indexed column: two articles that share a band are candidates.
A candidate is a near copy when most shingles of the *smaller* text stand in the larger one
(containment, not Jaccard: copies are cut and get new leads).

Callers pass the readable text (`READABLE_REGIONS`) alone: shared page furniture is no shared
origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xxhash

SIGNATURE_VERSION = "minhash/1"
"""Stored beside the bands: signatures of different versions are never compared."""

SHINGLE_WORDS = 3
HASHES = 128
BANDS = 32
ROWS = HASHES // BANDS
"""A pair of Jaccard similarity s shares a band with probability 1-(1-s^4)^32: 0.38 -> 0.49."""

NEAR_COPY_CONTAINMENT = 0.5
"""Share of the smaller text's shingles that stand in the larger one, from which the two count as
one origin. Independent articles on one attack share names and stock phrases but rarely a tenth of
their three-word shingles; re-led and cut wire copy shares well over half. The measurement is in
docs/decisions/0005-resolution.md."""

SHORT_SHINGLES = 30
"""A text with fewer shingles is a brief. A brief is easily quoted whole inside a longer story of
another origin, and two briefs on one attack share much of their few words by chance."""

SHORT_JACCARD = 0.8
"""Briefs are near copies only when nearly equal: shared / all shingles of both."""

_WORD = re.compile(r"[^\W_]+")
_SEED = 0x70C51  # fixed for ever: stored bands depend on it
_U64 = np.uint64
_U32 = np.uint32


def _permutations() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Odd multipliers and offsets for 128 hash functions, from xxhash so that they never change."""
    values = [xxhash.xxh32_intdigest(f"tocsin:{i}".encode(), seed=_SEED) for i in range(2 * HASHES)]
    multipliers = np.array(values[:HASHES], dtype=_U32) | _U32(1)
    return multipliers[:, None], np.array(values[HASHES:], dtype=_U32)[:, None]


_MULTIPLIERS, _OFFSETS = _permutations()
_CHUNK = 4096
"""Shingles hashed at a time: memory stays flat for a text of any length."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text for finding its near copies."""

    bands: tuple[int, ...]
    """32 signed 64-bit integers; empty for a text without words."""
    shingles: int
    """Distinct shingles of the text."""
    version: str = SIGNATURE_VERSION


def _shingle_hashes(text: str) -> npt.NDArray[np.uint64]:
    """Distinct 64-bit hashes of the word shingles of `text`, sorted.

    A text of one or two words is one shingle; one without words has none.
    """
    words = [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(text.lower())]
    if not words:
        return np.empty(0, dtype=_U64)
    digest = xxhash.xxh64_intdigest
    hashes = np.fromiter((digest(word) for word in words), dtype=_U64, count=len(words))
    if len(words) < SHINGLE_WORDS:
        joined = digest(b" ".join(words))
        return np.array([joined], dtype=_U64)
    # position-weighted sum, then a finaliser: as good as hashing the joined words, and vectorised
    mixed = (
        hashes[:-2] * _U64(0x9E3779B97F4A7C15)
        ^ (hashes[1:-1] * _U64(0xC2B2AE3D27D4EB4F) >> _U64(7))
        ^ (hashes[2:] * _U64(0x165667B19E3779F9) << _U64(3))
    )
    mixed = (mixed ^ (mixed >> _U64(33))) * _U64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> _U64(29)
    unique: npt.NDArray[np.uint64] = np.unique(mixed)
    return unique


def signature(text: str) -> Signature:
    """The MinHash signature of a text: at least 2,000 news articles a second on one core."""
    shingles = _shingle_hashes(text)
    if not len(shingles):
        return Signature((), 0)
    minima = np.full(HASHES, np.iinfo(np.uint32).max, dtype=_U32)
    # 32 bits: numpy multiplies them four at a time, and minima need no more for news-sized sets
    short = (shingles >> _U64(32)).astype(_U32)
    for at in range(0, len(short), _CHUNK):
        block = short[None, at : at + _CHUNK] * _MULTIPLIERS
        block += _OFFSETS
        np.minimum(minima, block.min(axis=1), out=minima)
    rows = minima.reshape(BANDS, ROWS)
    keys = tuple(
        # the band's number is hashed in: equal minima in different bands must not meet
        _signed(xxhash.xxh64_intdigest(row.astype("<u4").tobytes(), seed=number))
        for number, row in enumerate(rows)
    )
    return Signature(keys, len(shingles))


def bands(signed: Signature) -> tuple[int, ...]:
    """The 32 band keys of a signature, as signed 64-bit integers fit for a SQL column."""
    return signed.bands


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def containment(one: str, other: str) -> float:
    """Share of the smaller text's distinct shingles that the larger one holds, 0..1."""
    return _overlap(_shingle_hashes(one), _shingle_hashes(other))[0]


def _overlap(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> tuple[float, float]:
    """(containment, Jaccard) of two sorted sets of hashes; zeros where one is empty."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / min(len(one), len(other)), shared / (len(one) + len(other) - shared)


def is_near_copy(one: str, other: str) -> bool:
    """True where the two readable texts share their origin: exact, not estimated. Symmetric."""
    first, second = _shingle_hashes(one), _shingle_hashes(other)
    contained, jaccard = _overlap(first, second)
    if min(len(first), len(second)) < SHORT_SHINGLES:
        return jaccard >= SHORT_JACCARD
    return contained >= NEAR_COPY_CONTAINMENT


def lineage_id(members: Iterable[str]) -> str:
    """The id of a lineage: the smallest id of its articles, so that order does not matter.

    Raises ValueError for a lineage without members.
    """
    return min(members)
