"""Boxes about the author: a heading, maybe a name, and a paragraph of life and works.

Their figures ("served 20 years", "survived two bombings") belong to no report.
"""

from __future__ import annotations

import re

from tocsin.read.layout import Extent
from tocsin.read.lexicon import furniture

MAX_BOX_CHARS = 700
MAX_BOX_LINES = 4

_NAME_LINE = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]{0,25},?\s?){1,6}")
_GOES_ON = re.compile(r"(?:He|She|They|Follow|Reach|Contact|E-?mail|Twitter|X)\b|@")


def author_box_below(text: str, lines: list[Extent], heading: int) -> int:
    """How many lines after the heading at index `heading` tell of the author; 0 where the next
    paragraph speaks of something else."""
    count = 0
    is_told = False
    for start, end in lines[heading + 1 : heading + 1 + MAX_BOX_LINES]:
        if end - start > MAX_BOX_CHARS:
            break
        if is_told:
            if not _GOES_ON.match(text, start, end):
                break
        elif furniture().author_words.search(text, start, end):
            is_told = True
        elif count or not _NAME_LINE.fullmatch(text, start, end):
            break
        count += 1
    return count if is_told else 0
