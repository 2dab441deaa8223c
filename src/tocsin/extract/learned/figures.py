"""Figures: which of the words that tell the killed, or the injured, of an incident count them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tocsin.how_many import QuantityKind, read_quantities, read_quantity_at
from tocsin.records import Span

UNCOUNTED = frozenset({"plural", "singular", "named"})
"""Rules that read a count from words without a number: "civilians", "a guard", "Ali Hasan"."""

NOT_PERSONS = frozenset(
    {
        QuantityKind.THINGS,
        QuantityKind.AGE,
        QuantityKind.MONEY,
        QuantityKind.DISTANCE,
        QuantityKind.TIME,
        QuantityKind.YEAR,
        QuantityKind.PERCENT,
    }
)
"""What a number may count instead."""
_SUPPOSING: Final = re.compile(
    r"\b(?:if|unless|lest|in case)\s+(?:[\w’'-]+\s+){0,3}\Z", re.IGNORECASE
)
SUPPOSING_REACH: Final = 60
"""Code points before a figure in which its clause may begin with a supposition."""
WORDS_BEFORE, WORDS_BEHIND = 20, 60
"""Code points around a bare number in which is looked for what it counts."""


def figures(text: str, told: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """One span for each count that is told, surest first, with how sure it is. Dropped are words
    that count nothing or no persons, the same count told again, and, where persons are counted,
    those that are only named."""
    counts: dict[tuple[int | None, int | None], tuple[Span, float, str]] = {}
    for span, sure in sorted(told, key=lambda one: (-one[1], one[0].start)):
        reading = read_quantity_at(text, span.start, span.end, plural_is_vague=True)
        if reading is not None and not _counts_things(text, span):
            count = (reading.quantity.min, reading.quantity.max)
            counts.setdefault(count, (span, sure, reading.rule))
    is_counted = any(rule not in UNCOUNTED for _, _, rule in counts.values())
    return [
        (span, sure)
        for span, sure, rule in counts.values()
        if rule not in UNCOUNTED or not is_counted
    ]


def counts_nobody(text: str, span: Span) -> bool:
    """Whether the words say that nobody was, or that none is known: "no casualties"."""
    reading = read_quantity_at(text, span.start, span.end)
    return reading is not None and reading.rule in {"none_stated", "none_reported"}


def is_supposed(text: str, span: Span) -> bool:
    """Whether the figure is of what may yet happen: "if one American is killed"."""
    return _SUPPOSING.search(text, max(0, span.start - SUPPOSING_REACH), span.start) is not None


def is_bare_number(text: str, span: Span) -> bool:
    """Whether the words end with their number: "at least 16", "dozens", not "16 people"."""
    reading = read_quantity_at(text, span.start, span.end)
    number = reading.number_span if reading is not None else None
    return number is not None and number.end == span.end


def _counts_things(text: str, span: Span) -> bool:
    """Whether the words around a bare number say that it counts no persons: "16" of "16 missiles",
    "about four" of "at about four in the morning"."""
    start, end = max(0, span.start - WORDS_BEFORE), min(len(text), span.end + WORDS_BEHIND)
    for reading in read_quantities(text, start, end):
        number = reading.number_span
        if number is not None and number.overlaps(span):
            return number.end >= span.end and reading.kind in NOT_PERSONS
    return False
