"""Tokens: words, numbers and marks of a text, each with its offsets.

Hyphenated words are several tokens ("car-bomb" is three), so that a lexicon needs one spelling of a
phrase. Abbreviations of capitals ("U.S.") and grouped numbers ("1,200", "7.62") are one token.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., U.A.E.
    r"|\d+(?:[.,]\d+)*"  # 1,200 and 7.62
    r"|[^\W\d_]+"  # letters of any script
    r"|[^\s]"  # any other mark, alone
)


class Token(NamedTuple):
    """One token: `[start, end)` in code points of the whole text, its words, and lower case.

    A named tuple and not a dataclass: an article has a thousand of them.
    """

    start: int
    end: int
    text: str
    lower: str


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, in order. Offsets count from the start of `text`."""
    end = len(text) if end is None else end
    return [
        Token(match.start(), match.end(), match.group(), match.group().lower())
        for match in _TOKEN.finditer(text, start, end)
    ]
