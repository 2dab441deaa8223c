"""Words of counting in, bounds out. Usable alone; imports only text, records and errors."""

from __future__ import annotations

from tocsin.how_many.phrase import read_quantity, read_quantity_at
from tocsin.how_many.read import read_quantities
from tocsin.how_many.reading import QuantityKind, QuantityReading

__all__ = [
    "QuantityKind",
    "QuantityReading",
    "read_quantities",
    "read_quantity",
    "read_quantity_at",
]
