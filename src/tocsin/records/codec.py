"""Records to JSON and back, checked on the way in by the records' own rules.

This is the store's form, complete and lossless. The JSON that other programs read is made in
`tocsin.publish.contract`.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from tocsin.errors import RecordError

T = TypeVar("T")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(record: type[Any]) -> TypeAdapter[Any]:
    if record not in _ADAPTERS:
        _ADAPTERS[record] = TypeAdapter(record)
    return _ADAPTERS[record]


def to_json(record: object) -> str:
    """Compact JSON text of a record; equal records give equal text."""
    return _adapter(type(record)).dump_json(record, exclude_defaults=True).decode()


def from_json(record: type[T], text: str | bytes) -> T:
    """The record of that type. Raises RecordError naming the field that breaks a rule."""
    try:
        value: T = _adapter(record).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        raise RecordError(record.__name__, path, first["msg"]) from error
    return value
