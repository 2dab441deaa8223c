"""The tokens that the grammar of counting reads: "1,200" is one."""

from __future__ import annotations

from tocsin.text.word_tokens import PARAGRAPH_BREAK, word_tokens
from tocsin.text.word_tokens import WordTokens as Tokens

__all__ = ["PARAGRAPH_BREAK", "Tokens", "tokenise"]


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens that lie wholly in `[start, end)`. Linear in its length."""
    return word_tokens(text, start, end, joins_thousands=True)
