"""Sameness: whether two triggers of one article tell the same incident, by what they tell of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.extract.learned.decode import Scored
from tocsin.extract.learned.windows import Pieces
from tocsin.extract.learned.wording import tidy
from tocsin.how_many import read_quantity_at

WEIGHTS: Final[Mapping[str, float]] = {
    "place": 1.0,
    "date": 1.0,
    "killed": 2.0,
    "injured": 2.0,
    "target": 1.0,
    "weapon": 0.5,
    "perpetrator": 0.5,
}
"""Slots by which incidents are told apart, and how much a value says: two attacks have the same
weapon more often than the same toll."""
BY_WORDS: Final = frozenset({"place", "target"})
"""Slots in which the same words elsewhere mean the same thing. Two attacks of one article may well
share a day, a weapon and a doer in words: those say so only where they are one mention."""
LEAST_SHARED: Final = 1.0
"""More than so much must be shared: one place alone is the place of many attacks."""
_COUNTS: Final = frozenset({"killed", "injured"})
_UNCOUNTED: Final = frozenset({"plural", "singular"})
_WORD: Final = re.compile(r"\w+")
_COMMON: Final = frozenset(
    {
        "the", "a", "an", "of", "in", "on", "at", "near", "by", "and", "to", "from", "its", "his",
        "her", "their", "city", "town", "village", "province", "district",
    }
)  # fmt: skip

Count = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as told: its pieces, and what its words say, so that other words may say it too."""

    at: Scored
    words: frozenset[str]
    count: Count | None = None

    def is_same(self, other: Value) -> bool:
        """One mention; the same count; words that hold the other's."""
        if self.at.first < other.at.last and other.at.first < self.at.last:
            return True
        if self.count is not None or other.count is not None:
            return self.count == other.count
        if not self.words or not other.words:
            return False
        return self.words <= other.words or other.words <= self.words


def values_of(
    text: str, pieces: Pieces, slots: Mapping[str, Sequence[Scored]]
) -> dict[str, list[Value]]:
    """The values that tell an incident apart from others, slot by slot."""
    found: dict[str, list[Value]] = {}
    for slot in WEIGHTS:
        found[slot] = []
        for one in slots[slot]:
            edges = tidy(text, *pieces.edges(one.first, one.last))
            if edges is None:
                continue
            if slot not in _COUNTS:
                words = _WORD.findall(text[edges[0] : edges[1]].lower()) if slot in BY_WORDS else ()
                found[slot].append(Value(one, frozenset(words) - _COMMON))
                continue
            reading = read_quantity_at(text, *edges, plural_is_vague=True)
            if reading is not None and reading.rule not in _UNCOUNTED:
                count = (reading.quantity.min, reading.quantity.max)
                found[slot].append(Value(one, frozenset(), count))
    return found


def sameness(one: Mapping[str, list[Value]], other: Mapping[str, list[Value]]) -> float:
    """Weighted share of the poorer telling's values that the richer one tells too, 0..1; 0 where
    no more than LEAST_SHARED is shared."""
    shared = total = 0.0
    for slot, weight in WEIGHTS.items():
        own, others = one[slot], other[slot]
        total += weight * min(len(own), len(others))
        shared += weight * min(
            sum(any(a.is_same(b) for b in others) for a in own),
            sum(any(b.is_same(a) for a in own) for b in others),
        )
    return shared / total if shared > LEAST_SHARED else 0.0
