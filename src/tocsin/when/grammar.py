"""Grammar of whole time phrases, from preposition to clock time.

A phrase is tried only where a word that can open one stands; each try reads a bounded number of
tokens. Longer readings win over shorter ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tocsin.when.expression import (
    Amount,
    Bound,
    CalendarRef,
    ClockTime,
    Direction,
    Stretch,
    TimeKind,
    TimeUnit,
    Which,
)
from tocsin.when.grammar_clock import APPROXIMATE, clock_time, local_time, part_of_day
from tocsin.when.grammar_dates import (
    STRETCHES,
    calendar_ref,
    date,
    day_number,
    month_name,
    weekday,
    year,
)
from tocsin.when.lexicon import (
    HOLIDAYS,
    ISLAMIC,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    VAGUE_NUMBERS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)
from tocsin.when.tokens import PARAGRAPH_BREAK, Tokens


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase before it gets its span: token indexes `[first, after)`."""

    first: int
    after: int
    kind: TimeKind
    refs: tuple[CalendarRef, ...] = ()
    is_range: bool = False
    part: str | None = None
    clock: ClockTime | None = None
    amount: Amount | None = None
    direction: Direction | None = None
    bound: Bound | None = None
    local_time: bool = False
    has_anchor: bool = False


_PREPOSITIONS: Final = frozenset(
    "on in at during over around about throughout through for within into across".split()
)
_BOUNDS: Final = {
    "since": Bound.SINCE,
    "from": Bound.SINCE,
    "after": Bound.AFTER,
    "before": Bound.BEFORE,
    "by": Bound.UNTIL,
    "until": Bound.UNTIL,
    "till": Bound.UNTIL,
}
_TODAY_PARTS: Final = {"morning", "afternoon", "evening", "night"}
_OPENERS: Final = frozenset(
    _PREPOSITIONS
    | _BOUNDS.keys()
    | WEEKDAYS.keys()
    | WEEKDAY_ABBREVIATIONS.keys()
    | MONTHS.keys()
    | MONTH_ABBREVIATIONS.keys()
    | NUMBERS.keys()
    | VAGUE_NUMBERS.keys()
    | {phrase.split()[0] for phrase in PARTS}
    | SEASONS.keys()
    | {name.split()[0].removesuffix("'s") for name in HOLIDAYS | ISLAMIC}
    | STRETCHES.keys()
    | APPROXIMATE
    | set(
        "the today yesterday tomorrow tonight last past previous this next coming that same earlier"
        " later between just shortly less more only recently lately moments hours minutes days weeks"
        " months years simultaneously meanwhile early late as weekend nearly almost also between"
        " afterwards soon".split()
    )
)


def phrase_at(tokens: Tokens, at: int) -> Phrase | None:
    """The longest time phrase that begins at token `at`, or None."""
    word = tokens.words[at]
    if word not in _OPENERS and not word.isdecimal():
        return None
    found: Phrase | None = None
    for rule in (_anchored, _share, _amount_phrase, _bounded, _vague, _dated, _clock_only):
        candidate = rule(tokens, at)
        if candidate is not None and (found is None or candidate.after > found.after):
            found = candidate
    return found


# --- days with their parts and clock times -------------------------------------------------------


def _skip(tokens: Tokens, at: int, words: frozenset[str] | set[str]) -> int:
    return at + 1 if tokens.word(at) in words else at


