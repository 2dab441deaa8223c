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
from tocsin.when.grammar_days import BOUNDS, bounded, clock_only, dated
from tocsin.when.lexicon import (
    CUES,
    HOLIDAYS,
    ISLAMIC,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NUMBERS,
    PARTS,
    SEASONS,
    VAGUE_NUMBERS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
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
    | {name.split()[0].removesuffix("'s") for name in HOLIDAYS | ISLAMIC}
    | STRETCHES.keys()
    | APPROXIMATE
    | CUES["openers"]
)
Rule = Callable[[Tokens, int], Phrase | None]
_WORD_RULES: Final[tuple[Rule, ...]] = (
    anchored,
    share,
    amount_phrase,
    bounded,
    vague,
    dated,
    clock_only,
)
_AMOUNT_RULES: Final[tuple[Rule, ...]] = (anchored, amount_phrase, dated, clock_only)
_NUMBER_RULES: Final[tuple[Rule, ...]] = (dated, clock_only)


def phrase_at(tokens: Tokens, at: int) -> Phrase | None:
    """The longest time phrase that begins at token `at`, or None."""
    word = tokens.words[at]
    if word.isdecimal():
        # most numbers count something else: only those that count time are tried as amounts
        rules = _AMOUNT_RULES if amount(tokens, at) else _NUMBER_RULES
    elif word in _OPENERS:
        rules = _WORD_RULES
    else:
        return None
    found: Phrase | None = None
    for rule in rules:
        candidate = rule(tokens, at)
        if candidate is not None and (found is None or candidate.after > found.after):
            found = candidate
    return found
