"""The time expressions of a text: longest first at each place, never overlapping."""

from __future__ import annotations

from typing import Final

from tocsin.records import Span
from tocsin.when.expression import TimeExpression
from tocsin.when.grammar import phrase_at
from tocsin.when.phrase import Phrase
from tocsin.when.tokens import PARAGRAPH_BREAK, Tokens, tokenise

MAX_ANCHOR_TOKENS: Final = 40
_ANCHOR_ENDS: Final = frozenset({".", ",", ";", "!", "?", PARAGRAPH_BREAK})


def find_times(text: str, start: int = 0, end: int | None = None) -> list[TimeExpression]:
    """Every time expression in `text[start:end]`, in text order.

    Spans are offsets into `text` and do not overlap; at each place the longest phrase wins.
    """
    tokens = tokenise(text, start, end)
    found: list[TimeExpression] = []
    at = 0
    while at < len(tokens):
        phrase = phrase_at(tokens, at)
        if phrase is None:
            at += 1
            continue
        found.append(_expression(tokens, phrase))
        at = phrase.after
    return found


def _expression(tokens: Tokens, phrase: Phrase) -> TimeExpression:
    first, last = phrase.first, phrase.after - 1
    anchor = None
    if phrase.has_anchor:
        stop = phrase.after
        while (
            stop < len(tokens)
            and stop < phrase.after + MAX_ANCHOR_TOKENS
            and tokens.words[stop] not in _ANCHOR_ENDS
        ):
            stop += 1
        if stop > phrase.after:
            anchor = Span.of(tokens.text, tokens.starts[phrase.after], tokens.ends[stop - 1])
    return TimeExpression(
        span=Span.of(tokens.text, tokens.starts[first], tokens.ends[last]),
        kind=phrase.kind,
        refs=phrase.refs,
        is_range=phrase.is_range,
        part=phrase.part,
        clock=phrase.clock,
        amount=phrase.amount,
        direction=phrase.direction,
        bound=phrase.bound,
        local_time=phrase.local_time,
        anchor=anchor,
    )
