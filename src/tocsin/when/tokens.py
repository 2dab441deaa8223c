"""The tokens that the grammar of time reads."""

from __future__ import annotations

from tocsin.text.word_tokens import PARAGRAPH_BREAK
from tocsin.text.word_tokens import WordTokens as Tokens
from tocsin.text.word_tokens import word_tokens as tokenise

__all__ = ["PARAGRAPH_BREAK", "Tokens", "tokenise"]