def _dated(tokens: Tokens, first: int) -> Phrase | None:
    """[on] [early|the night of|just after midnight on] DAY [afternoon] [at 9:30 pm]."""
    at = _skip(tokens, first, _PREPOSITIONS)
    at = _skip(tokens, at, {"about", "around", "just", "only"}) if at > first else at
    part: str | None = None
    stretch: Stretch | None = None
    clock: ClockTime | None = None
    is_local = False

    # what comes before the day
    lead = _skip(tokens, at, {"the"})
    opening = part_of_day(tokens, lead)
    if opening is None and tokens.word(at) in {"just", "shortly", "hours", "minutes"}:
        opening = part_of_day(tokens, at)
    adverb = tokens.word(lead)
    if opening is not None:
        part, at = opening
        local = local_time(tokens, at)
        if local is not None:
            at, is_local = local, True
        at = _skip(tokens, at, {","})
        at = _skip(tokens, at, {"on", "of", "in", "into", "last"} - {"last"})
        at = _skip(tokens, at, {"the"})
    elif adverb in {"earlier", "later"}:
        return _earlier(tokens, first, lead)
    elif adverb in STRETCHES:
        stretch = STRETCHES[adverb]
        at = _skip(tokens, lead + 1, {"-"})
        at = _skip(tokens, at, {"on", "of", "in"})
        at = _skip(tokens, at, {"the"})
        inner = part_of_day(tokens, at)
        if inner is not None and stretch in {Stretch.EARLY, Stretch.LATE}:
            part, at, stretch = inner[0], _skip(tokens, inner[1], {"on", "of"}), None
    elif at == first or tokens.word(at) in {"the", "at"} or tokens.word(first) in {"at", "around"}:
        timed = clock_time(tokens, first)
        if timed is not None:
            clock, at = timed
            at = _skip(tokens, at, {","})
            at = _skip(tokens, at, {"on", "of", "in"})
            inner = part_of_day(tokens, _skip(tokens, at, {"the"}))
            if inner is not None:
                part, at = inner
                at = _skip(tokens, at, {"of", "on"})
    the = _skip(tokens, at, {"the"})
    today = _this_part(tokens, the) if part is None else None
    if today is not None:
        ref, part, at = today
        refs, is_range = (ref,), False
    else:
        listed = _refs(tokens, at) or _refs(tokens, the)
        if listed is None:
            if part is not None and opening is not None:
                return _part_alone(tokens, first, opening, is_local)
            return None
        refs, is_range, at = listed

    # what comes after the day
    if part is None and stretch is None:
        lead = at + 1 if tokens.word(at) == "'s" else at
        closing = _closing_part(tokens, lead, refs)
        if closing is not None:
            part, at = closing
    if clock is None:
        lead = _skip(tokens, at, {","})
        timed = clock_time(tokens, lead)
        if timed is not None and (refs[-1].is_day or part):
            clock, at = timed
    local = local_time(tokens, at)
    if local is not None:
        at, is_local = local, True
    if stretch is not None:
        refs = (replace(refs[0], stretch=stretch), *refs[1:])
    return Phrase(first, at, _kind(refs[0], part), refs, is_range, part, clock, local_time=is_local)


def _closing_part(tokens: Tokens, at: int, refs: tuple[CalendarRef, ...]) -> tuple[str, int] | None:
    """ "Wednesday afternoon", "Wednesday in the early hours", "Sunday before dawn"."""
    if not refs[-1].is_day:
        return None
    if tokens.word(at) in {"early", "late"} and part_of_day(tokens, at) is None:
        following = tokens.word(at + 1)
        if following in {"on", "in", "of"} or not following.isalpha() or following in {"when"}:
            return tokens.word(at), at + 1
        return None
    lead = _skip(tokens, at, {","})
    lead = _skip(tokens, lead, {"in", "at", "around", "during"})
    lead = _skip(tokens, lead, {"the"})
    found = part_of_day(tokens, lead)
    if found is None:
        return None
    if tokens.word(found[1]) == "of" and calendar_ref(tokens, found[1] + 1):
        # "on 9 July, in the early hours of Thursday": the part belongs to what follows
        return None
    return found


def _this_part(tokens: Tokens, at: int) -> tuple[CalendarRef, str, int] | None:
    """ "this morning", "last night", "tonight", "tomorrow night" with the day it falls on."""
    word = tokens.word(at)
    if word == "tonight":
        return CalendarRef(offset_days=0), "night", at + 1
    if word in {"this", "last"}:
        part = part_of_day(tokens, at + 1)
        if part is not None and part[0].split()[-1] in _TODAY_PARTS:
            return CalendarRef(offset_days=0 if word == "this" else -1), part[0], part[1]
    return None


def _part_alone(tokens: Tokens, first: int, part: tuple[str, int], is_local: bool) -> Phrase | None:
    """ "overnight", "at dawn", "in the early hours", "during the night", "just after midnight"."""
    name, after = part
    opened = tokens.word(first) != name.split()[0]
    telling = name not in {"morning", "afternoon", "evening", "night", "daylight", "rush hour"}
    if not (opened or telling):
        return None
    if tokens.word(first) in {"of", "for", "over", "through", "about", "into"}:
        return None
    local = local_time(tokens, after)
    if local is not None:
        after, is_local = local, True
    clock = None
    timed = clock_time(tokens, _skip(tokens, after, {","}))
    if timed is not None:
        clock, after = timed
    return Phrase(first, after, TimeKind.PART_OF_DAY, part=name, clock=clock, local_time=is_local)


