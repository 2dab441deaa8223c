"""Layout: the lines and sentences of an untouched text, by their offsets.

Only what marking furniture needs; sentences for reading are made in `tocsin.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Extent = tuple[int, int]
"""`[start, end)` of a line or sentence, outer white space left out."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,3}(?=\s)|[.!?][\"”’](?=[A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Cpl|Adm|Brig|Gov|Sen|Rep|Rev|St|No|vs|Jr|Sr"
    r"|Co|Corp|Inc|Ltd|Calif|CALIF|Ave|Blvd|Supt|Cmdr|Pvt|Twp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]|[A-Z]\.[A-Z]|[ap]\.m))\.$"
)
_LONGEST_ABBREVIATION = 7


def lines_of(text: str) -> list[Extent]:
    """Trimmed extents of all lines that hold more than white space, in order."""
    extents = []
    for match in _LINE.finditer(text):
        line = match.group()
        if stripped := line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            extents.append((start, start + len(stripped)))
    return extents


def sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in `[start, end)` at which a sentence begins; `start` is the first."""
    yield start
    for match in _SENTENCE_END.finditer(text, start, end):
        if not is_abbreviation(text, match.end()):
            at = skip_space(text, match.end(), end)
            if at < end:
                yield at


def sentence_end(text: str, start: int, end: int) -> int:
    """Where the sentence that holds `start` ends, its full stop included; `end` without one."""
    for match in _SENTENCE_END.finditer(text, start, end):
        if not is_abbreviation(text, match.end()):
            return match.end()
    return end


def is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop just before `stop` belongs to an abbreviation or initial."""
    return bool(_ABBREVIATION.search(text[max(0, stop - _LONGEST_ABBREVIATION) : stop]))


def skip_space(text: str, at: int, end: int) -> int:
    """The first offset from `at` on, below `end`, that holds no white space; else `end`."""
    while at < end and text[at].isspace():
        at += 1
    return at
