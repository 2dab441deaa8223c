"""Whether the words before a time speak of what is yet to come: "will meet on Thursday"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tocsin.when.lexicon import CUES
from tocsin.when.tokens import PARAGRAPH_BREAK, Tokens

REACH: Final = 14
"""Tokens looked back over: a clause with its objects."""
_FRONT_REACH: Final = 14
"""Tokens looked ahead over: a subject up to its "will"."""
_STOPS: Final = frozenset({".", ";", "!", "?", ":", PARAGRAPH_BREAK})
_AHEAD: Final = CUES["ahead"]
_AHEAD_DATES: Final = CUES["ahead_dates"]
_COPULAS: Final = frozenset({"is", "are"})
_MODALS: Final = frozenset({"may", "might"})
_APPOINTMENTS: Final = CUES["appointments"]
_ABBREVIATIONS: Final = CUES["abbreviations"]
_BEHIND: Final = CUES["behind"]
_FUNCTION_WORDS: Final = CUES["function_words"]


def speaks_of_future(tokens: Tokens, at: int, after: int, *, is_date: bool = False) -> bool:
    """True where the verb that governs the time phrase `[at, after)` points forward.

    That is the nearest verb form before it in its clause, or the first behind a phrase that opens
    the sentence ("On Thursday, the court will ..."). Words of the past on the way end the search:
    in "the court will try the men who attacked the post on Thursday" the attack is over. A present
    tense counts for a day or month of the year (`is_date`): "takes effect March 3", but not for
    weekdays, which headlines join with it.
    """
    if is_date and _names_appointment(tokens, after):
        return True
    if _ends_sentence(tokens, at - 1) and tokens.word(after) == ",":
        steps = range(after, min(after + _FRONT_REACH, len(tokens)))
        return any(_rules(tokens, step) for step in _clause(tokens, steps))
    if "since" in {tokens.word(at), tokens.word(at - 1)}:
        return False
    if is_date and _is_predicate(tokens, at):
        return True
    steps = range(at - 1, max(at - 1 - REACH, -1), -1)
    return any(_points(tokens, step, is_date=is_date) for step in _clause(tokens, steps))


def _is_predicate(tokens: Tokens, at: int) -> bool:
    """ "The vote is on May 5"; further off "is the second attack in March" says nothing."""
    near = [back for back in (at - 1, at - 2) if tokens.word(back) in _COPULAS]
    # "IS" is an armed group
    return any(not tokens.is_capital(back) for back in near) and tokens.word(at - 1) != "that"


def _clause(tokens: Tokens, steps: range) -> Iterator[int]:
    """The indexes up to the end of the clause, or to a form that tells of the past."""
    for step in steps:
        if _ends_sentence(tokens, step) or tokens.word(step) in _BEHIND:
            return
        if _is_past_verb(tokens, step) and (tokens.word(step) not in _AHEAD or steps.step > 0):
            return
        yield step


def _names_appointment(tokens: Tokens, after: int) -> bool:
    """ "The March 3 deadline", "May 5 as the deadline"."""
    noun = after + 2 if tokens.word(after) == "as" else after
    return tokens.word(noun) in _APPOINTMENTS


def _rules(tokens: Tokens, at: int) -> bool:
    """A verb that points forward by itself; "planned" behind its subject is a past tense."""
    return not tokens.word(at).endswith("ed") and _points(tokens, at, is_date=False)


def _points(tokens: Tokens, at: int, *, is_date: bool) -> bool:
    word = tokens.word(at)
    if word == "to":
        return tokens.word(at - 1) in {"is", "are"}
    if word in _MODALS:
        # the month of May has a capital
        return is_date and not tokens.is_capital(at)
    return word in _AHEAD or (is_date and word in _AHEAD_DATES)


def _ends_sentence(tokens: Tokens, at: int) -> bool:
    """A mark that parts clauses; not the stop of a decimal or of "Mr.", "Inc.", "U.S."."""
    word = tokens.word(at)
    if word != ".":
        return word in _STOPS or at < 0
    is_decimal = tokens.is_joined(at + 1) and tokens.word(at + 1).isalnum()
    before = tokens.word(at - 1)
    is_short = tokens.is_capital(at - 1) and (len(before) == 1 or before in _ABBREVIATIONS)
    return not (is_decimal or is_short)


def _is_past_verb(tokens: Tokens, at: int) -> bool:
    """ "attacked the post"; neither "armoured cars" nor "will be resolved"."""
    word, following = tokens.word(at), tokens.word(at + 1)
    if not word.endswith("ed") or len(word) < 5 or "be" in tokens.words[max(at - 2, 0) : at]:
        return False
    describes = following.isalpha() and not tokens.is_capital(at + 1)
    return not describes or following in _FUNCTION_WORDS
