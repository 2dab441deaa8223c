"""The noun that a number counts, and whether it is a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.how_many.lexicon import (
    AROUND,
    NUMBERS,
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
    cursor = at
    is_other = False
    if tokens.word(cursor) == "of" and tokens.word(cursor + 1) in _PARTITIVE:
        cursor += 2
        if tokens.word(cursor - 1) in {"whom", "them", "us"}:
            return NounPhrase(None, cursor - 1, cursor, True, False, True)
        # "3 of the 15 hostages": the whole they are part of
        cursor += tokens.word(cursor).isdecimal() or tokens.word(cursor) in NUMBERS
    elif tokens.word(cursor) == "of" and tokens.is_capital(cursor + 1):
        cursor += 1
    head: tuple[int, str, bool] | None = None
    loose: int | None = None
    is_age = False
    limit = min(len(tokens), cursor + MAX_NOUN_PHRASE)
    while cursor < limit:
        word = tokens.word(cursor)
        if word in _OTHERS and head is None:
            is_other = True
            if word == "others":
                return NounPhrase("other", cursor, cursor + 1, True, False, True, True)
            cursor += 1
            continue
        aged = age(tokens, cursor)
        if aged is not None:
            head, is_age = (aged - 1, "person", True), True
            cursor = aged
            continue
        if word in _INSIDE or (
            word == "." and tokens.is_joined(cursor) and len(tokens.word(cursor - 1)) == 1
        ):
            cursor += 1
            continue
        if word == "'s":
            cursor += 1
            continue
        if (
            (word in STOPS and not _is_named_group(tokens, cursor))
            or not word.isalpha()
            or (head and word in NUMBERS)
        ):
            break
        known = person(word)
        if known is not None:
            head = (cursor, known, True)
        elif word in THINGS and not (
            head and head[2] and not is_age and is_plural(tokens.word(head[0]))
        ):
            head = (cursor, THINGS[word], False)
        elif head is not None and not is_age:
            if _is_adjective(tokens, head[0], cursor):
                # "an Iraqi convoy": the nationality describes an unknown noun
                return None
            break
        elif is_plural(word):
            loose = cursor
        cursor += 1
    if head is None:
        if is_other and loose is None and tokens.word(cursor - 1) in _OTHERS:
            return NounPhrase("other", cursor - 1, cursor, True, False, True, True)
        if loose is None:
            return None
        return NounPhrase(tokens.word(loose), loose, loose + 1, False, False, True, is_other)
    where, noun, is_person = head
    word = tokens.word(where)
    plural = is_plural(word) and not (is_age and where and noun == "person")
    return NounPhrase(noun, where, where + 1, is_person, not is_person, plural, is_other, is_age)


def _is_adjective(tokens: Tokens, head: int, following: int) -> bool:
    """True for a capitalised singular before a lower-case word that is no name."""
    return (
        tokens.is_capital(head)
        and not is_plural(tokens.word(head))
        and not tokens.is_capital(following)
        and head > 0
    )


def _is_named_group(tokens: Tokens, at: int) -> bool:
    """ "the wounded", "the injured": the participle is the noun."""
    return person(tokens.word(at)) is not None and tokens.word(at - 1) in {"the", "these", "those"}


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
