"""Counting phrases of a text: number, bounds, noun, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.how_many.bounds import (
    Count,
    exact,
    modify,
    none_reported,
    none_stated,
)
from tocsin.how_many.context import (
    is_cumulative,
    is_part,
    outcome_beside,
    toll_outcome,
)
from tocsin.how_many.lexicon import (
    AFTER,
    AROUND,
    COMBINED,
    EXACT,
    MODIFIERS,
    NUMBERS,
    ORDINALS,
    ROUND,
    VAGUE,
    phrase_index,
)
from tocsin.how_many.none import none_phrase
from tocsin.how_many.noun import NounPhrase, age, noun_phrase, unit_kind
from tocsin.how_many.number import count_at, ordinal
from tocsin.how_many.reading import QuantityKind, QuantityReading
from tocsin.how_many.tokens import Tokens, tokenise
from tocsin.records import Span
from tocsin.records.vocab import QuantityStatus

_MODIFIER_INDEX: Final = phrase_index(MODIFIERS)
_AFTER_INDEX: Final = phrase_index(AFTER)
_MONTHS: Final = AROUND["months"]
_IDENTIFIED: Final = AROUND["identified"]
_SIGNS: Final = frozenset({"$", "£", "€", "¥", "₹"})
_STARTERS: Final = frozenset(
    {phrase.split()[0] for table in (MODIFIERS, VAGUE, EXACT, ROUND) for phrase in table}
    | NUMBERS.keys()
    | ORDINALS.keys()
    | {
        "a",
        "an",
        "his",
        "her",
        "their",
        "between",
        "no",
        "none",
        "nobody",
        "neither",
        "without",
        "not",
        "hundred",
    }
    | set(_SIGNS)
)
_SILENT: Final = frozenset({"one", "some", "both", "the", "twin"})
MAX_MODIFIERS: Final = 3
""" "Another estimated at least" is as much as stands before one number."""
OLDEST: Final = 120
"""Years: above this a number behind a name is no age."""
_ARTICLES: Final = frozenset({"a", "an", "another", "his", "her", "their"})
_UNIT_KINDS: Final = {
    "time": QuantityKind.TIME,
    "distance": QuantityKind.DISTANCE,
    "money": QuantityKind.MONEY,
    "percent": QuantityKind.PERCENT,
    "other": QuantityKind.OTHER,
}

Read = tuple[QuantityReading, int]


def read_quantities(text: str, start: int = 0, end: int | None = None) -> list[QuantityReading]:
    """Every counting phrase of `text[start:end]`, in text order, not overlapping.

    Ages, sums of money, distances, clock times, dates, shares and model numbers are read too, under
    their own kind, so that nobody takes them for persons.
    """
    tokens = tokenise(text, start, end)
    found: list[QuantityReading] = []
    at = 0
    while at < len(tokens):
        read = quantity_at(tokens, at)
        if read is None:
            at += 1
            continue
        found.append(read[0])
        at = read[1]
    return found


def quantity_at(tokens: Tokens, at: int, *, is_known: bool = False) -> Read | None:
    """The counting phrase that begins at token `at` and the index after it, or None.

    `is_known`: the words are known to count persons, so that a bare "dozens" or "one" counts too.
    """
    word = tokens.word(at)
    if word not in _STARTERS and not word[:1].isdigit():
        return None
    return (
        _none(tokens, at)
        or _not_persons(tokens, at)
        or _ordinal(tokens, at)
        or _counted(tokens, at, is_known=is_known)
        or _article(tokens, at)
    )


def _span(tokens: Tokens, first: int, after: int) -> Span:
    return Span.of(tokens.text, tokens.starts[first], tokens.ends[after - 1])


def _none(tokens: Tokens, first: int) -> Read | None:
    found = none_phrase(tokens, first)
    if found is None:
        return None
    reported = found.is_reported
    count = none_reported() if reported else none_stated()
    reading = QuantityReading(
        span=_span(tokens, first, found.after),
        quantity=count.quantity("person"),
        kind=QuantityKind.PERSONS,
        rule=count.rule,
        explanation=(
            "the words say that none are known, not that there were none"
            if reported
            else "the words say that there were none"
        ),
        noun=found.noun,
        noun_span=_span(tokens, found.noun_at, found.noun_at + 1) if found.noun else None,
        outcome_hint=found.outcome,
        is_combined=found.is_combined,
    )
    return reading, found.after


def _not_persons(tokens: Tokens, at: int) -> Read | None:
    """Numbers that name or measure something: money, models, times, dates, ages, identifiers."""
    word = tokens.word(at)
    if word in _SIGNS:
        amount = count_at(tokens, at + 1)
        if amount is None:
            return None
        return _other(tokens, at, amount[1], amount[0], QuantityKind.MONEY)
    if not word[0].isdigit():
        aged = age(tokens, at)
        return _other(tokens, at, aged, exact(NUMBERS[word]), QuantityKind.AGE) if aged else None
    before, behind = tokens.word(at - 1), tokens.word(at + 1)
    number = count_at(tokens, at)
    count, after = number if number else (exact(0), at + 1)
    if tokens.is_joined(at) and (before.isalpha() or before in {"_", "#", "/", "@"}):
        return _other(tokens, at, at + 1, count, QuantityKind.OTHER)
    if _is_model(tokens, at):
        return _other(tokens, at, at + 1, count, QuantityKind.OTHER)
    aged = age(tokens, at)
    if aged is not None:
        return _other(tokens, at, aged, count, QuantityKind.AGE)
    if before in {"aged", "age", "ages"} or (
        before in {"and", ","} and tokens.word(at - 3) in {"aged", "ages"}
    ):
        return _other(tokens, at, at + 1, count, QuantityKind.AGE)
    if _is_age_behind_name(tokens, at, count):
        return _other(tokens, at, at + 1, count, QuantityKind.AGE)
    if behind in {":", "/"} and tokens.is_joined(at + 1) and tokens.is_joined(at + 2):
        end = at + 3 if tokens.word(at + 2).isdecimal() else at + 2
        return _other(tokens, at, end, count, QuantityKind.TIME)
    if behind in {"am", "pm", "gmt", "utc", "hrs"} or (
        behind in {"a", "p"} and tokens.word(at + 2) == "." and tokens.word(at + 3) == "m"
    ):
        return _other(tokens, at, at + 2, count, QuantityKind.TIME)
    if _is_date(tokens, at):
        return _other(tokens, at, at + 1, count, QuantityKind.TIME)
    if _is_year(tokens, at, count):
        return _other(tokens, at, at + 1, count, QuantityKind.YEAR)
    if before in _IDENTIFIED and tokens.is_capital(at - 1):
        return _other(tokens, at, at + 1, count, QuantityKind.OTHER)
    is_suffixed = behind.isalpha() and tokens.is_joined(at + 1)
    if is_suffixed and unit_kind(tokens, after) is None and ordinal(tokens, at) is None:
        return _other(tokens, at, at + 2, count, QuantityKind.OTHER)
    if _is_decimal(tokens, at) and after == at + 1:
        kind = unit_kind(tokens, at + 3)
        end = at + 4 if kind else at + 3
        return _other(tokens, at, end, count, _UNIT_KINDS.get(kind or "", QuantityKind.OTHER))
    return None


def _is_model(tokens: Tokens, at: int) -> bool:
    """ "AK-47", "F-16": a number hyphened to letters."""
    if not (tokens.is_joined(at) and tokens.word(at - 1) == "-" and tokens.is_joined(at - 1)):
        return False
    return tokens.word(at - 2).isalpha() and tokens.word(at - 2) not in NUMBERS


def _is_age_behind_name(tokens: Tokens, at: int, count: Count) -> bool:
    """ "Omar Saleh, 34, ...": a number between commas behind a name."""
    if tokens.word(at - 1) != "," or tokens.word(at + 1) not in {",", ")", "", "."}:
        return False
    is_age = count.best is not None and 0 < count.best < OLDEST
    return is_age and tokens.is_capital(at - 2)


def _is_decimal(tokens: Tokens, at: int) -> bool:
    return (
        tokens.word(at + 1) == "."
        and tokens.is_joined(at + 1)
        and tokens.is_joined(at + 2)
        and tokens.word(at + 2).isdecimal()
    )


def _is_date(tokens: Tokens, at: int) -> bool:
    """ "26 March", "March 26", "Jan. 8": a number beside the name of a month."""
    word = tokens.word(at)
    if len(word) > 2:
        return False
    behind = at + 1
    if tokens.word(behind) in {"st", "nd", "rd", "th"}:
        behind += 1
    behind += tokens.word(behind) == "of"
    if tokens.word(behind) in _MONTHS and tokens.is_capital(behind):
        return True
    before = at - 2 if tokens.word(at - 1) == "." else at - 1
    return (
        tokens.word(before) in _MONTHS
        and tokens.is_capital(before)
        and noun_phrase(tokens, at + 1) is None
    )


def _is_year(tokens: Tokens, at: int, count: Count) -> bool:
    word = tokens.word(at)
    if len(word) != 4 or not word.isdecimal() or not 1800 <= int(word) <= 2100:
        return False
    if count.best != int(word) or tokens.word(at - 1) in {"killed", "killing", "least", "than"}:
        return False
    noun = noun_phrase(tokens, at + 1)
    return noun is None or not noun.is_person or tokens.word(at - 1) in {"in", "since", "the"}


def _other(tokens: Tokens, first: int, after: int, count: Count, kind: QuantityKind) -> Read:
    reading = QuantityReading(
        span=_span(tokens, first, after),
        quantity=count.quantity(kind.value),
        kind=kind,
        rule=count.rule,
        explanation=f"a number of {kind.value}, not a count of persons",
        number_span=_span(tokens, first, after),
    )
    return reading, after


def _ordinal(tokens: Tokens, first: int) -> Read | None:
    at = first + 1 if tokens.word(first) == "the" else first
    found = ordinal(tokens, at)
    if found is None:
        return None
    value, after = found
    noun = noun_phrase(tokens, after)
    end = noun.after if noun else after
    reading = QuantityReading(
        span=_span(tokens, first, end),
        quantity=exact(value, "ordinal").quantity(noun.noun or "item" if noun else "item"),
        kind=QuantityKind.ORDINAL,
        rule="ordinal",
        explanation="names a place in a series, counts nobody",
        number_span=_span(tokens, at, after),
        noun=noun.noun if noun else None,
        noun_span=_span(tokens, noun.at, noun.after) if noun and noun.noun else None,
        is_ordinal=True,
    )
    return reading, end


def _counted(tokens: Tokens, first: int, *, is_known: bool) -> Read | None:
    """[at least] N [other] [adjectives] NOUN [or more]."""
    at = first
    rules: list[str] = []
    found = None
    while len(rules) < MAX_MODIFIERS:
        found = count_at(tokens, at)
        if found is not None and tokens.word(at) != "some":
            break
        phrase = tokens.phrase(at, _MODIFIER_INDEX)
        if phrase is None:
            break
        rules.append(MODIFIERS[phrase])
        at += len(phrase.split())
        found = None
    found = found or count_at(tokens, at)
    if found is None:
        return None
    count, after = found
    if count.status is QuantityStatus.VAGUE and rules and rules[-1] == "about":
        # "about various groups": the preposition, for a vague word is not made vaguer
        return None
    if rules and _not_persons(tokens, at) is not None:
        # "at about 9:30": the number alone tells what it is
        return None
    number_at, number_after = at, after
    trailing = tokens.phrase(after, _AFTER_INDEX)
    if trailing is not None:
        rules.append(AFTER[trailing])
        after += len(trailing.split())
    for rule in reversed(rules):
        count = modify(count, rule)
    kind = unit_kind(tokens, after)
    noun = noun_phrase(tokens, after)
    if kind is not None and not (noun and noun.is_person and noun.at == after + 1 and kind == "x"):
        read = _other(tokens, first, after + 1, count, _UNIT_KINDS[kind])
        return replace(read[0], number_span=_span(tokens, number_at, number_after)), read[1]
    if noun is not None and noun.is_thing is False and not noun.is_person and not noun.is_plural:
        noun = None
    if noun is not None:
        trailing = tokens.phrase(noun.after, _AFTER_INDEX)
        if trailing in {"or more", "at least", "or so"}:
            count = modify(count, AFTER[trailing])
    return _reading(tokens, first, (number_at, number_after), count, noun, is_known=is_known)


def _reading(
    tokens: Tokens,
    first: int,
    number: tuple[int, int],
    count: Count,
    noun: NounPhrase | None,
    *,
    is_known: bool = False,
) -> Read | None:
    number_at, number_after = number
    after = noun.after if noun else number_after
    outcome, combined = outcome_beside(tokens, first, number_after, after)
    cumulative = is_cumulative(tokens, first)
    if cumulative and outcome is None:
        outcome = toll_outcome(tokens, first)
    if noun is not None and noun.is_person:
        kind = QuantityKind.PERSONS
    elif noun is not None and noun.is_thing:
        kind = QuantityKind.THINGS
    elif outcome is not None or combined or (is_known and noun is None):
        kind = QuantityKind.PERSONS
    else:
        kind = QuantityKind.OTHER
    words = tokens.word(number_at)
    is_silent = noun is None and outcome is None and not combined and not is_known
    if is_silent and (words in VAGUE or words in _SILENT):
        # a bare "one", "some", "all", "both" counts nobody that could be named
        return None
    unit = (
        "person" if kind is QuantityKind.PERSONS else (noun.noun if noun and noun.noun else "item")
    )
    reading = QuantityReading(
        span=_span(tokens, first, after),
        quantity=count.quantity(unit),
        kind=kind,
        rule=count.rule,
        explanation=explain(count),
        number_span=_span(tokens, number_at, number_after),
        noun=noun.noun if noun else None,
        noun_span=_span(tokens, noun.at, noun.after) if noun and noun.noun else None,
        outcome_hint=outcome,
        is_part=is_part(tokens, first, after),
        is_combined=combined,
        is_cumulative=cumulative,
        is_other=bool(noun and noun.is_other),
    )
    return reading, after


def _article(tokens: Tokens, first: int) -> Read | None:
    """ "a soldier", "an 11-year-old boy": one person."""
    if tokens.word(first) not in _ARTICLES:
        return None
    noun = noun_phrase(tokens, first + 1)
    placed = ordinal(tokens, first + 1) if tokens.word(first) == "a" else None
    if placed is not None:
        # "a third was wounded": one more of those before
        noun = noun_phrase(tokens, placed[1])
        if noun is None or (noun.is_person and not noun.is_plural):
            read = _reading(tokens, first, (first, placed[1]), exact(1, "article"), noun)
            return read if read and read[0].outcome_hint is not None else None
        return None
    if noun is None and tokens.word(first) == "another":
        read = _reading(tokens, first, (first, first + 1), exact(1, "article"), None)
        return read if read and read[0].kind is QuantityKind.PERSONS else None
    if noun is None or not noun.is_person or (noun.is_plural and not noun.is_age):
        return None
    if noun.noun in {"group", "death", "wounded", "injured"} or noun.noun in COMBINED:
        return None
    return _reading(tokens, first, (first, first + 1), exact(1, "article"), noun)


def explain(count: Count) -> str:
    """One sentence that says why a rule sets its bounds so."""
    sentences = {
        "number": "the words give the figure",
        "article": "a singular noun with its article is one",
        "at_least": "the words bound it from below",
        "more_than": "more than N is N + 1 or more",
        "up_to": "the words bound it from above",
        "less_than": "fewer than N is N - 1 at most",
        "about": "the words give an approximate figure",
        "range": "the words give both ends",
        "vague": "the word guarantees only a lower bound",
        "singular": "a singular noun is one",
        "named": "a named person is one",
        "plural": "a plural is at least two",
        "sum": "the parts joined by 'and' are added",
    }
    return sentences.get(count.rule, count.rule)
