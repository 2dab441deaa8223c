"""Words for nobody: "no casualties", "no one was hurt", "no immediate reports of injuries"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.how_many.lexicon import AROUND, COMBINED, OUTCOMES, PERSONS, person
from tocsin.how_many.tokens import Tokens
from tocsin.records.vocab import Outcome

_HARM_NOUNS: Final = AROUND["harm"]
_REPORT_NOUNS: Final = AROUND["reports"]
_FILLERS: Final = AROUND["none_fillers"]
_REPORTED: Final = frozenset({"reported", "confirmed", "known", "recorded"})
_AUXILIARIES: Final = AROUND["none_auxiliaries"]
_BEEN: Final = frozenset({"been", "was", "were", "being"})
_NOUNS_OF_HARM: Final = frozenset({"injuries", "injury", "wounds", "wound"})
_MAX: Final = 9


@dataclass(frozen=True, slots=True)
class NonePhrase:
    """A phrase that counts nobody; `after` is the token index behind it."""

    after: int
    noun: str | None
    noun_at: int
    outcome: Outcome | None
    is_reported: bool
    """None are known, which excludes nothing."""
    is_combined: bool


def none_phrase(tokens: Tokens, at: int) -> NonePhrase | None:
    """The none-phrase that begins at token `at`."""
    word = tokens.word(at)
    if word == "without" or (word == "not" and tokens.word(at + 1) in {"cause", "any"}):
        return _harm(tokens, at + 1, is_reported=False)
    if word == "no" and tokens.word(at + 1) == "one":
        return _nobody(tokens, at + 2)
    if word in {"nobody", "none", "neither"}:
        return _nobody(tokens, at + 1)
    if word == "no":
        return _harm(tokens, at + 1, is_reported=False)
    return None


def _harm(tokens: Tokens, at: int, *, is_reported: bool) -> NonePhrase | None:
    limit = at + _MAX
    while at < limit:
        word = tokens.word(at)
        if word in _HARM_NOUNS:
            return _finish(tokens, at, is_reported=is_reported)
        harmed = _harmed(tokens, at)
        if harmed is not None:
            return harmed
        if word in _REPORT_NOUNS:
            is_reported = True
        elif is_reported and word in OUTCOMES and tokens.word(at - 1) in _BEEN:
            # "no sign that anyone had been hurt"
            return NonePhrase(at + 1, None, at, OUTCOMES[word], True, False)
        elif word not in _FILLERS and not (word.isalpha() and tokens.is_capital(at)):
            break
        at += 1
    return None


def _harmed(tokens: Tokens, at: int) -> NonePhrase | None:
    """ "[no] officers were injured": the person noun, its auxiliary and its outcome."""
    noun = person(tokens.word(at))
    if noun is None or tokens.word(at + 1) not in {"was", "were", "have", "has", "had"}:
        return None
    cursor = at + 1
    while tokens.word(cursor) in _AUXILIARIES and cursor < at + 5:
        cursor += 1
    outcome = OUTCOMES.get(tokens.word(cursor))
    if outcome is None:
        return None
    after, combined = cursor + 1, False
    second = OUTCOMES.get(tokens.word(after + 1))
    if tokens.word(after) in {"or", "and", "nor"} and second is not None:
        combined = second is not outcome
        after += 2
    return NonePhrase(after, noun, at, None if combined else outcome, False, combined)


def _finish(tokens: Tokens, noun_at: int, *, is_reported: bool) -> NonePhrase:
    word = tokens.word(noun_at)
    outcome = OUTCOMES.get(word)
    combined = word in COMBINED or word == "losses"
    after = noun_at + 1
    # "no deaths or injuries" holds for both
    if tokens.word(after) in {"or", "and", "nor"} and tokens.word(after + 1) in _HARM_NOUNS:
        combined, outcome = True, None
        after += 2
    cursor = _behind_damage(tokens, after)
    limit = cursor + 4
    while cursor < limit and tokens.word(cursor) in _AUXILIARIES:
        cursor += 1
    if tokens.word(cursor) in _REPORTED:
        is_reported, after = True, cursor + 1
    return NonePhrase(after, PERSONS.get(word, word), noun_at, outcome, is_reported, combined)


def _behind_damage(tokens: Tokens, at: int) -> int:
    """The index behind "or damage", "and serious damage"; `at` where none stands there."""
    if tokens.word(at) not in {"or", "and", "nor"}:
        return at
    cursor = at + 1
    while cursor < at + 3 and tokens.word(cursor) in _FILLERS:
        cursor += 1
    return cursor + 1 if tokens.word(cursor) in {"damage", "damages"} else at


def _nobody(tokens: Tokens, at: int) -> NonePhrase | None:
    """ "no one was killed or hurt", "none of the passengers were injured", "nobody died"."""
    limit = at + _MAX
    while at < limit:
        word = tokens.word(at)
        if word in _NOUNS_OF_HARM:
            # "none of their injuries were serious" counts no persons
            return None
        if word in OUTCOMES:
            outcome: Outcome | None = OUTCOMES[word]
            after = at + 1
            combined = False
            if tokens.word(after) in {"or", "and", "nor"} and tokens.word(after + 1) in OUTCOMES:
                combined, outcome = OUTCOMES[tokens.word(after + 1)] is not outcome, None
                after += 2
            reported = tokens.word(at - 1) == "reported"
            return NonePhrase(after, None, at, outcome, reported, combined)
        if not word.isalnum() or word in {"claimed", "said", "knew", "knows"}:
            return None
        at += 1
    return None
