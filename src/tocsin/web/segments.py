"""An article's text cut into segments, each shown one way: read or furniture, marked or not.

The segments put together are the text, character for character. Characters that reorder or hide
what stands around them are told apart, so that a page can show their code in their place.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tocsin.api.marks import Mark
from tocsin.records import READABLE_REGIONS, Article
from tocsin.records.vocab import RegionKind

MAX_SHOWN_CHARS = 40_000
"""Of one article on one page: about twenty screens. Longer texts are turned over like pages."""
LEAD_CHARS = 2_000
"""Shown before the words looked for, where a long text does not begin with them."""
EXCERPT_CHARS = 600
"""Shown before the words an excerpt is about, where their paragraph begins further up."""

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates: they can make a text read other than it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters shown as they are, or the code of one that must not be obeyed."""

    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch `[start, end)` of the text that is shown one way."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    region: RegionKind
    marks: tuple[Mark, ...] = ()
    is_focus: bool = False
    """True for the words that were asked for."""
    is_focus_start: bool = False

    @property
    def is_read(self) -> bool:
        """False for furniture, which nothing is extracted from."""
        return self.region in READABLE_REGIONS


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a text is shown, and which character to ask for to see what is around it."""

    start: int
    end: int
    before: int | None
    after: int | None

    @classmethod
    def excerpt(cls, text: str, first: int, last: int) -> Window:
        """The paragraphs that hold `[first, last)`, cut where they are long."""
        start = text.rfind("\n", 0, first) + 1
        end = text.find("\n", last)
        end = len(text) if end < 0 else end
        start = max(start, first - EXCERPT_CHARS)
        return cls(start, min(end, max(last, start + 3 * EXCERPT_CHARS)), None, None)

    @classmethod
    def around(cls, length: int, at: int, size: int = MAX_SHOWN_CHARS) -> Window:
        """The part that holds the character `at`; all of a text that is short enough."""
        if length <= size:
            return cls(0, length, None, None)
        start = max(0, min(at - LEAD_CHARS, length - size))
        end = start + size
        return cls(
            start,
            end,
            max(0, start - size + 2 * LEAD_CHARS) if start else None,
            end if end < length else None,
        )


def segments(
    article: Article,
    marks: Iterable[Mark],
    window: Window,
    focus: tuple[int, int] | None = None,
) -> list[Segment]:
    """The window's text, cut wherever a region, a mark or the focus begins or ends.

    Marks may overlap; those of other articles, or outside the window, are passed over.
    """
    inside = [
        mark
        for mark in marks
        if mark.evidence.article_id == article.id
        and mark.evidence.span.start < window.end
        and mark.evidence.span.end > window.start
    ]
    cuts = {window.start, window.end}
    for region in article.regions:
        cuts |= {region.start, region.end}
    for mark in inside:
        cuts |= {mark.evidence.span.start, mark.evidence.span.end}
    if focus is not None:
        cuts |= set(focus)
    bounds = sorted(cut for cut in cuts if window.start <= cut <= window.end)
    held: dict[int, list[Mark]] = {}
    for mark in sorted(inside, key=_rank):
        first = max(bisect_right(bounds, mark.evidence.span.start) - 1, 0)
        for at in range(first, len(bounds) - 1):
            if bounds[at] >= mark.evidence.span.end:
                break
            held.setdefault(at, []).append(mark)
    return [
        Segment(
            start=start,
            end=end,
            pieces=pieces(article.text[start:end]),
            region=article.region_at(start),
            marks=tuple(held.get(at, ())),
            is_focus=focus is not None and focus[0] <= start < focus[1],
            is_focus_start=focus is not None and start == max(focus[0], window.start),
        )
        for at, (start, end) in enumerate(pairwise(bounds))
    ]


def _rank(mark: Mark) -> tuple[bool, int, str, str]:
    """Marks of chosen values first, then the shorter: the words most to the point."""
    span = mark.evidence.span
    return (not mark.is_chosen, span.end - span.start, mark.key, mark.words)


def pieces(text: str) -> tuple[Piece, ...]:
    """The text with each character that must not be obeyed replaced by its code."""
    found: list[Piece] = []
    at = 0
    for index, character in enumerate(text):
        if _is_unsafe(character):
            if at < index:
                found.append(Piece(text[at:index]))
            found.append(Piece(f"U+{ord(character):04X}", is_code=True))
            at = index + 1
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)


def _is_unsafe(character: str) -> bool:
    """Controls, bidi controls, tags, surrogates and private characters. Joiners and single marks
    of direction stay: Persian and Hebrew need them."""
    if character.isprintable() or character in "\n\t\r":
        return False
    if character in BIDI_CONTROLS or "\U000e0000" <= character <= "\U000e007f":
        return True
    return unicodedata.category(character) in {"Cc", "Cs", "Co"}
