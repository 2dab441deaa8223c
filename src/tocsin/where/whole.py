"""A place's whole words: a name cut off before the noun that says what it names."""

from __future__ import annotations

import re
from typing import Final

from tocsin.where.place_words import KIND_WORDS, SITE_WORDS

_NEXT: Final = re.compile(r"[ -](\w+)")
_KINDS: Final = KIND_WORDS | SITE_WORDS


def end_of_place(text: str, end: int) -> int:
    """Where the words of a place end in `text` that were found to end at `end`: behind the nouns of
    its kind that follow, "National" of "National Hospital", "Brussels" of "Brussels airport"."""
    while (following := _NEXT.match(text, end)) and following[1].lower() in _KINDS:
        end = following.end()
    return end