def _refs(tokens: Tokens, at: int) -> tuple[tuple[CalendarRef, ...], bool, int] | None:
    """One day or period, a list of them, or a range."""
    ranged = _day_range(tokens, at)
    if ranged is not None:
        return ranged
    one = calendar_ref(tokens, at)
    if one is None:
        return None
    refs, after = [one[0]], one[1]
    is_range = False
    while len(refs) < 7:
        join = tokens.word(after)
        lead = after + 1
        if join == "," and tokens.word(lead) == "and":
            lead += 1
        if join not in {"and", "or", ",", "to", "through", "until", "-", "–"}:
            break
        following = calendar_ref(tokens, lead)
        if following is None or not _same_sort(refs[-1], following[0]):
            break
        if join == "," and not _list_goes_on(tokens, following[1]):
            break
        is_range = is_range or join in {"to", "through", "until", "-", "–"}
        refs.append(following[0])
        after = following[1]
    return tuple(refs), is_range, after


def _list_goes_on(tokens: Tokens, at: int) -> bool:
    """True where another item of a list follows: a comma alone parts two statements."""
    if tokens.word(at) not in {",", "and"}:
        return False
    return calendar_ref(tokens, at + 1) is not None or (
        tokens.word(at + 1) == "and" and calendar_ref(tokens, at + 2) is not None
    )


def _same_sort(one: CalendarRef, other: CalendarRef) -> bool:
    """True where two refs may stand in one list: two weekdays, two dates, two months."""

    def sort(ref: CalendarRef) -> tuple[bool, ...]:
        return (ref.weekday is not None, ref.day is not None, ref.is_day)

    return sort(one) == sort(other)


def _day_range(tokens: Tokens, at: int) -> tuple[tuple[CalendarRef, ...], bool, int] | None:
    """ "3 and 5 March", "3-5 March 2016", "March 3 to 5", "December 11 and 12, 2016"."""
    joins = {"and": False, "-": True, "–": True, "to": True, "through": True, "or": False}
    number = day_number(tokens, at)
    if number is not None and tokens.word(number[1]) in joins:
        last = date(tokens, number[1] + 1)
        if last is not None and last[0].day is not None and last[0].month is not None:
            first = replace(last[0], day=number[0])
            return (first, last[0]), joins[tokens.word(number[1])], last[1]
    named = month_name(tokens, at)
    if named is None:
        return None
    number = day_number(tokens, named[1])
    if number is None or tokens.word(number[1]) not in joins:
        return None
    second = day_number(tokens, number[1] + 1)
    if second is None or month_name(tokens, second[1]) or second[0] <= number[0]:
        return None
    following = tokens.word(second[1])
    if following.isalpha() and following not in {"and", "in", "at", "of", "when", "by"}:
        # "March 3 and 5 people": the second number counts something else
        return None
    after = second[1]
    comma = _skip(tokens, after, {","})
    dated = year(tokens, comma)
    after = dated[1] if dated else after
    value = dated[0] if dated else None
    refs = tuple(CalendarRef(month=named[0], day=day, year=value) for day in (number[0], second[0]))
    return refs, joins[tokens.word(number[1])], after


def _kind(ref: CalendarRef, part: str | None) -> TimeKind:
    if ref.offset_days is not None or (ref.which is not None and ref.unit is not None):
        return TimeKind.RELATIVE
    if ref.unit is not None:
        return TimeKind.RELATIVE
    if ref.day is not None or ref.holiday is not None:
        return TimeKind.DATE
    if ref.weekday is not None:
        return TimeKind.WEEKDAY
    if ref.month is not None:
        return TimeKind.MONTH
    if ref.season is not None:
        return TimeKind.SEASON
    if ref.year is not None:
        return TimeKind.YEAR
    return TimeKind.PART_OF_DAY if part else TimeKind.VAGUE


