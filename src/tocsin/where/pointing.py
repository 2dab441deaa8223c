"""Words that point back to a place named before: "the same camp", "a market there"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision
from tocsin.where.entry import PlaceCandidate
from tocsin.where.names import name_key
from tocsin.where.place_words import (
    DISTRICT_WORDS,
    KIND_WORDS,
    PROVINCE_WORDS,
    SETTLEMENT_WORDS,
    SITE_WORDS,
)

_POINTING: Final = re.compile(
    r"(?:(?:in|at|on|near)\s+)?(?:the|that|this)\s+same\s+(?P<kind>\w+)|(?:.*\s)?there",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\s?(\w+)")
_MILITARY: Final = frozenset({"airbase", "barracks", "base", "camp", "garrison", "outpost"})
"""A camp is called a base in the next sentence, and the other way round."""
_LOOK_BACK: Final = 1_500
"""Code points: farther back than some paragraphs, nobody would know which place is meant."""
_WIDE: Final = frozenset({PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN})
_PRECISION_OF_KIND: Final = {
    **dict.fromkeys(PROVINCE_WORDS, PlacePrecision.ADM1),
    **dict.fromkeys(DISTRICT_WORDS, PlacePrecision.ADM2),
    **dict.fromkeys(SETTLEMENT_WORDS, PlacePrecision.SETTLEMENT),
}


def points_back_to(span: Span, text: str, candidates: Sequence[PlaceCandidate]) -> Span | None:
    """The name that the words of `span` point back to; None where they point to none.

    "The same camp" is the last place before it that is called a camp or is one; "there" the last
    place finer than a country.
    """
    found = _POINTING.fullmatch(span.text)
    if found is None or (found["kind"] or "").lower() not in {"", *KIND_WORDS, *SITE_WORDS}:
        return None
    kind = (found["kind"] or "").lower()
    before = bisect_right(candidates, span.start, key=lambda one: one.span.end)
    for candidate in reversed(candidates[:before]):
        if span.start - candidate.span.end > _LOOK_BACK:
            break
        if _is_meant(candidate, kind, text):
            return candidate.span
    return None


def _is_meant(candidate: PlaceCandidate, kind: str, text: str) -> bool:
    precision = candidate.entries[0].precision
    if not kind:
        return precision not in _WIDE
    called = _MILITARY if kind in _MILITARY else frozenset({kind})
    behind = _WORD.match(text, candidate.span.end)
    if behind and behind[1].lower() in called:
        return True
    if not called.isdisjoint(name_key(candidate.span.text).split()):
        return True
    return _PRECISION_OF_KIND.get(kind) is precision
