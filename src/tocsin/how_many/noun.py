"""The noun that a number counts, and whether it is a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from tocsin.how_many.lexicon import (
    AROUND,
    NUMBERS,
    OUTCOMES,
    STOPS,
    THINGS,
    UNITS,
    is_plural,
    person,
)
from tocsin.how_many.tokens import Tokens

MAX_NOUN_PHRASE: Final = 9
"""Tokens from the number to its noun: "five Islamic Revolutionary Guard Corps commanders"."""
_PARTITIVE: Final = AROUND["partitives"]
MAX_NAME_BETWEEN: Final = 5
"""Tokens of a name between a singular noun and the plural it describes."""
_VERB_LIKE: Final = frozenset({"shot", "shots", "strikes", "attacks", "raids", "bombs"})
"""Behind a word for a person these are verbs: "a soldier shot two men"."""
_PRONOUNS: Final = frozenset({"whom", "them", "us"})
_INSIDE: Final = frozenset({"-", "'", '"', "“", "”", "‘", "’", "'s", "&", "/"})
_OTHERS: Final = frozenset({"others", "other", "more", "additional", "another", "further"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Token indexes of the head noun `[at, after)`; `after` also ends the phrase."""

    noun: str | None
    at: int
    after: int
    is_person: bool
    is_thing: bool
    is_plural: bool
    is_other: bool = False
    is_age: bool = False
    """ "a 15-year-old": a person named by age."""


def noun_phrase(tokens: Tokens, at: int) -> NounPhrase | None:
    """The noun phrase behind a number or article, or None where no noun follows.

    The head is the last known noun of the first run of known nouns; without a known noun, the last
    word that looks plural.
    """
    cursor = _behind_partitive(tokens, at)
    if tokens.word(cursor - 1) in _PRONOUNS:
        return NounPhrase(None, cursor - 1, cursor, True, False, True)
    is_other = False
    head: _Head | None = None
    loose: int | None = None
    limit = min(len(tokens), cursor + MAX_NOUN_PHRASE)
    while cursor < limit:
        word = tokens.word(cursor)
        aged = age(tokens, cursor)
        if word in _OTHERS and head is None:
            is_other = True
            if word == "others":
                return NounPhrase("other", cursor, cursor + 1, True, False, True, True)
        elif aged is not None:
            head = _Head(aged - 1, "person", is_person=True, is_age=True)
            cursor = aged - 1
        elif _is_inside(tokens, cursor):
            pass
        elif _ends(tokens, cursor, head):
            break
        elif (known := _known(tokens, cursor, head)) is not None:
            head = known
        elif head is not None and not head.is_age:
            ahead = _plural_ahead(tokens, head.at, cursor)
            if ahead is None:
                # "an Iraqi convoy": the nationality describes an unknown noun
                if _is_adjective(tokens, head.at, cursor):
                    return None
                break
            cursor = ahead - 1
        elif is_plural(word):
            loose = cursor
        cursor += 1
    if head is not None:
        plural = is_plural(tokens.word(head.at)) and not (head.is_age and head.noun == "person")
        return NounPhrase(
            head.noun,
            head.at,
            head.at + 1,
            head.is_person,
            not head.is_person,
            plural,
            is_other,
            head.is_age,
        )
    if loose is not None:
        return NounPhrase(tokens.word(loose), loose, loose + 1, False, False, True, is_other)
    if is_other and tokens.word(cursor - 1) in _OTHERS:
        return NounPhrase("other", cursor - 1, cursor, True, False, True, True)
    return None


class _Head(NamedTuple):
    """The noun found so far."""

    at: int
    noun: str
    is_person: bool
    is_age: bool = False


