"""Quotes looked for in an article: found word for word where it may be read, or dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tocsin.records import READABLE_REGIONS, Article, Region, Span
from tocsin.records.vocab import RegionKind

MAX_QUOTE_CHARS: Final = 300
"""A value's words are few; a longer quote is a sentence told back."""


class Verifier:
    """Turns quotes into spans of one article, and counts what it cannot."""

    def __init__(self, article: Article, end: int) -> None:
        """Only text before `end` was shown, so only that can be quoted."""
        self._article = article
        self._stretches = list(_readable(article, end))
        self.found = 0
        self.dropped: Counter[str] = Counter()
        """By the kind of value."""

    def span(self, kind: str, quote: str, near: int | None = None) -> Span | None:
        """The words of the quote in the article; None, and one more dropped, where they are not.

        Letters must be the same; any run of white space stands for any other. Of several places the
        one nearest to `near` is taken, else the first.
        """
        words = quote.split() if len(quote) <= MAX_QUOTE_CHARS else []
        places = list(self._places(words)) if words else []
        if not places:
            self.dropped[kind] += 1
            return None
        self.found += 1
        if near is None:
            return self._article.span(*places[0])
        return self._article.span(*min(places, key=lambda place: abs(place[0] - near)))

    def drop(self, kind: str) -> None:
        """Count a value whose kind is none of the known ones."""
        self.dropped[kind] += 1

    def _places(self, words: list[str]) -> Iterator[tuple[int, int]]:
        # Literal words with white space between: linear, whatever the words are.
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
        for start, end in self._stretches:
            for match in pattern.finditer(self._article.text, start, end):
                yield match.start(), match.end()


def _readable(article: Article, end: int) -> Iterator[tuple[int, int]]:
    whole = (Region(0, len(article.text), RegionKind.BODY),) if article.text else ()
    for region in article.regions or whole:
        if region.kind in READABLE_REGIONS and region.start < end:
            yield region.start, min(region.end, end)