def _earlier(tokens: Tokens, first: int, at: int) -> Phrase | None:
    """ "earlier this month", "earlier on Sunday", "later in the day", "earlier in July"."""
    stretch = Stretch.EARLIER if tokens.word(at) == "earlier" else Stretch.LATER
    lead = _skip(tokens, at + 1, {"on", "in", "the"})
    lead = _skip(tokens, lead, {"the"})
    if tokens.word(lead) in {"that", "same"} or (
        tokens.word(lead) in {"day", "evening", "night", "afternoon", "morning"} and lead > at + 1
    ):
        return None
    found = calendar_ref(tokens, lead) or None
    if found is None:
        today = _this_part(tokens, lead)
        if today is None:
            return None
        return Phrase(first, today[2], TimeKind.RELATIVE, (today[0],), part=today[1])
    ref, after = found
    part = None
    closing = _closing_part(tokens, after, (ref,)) if ref.is_day else None
    if closing is not None:
        part, after = closing
    return Phrase(first, after, _kind(ref, part), (replace(ref, stretch=stretch),), part=part)


def _clock_only(tokens: Tokens, first: int) -> Phrase | None:
    found = clock_time(tokens, first)
    if found is None:
        return None
    clock, after = found
    return Phrase(first, after, TimeKind.CLOCK, clock=clock, local_time=clock.local)


# --- open periods --------------------------------------------------------------------------------


def _bounded(tokens: Tokens, first: int) -> Phrase | None:
    """ "since June 6", "before March 3", "until late Friday", "from Monday to Friday"."""
    word = tokens.word(first)
    if word == "between":
        listed = _refs(tokens, _skip(tokens, first + 1, {"the"}))
        if listed is not None and len(listed[0]) == 2:
            return Phrase(first, listed[2], _kind(listed[0][0], None), listed[0], is_range=True)
        return None
    bound = _BOUNDS.get(word)
    if bound is None:
        return None
    if tokens.word(first + 1) in {"just", "shortly", "about", "around", "at", "least"}:
        inner = _dated(tokens, first + 2)
    else:
        inner = _dated(tokens, first + 1)
    if inner is None or not inner.refs:
        return None
    if inner.is_range and word == "from":
        return replace(inner, first=first)
    if word == "from" and inner.refs[0].is_day and inner.part is None:
        return None
    return replace(inner, first=first, kind=TimeKind.WINDOW, bound=bound)


# --- amounts of time -----------------------------------------------------------------------------


def amount(tokens: Tokens, at: int) -> tuple[Amount, int] | None:
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
        at = _skip(tokens, at + 1, {"of"})
    elif word.isdecimal() and word.isascii() and len(word) <= 4:
        low = high = int(word)
        at += 1
    elif word in NUMBERS:
        low = high = NUMBERS[word]
        at += 1
        if tokens.word(at) == "-" and low >= 20 and NUMBERS.get(tokens.word(at + 1), 10) < 10:
            low = high = low + NUMBERS[tokens.word(at + 1)]
            at += 2
    elif word in UNITS and word[-1] == "s":
        low, high = 2, None
    else:
        return None
    if tokens.word(at) in {"to", "or", "-", "–"}:
        second = tokens.word(at + 1)
        top = NUMBERS.get(second) or (int(second) if second.isdecimal() and len(second) < 4 else 0)
        if top > low and tokens.word(at + 2) in UNITS:
            high = top
            at += 2
    at = _skip(tokens, at, {"-", "consecutive", "straight", "full", "whole", "more"})
    unit = UNITS.get(tokens.word(at))
    if unit is None or low < 1 or _is_age(tokens, at + 1):
        return None
    return Amount(low, high, unit), at + 1


def _is_age(tokens: Tokens, at: int) -> bool:
    """ "10-year-old", "two years old"."""
    return tokens.word(_skip(tokens, at, {"-", "–"})) in {"old", "olds"}


_SHARES: Final = {
    "first": Stretch.START,
    "opening": Stretch.START,
    "last": Stretch.END,
    "final": Stretch.END,
    "closing": Stretch.END,
}


