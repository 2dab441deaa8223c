"""Quoted stretches of a text: straight and curly double quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_QUOTE_CHARS = 1500
"""A quotation mark without partner must not swallow the article."""

_MARK = re.compile(r"[\"“”„«»]|\n\s*\n")


class QuoteRange(NamedTuple):
    """`[start, end)`, marks included."""

    start: int
    end: int


def find_quotes(text: str, start: int = 0, end: int | None = None) -> list[QuoteRange]:
    """Pairs of quotation marks in `text[start:end]`, outermost only, in order.

    A pair ends at an empty line: quotations that run over paragraphs reopen in each.
    """
    end = len(text) if end is None else end
    ranges: list[QuoteRange] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()[0]
        if mark == "\n":
            opened = None
        elif opened is None:
            if mark not in "”»":
                opened = match.start()
        elif mark in "“„«" or match.start() - opened > MAX_QUOTE_CHARS:
            opened = match.start()
        else:
            ranges.append(QuoteRange(opened, match.end()))
            opened = None
    return ranges
