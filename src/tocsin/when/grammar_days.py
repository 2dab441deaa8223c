"""Grammar of phrases about a day: preposition, part of the day, day, clock time, and its bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tocsin.when.expression import Bound, CalendarRef, ClockTime, Stretch, TimeKind
from tocsin.when.grammar_clock import clock_time, local_time, part_of_day
from tocsin.when.grammar_dates import (
    STRETCHES,
    calendar_ref,
    date,
    day_number,
    month_name,
    year,
)
from tocsin.when.lexicon import PARTS
from tocsin.when.phrase import PREPOSITIONS, Phrase, kind_of, skip
from tocsin.when.tokens import Tokens

Listed = tuple[tuple[CalendarRef, ...], bool, int]
"""Days or periods, whether the first and last are the ends of a range, and the index behind."""
BOUNDS: Final = {
    "since": Bound.SINCE,
    "from": Bound.SINCE,
    "after": Bound.AFTER,
    "before": Bound.BEFORE,
    "by": Bound.UNTIL,
    "until": Bound.UNTIL,
    "till": Bound.UNTIL,
}
_NOT_BEFORE_DAYS: Final = frozenset({"in", "for", "into", "within", "about", "across"})
_TODAY_PARTS: Final = frozenset({"morning", "afternoon", "evening", "night"})


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before the day: "early on", "the night of", "at 9:30 pm on"."""

    at: int
    part: str | None = None
    opening: tuple[str, int] | None = None
    stretch: Stretch | None = None
    clock: ClockTime | None = None
    is_local: bool = False


def _lead(tokens: Tokens, first: int, at: int) -> _Lead:
    the = skip(tokens, at, {"the"})
    opening = part_of_day(tokens, the)
    if opening is not None:
        after = opening[1]
        local = local_time(tokens, after)
        after = skip(tokens, local or after, {","})
        after = skip(tokens, after, {"on", "of", "in", "into"})
        after = skip(tokens, after, {"the"})
        return _Lead(after, opening[0], opening, is_local=local is not None)
    stretch = STRETCHES.get(tokens.word(the))
    if stretch is not None:
        after = skip(tokens, the + 1, {"-"})
        after = skip(tokens, after, {"on", "of", "in"})
        after = skip(tokens, after, {"the"})
        inner = part_of_day(tokens, after)
        if inner is not None and stretch in {Stretch.EARLY, Stretch.LATE}:
            return _Lead(skip(tokens, inner[1], {"on", "of"}), inner[0])
        return _Lead(after, stretch=stretch)
    timed = clock_time(tokens, first)
    if timed is None:
        return _Lead(at)
    after = skip(tokens, timed[1], {","})
    after = skip(tokens, after, {"on", "of", "in"})
    inner = part_of_day(tokens, skip(tokens, after, {"the"}))
    if inner is None:
        return _Lead(after, clock=timed[0])
    return _Lead(skip(tokens, inner[1], {"of", "on"}), inner[0], clock=timed[0])


def dated(tokens: Tokens, first: int) -> Phrase | None:
    """[on] [early|the night of|just after midnight on] DAY [afternoon] [at 9:30 pm]."""
    at = skip(tokens, first, PREPOSITIONS)
    at = skip(tokens, at, {"about", "around", "just", "only"}) if at > first else at
    the = skip(tokens, at, {"the"})
    if tokens.word(the) in {"earlier", "later"}:
        return _earlier(tokens, first, the)
    lead = _lead(tokens, first, at)
    part, at = lead.part, lead.at
    the = skip(tokens, at, {"the"})
    today = _this_part(tokens, the) if part is None else None
    if today is not None:
        part = today[1]
        listed: Listed | None = ((today[0],), False, today[2])
    else:
        listed = _refs(tokens, at) or (_refs(tokens, the) if the > at else None)
    if listed is None:
        if lead.opening is None:
            return None
        return _part_alone(tokens, first, lead.opening, is_local=lead.is_local)
    if part is None and at == first + 1 and tokens.word(first) in _NOT_BEFORE_DAYS:
        ref = listed[0][0]
        if ref.offset_days is not None or (ref.weekday is not None and ref.day is None):
            # "in Thursday's attack": the preposition belongs to the attack
            return None
    return _closed(tokens, first, replace(lead, part=part), listed)


