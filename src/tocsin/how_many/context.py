"""What stands beside a count: what happened to the counted, whether it is a part, a total, an age.

Every look-around is bounded to a few tokens of the same sentence.
"""

from __future__ import annotations

from typing import Final

from tocsin.how_many.lexicon import AROUND, COMBINED, NUMBERS, OUTCOMES
from tocsin.how_many.tokens import PARAGRAPH_BREAK, Tokens
from tocsin.records.vocab import Outcome

_AUXILIARIES: Final = AROUND["auxiliaries"]
_BRIDGES: Final = AROUND["bridges"]
_ENDS: Final = frozenset({".", ";", "!", "?", ":", PARAGRAPH_BREAK})
_PART_CUES: Final = frozenset({"including", "included", "includes", "include"})
_WINDOW: Final = 6
_CLAUSE_WINDOW: Final = 18
_INTRANSITIVE: Final = frozenset({"dead", "died", "dies", "die", "missing", "deceased"})
_AFTER_PARTICIPLES: Final = frozenset(
    {"in", "by", "and", "or", "when", "on", "as", "after", "at", "during", "near", "while", "from"}
)
_REFLEXIVES: Final = frozenset({"himself", "herself", "themselves", "itself"})
_ASIDES: Final = frozenset({"including", "among", "mostly", "most", "all", "some", "many", "half"})
_PASSIVES: Final = frozenset({"was", "were", "have", "has", "had", "are", "is"})
_FINITE: Final = frozenset({"was", "were", "been", "are", "is", "left"})
_JOINS: Final = frozenset({"and", "but", "when", "while", "after", "before", "as", "that", "who"})


def outcome_beside(
    tokens: Tokens, first: int, number_after: int, after: int
) -> tuple[Outcome | None, bool]:
    """What happened to the counted persons, and whether killed and injured stand together.

    `[first, after)` is the counting phrase, `number_after` the end of its number.
    """
    inside = [OUTCOMES[w] for w in tokens.words[number_after:after] if w in OUTCOMES]
    if any(w in COMBINED for w in tokens.words[number_after:after]):
        return None, True
    if inside:
        follows = tokens.word(after)
        joined = follows in {"and", "or"} and OUTCOMES.get(tokens.word(after + 1))
        if joined and joined is not inside[-1]:
            return None, True
        told = _behind(tokens, after) if inside[-1] is Outcome.ABDUCTED else None
        if told is not None and told[0] is not None:
            # "15 hostages died": what happened next counts, not what they already were
            return told[0], False
        return inside[-1], len(set(inside)) > 1
    behind = _behind(tokens, after) or _behind_clause(tokens, after)
    before = _before(tokens, first)
    if behind is not None and (behind[1] or before is None):
        return behind[0], behind[0] is None
    if before is not None:
        return before, False
    if _before_is_combined(tokens, first):
        return None, True
    shared = _behind_partner(tokens, after)
    return shared, False


def _behind(tokens: Tokens, at: int) -> tuple[Outcome | None, bool] | None:
    """Outcome behind, and whether an auxiliary makes it a passive of the counted persons."""
    has_auxiliary = False
    limit = at + _WINDOW
    while at < limit and tokens.word(at) in _AUXILIARIES:
        has_auxiliary = has_auxiliary or tokens.word(at) in _FINITE
        at += 1
    outcome = OUTCOMES.get(tokens.word(at))
    if outcome is None:
        return None
    if tokens.word(at + 1) in {"and", "or"}:
        second = OUTCOMES.get(tokens.word(at + 2))
        if second is not None and second is not outcome and not _counts_on(tokens, at + 3):
            return None, True
    if has_auxiliary or tokens.word(at) in _INTRANSITIVE:
        return outcome, True
    # "10 people killed in a raid", but not "a gunman killed three people"
    following = tokens.word(at + 1)
    if following.isalpha() and following not in _AFTER_PARTICIPLES:
        return None
    return outcome, False


