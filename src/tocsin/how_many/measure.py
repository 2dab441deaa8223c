"""Measure: a number that counts nobody, its kind and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.how_many.bounds import Count
from tocsin.how_many.reading import QuantityKind
from tocsin.records.vocab import QuantityStatus

UNIT_KINDS: Final = {
    "time": QuantityKind.TIME,
    "distance": QuantityKind.DISTANCE,
    "money": QuantityKind.MONEY,
    "percent": QuantityKind.PERCENT,
    "other": QuantityKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """Tokens up to `after` that count nobody, and why."""

    after: int
    kind: QuantityKind
    rule: str
    explanation: str
    count: Count


def named_only(after: int, kind: QuantityKind, rule: str, explanation: str) -> Measure:
    """A number that names: it has no bounds."""
    count = Count(None, None, None, rule, status=QuantityStatus.NOT_STATED)
    return Measure(after, kind, rule, explanation, count)
