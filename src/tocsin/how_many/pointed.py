"""Persons without a number: "the victim died", "Omar Saleh, 34, was shot dead", "killed himself".

A definite article or a name points at one person whom the text has spoken of. Running text is not
counted so, since the same person is pointed at again and again; a toll without figures is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from tocsin.how_many.bounds import exact
from tocsin.how_many.groups import are_attackers, group_of
from tocsin.how_many.lexicon import AROUND, HARMED, OUTCOMES, STOPS, is_plural, person
from tocsin.how_many.measures import measure_at
from tocsin.how_many.noun import noun_phrase
from tocsin.how_many.outcome import SENTENCE_ENDS, outcome_beside
from tocsin.how_many.reading import QuantityKind, QuantityReading
from tocsin.how_many.tokens import Tokens, tokenise
from tocsin.records import Span
from tocsin.records.vocab import Outcome

_DEFINITE: Final = frozenset({"the", "this", "that"})
_PRONOUNS: Final = frozenset({"he", "she"})
_REFLEXIVES: Final = frozenset({"himself", "herself"})
_KILLING: Final = frozenset({"killed", "killing"})
_TAKING: Final = frozenset({"took", "taking"})
_TURNING: Final = frozenset({"turned", "turning"})
_MAX_HAND: Final = 8
"""Tokens from the verb to its "himself": "killed three colleagues and himself"."""
_OWN: Final = frozenset({"his", "her", "their"})
_HARMING: Final = _KILLING | _TURNING | HARMED
_NO_NAMES: Final = STOPS | AROUND["after_participles"] | AROUND["months"]
""" "Friday" and "In" open with a capital and name nobody."""
_MAX_NAME: Final = 4
"""Words of a person's name."""


class _Pointed(NamedTuple):
    """Tokens `[first, after)` of the words, `behind` the index past an age that follows."""

    first: int
    after: int
    behind: int
    noun: str | None


def pointed_at(text: str, start: int = 0, end: int | None = None) -> list[QuantityReading]:
    """One reading for each person in `text[start:end]` whom the words say to be killed or hurt.

    In text order. The same person may be pointed at more than once.
    """
    tokens = tokenise(text, start, end)
    found: list[QuantityReading] = []
    for one in (*_definite(tokens), *_names(tokens)):
        outcome, combined = outcome_beside(tokens, one.first, one.after, one.behind)
        is_lone = one.noun is None and one.after - one.first == 1
        if is_lone and outcome is not Outcome.KILLED:
            # "Omar was hurt": one word is too little to tell a person from a place or a thing
            continue
        if outcome is not None or combined:
            reading = _reading(tokens, one, outcome)
            found.append(replace(reading, is_combined=outcome is None))
    found += _by_own_hand(tokens)
    return sorted(found, key=lambda reading: reading.span.start)


def _reading(tokens: Tokens, one: _Pointed, outcome: Outcome | None) -> QuantityReading:
    span = Span.of(tokens.text, tokens.starts[one.first], tokens.ends[one.after - 1])
    group = group_of(span.text)
    return QuantityReading(
        span=span,
        quantity=exact(1).quantity("person"),
        kind=QuantityKind.PERSONS,
        rule="named" if one.noun is None else "singular",
        explanation="one person, named or pointed at",
        noun=one.noun,
        outcome_hint=outcome,
        group=group,
        are_attackers=are_attackers(one.noun, group),
    )


def _definite(tokens: Tokens) -> Iterator[_Pointed]:
    """ "The victim", "the 34-year-old"."""
    for at in range(len(tokens)):
        if tokens.words[at] in _PRONOUNS:
            yield _Pointed(at, at + 1, at + 1, tokens.words[at])
        if tokens.words[at] not in _DEFINITE:
            continue
        noun = noun_phrase(tokens, at + 1)
        if noun is not None and noun.is_person and (noun.is_age or not noun.is_plural):
            yield _Pointed(at, noun.after, behind_age(tokens, noun.after), noun.noun)


def _names(tokens: Tokens) -> Iterator[_Pointed]:
    """ "Omar Saleh", "Omar Saleh, 34," where no preposition makes it a place."""
    at = 0
    while at < len(tokens):
        after = at
        while after < len(tokens) and after - at < _MAX_NAME and _is_name(tokens, after):
            after += 1
        before = tokens.word(at - 1)
        is_victim = before == "of" or before in OUTCOMES
        is_free = before not in STOPS or is_victim
        if after > at and is_free and tokens.word(after) != "'s":
            yield _Pointed(at, after, behind_age(tokens, after), None)
        at = max(after, at + 1)


def _is_name(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    if not (tokens.is_capital(at) and word.isalpha()) or word in _NO_NAMES:
        return False
    return person(word) is None or not is_plural(word)


def behind_age(tokens: Tokens, at: int) -> int:
    """The index behind the age of somebody just named, ", 34,"; `at` where no age stands."""
    if tokens.word(at) not in {",", "("}:
        return at
    aged = measure_at(tokens, at + 1)
    if aged is None or aged.kind is not QuantityKind.AGE:
        return at
    return aged.after + (tokens.word(aged.after) in {",", ")"})


def _by_own_hand(tokens: Tokens) -> Iterator[QuantityReading]:
    """ "Killed himself", "and himself", "took her own life", "turned the gun on himself"."""
    for at, word in enumerate(tokens.words):
        if word in _REFLEXIVES:
            verb = _verb_before(tokens, at)
        elif word == "life" and tokens.word(at - 1) == "own" and tokens.word(at - 2) in _OWN:
            verb = at - 3
        else:
            continue
        verbs = _KILLING if word != "life" else _TAKING
        if tokens.word(verb) in HARMED and verb == at - 1:
            harmed = _reading(tokens, _Pointed(verb, at + 1, at + 1, None), None)
            yield replace(harmed, rule="own_hand", is_combined=True)
        elif tokens.word(verb) in verbs or (
            tokens.word(verb) in _TURNING and tokens.word(at - 1) == "on"
        ):
            reading = _reading(tokens, _Pointed(verb, at + 1, at + 1, None), Outcome.KILLED)
            yield replace(reading, rule="own_hand", are_attackers=True)


def _verb_before(tokens: Tokens, at: int) -> int:
    """The index of the nearest verb of harm before a "himself", of the same sentence."""
    for verb in range(at - 1, at - _MAX_HAND, -1):
        if tokens.word(verb) in SENTENCE_ENDS:
            break
        if tokens.word(verb) in _HARMING:
            return verb
    return -1
