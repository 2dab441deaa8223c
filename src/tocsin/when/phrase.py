"""Phrase: what the grammars hand to each other, before it gets its span."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from tocsin.when.expression import (
    Amount,
    Bound,
    CalendarRef,
    ClockTime,
    Direction,
    TimeKind,
    TimeUnit,
)
from tocsin.when.lexicon import CUES
from tocsin.when.tokens import Tokens

PREPOSITIONS: Final = CUES["prepositions"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase before it gets its span: token indexes `[first, after)`."""

    first: int
    after: int
    kind: TimeKind
    refs: tuple[CalendarRef, ...] = ()
    is_range: bool = False
    part: str | None = None
    clock: ClockTime | None = None
    amount: Amount | None = None
    direction: Direction | None = None
    bound: Bound | None = None
    local_time: bool = False
    has_anchor: bool = False
    last_part: str | None = None
    zone: str | None = None
    ref_tokens: tuple[tuple[int, int], ...] = ()
    """Where each of several `refs` stands."""


def skip(tokens: Tokens, at: int, words: Collection[str]) -> int:
    """The index after one of `words`, or `at` where none of them stands there."""
    return at + 1 if tokens.word(at) in words else at


def kind_of(ref: CalendarRef, part: str | None) -> TimeKind:
    """What a phrase whose first day or period is `ref` chiefly names."""
    if ref.unit in {TimeUnit.DECADE, TimeUnit.CENTURY} and ref.year is not None:
        return TimeKind.YEAR
    if ref.offset_days is not None or (ref.which is not None and ref.unit is not None):
        return TimeKind.RELATIVE
    if ref.unit is not None:
        return TimeKind.RELATIVE
    if ref.day is not None or ref.holiday is not None:
        return TimeKind.DATE
    if ref.weekday is not None:
        return TimeKind.WEEKDAY
    if ref.month is not None:
        return TimeKind.MONTH
    if ref.season is not None:
        return TimeKind.SEASON
    if ref.year is not None:
        return TimeKind.YEAR
    return TimeKind.PART_OF_DAY if part else TimeKind.VAGUE