def _behind_partitive(tokens: Tokens, at: int) -> int:
    """The index behind "of the", "of the 15", "of them", "of Kurdish"; `at` where none stands."""
    if tokens.word(at) != "of":
        return at
    if tokens.word(at + 1) in _PARTITIVE:
        at += 2
        if tokens.word(at - 1) in _PRONOUNS:
            return at
        # "3 of the 15 hostages": the whole they are part of
        return at + (tokens.word(at).isdecimal() or tokens.word(at) in NUMBERS)
    return at + 1 if tokens.is_capital(at + 1) else at


def _is_inside(tokens: Tokens, at: int) -> bool:
    """Marks that stand inside a noun phrase: hyphens, quotation marks, the stops of "U.S."."""
    word = tokens.word(at)
    is_stop = word == "." and tokens.is_joined(at) and len(tokens.word(at - 1)) == 1
    return word in _INSIDE or is_stop


def _ends(tokens: Tokens, at: int, head: _Head | None) -> bool:
    """Whether the phrase ends before a token."""
    word = tokens.word(at)
    if not word.isalpha() or (head is not None and word in NUMBERS):
        return True
    if head is not None and head.is_person and word in _VERB_LIKE:
        return True
    return word in STOPS and not _stays_inside(tokens, at)


def _known(tokens: Tokens, at: int, head: _Head | None) -> _Head | None:
    """The lexicon's noun at a token, where it may be the head."""
    word = tokens.word(at)
    known = person(word)
    if known is not None:
        return _Head(at, known, is_person=True, is_age=bool(head and head.is_age))
    is_crowd = (
        head is not None and head.is_person and not head.is_age and is_plural(tokens.word(head.at))
    )
    if word in THINGS and not is_crowd:
        return _Head(at, THINGS[word], is_person=False, is_age=bool(head and head.is_age))
    return None


def _plural_ahead(tokens: Tokens, head: int, cursor: int) -> int | None:
    """The plural that a singular head describes across a name: "three deputy N.Y. wardens"."""
    if is_plural(tokens.word(head)):
        return None
    for at in range(cursor, cursor + MAX_NAME_BETWEEN):
        if not (tokens.is_capital(at) or tokens.word(at) == "."):
            return at if at > cursor and _are_persons(tokens.word(at)) else None
    return None


def _are_persons(word: str) -> bool:
    return person(word) is not None and is_plural(word)


def _is_adjective(tokens: Tokens, head: int, following: int) -> bool:
    """True for a capitalised singular before a lower-case word that is no name."""
    return (
        tokens.is_capital(head)
        and not is_plural(tokens.word(head))
        and not tokens.is_capital(following)
        and head > 0
    )


def _stays_inside(tokens: Tokens, at: int) -> bool:
    """ "The wounded", where the participle is the noun; "a wounded child", where it describes."""
    if person(tokens.word(at)) is not None and tokens.word(at - 1) in {"the", "these", "those"}:
        return True
    return tokens.word(at) in OUTCOMES and person(tokens.word(at + 1)) is not None


def age(tokens: Tokens, at: int) -> int | None:
    """The index after "15-year-old", "two-year-old", "65 year old"; None where none stands."""
    word = tokens.word(at)
    if not (word.isdecimal() or word in NUMBERS):
        return None
    cursor = at + 1
    if tokens.word(cursor) in {"-", "–"}:
        cursor += 1
    if tokens.word(cursor) not in {"year", "years", "month", "months", "day", "week"}:
        return None
    cursor += 1
    if tokens.word(cursor) in {"-", "–"}:
        cursor += 1
    return cursor + 1 if tokens.word(cursor) in {"old", "olds"} else None


def unit_kind(tokens: Tokens, at: int) -> str | None:
    """`time`, `distance`, `money`, `other` or `percent` where a unit stands at `at`."""
    word = tokens.word(at)
    if (
        word == "%"
        or word in {"percent", "pc"}
        or (word == "per" and tokens.word(at + 1) == "cent")
    ):
        return "percent"
    if word == "-" and tokens.is_joined(at):
        return unit_kind(tokens, at + 1) if tokens.word(at + 1) != "-" else None
    return UNITS.get(word)