def _share(tokens: Tokens, first: int) -> Phrase | None:
    """ "within the first three days of the year", "the last week of March"."""
    at = _skip(tokens, first, _PREPOSITIONS)
    at = _skip(tokens, at, {"the"})
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
    named = calendar_ref(tokens, _skip(tokens, of + 1, {"the"}))
    if named is None and tokens.word(of + 1) in {"the", "this"}:
        unit = UNITS.get(tokens.word(of + 2))
        if unit in {TimeUnit.YEAR, TimeUnit.MONTH}:
            named = CalendarRef(which=Which.THIS, unit=unit), of + 3
    if named is None or named[0].is_day:
        return None
    ref = replace(named[0], stretch=stretch)
    return Phrase(first, named[1], _kind(ref, None), (ref,), amount=size)


_WITHIN: Final = frozenset({"in", "over", "during", "within", "for", "throughout", "across"})
_PAST: Final = frozenset({"past", "last", "previous", "preceding"})


def _amount_phrase(tokens: Tokens, first: int) -> Phrase | None:
    """ "two days ago", "in the past 24 hours", "in two days", "three weeks earlier"."""
    at = _skip(tokens, first, _WITHIN)
    preposition = tokens.word(first) if at > first else ""
    at = _skip(tokens, at, {"just", "only", "less", "more", "at", "nearly", "almost", "about"})
    at = _skip(tokens, at, {"than", "over", "under", "least", "around"})
    lead = _skip(tokens, at, {"the"})
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


# --- counted from another event ------------------------------------------------------------------


def _anchored(tokens: Tokens, first: int) -> Phrase | None:
    """ "a day after X", "hours later", "the same day", "the day before", "later that evening"."""
    at = _skip(tokens, first, {"just", "only", "less", "more", "about", "nearly", "on", "over"})
    at = _skip(tokens, at, {"over", "than", "under", "the", "about"})
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
    if unit in {TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.YEAR}:
        assert unit is not None
        if tokens.word(at + 1) in {"before", "after"} and tokens.word(at + 2) not in {
            "yesterday",
            "tomorrow",
        }:
            direction = Direction.AFTER if tokens.word(at + 1) == "after" else Direction.BEFORE
            return _counted(first, at + 2, Amount(1, 1, unit), direction, has_anchor=True)
        return None
    if word in {"next", "following", "previous"}:
        unit = UNITS.get(tokens.word(at + 1))
        part = part_of_day(tokens, at + 1)
        named = tokens.word(at - 1) == "the" or tokens.word(first) == "the"
        if unit in {TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.YEAR} and (
            named or (word != "previous" and unit is TimeUnit.DAY)
        ):
            assert unit is not None
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


def _same_day(tokens: Tokens, first: int, at: int) -> Phrase | None:
    """ "the same day", "that night", "earlier in the day", "later", "soon afterwards"."""
    relation = tokens.word(at)
    lead = at
    if relation in {"later", "earlier"}:
        lead = _skip(tokens, at + 1, {"on", "in"})
        if tokens.word(lead) == "the":
            lead += 1
            if tokens.word(lead) not in {"day", "same", "evening", "night", "morning", "afternoon"}:
                return None
        elif tokens.word(lead) not in {"that", "same"}:
            if relation == "later" and (at == 0 or tokens.word(at - 1) in {".", PARAGRAPH_BREAK}):
                size = Amount(1, 24, TimeUnit.HOUR)
                return _counted(first, at + 1, size, Direction.AFTER, has_anchor=False)
            return None
    elif relation not in {"that", "same"}:
        return None
    lead = _skip(tokens, lead, {"that", "same", "very"})
    lead = _skip(tokens, lead, {"same", "very"})
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


# --- vague words ---------------------------------------------------------------------------------


def _vague(tokens: Tokens, first: int) -> Phrase | None:
    """ "recently", "in recent weeks", "these days", "in the past"."""
    at = _skip(tokens, first, _WITHIN)
    at = _skip(tokens, at, {"the", "most"})
    word = tokens.word(at)
    if word in {"recently", "lately"}:
        size = Amount(1, None, TimeUnit.MONTH)
        return Phrase(first, at + 1, TimeKind.VAGUE, amount=size, direction=Direction.PAST)
    if word == "recent" and tokens.word(at + 1) in UNITS:
        size = Amount(2, None, UNITS[tokens.word(at + 1)])
        return Phrase(first, at + 2, TimeKind.VAGUE, amount=size, direction=Direction.PAST)
    return None


ORDINAL_WORDS: Final = ORDINALS
