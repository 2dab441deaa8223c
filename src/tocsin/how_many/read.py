"""Counting phrases of a text: number, bounds, noun, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.how_many.bounds import (
    Count,
    exact,
    explain,
    modify,
    none_reported,
    none_stated,
)
from tocsin.how_many.context import (
    is_cumulative,
    is_old,
    is_part,
    is_strength,
    toll_outcome,
)
from tocsin.how_many.groups import are_attackers, group_of
from tocsin.how_many.lexicon import (
    AFTER,
    COMBINED,
    EXACT,
    MODIFIERS,
    NUMBERS,
    ORDINALS,
    OUTCOMES,
    ROUND,
    VAGUE,
    phrase_index,
)
from tocsin.how_many.measure import UNIT_KINDS, Measure
from tocsin.how_many.measures import (
    CURRENCIES,
    FRACTION_WORDS,
    SIGNS,
    measure_at,
)
from tocsin.how_many.none import none_phrase
from tocsin.how_many.noun import NounPhrase, age, noun_phrase, unit_kind
from tocsin.how_many.number import count_at, ordinal
from tocsin.how_many.outcome import SENTENCE_ENDS, outcome_beside
from tocsin.how_many.reading import QuantityKind, QuantityReading
from tocsin.how_many.tokens import Tokens, tokenise
from tocsin.records import Span
from tocsin.records.vocab import QuantityStatus
from tocsin.text.nations import nationality_of

_MODIFIER_INDEX: Final = phrase_index(MODIFIERS)
_AFTER_INDEX: Final = phrase_index(AFTER)
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
    | SIGNS
    | CURRENCIES
    | FRACTION_WORDS
)
_SILENT: Final = frozenset({"one", "some", "both", "the", "twin"})
MAX_MODIFIERS: Final = 3
""" "Another estimated at least" is as much as stands before one number."""
_ARTICLES: Final = frozenset({"a", "an", "another", "his", "her", "their"})
_MANNED: Final = frozenset({"member", "strong", "man", "person"})
""" "A five-member family", "a 900-strong force": the number counts persons."""
_NOT_ONE: Final = frozenset({"group", "death", "wounded", "injured"}) | COMBINED
_HEADLINE_WORDS: Final = 4
"""Words before the noun of a headline: "Off-duty police officer killed"."""

Read = tuple[QuantityReading, int]


def read_quantities(text: str, start: int = 0, end: int | None = None) -> list[QuantityReading]:
    """Every counting phrase of `text[start:end]`, in text order, not overlapping.

    Ages, sums of money, distances, clock times, dates, shares and model numbers are read too, under
    their own kind, so that nobody takes them for persons. A part shares the outcome of its total,
    an item that of the list before it.
    """
    tokens = tokenise(text, start, end)
    found: list[QuantityReading] = []
    total: QuantityReading | None = None
    last = -1
    at = 0
    while at < len(tokens):
        is_aged = age(tokens, at) is not None
        read = (_headline(tokens, at) if is_aged else None) or quantity_at(tokens, at)
        read = read or _headline(tokens, at)
        if read is None:
            if tokens.word(at) in SENTENCE_ENDS:
                total = None
            at += 1
            continue
        first = at
        reading, at = read
        if reading.kind is QuantityKind.PERSONS:
            is_open = reading.outcome_hint is None and not reading.is_combined
            if total is not None and is_open and (reading.is_part or _joins(tokens, last, first)):
                reading = replace(
                    reading, outcome_hint=total.outcome_hint, is_combined=total.is_combined
                )
            if not reading.is_part:
                total, last = reading, at
        found.append(reading)
    return found


def _joins(tokens: Tokens, last: int, first: int) -> bool:
    """Whether only a comma, "and", or both stand between two items of one list."""
    between = tokens.words[last:first]
    if between[-1:] and between[-1] in _ARTICLES:
        del between[-1]
    return first > last > 0 and between in ([","], ["and"], [",", "and"])


def quantity_at(tokens: Tokens, at: int, *, is_known: bool = False) -> Read | None:
    """The counting phrase that begins at token `at` and the index after it, or None.

    `is_known`: the words are known to count persons, so that a bare "dozens" or "one" counts too.
    """
    word = tokens.word(at)
    if word not in _STARTERS and not word[:1].isdecimal():
        return None
    return (
        _none(tokens, at)
        or _measure(tokens, at)
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
        group=group_of(tokens.text[tokens.starts[first] : tokens.ends[found.after - 1]]),
    )
    return reading, found.after


def _measure(tokens: Tokens, first: int) -> Read | None:
    found = measure_at(tokens, first)
    return _measured(tokens, first, (first, found.after), found) if found else None


def _measured(tokens: Tokens, first: int, number: tuple[int, int], found: Measure) -> Read:
    reading = QuantityReading(
        span=_span(tokens, first, found.after),
        quantity=found.count.quantity(found.kind.value),
        kind=found.kind,
        rule=found.rule,
        explanation=f"{found.explanation}, not a count of persons",
        number_span=_span(tokens, *number),
    )
    return reading, found.after


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
    if rules and measure_at(tokens, at) is not None:
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
    if kind is not None:
        unit = UNIT_KINDS[kind]
        end = after + (2 if tokens.word(after) in {"-", "per"} else 1)
        measure = Measure(end, unit, count.rule, f"a measure of {unit.value}", count)
        return _measured(tokens, first, (number_at, number_after), measure)
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
    part = is_part(tokens, first, after)
    outcome, combined = outcome_beside(tokens, first, number_after, after, is_part=part)
    cumulative, old = is_cumulative(tokens, first), is_old(tokens, first)
    if (cumulative or old) and outcome is None:
        outcome = toll_outcome(tokens, first)
    if noun is not None and noun.is_person:
        kind = QuantityKind.PERSONS
    elif noun is not None and noun.is_thing:
        kind = QuantityKind.THINGS
    elif outcome is not None or combined or (is_known and noun is None):
        kind = QuantityKind.PERSONS
    else:
        kind = QuantityKind.OTHER
    if tokens.word(number_after) == "-" and tokens.word(number_after + 1) in _MANNED:
        kind = QuantityKind.PERSONS
        after = max(after, number_after + 2)
    words = tokens.word(number_at)
    is_silent = noun is None and outcome is None and not combined and not is_known
    if is_silent and (words in VAGUE or words in _SILENT):
        # a bare "one", "some", "all", "both" counts nobody that could be named
        return None
    name = noun.noun if noun else None
    unit = "person" if kind is QuantityKind.PERSONS else (name or "item")
    reading = QuantityReading(
        span=_span(tokens, first, after),
        quantity=count.quantity(unit),
        kind=kind,
        rule=count.rule,
        explanation=explain(count),
        number_span=_span(tokens, number_at, number_after),
        noun=name,
        noun_span=_span(tokens, noun.at, noun.after) if noun and noun.noun else None,
        outcome_hint=outcome,
        is_part=part,
        is_combined=combined,
        is_cumulative=cumulative,
        is_other=bool(noun and noun.is_other),
    )
    if kind is not QuantityKind.PERSONS:
        return reading, after
    counted = tokens.text[tokens.starts[number_at] : tokens.ends[after - 1]]
    group = group_of(counted)
    reading = replace(
        reading,
        is_old=old,
        is_strength=outcome is None
        and count.max != 1
        and is_strength(tokens, name, number_after, after),
        group=group,
        nationality=nationality_of(counted),
        are_attackers=are_attackers(name, group),
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
    if noun is None or not _is_one(noun):
        return None
    return _reading(tokens, first, (first, first + 1), exact(1, "article"), noun)


def _is_one(noun: NounPhrase) -> bool:
    """A singular noun of a person."""
    is_single = noun.is_person and (noun.is_age or not noun.is_plural)
    return is_single and noun.noun not in _NOT_ONE


def _headline(tokens: Tokens, first: int) -> Read | None:
    """ "Man killed in raid", at the head of a line: headlines leave the article out."""
    start = tokens.starts[first]
    is_opener = tokens.is_capital(first) or age(tokens, first) is not None
    if not is_opener or (start and tokens.text[start - 1] != "\n"):
        return None
    noun = noun_phrase(tokens, first)
    if noun is None or not _is_one(noun) or noun.at - first > _HEADLINE_WORDS:
        return None
    if not noun.is_age and any(
        word in OUTCOMES or word in NUMBERS or not word.isalpha()
        for word in tokens.words[first : noun.at]
    ):
        # "Tram injures man", "ARCHIVE - One nurse": no plain words before one noun
        return None
    after = noun.after
    aged = measure_at(tokens, after + 1) if tokens.word(after) == "," else None
    if aged is not None and aged.kind is QuantityKind.AGE:
        after = aged.after + (tokens.word(aged.after) == ",")
    outcome, is_combined = outcome_beside(tokens, first, first, after)
    if outcome is None and not is_combined:
        return None
    read = _reading(tokens, first, (first, noun.after), exact(1, "headline"), noun)
    if read is None:
        return None
    return replace(read[0], outcome_hint=outcome, is_combined=is_combined), read[1]
