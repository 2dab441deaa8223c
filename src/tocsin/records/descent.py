"""Descent: how the texts of one lineage come from each other, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.records.span import Span


class EditKind(StrEnum):
    """What a later text did with a sentence."""

    ADDED = "added"
    CUT = "cut"
    CHANGED = "changed"


class DescentKind(StrEnum):
    """How a text stands to the one it comes from."""

    FIRST = "first"
    """The earliest of the lineage, as far as is known."""
    REVISION = "revision"
    """A later text of the same outlet: an update or a correction, no copy."""
    COPY = "copy"
    """The same sentences under another masthead."""
    REPRINT = "reprint"
    """Another outlet's version: cut, led anew, added to."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One sentence that differs. `old` stands in the text it comes from, `new` in the later one."""

    kind: EditKind
    old: Span | None = None
    new: Span | None = None
    notes: tuple[str, ...] = ()
    """What changed in it: `figures 3 -> 5`, `attribution dropped`, `hedge added`."""


@dataclass(frozen=True, slots=True)
class Descendant:
    """One text of a lineage and what it made of its parent."""

    article_id: str
    version: int
    kind: DescentKind
    parent_id: str | None = None
    parent_version: int | None = None
    edits: tuple[Edit, ...] = ()
