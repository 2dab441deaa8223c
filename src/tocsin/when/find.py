"""The time expressions of a text: longest first at each place, never overlapping."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.records import Span
from tocsin.when.expression import Direction, TimeExpression, TimeKind
from tocsin.when.grammar import phrase_at
from tocsin.when.phrase import Phrase
from tocsin.when.tense import speaks_of_future
from tocsin.when.tokens import PARAGRAPH_BREAK, Tokens, tokenise

MAX_ANCHOR_TOKENS: Final = 40
MAX_ANCHOR_CHARS: Final = 400
_ANCHOR_ENDS: Final = frozenset({".", ",", ";", "!", "?", PARAGRAPH_BREAK})


def find_times(
    text: str, start: int = 0, end: int | None = None, *, is_wide: bool = False
) -> list[TimeExpression]:
    """Every expression in `text[start:end]` that can date something, in text order.

    Spans are offsets into `text` and do not overlap; at each place the longest phrase wins. With
    `is_wide`, words of time that date no incident are found too: "now", "daily", "for two years".
    """
    tokens = tokenise(text, start, end)
    found: list[TimeExpression] = []
    at = 0
    while at < len(tokens):
        phrase = phrase_at(tokens, at, is_wide=is_wide)
        if phrase is None:
            at += 1
            continue
        found.append(_expression(tokens, phrase))
        at = phrase.after
    return found


def _expression(tokens: Tokens, phrase: Phrase) -> TimeExpression:
    first, last = phrase.first, phrase.after - 1
    if _is_delay(tokens, phrase):
        # "will leave in two days" counts from the day of writing
        phrase = replace(phrase, kind=TimeKind.RELATIVE, direction=Direction.AHEAD)
    is_ahead = bool(phrase.refs) and speaks_of_future(
        tokens, first, phrase.after, is_date=phrase.refs[0].month is not None
    )
    return TimeExpression(
        span=Span.of(tokens.text, tokens.starts[first], tokens.ends[last]),
        kind=phrase.kind,
        refs=phrase.refs,
        is_range=phrase.is_range,
        part=phrase.part,
        last_part=phrase.last_part,
        clock=phrase.clock,
        amount=phrase.amount,
        direction=phrase.direction,
        bound=phrase.bound,
        local_time=phrase.local_time,
        zone=phrase.zone,
        is_ahead=is_ahead,
        anchor=_anchor(tokens, phrase.after) if phrase.has_anchor else None,
        ref_spans=tuple(
            Span.of(tokens.text, tokens.starts[begin], tokens.ends[after - 1])
            for begin, after in phrase.ref_tokens
        ),
    )


def _is_delay(tokens: Tokens, phrase: Phrase) -> bool:
    """ "In two days" behind a verb that points forward."""
    size = phrase.amount
    return (
        phrase.kind is TimeKind.DURATION
        and tokens.word(phrase.first) == "in"
        and size is not None
        and size.is_exact
        and speaks_of_future(tokens, phrase.first, phrase.after, is_date=True)
    )


def _anchor(tokens: Tokens, at: int) -> Span | None:
    """The rest of the clause behind a phrase. It may lie beyond the stretch that was asked for:
    whoever asks for "a day after" alone still wants to know after what."""
    if at == len(tokens) and tokens.ends:
        end = tokens.ends[-1]
        tokens, at = tokenise(tokens.text, end, end + MAX_ANCHOR_CHARS), 0
    stop = at
    while (
        stop < len(tokens)
        and stop < at + MAX_ANCHOR_TOKENS
        and tokens.words[stop] not in _ANCHOR_ENDS
    ):
        stop += 1
    if stop == at:
        return None
    return Span.of(tokens.text, tokens.starts[at], tokens.ends[stop - 1])