def _behind_clause(tokens: Tokens, at: int) -> tuple[Outcome | None, bool] | None:
    """The passive behind what describes the counted: "12 people, including two children, were
    killed", "five members of the council were wounded"."""
    in_aside = False
    for cursor in range(at, min(at + _CLAUSE_WINDOW, len(tokens))):
        word = tokens.words[cursor]
        if word in {",", "–", "—"}:
            opens = cursor == at and tokens.word(cursor + 1) in _ASIDES
            if not (opens or in_aside):
                return None
            in_aside = opens
        elif (
            word in _ENDS
            or word in OUTCOMES
            or (word in _JOINS and not in_aside)
            or (not in_aside and _counts_on(tokens, cursor))
        ):
            return None
        elif not in_aside and word in _PASSIVES:
            found = _behind(tokens, cursor)
            return found if found is not None and found[1] else None
    return None


def _behind_partner(tokens: Tokens, at: int) -> Outcome | None:
    """ "Two soldiers and a civilian were killed": the passive of a joined subject."""
    if tokens.word(at) != "and":
        return None
    for cursor in range(at + 1, min(at + _CLAUSE_WINDOW, len(tokens))):
        word = tokens.words[cursor]
        if word in _PASSIVES:
            found = _behind(tokens, cursor)
            return found[0] if found is not None and found[1] else None
        if word in _ENDS or word in OUTCOMES or word in _JOINS or word == ",":
            return None
    return None


def _counts_on(tokens: Tokens, at: int) -> bool:
    return tokens.word(at).isdecimal() or tokens.word(at) in NUMBERS


def _before(tokens: Tokens, first: int) -> Outcome | None:
    """ "killed at least 10", "wounding dozens of", "the deaths of three"."""
    at = first - 1
    limit = at - _WINDOW
    while at > limit and tokens.word(at) in _BRIDGES:
        at -= 1
    if tokens.word(at) == "and" and tokens.word(at - 1) in _REFLEXIVES:
        at -= 2
    outcome = OUTCOMES.get(tokens.word(at))
    if outcome is None:
        return None
    if tokens.word(at) in {"dead", "wounded", "injured"} and tokens.word(at - 1) in NUMBERS:
        return None
    if tokens.word(at - 1) in {"and", "or"}:
        other = OUTCOMES.get(tokens.word(at - 2))
        if other is not None and other is not outcome:
            return None
    return outcome


def _before_is_combined(tokens: Tokens, first: int) -> bool:
    """ "killed and wounded dozens": neither figure may be told from the words."""
    at = first - 1
    limit = at - _WINDOW
    while at > limit and tokens.word(at) in _BRIDGES:
        at -= 1
    one = OUTCOMES.get(tokens.word(at))
    if one is None or tokens.word(at - 1) not in {"and", "or"}:
        return False
    other = OUTCOMES.get(tokens.word(at - 2))
    return other is not None and other is not one


def is_part(tokens: Tokens, first: int, after: int) -> bool:
    """ "including four children", "among them two women", "three of whom", "four of them"."""
    if tokens.word(after - 1) in {"whom", "them"} or (
        tokens.word(after) == "of" and tokens.word(after + 1) in {"them", "whom"}
    ):
        return True
    at = first - 1
    for _ in range(8):
        word = tokens.word(at)
        if word in _PART_CUES:
            return True
        if word in {"them", "whom"} and tokens.word(at - 1) in {"among", "of"}:
            return True
        if word in _ENDS or not word:
            return False
        if word in {"killed", "killing", "wounded", "wounding", "injured", "injuring", "were"}:
            return False
        at -= 1
    return False


def is_cumulative(tokens: Tokens, first: int) -> bool:
    """ "bringing the death toll to", "the toll has risen to", "raising the number of dead to"."""
    if tokens.word(first - 1) not in {"to", "at", "reached", "hit", "of", "past", "is", "was"}:
        return False
    for step in range(2, 12):
        word = tokens.word(first - step)
        if word in {"toll", "tolls", "tally"}:
            return True
        if word in _ENDS or not word:
            return False
    return False


def toll_outcome(tokens: Tokens, first: int) -> Outcome | None:
    """Killed, behind "death toll"."""
    for step in range(2, 12):
        word = tokens.word(first - step)
        if word in {"toll", "tolls"}:
            return Outcome.KILLED
        if word in _ENDS or not word:
            return None
    return None
