"""What happened to the counted: the verb of outcome before or behind a counting phrase.

Every look-around is bounded to a few tokens of the same sentence.
"""

from __future__ import annotations

from typing import Final

from tocsin.how_many.lexicon import AROUND, COMBINED, HARMED, NUMBERS, OUTCOMES
from tocsin.how_many.noun import noun_phrase
from tocsin.how_many.number import figure
from tocsin.how_many.tokens import PARAGRAPH_BREAK, Tokens
from tocsin.records.vocab import Outcome

_AUXILIARIES: Final = AROUND["auxiliaries"]
_BRIDGES: Final = AROUND["bridges"]
SENTENCE_ENDS: Final = frozenset({".", ";", "!", "?", ":", PARAGRAPH_BREAK})
_WINDOW: Final = 6
_CLAUSE_WINDOW: Final = 18
_INTRANSITIVE: Final = frozenset({"dead", "died", "dies", "die", "missing", "deceased"})
_AFTER_PARTICIPLES: Final = AROUND["after_participles"]
_REFLEXIVES: Final = frozenset({"himself", "herself", "themselves", "itself"})
_ASIDES: Final = frozenset({"including", "among", "mostly", "most", "all", "some", "many", "half"})
_PASSIVES: Final = frozenset({"was", "were", "have", "has", "had", "are", "is"})
_FINITE: Final = frozenset({"was", "were", "been", "are", "is", "left"})
_JOINS: Final = frozenset(
    {"and", "but", "when", "while", "after", "before", "as", "that", "who", "whose", "which"}
)
_INVERTED: Final = frozenset({"were", "was", "are", "is"})
_DETERMINERS: Final = frozenset({"a", "an", "another", "his", "her", "their"})
_POSSESSIVES: Final = frozenset({"their", "his", "her"})
_SUFFERED: Final = frozenset({"suffered", "suffering", "sustained", "sustaining", "treated"})
_TAKEN: Final = frozenset({"taken", "rushed", "airlifted", "transported", "admitted", "brought"})
_HOSPITALS: Final = frozenset({"hospital", "hospitals"})
_WOUNDS: Final = frozenset({"wound", "wounds"})
""" "Two gunshot wounds" count no persons."""
_MAX_CONDITION: Final = 4
""" "In very serious but stable condition"."""
_HARMING: Final = frozenset({"shooting", "shoots", "stabbing", "stabs"})
_DYING: Final = frozenset({"died", "perished"})
_SPEECH: Final = frozenset(
    {"said", "says", "say", "told", "saying", "announced", "warned", "added"}
)
""" "Two officials said a man died": the verb is of somebody else."""
_PARTNER_ENDS: Final = SENTENCE_ENDS | OUTCOMES.keys() | _JOINS | _SPEECH | {","}
_DEATHS: Final = frozenset(
    {"murder", "slaying", "assassination", "homicide", "execution", "lynching", "beheading"}
)
_DEADLY_DEEDS: Final = frozenset(
    (how, deed) for how in ("fatal", "deadly") for deed in ("shooting", "stabbing", "beating")
)
_MAX_LIST: Final = 6
"""Items of a list that one verb follows."""


def outcome_beside(
    tokens: Tokens, first: int, number_after: int, after: int, *, is_part: bool = False
) -> tuple[Outcome | None, bool]:
    """What happened to the counted persons, and whether killed and injured stand together.

    `[first, after)` is the counting phrase, `number_after` the end of its number. What is joined to
    a part belongs to the sentence: "including two guards, and six were hurt".
    """
    inside = [
        OUTCOMES[word]
        for word in tokens.words[number_after:after]
        if word in OUTCOMES and word not in _WOUNDS
    ]
    if any(w in COMBINED for w in tokens.words[number_after:after]):
        return None, True
    if inside:
        follows = tokens.word(after)
        joined = follows in {"and", "or"} and OUTCOMES.get(tokens.word(after + 1))
        if joined and joined is not inside[-1]:
            return None, True
        told = None
        if inside[-1] in {Outcome.ABDUCTED, Outcome.MISSING}:
            told = _behind(tokens, after) or _behind_partner(tokens, after)
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
    shared = None if is_part else _behind_partner(tokens, after)
    if shared is not None:
        return shared
    outcome = _inverted(tokens, first) or _in_care(tokens, after)
    return outcome, outcome is None and _is_harmed(tokens, first, after)


def _inverted(tokens: Tokens, first: int) -> Outcome | None:
    """ "Killed were two nurses", "among the dead were two nurses"."""
    outcome = OUTCOMES.get(tokens.word(first - 2))
    opens = tokens.word(first - 3) in SENTENCE_ENDS | {"", ",", "the"}
    return outcome if tokens.word(first - 1) in _INVERTED and opens else None


