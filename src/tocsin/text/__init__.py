"""Text: sentences and tokens with offsets, below the phrase rooms. Linear in the text's length."""

from __future__ import annotations

from tocsin.text.quotes import QuoteRange, find_quotes
from tocsin.text.sentences import split_sentences
from tocsin.text.tokens import Token, tokenize

__all__ = ["QuoteRange", "Token", "find_quotes", "split_sentences", "tokenize"]
