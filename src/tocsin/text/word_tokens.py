"""Words, numbers and marks of a text with their offsets, lower case: what the phrase rooms scan.

`tokens.py` keeps the words as written, for sentence analysis; this pass folds case and knows
paragraph breaks, for grammars over closed lists of words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PARAGRAPH_BREAK: Final = "\n\n"
_WORDS: Final = r"\d+|[^\W\d_]+|['’]s\b|\n[ \t\r]*\n|[^\w\s]"
_TOKEN: Final = re.compile(_WORDS)
_TOKEN_WITH_THOUSANDS: Final = re.compile(
    r"\d+(?:,\d{3})+(?!\d)|\d{1,2}(?:,\d\d){1,4},\d{3}(?!\d)|" + _WORDS
)


@dataclass(frozen=True, slots=True)
class WordTokens:
    """Parallel lists, one entry a token. `words` are lower case, `’s` is written `'s`."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """The word at an index; empty past either end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def is_capital(self, at: int) -> bool:
        """True where the token begins with an upper-case letter."""
        return 0 <= at < len(self.words) and self.text[self.starts[at]].isupper()

    def is_joined(self, at: int) -> bool:
        """True where no space parts the token from the one before it."""
        return 0 < at < len(self.words) and self.starts[at] == self.ends[at - 1]

    def phrase(self, at: int, index: dict[str, tuple[tuple[str, ...], ...]]) -> str | None:
        """The longest phrase of an index that stands at `at`, its words joined by spaces."""
        for words in index.get(self.word(at), ()):
            if self.words[at : at + len(words)] == list(words):
                return " ".join(words)
        return None


def word_tokens(
    text: str, start: int = 0, end: int | None = None, *, joins_thousands: bool = False
) -> WordTokens:
    """The tokens that lie wholly in `[start, end)`. Linear in its length.

    With `joins_thousands` "1,200" and "2,00,000" are one token.
    """
    pattern = _TOKEN_WITH_THOUSANDS if joins_thousands else _TOKEN
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        word = match.group().lower()
        if word == "’s":
            word = "'s"
        elif word[0] == "\n":
            word = PARAGRAPH_BREAK
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
    return WordTokens(text, words, starts, ends)