def _in_care(tokens: Tokens, at: int) -> Outcome | None:
    """ "Suffered gunshot wounds", "were taken to hospital": injured."""
    limit = at + _WINDOW
    while at < limit and tokens.word(at) in _AUXILIARIES:
        at += 1
    if tokens.word(at - 1) == "in" and "condition" in tokens.words[at : at + _MAX_CONDITION]:
        return Outcome.INJURED
    if tokens.word(at) in _SUFFERED or tokens.word(at) in _TAKEN:
        wanted = _HOSPITALS if tokens.word(at) in _TAKEN else None
        for cursor in range(at + 1, at + _WINDOW + 3):
            word = tokens.word(cursor)
            if word in SENTENCE_ENDS or word in _JOINS or not word:
                return None
            if word in wanted if wanted else OUTCOMES.get(word) is Outcome.INJURED:
                return Outcome.INJURED
    return None


def _is_harmed(tokens: Tokens, first: int, after: int) -> bool:
    """ "Four people were shot", "stabbed two men": harm that may have been deadly or not."""
    at = after
    passive = False
    while at < after + _WINDOW and (
        tokens.word(at) in _FINITE or (tokens.word(at) in _AUXILIARIES - HARMED)
    ):
        passive = passive or tokens.word(at) in _FINITE
        at += 1
    following = tokens.word(at + 1)
    if tokens.word(at) in HARMED and (
        passive or not following.isalpha() or following in _AFTER_PARTICIPLES
    ):
        return True
    at = first - 1
    limit = at - _WINDOW
    while at > limit and tokens.word(at) in _BRIDGES:
        at -= 1
    if tokens.word(at) in _HARMING:
        return True
    return tokens.word(at) in HARMED and tokens.word(at - 1) not in _FINITE | {"have", "has", "had"}


def has_own_verb(tokens: Tokens, after: int) -> bool:
    """Whether a passive or "died" stands right behind a counting phrase."""
    found = _behind(tokens, after)
    return found is not None and found[1]


def _behind(tokens: Tokens, at: int) -> tuple[Outcome | None, bool] | None:
    """Outcome behind, and whether an auxiliary makes it a passive of the counted persons."""
    has_auxiliary = False
    limit = at + _WINDOW
    while at < limit and tokens.word(at) in _AUXILIARIES:
        has_auxiliary = has_auxiliary or tokens.word(at) in _FINITE
        at += 1
    if tokens.word(at) == "and" and tokens.word(at - 1) in HARMED:
        # "were shot and killed", "shot and seriously wounded"
        at += 1
        while at < limit and tokens.word(at) in _AUXILIARIES:
            at += 1
    if tokens.word(at) == "lost" and tokens.word(at + 1) in _POSSESSIVES:
        return (Outcome.KILLED, True) if tokens.word(at + 2) in {"life", "lives"} else None
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
    if following in HARMED:
        following = tokens.word(at + 2)
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
            word in SENTENCE_ENDS
            or (word in OUTCOMES and word not in _DYING)
            or word in _SPEECH
            or (word in _JOINS and not in_aside)
            or (not in_aside and _counts_on(tokens, cursor))
        ):
            return None
        elif word in _DYING:
            if not in_aside:
                return Outcome.KILLED, True
        elif not in_aside and word in _PASSIVES:
            found = _behind(tokens, cursor)
            return found if found is not None and found[1] else None
    return None


def _behind_partner(tokens: Tokens, at: int) -> tuple[Outcome | None, bool] | None:
    """ "Two soldiers and a civilian were killed", "3 guards, 1 nurse dead": the verb of a list."""
    listed = _behind_list(tokens, at)
    if listed is not None:
        return listed
    if tokens.word(at) != "and":
        return None
    for cursor in range(at + 1, min(at + _CLAUSE_WINDOW, len(tokens))):
        word = tokens.words[cursor]
        if word in _DYING:
            return Outcome.KILLED, False
        if word in _PASSIVES:
            found = _behind(tokens, cursor)
            if found is not None and found[1]:
                return found[0], found[0] is None
            return None, _is_harmed(tokens, cursor, cursor)
        if word in _PARTNER_ENDS:
            return None
    return None


def _behind_list(tokens: Tokens, at: int) -> tuple[Outcome | None, bool] | None:
    """What stands behind the last of the items ", 1 child", ", two guards and a boy"."""
    items = 0
    while items < _MAX_LIST and tokens.word(at) in {",", "and"}:
        item = at + 1 + (tokens.word(at) == "," and tokens.word(at + 1) == "and")
        number = figure(tokens, item)
        if number is None and tokens.word(item) not in _DETERMINERS:
            return None
        noun = noun_phrase(tokens, number[1] if number else item + 1)
        if noun is None or not noun.is_person:
            return None
        at = noun.after
        items += 1
    if not items:
        return None
    found = _behind(tokens, at)
    return (found[0], found[0] is None) if found is not None else None


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
    if tokens.word(at) in HARMED and tokens.word(at - 1) == "fatally":
        return Outcome.KILLED
    if tokens.word(at + 1) == "of" and (
        tokens.word(at) in _DEATHS or (tokens.word(at - 1), tokens.word(at)) in _DEADLY_DEEDS
    ):
        # "the murder of a guard", "the fatal shooting of a boy"
        return Outcome.KILLED
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
