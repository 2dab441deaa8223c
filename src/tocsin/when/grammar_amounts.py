"""Grammar of amounts of time: "two days ago", "the past week", "a day after", "recently"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tocsin.when.expression import (
    Amount,
    CalendarRef,
    Direction,
    Stretch,
    TimeKind,
    TimeUnit,
    Which,
)
from tocsin.when.grammar_clock import part_of_day
from tocsin.when.grammar_periods import calendar_ref
from tocsin.when.lexicon import NUMBERS, UNITS, VAGUE_NUMBERS
from tocsin.when.phrase import PREPOSITIONS, Phrase, kind_of, skip
from tocsin.when.tokens import PARAGRAPH_BREAK, Tokens

_CALENDAR_UNITS: Final = frozenset({TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.YEAR})


def amount(
    tokens: Tokens, at: int, units: Mapping[str, TimeUnit] = UNITS
) -> tuple[Amount, int] | None:
    """ "two days", "a few hours", "24 hours", "36-hour", "several weeks", "hours"."""
    low: int
    high: int | None
    word = tokens.word(at)
    if word in {"a", "the"} and tokens.word(at + 1) in {"few", "couple", "dozen"}:
        at += 1
        word = tokens.word(at)
    elif word in {"a", "an"} and tokens.word(at + 1).isdecimal():
        # "a 20 day period"
        at += 1
        word = tokens.word(at)
    if word in VAGUE_NUMBERS:
        low, high = VAGUE_NUMBERS[word]
        at = skip(tokens, at + 1, {"of"})
    elif word.isdecimal() and word.isascii() and len(word) <= 4:
        low = high = int(word)
        at += 1
    elif word in NUMBERS:
        low = high = NUMBERS[word]
        at += 1
        if tokens.word(at) == "-" and low >= 20 and NUMBERS.get(tokens.word(at + 1), 10) < 10:
            low = high = low + NUMBERS[tokens.word(at + 1)]
            at += 2
    elif word in units and word[-1] == "s":
        low, high = 2, None
    else:
        return None
    if tokens.word(at) in {"to", "or", "-", "–"}:
        second = tokens.word(at + 1)
        top = NUMBERS.get(second) or (int(second) if second.isdecimal() and len(second) < 4 else 0)
        if top > low and tokens.word(at + 2) in units:
            high = top
            at += 2
    if tokens.word(at) == "hundred" and high is not None:
        low, high, at = 100 * low, 100 * high, at + 1
    half = _half(tokens, at) if low == high else None
    at = half or at
    at = skip(tokens, at, {"-", "consecutive", "straight", "full", "whole", "more"})
    unit = units.get(tokens.word(at))
    if unit is None or low < 1 or _is_age(tokens, at + 1):
        return None
    if tokens.is_capital(at) and tokens.word(at - 1).isdecimal():
        # "60 Minutes" is a programme
        return None
    if half is None and low == high and tokens.words[at + 1 : at + 4] == ["and", "a", "half"]:
        # "an hour and a half"
        return Amount(low, low + 1, unit, has_half=True), at + 4
    if half is not None:
        return Amount(low, low + 1, unit, has_half=True), at + 1
    return Amount(low, high, unit), at + 1


def _half(tokens: Tokens, at: int) -> int | None:
    """The index behind "and a half" or "1/2" of "two and a half years"."""
    if tokens.words[at : at + 3] == ["and", "a", "half"]:
        return at + 3
    if tokens.words[at : at + 3] == ["1", "/", "2"]:
        return at + 3
    return at + 1 if tokens.word(at) == "½" else None


def _is_age(tokens: Tokens, at: int) -> bool:
    """ "10-year-old", "two years old"."""
    return tokens.word(skip(tokens, at, {"-", "–"})) in {"old", "olds"}


_SHARES: Final = {
    "first": Stretch.START,
    "opening": Stretch.START,
    "last": Stretch.END,
    "final": Stretch.END,
    "closing": Stretch.END,
}


def share(tokens: Tokens, first: int) -> Phrase | None:
    """ "within the first three days of the year", "the last week of March"."""
    at = skip(tokens, first, PREPOSITIONS)
    at = skip(tokens, at, {"the"})
    stretch = _SHARES.get(tokens.word(at))
    if stretch is None:
        return None
    found = amount(tokens, at + 1)
    if found is None:
        unit = UNITS.get(tokens.word(at + 1))
        if unit is None:
            return None
        found = Amount(1, 1, unit), at + 2
    size, of = found
    if tokens.word(of) != "of" or size.unit in {TimeUnit.HOUR, TimeUnit.MINUTE}:
        return None
    named = calendar_ref(tokens, skip(tokens, of + 1, {"the"}))
    if named is None and tokens.word(of + 1) in {"the", "this"}:
        unit = UNITS.get(tokens.word(of + 2))
        if unit in {TimeUnit.YEAR, TimeUnit.MONTH}:
            named = CalendarRef(which=Which.THIS, unit=unit), of + 3
    if named is None or named[0].is_day:
        return None
    if named[0].holiday is not None and size == Amount(1, 1, TimeUnit.DAY):
        # "the first day of Eid" is a day of the feast, as loosely known as the feast
        return None
    ref = replace(named[0], stretch=stretch)
    return Phrase(first, named[1], kind_of(ref, None), (ref,), amount=size)


_WITHIN: Final = frozenset({"in", "over", "during", "within", "for", "throughout", "across"})
_PAST: Final = frozenset({"past", "last", "previous", "preceding"})


def amount_phrase(tokens: Tokens, first: int) -> Phrase | None:
    """ "two days ago", "in the past 24 hours", "in two days", "three weeks earlier"."""
    at = skip(tokens, first, _WITHIN)
    preposition = tokens.word(first) if at > first else ""
    at = skip(tokens, at, {"just", "only", "less", "more", "at", "nearly", "almost", "about"})
    at = skip(tokens, at, {"than", "over", "under", "least", "around"})
    lead = skip(tokens, at, {"the"})
    if tokens.word(lead) in _PAST | {"next", "coming"}:
        found = amount(tokens, lead + 1)
        if found is not None:
            ahead = tokens.word(lead) in {"next", "coming"}
            direction = Direction.AHEAD if ahead else Direction.PAST
            return Phrase(first, found[1], TimeKind.WINDOW, amount=found[0], direction=direction)
    found = amount(tokens, at)
    if found is None:
        return None
    size, after = found
    word = tokens.word(after)
    if word == "ago":
        return Phrase(first, after + 1, TimeKind.RELATIVE, amount=size, direction=Direction.AGO)
    if word == "from" and tokens.word(after + 1) in {"now", "today"}:
        return Phrase(first, after + 2, TimeKind.RELATIVE, amount=size, direction=Direction.AHEAD)
    hyphened = tokens.word(after - 2) == "-" and tokens.word(after - 1)[-1] != "s"
    isolated = first == 0 and after == len(tokens) and size.most is not None
    if (hyphened and size.most is not None) or isolated or word == "period":
        end = after + (word == "period")
        return Phrase(first, end, TimeKind.DURATION, amount=size, direction=Direction.WITHIN)
    if preposition and not (preposition in {"in", "over", "within", "for"} and size.most is None):
        return Phrase(first, after, TimeKind.DURATION, amount=size, direction=Direction.WITHIN)
    return None


def anchored(tokens: Tokens, first: int) -> Phrase | None:
    """ "a day after X", "hours later", "the same day", "the day before", "later that evening".

    Where X is a day of the calendar ("two days after Christmas", "the day before last Tuesday") the
    phrase takes it in and needs no other event.
    """
    phrase = _anchored(tokens, first)
    if phrase is None or not phrase.has_anchor or phrase.amount is None:
        return phrase
    named = calendar_ref(tokens, skip(tokens, phrase.after, {"the"}))
    if named is None or not (named[0].is_day or named[0].holiday):
        return phrase
    if tokens.word(named[1]) == "'s":
        # "a day after Tuesday's raid": the raid is the anchor, and its words say its day
        return phrase
    return replace(
        phrase, after=named[1], refs=(named[0],), kind=TimeKind.RELATIVE, has_anchor=False
    )


def _anchored(tokens: Tokens, first: int) -> Phrase | None:
    at = skip(tokens, first, {"just", "only", "less", "more", "about", "nearly", "on", "over"})
    at = skip(tokens, at, {"over", "than", "under", "the", "about"})
    soon = _soon(tokens, first)
    if soon is not None:
        return soon
    word = tokens.word(at)
    found = amount(tokens, at)
    if found is not None:
        after = found[1]
        following = tokens.word(after)
        if following in {"later", "afterward", "afterwards"}:
            return _counted(first, after + 1, found[0], Direction.AFTER, has_anchor=False)
        if following in {"earlier", "previously"}:
            return _counted(first, after + 1, found[0], Direction.BEFORE, has_anchor=False)
        if following in {"after", "following", "since"} and following != "since":
            return _counted(first, after + 1, found[0], Direction.AFTER, has_anchor=True)
        if following == "before" or (following == "prior" and tokens.word(after + 1) == "to"):
            end = after + (1 if following == "before" else 2)
            return _counted(first, end, found[0], Direction.BEFORE, has_anchor=True)
        return None
    unit = UNITS.get(word)
    if unit is not None and unit in _CALENDAR_UNITS:
        if tokens.word(at + 1) in {"before", "after"} and tokens.word(at + 2) not in {
            "yesterday",
            "tomorrow",
        }:
            direction = Direction.AFTER if tokens.word(at + 1) == "after" else Direction.BEFORE
            counted = _counted(first, at + 2, Amount(1, 1, unit), direction, has_anchor=True)
            return replace(counted, part="night") if word == "night" else counted
        return None
    if word in {"next", "following", "previous"}:
        unit = UNITS.get(tokens.word(at + 1))
        part = part_of_day(tokens, at + 1)
        named = tokens.word(at - 1) == "the" or tokens.word(first) == "the"
        is_told = named or (word != "previous" and unit is TimeUnit.DAY)
        if part is None and unit is not None and unit in _CALENDAR_UNITS and is_told:
            direction = Direction.BEFORE if word == "previous" else Direction.AFTER
            return _counted(first, at + 2, Amount(1, 1, unit), direction, has_anchor=False)
        if part is not None and part[0] in {"morning", "afternoon", "evening", "night"}:
            direction = Direction.BEFORE if word == "previous" else Direction.AFTER
            phrase = _counted(
                first, part[1], Amount(1, 1, TimeUnit.DAY), direction, has_anchor=False
            )
            return replace(phrase, part=part[0])
        return None
    return _same_day(tokens, first, at)


SOON: Final = Amount(1, 24, TimeUnit.HOUR)
"""What "shortly afterwards" and "later" are taken to reach."""
_AFTERWARDS: Final = frozenset({"afterward", "afterwards", "thereafter"})


def _soon(tokens: Tokens, first: int) -> Phrase | None:
    """ "shortly afterwards", "soon after", "thereafter": within a day of the other event."""
    at = skip(tokens, first, {"shortly", "soon", "immediately", "just"})
    word = tokens.word(at)
    has_anchor = word in {"after", "following"} and tokens.word(at + 1).isalpha()
    if word not in _AFTERWARDS and not (at > first and word == "after"):
        return None
    return _counted(first, at + 1, SOON, Direction.AFTER, has_anchor=has_anchor)


def _same_day(tokens: Tokens, first: int, at: int) -> Phrase | None:
    """ "the same day", "that night", "earlier in the day", "later", "soon afterwards"."""
    relation = tokens.word(at)
    lead = at
    if relation in {"later", "earlier"}:
        lead = skip(tokens, at + 1, {"on", "in"})
        if tokens.word(lead) == "the":
            lead += 1
            if tokens.word(lead) not in {"day", "same", "evening", "night", "morning", "afternoon"}:
                return None
        elif tokens.word(lead) not in {"that", "same"}:
            if relation == "later" and (at == 0 or tokens.word(at - 1) in {".", PARAGRAPH_BREAK}):
                return _counted(first, at + 1, SOON, Direction.AFTER, has_anchor=False)
            return None
    elif relation not in {"that", "same"}:
        return None
    lead = skip(tokens, lead, {"that", "same", "very"})
    lead = skip(tokens, lead, {"same", "very"})
    part = part_of_day(tokens, lead)
    if tokens.word(lead) == "day":
        return Phrase(first, lead + 1, TimeKind.ANCHORED, direction=Direction.SAME)
    if part is not None and part[0] in {"morning", "afternoon", "evening", "night"}:
        return Phrase(first, part[1], TimeKind.ANCHORED, direction=Direction.SAME, part=part[0])
    unit = UNITS.get(tokens.word(lead))
    if unit in {TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.YEAR, TimeUnit.WEEKEND} and lead > at:
        ref = CalendarRef(which=Which.THAT, unit=unit)
        return Phrase(first, lead + 1, TimeKind.ANCHORED, (ref,), direction=Direction.SAME)
    return None


def _counted(
    first: int, after: int, size: Amount, direction: Direction, *, has_anchor: bool
) -> Phrase:
    return Phrase(
        first,
        after,
        TimeKind.ANCHORED,
        amount=size,
        direction=direction,
        has_anchor=has_anchor,
    )


def vague(tokens: Tokens, first: int) -> Phrase | None:
    """ "recently", "in recent weeks", "these days", "in the past"."""
    at = skip(tokens, first, _WITHIN)
    at = skip(tokens, at, {"the", "most"})
    word = tokens.word(at)
    if word in {"recently", "lately"}:
        size = Amount(1, None, TimeUnit.MONTH)
        return Phrase(first, at + 1, TimeKind.VAGUE, amount=size, direction=Direction.PAST)
    is_past = word == "past" and tokens.word(at + 1)[-1:] == "s"
    if (word == "recent" or is_past) and tokens.word(at + 1) in UNITS:
        size = Amount(2, None, UNITS[tokens.word(at + 1)])
        return Phrase(first, at + 2, TimeKind.VAGUE, amount=size, direction=Direction.PAST)
    return None
