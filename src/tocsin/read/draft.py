"""Draft: what a format reader knows of one document before anyone has looked at its words.

Every format (JSON lines, tables, web archives, feeds, pages, plain text) ends in a Draft, and
`build_article` makes the Article of it: one way in, so that every format is treated alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.records import Published


@dataclass(frozen=True, slots=True)
class GivenMetadata:
    """What the command line says of text files; a sidecar `NAME.json` says the same of one."""

    published: str | None = None
    """A date or date-time, in any form `tocsin.read.published` knows."""
    outlet: str | None = None
    url: str | None = None
    id: str | None = None
    """Said by a sidecar only, as is `title`: neither holds for several files."""
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as its format gives it. `text` is what will be stored, to the character."""

    text: str
    source: str
    locator: str | None = None
    """The part of the source: `line 12`, `record 3`."""
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: Published | None = None
    published_doubts: tuple[Published, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    """Fields of the input that mean nothing to Tocsin, as JSON text."""

    @property
    def place(self) -> str:
        """The source with its locator, as an Article keeps it."""
        return f"{self.source}, {self.locator}" if self.locator else self.source
