"""Words of counting in, bounds out. Usable alone; imports only text, records and errors."""

from __future__ import annotations

from tocsin.how_many.groups import group_of, group_phrases
from tocsin.how_many.phrase import read_quantity, read_quantity_at
from tocsin.how_many.read import read_quantities
from tocsin.how_many.reading import CountMark, QuantityKind, QuantityReading
from tocsin.how_many.toll import Toll, TollFigure, read_toll

__all__ = [
    "CountMark",
    "QuantityKind",
    "QuantityReading",
    "Toll",
    "TollFigure",
    "group_of",
    "group_phrases",
    "read_quantities",
    "read_quantity",
    "read_quantity_at",
    "read_toll",
]
