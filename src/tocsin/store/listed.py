"""Long lists of ids in one statement: bound as a JSON array, whatever their length.

An `IN (?, ?, ...)` is another statement for every length, put together anew each time, which costs
several times what the look-up itself does. A bound array leaves the statement as it was prepared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from tocsin.store.rows import compact


def among(column: ColumnElement[Any], name: str = "ids") -> ColumnElement[bool]:
    """True where the column has one of the values of the array bound to `name`."""
    array = func.json_each(bindparam(name)).table_valued("value")
    return column.in_(select(array.c.value))


def array_of(values: Iterable[int] | Iterable[str]) -> str:
    """The array to bind."""
    return compact(list(values))
