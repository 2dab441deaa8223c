"""Cursors: where a page stopped, as an opaque text that fits only the question it came from."""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from tocsin.api.errors import BadParameter
from tocsin.store import ListPosition

T = TypeVar("T")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
"""Items of one page at most: 200 incidents are about a megabyte of evidence."""
QUESTION_CHARS = 12


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items, and the cursor of the next page; None at the end."""

    items: tuple[T, ...]
    next_cursor: str | None


def question_mark(question: object) -> str:
    """A short digest of what was asked. Its `repr` must tell all of it, in one order."""
    return hashlib.sha256(repr(question).encode()).hexdigest()[:QUESTION_CHARS]


def position_cursor(position: ListPosition, question: object) -> str:
    """The cursor after an incident."""
    day = position.day.isoformat() if position.day else None
    return _encode([question_mark(question), day, position.incident_id])


def position_of(cursor: str, question: object) -> ListPosition:
    """The position a cursor stands for. Raises BadParameter for one of another question."""
    parts = _decode(cursor, question)
    match parts:
        case [None, str(id_)]:
            return ListPosition(None, id_)
        case [str(day), str(id_)]:
            with contextlib.suppress(ValueError):
                return ListPosition(dt.date.fromisoformat(day), id_)
    raise BadParameter("cursor", "is not a cursor of this list")


def id_cursor(id_: str, question: object) -> str:
    """The cursor after an item of a list ordered by id."""
    return _encode([question_mark(question), id_])


def id_of(cursor: str, question: object) -> str:
    """The id a cursor stands for. Raises BadParameter for one of another question."""
    parts = _decode(cursor, question)
    if len(parts) != 1 or not isinstance(parts[0], str):
        raise BadParameter("cursor", "is not a cursor of this list")
    return parts[0]


def _encode(parts: list[str | None]) -> str:
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _decode(cursor: str, question: object) -> list[object]:
    """The parts behind the digest."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        # JSON can spell half a surrogate pair, which no store can be asked for.
        json.dumps(parts, ensure_ascii=False).encode()
    except (binascii.Error, ValueError, RecursionError):
        raise BadParameter("cursor", "is not a cursor of this list") from None
    if not isinstance(parts, list) or not parts:
        raise BadParameter("cursor", "is not a cursor of this list")
    if parts[0] != question_mark(question):
        raise BadParameter("cursor", "belongs to another question: leave it out to begin anew")
    return parts[1:]