def _closed(tokens: Tokens, first: int, lead: _Lead, listed: Listed) -> Phrase:
    """The phrase with what stands behind its day: "afternoon", "at 5 p.m.", "local time"."""
    refs, is_range, at = listed
    part, clock, is_local = lead.part, lead.clock, lead.is_local
    stretch = lead.stretch
    if part is None:
        closing = _closing_part(tokens, skip(tokens, at, {"'s"}), refs)
        if closing is not None:
            part, at = closing
            # "early Sunday morning": the adverb narrows the part, not the day
            narrowed = f"{stretch.value} {part}" if stretch else part
            part, stretch = (narrowed if narrowed in PARTS else part), None
    if clock is None and (refs[-1].is_day or part):
        timed = clock_time(tokens, skip(tokens, at, {","}))
        if timed is not None:
            clock, at = timed
    local = local_time(tokens, at)
    if local is not None:
        at, is_local = local, True
    if stretch is not None:
        refs = (replace(refs[0], stretch=stretch), *refs[1:])
    return Phrase(
        first, at, kind_of(refs[0], part), refs, is_range, part, clock, local_time=is_local
    )


def _closing_part(tokens: Tokens, at: int, refs: tuple[CalendarRef, ...]) -> tuple[str, int] | None:
    """ "Wednesday afternoon", "Wednesday in the early hours", "Sunday before dawn"."""
    if not refs[-1].is_day:
        return None
    if tokens.word(at) in {"early", "late"} and part_of_day(tokens, at) is None:
        following = tokens.word(at + 1)
        if following in {"on", "in", "of"} or not following.isalpha() or following in {"when"}:
            return tokens.word(at), at + 1
        return None
    lead = skip(tokens, at, {","})
    lead = skip(tokens, lead, {"in", "at", "around", "during"})
    lead = skip(tokens, lead, {"the"})
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


def _part_alone(
    tokens: Tokens, first: int, part: tuple[str, int], *, is_local: bool
) -> Phrase | None:
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
    timed = clock_time(tokens, skip(tokens, after, {","}))
    if timed is not None:
        clock, after = timed
    return Phrase(first, after, TimeKind.PART_OF_DAY, part=name, clock=clock, local_time=is_local)


def _refs(tokens: Tokens, at: int) -> Listed | None:
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


def _day_range(tokens: Tokens, at: int) -> Listed | None:
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
    comma = skip(tokens, after, {","})
    dated = year(tokens, comma)
    after = dated[1] if dated else after
    value = dated[0] if dated else None
    refs = tuple(CalendarRef(month=named[0], day=day, year=value) for day in (number[0], second[0]))
    return refs, joins[tokens.word(number[1])], after


def _earlier(tokens: Tokens, first: int, at: int) -> Phrase | None:
    """ "earlier this month", "earlier on Sunday", "later in the day", "earlier in July"."""
    stretch = Stretch.EARLIER if tokens.word(at) == "earlier" else Stretch.LATER
    lead = skip(tokens, at + 1, {"on", "in", "the"})
    lead = skip(tokens, lead, {"the"})
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
    return Phrase(first, after, kind_of(ref, part), (replace(ref, stretch=stretch),), part=part)


def clock_only(tokens: Tokens, first: int) -> Phrase | None:
    """A clock time without a day: "at around 9:30 pm"."""
    found = clock_time(tokens, first)
    if found is None:
        return None
    clock, after = found
    return Phrase(first, after, TimeKind.CLOCK, clock=clock, local_time=clock.local)


def bounded(tokens: Tokens, first: int) -> Phrase | None:
    """ "since June 6", "before March 3", "until late Friday", "from Monday to Friday"."""
    word = tokens.word(first)
    if word == "between":
        listed = _refs(tokens, skip(tokens, first + 1, {"the"}))
        if listed is not None and len(listed[0]) == 2:
            return Phrase(first, listed[2], kind_of(listed[0][0], None), listed[0], is_range=True)
        return None
    bound = BOUNDS.get(word)
    if bound is None:
        return None
    if tokens.word(first + 1) in {"just", "shortly", "about", "around", "at", "least"}:
        inner = dated(tokens, first + 2)
    else:
        inner = dated(tokens, first + 1)
    if inner is None or not inner.refs:
        return None
    if inner.is_range and word == "from":
        return replace(inner, first=first)
    if word == "from" and inner.refs[0].is_day and inner.part is None:
        return None
    return replace(inner, first=first, kind=TimeKind.WINDOW, bound=bound)
