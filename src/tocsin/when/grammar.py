"""Grammar of whole time phrases: which rule reads what stands at a word.

A phrase is tried only where a word that can open one stands; each try reads a bounded number of
tokens. Longer readings win over shorter ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tocsin.when.grammar_amounts import amount, amount_phrase, anchored, share, vague
from tocsin.when.grammar_clock import APPROXIMATE
from tocsin.when.grammar_dates import STRETCHES
from tocsin.when.grammar_days import clock_only, dated
from tocsin.when.grammar_feasts import CALENDAR_MONTHS, FEAST_OPENERS
from tocsin.when.grammar_spans import (
    BOUNDS,
    bounded,
    friday_prayers,
    recurring_weekday,
    spanning,
)
from tocsin.when.grammar_wide import (
    WIDE_OPENERS,
    fiscal_year,
    length,
    named_part_of_year,
    part_of_year,
    plain_year,
    recurring,
    reference,
    whole_period,
    year_ago,
    year_end,
)
from tocsin.when.lexicon import (
    CUES,
    DECADES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    REFERENCES,
    SEASONS,
    VAGUE_NUMBERS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
    WIDE_UNITS,
)
from tocsin.when.phrase import PREPOSITIONS, Phrase
from tocsin.when.tokens import Tokens

_OPENERS: Final = frozenset(
    PREPOSITIONS
    | BOUNDS.keys()
    | WEEKDAYS.keys()
    | WEEKDAY_ABBREVIATIONS.keys()
    | MONTHS.keys()
    | MONTH_ABBREVIATIONS.keys()
    | NUMBERS.keys()
    | VAGUE_NUMBERS.keys()
    | {phrase.split()[0] for phrase in PARTS}
    | SEASONS.keys()
    | ORDINALS.keys()
    | FEAST_OPENERS
    | CALENDAR_MONTHS
    | STRETCHES.keys()
    | APPROXIMATE
    | CUES["openers"]
)
_EMPTY_WORDS: Final = frozenset(
    PREPOSITIONS | BOUNDS.keys() | APPROXIMATE | {"a", "an", "the", "at", "between"}
)
"""They open time phrases, and many more that are none."""
_TELLING_WORDS: Final = (
    frozenset(
        word
        for words in (
            WIDE_OPENERS,
            _OPENERS,
            WIDE_UNITS,
            DECADES,
            *(phrase.split() for phrase in PARTS),
            *(phrase.split() for phrase in REFERENCES),
        )
        for word in words
    )
    - _EMPTY_WORDS
    - {"of", "more", "less", "some", "up"}
)
LOOK_AHEAD: Final = 8
"""Words after an empty one within which a time phrase must become one."""
Rule = Callable[[Tokens, int], Phrase | None]
_WORD_RULES: Final[tuple[Rule, ...]] = (
    recurring_weekday,
    anchored,
    share,
    named_part_of_year,
    amount_phrase,
    friday_prayers,
    spanning,
    bounded,
    vague,
    dated,
    clock_only,
)
_AMOUNT_RULES: Final[tuple[Rule, ...]] = (anchored, amount_phrase, dated, clock_only)
_NUMBER_RULES: Final[tuple[Rule, ...]] = (dated, clock_only)
_WIDE_RULES: Final[tuple[Rule, ...]] = (
    reference,
    recurring,
    part_of_year,
    year_ago,
    year_end,
    fiscal_year,
    plain_year,
    whole_period,
    vague,
    length,
)


def phrase_at(tokens: Tokens, at: int, *, is_wide: bool = False) -> Phrase | None:
    """The longest time phrase that begins at token `at`, or None.

    With `is_wide`, words of time that date nothing are phrases too.
    """
    word = tokens.words[at]
    if word in _EMPTY_WORDS and not _becomes_telling(tokens, at + 1):
        return None
    if word.isdecimal():
        # most numbers count something else: only those that count time are tried as amounts
        rules = _AMOUNT_RULES if amount(tokens, at) else _NUMBER_RULES
    elif word in _OPENERS:
        rules = _WORD_RULES
    elif not is_wide:
        return None
    else:
        rules = ()
    if is_wide and (word.isdecimal() or word in WIDE_OPENERS):
        rules += _WIDE_RULES
    found: Phrase | None = None
    for rule in rules:
        candidate = rule(tokens, at)
        if candidate is not None and (found is None or candidate.after > found.after):
            found = candidate
    return found


def _becomes_telling(tokens: Tokens, at: int) -> bool:
    """True where a number or a word of time follows soon; it spares most prepositions all rules."""
    following = tokens.words[at : at + LOOK_AHEAD]
    return any(word in _TELLING_WORDS or word.isdecimal() for word in following)
