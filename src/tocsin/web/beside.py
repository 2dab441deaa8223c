"""The article beside an incident: its text with the words that feed the incident's values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.api.marks import Mark
from tocsin.records import Article
from tocsin.web.segments import Segment, Window, segments

MAX_EXCERPT_CHARS = 3_000
"""Between the first and the last mark of an excerpt; what lies beyond is on the article's page."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as a page shows it."""

    article: Article
    segments: tuple[Segment, ...]
    window: Window
    focus: tuple[int, int] | None

    @property
    def feeds(self) -> tuple[Mark, ...]:
        """The values that the words in focus feed, each once."""
        found = {
            (mark.key, mark.words): mark
            for segment in self.segments
            if segment.is_focus
            for mark in segment.marks
        }
        return tuple(found.values())


def excerpt_view(article: Article, marks: Iterable[Mark]) -> ArticleView:
    """Only the part of an article that holds the marks; all of it begins where none are given."""
    own = [mark for mark in marks if mark.evidence.article_id == article.id]
    first = min((mark.evidence.span.start for mark in own), default=0)
    last = max((mark.evidence.span.end for mark in own), default=0)
    window = Window.excerpt(article.text, first, min(last, first + MAX_EXCERPT_CHARS))
    return ArticleView(article, tuple(segments(article, own, window)), window, None)


def article_view(
    article: Article, marks: Iterable[Mark], start: int | None = None, end: int | None = None
) -> ArticleView:
    """The article around the words `[start, end)`; from its beginning where none are asked for.

    Offsets outside the text are drawn into it: an address is typed by people too.
    """
    length = len(article.text)
    focus: tuple[int, int] | None = None
    if start is not None:
        first = max(0, min(start, max(length - 1, 0)))
        last = max(first + 1, min(end if end is not None else first + 1, length))
        focus = (first, last) if end is not None and length else None
        start = first
    window = Window.around(length, start or 0)
    return ArticleView(article, tuple(segments(article, marks, window, focus)), window, focus)
