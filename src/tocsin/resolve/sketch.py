"""Sketch: the rarest words of an article, by which two tellings of one event are known as alike.

A sketch is the `TERMS` heaviest terms of title and text by TF-IDF (Salton and Buckley 1988: log
term frequency times inverse document frequency), each as a 32-bit hash and a weight of one byte,
together of length one. The cosine of two sketches is their likeness, 0..1.

How rare a term is was counted once, over some 8,000 news articles, and ships as a hashed table
(`rarity.bin`, made by `tools.count_rarity`): a pair's likeness must not change when an unrelated
article arrives, so nothing is counted over the store.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from math import log, sqrt

import xxhash

TERMS = 64
"""Terms kept: more of them add words that any story of the kind has."""
BUCKETS = 1 << 16
"""Of the rarity table. Terms that collide share the lower rarity, which errs towards unlike."""
STEP = 1 / 24
"""Of a byte of the rarity table, in natural logarithms: 255 stand for one article in 41,000."""
KEY_TERMS = 6
"""Of a sketch, the heaviest: articles alike share two of them."""
FULL_WEIGHT = 255
UNPACKED = 4_096
"""Sketches remembered as vectors, about 6 kB each."""
_ENTRY = struct.Struct("<IB")
_WORD = re.compile(r"[^\W_]{2,}")
_MAX_CHARS = 20_000
"""Of title and text: enough for any story, and a bound on what a hostile page costs."""


def terms(title: str | None, text: str) -> Counter[str]:
    """How often each word stands in title and text, lower case."""
    whole = f"{title or ''}\n{text}"[:_MAX_CHARS]
    return Counter(word.casefold() for word in _WORD.findall(whole))


def term_hash(term: str) -> int:
    """32 bits of a term; the lower 16 are its bucket of the rarity table."""
    return xxhash.xxh32_intdigest(term.encode())


def rarity_table(frequencies: Mapping[str, int], articles: int) -> bytes:
    """The table for terms that stand in so many of `articles` articles each."""
    counts = [0] * BUCKETS
    for term, count in frequencies.items():
        bucket = term_hash(term) % BUCKETS
        counts[bucket] = max(counts[bucket], count)
    rarities = (log((articles + 1) / (count + 0.5)) for count in counts)
    return bytes(min(255, max(0, round(rarity / STEP))) for rarity in rarities)


@lru_cache(maxsize=1)
def _rarities() -> bytes:
    return files("tocsin.resolve").joinpath("rarity.bin").read_bytes()


def sketch_of(title: str | None, text: str) -> bytes:
    """The sketch of an article, packed: empty where it has no words."""
    table = _rarities()
    weighed = []
    for term, count in terms(title, text).items():
        hashed = term_hash(term)
        weight = (1 + log(count)) * table[hashed % BUCKETS] * STEP
        if weight > 0:
            weighed.append((weight, hashed))
    weighed.sort(key=lambda pair: (-pair[0], pair[1]))
    kept = weighed[:TERMS]
    if not kept:
        return b""
    heaviest = kept[0][0]
    packed = {hashed: round(FULL_WEIGHT * weight / heaviest) for weight, hashed in kept}
    return b"".join(_ENTRY.pack(hashed, weight) for hashed, weight in sorted(packed.items()))


@lru_cache(maxsize=UNPACKED)
def unpack(packed: bytes) -> Mapping[int, float]:
    """Term hashes with their weights, as a vector of length one."""
    entries = list(_ENTRY.iter_unpack(packed))
    length = sqrt(sum(weight * weight for _, weight in entries))
    return {hashed: weight / length for hashed, weight in entries} if length else {}


def likeness(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Cosine of two unpacked sketches, 0..1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def heaviest(vector: Mapping[int, float], count: int) -> list[int]:
    """The hashes of the heaviest terms, the heaviest first."""
    return sorted(vector, key=lambda term: (-vector[term], term))[:count]


def sketch_keys(packed: bytes) -> tuple[str, ...]:
    """Keys under which alike articles meet whatever their reports say: two rare terms together.

    Two, because one of them (a town, a leader) may stand in thousands of articles; and no day,
    because a trial is told years after.
    """
    tops = sorted(heaviest(unpack(packed), KEY_TERMS))
    return tuple(f"terms|{one:08x}{other:08x}" for one, other in combinations(tops, 2))


def count_articles(texts: Iterable[tuple[str | None, str]]) -> tuple[Counter[str], int]:
    """In how many articles each term stands, and how many articles there are."""
    frequencies: Counter[str] = Counter()
    articles = 0
    for title, text in texts:
        frequencies.update(terms(title, text).keys())
        articles += 1
    return frequencies, articles
