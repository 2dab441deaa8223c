"""Figures: which of the words that tell the killed, or the injured, of an incident count them."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.how_many import read_quantity_at
from tocsin.records import Span

UNCOUNTED = frozenset({"plural", "singular", "named"})
"""Rules that read a count from words without a number: "civilians", "a guard", "Ali Hasan"."""


def figures(text: str, told: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """One span for each count that is told, surest first, with how sure it is. Dropped are words
    that count nothing, the same count told again, and, where persons are counted, those that are
    only named."""
    counts: dict[tuple[int | None, int | None], tuple[Span, float, str]] = {}
    for span, sure in sorted(told, key=lambda one: (-one[1], one[0].start)):
        reading = read_quantity_at(text, span.start, span.end, plural_is_vague=True)
        if reading is not None:
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
