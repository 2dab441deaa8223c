"""Grammar of phrases about a day: preposition, part of the day, day, clock time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tocsin.when.expression import (
    CalendarRef,
    ClockTime,
    Stretch,
    TimeKind,
    TimeUnit,
    Which,
)
from tocsin.when.grammar_clock import (
    clock_time,
    local_time,
    part_of_day,
    stated_zone,
    with_other_clock,
)
from tocsin.when.grammar_dates import (
    STRETCHES,
)
from tocsin.when.grammar_lists import Listed, listed_refs
from tocsin.when.grammar_periods import calendar_ref
from tocsin.when.lexicon import PARTS, UNITS
from tocsin.when.phrase import PREPOSITIONS, Phrase, kind_of, skip
from tocsin.when.tokens import PARAGRAPH_BREAK, Tokens

_NIGHTS: Final = frozenset({"night", "overnight"})
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
    is_between: bool = False
    """ "The night between": the days behind are its ends."""
    ref: CalendarRef | None = None
    """The period itself, where only what stands before it tells that it is one."""


def _lead(tokens: Tokens, first: int, at: int) -> _Lead:
    the = skip(tokens, at, {"the"})
    opening = part_of_day(tokens, the)
    if opening is not None:
        after = opening[1]
        local = local_time(tokens, after)
        after = skip(tokens, local or after, {","})
        after = skip(tokens, after, {"prayers", "prayer"})
        name = opening[0]
        is_between = name in _NIGHTS and tokens.word(after) in {"between", "from"}
        if is_between:
            after += 1
        elif name == "overnight" and tokens.word(after) == "into":
            name, after = "overnight into", after + 1
        else:
            after = skip(tokens, after, {"on", "of", "in", "into"})
        after = skip(tokens, after, {"the"})
        is_local = local is not None
        return _Lead(after, name, opening, is_local=is_local, is_between=is_between)
    stretch = STRETCHES.get(tokens.word(the))
    if stretch is not None:
        after = skip(tokens, the + 1, {"-"})
        after = skip(tokens, after, {"on", "of", "in"})
        after = skip(tokens, after, {"the"})
        inner = part_of_day(tokens, after)
        if inner is not None and stretch in {Stretch.EARLY, Stretch.LATE}:
            return _Lead(skip(tokens, inner[1], {"on", "of"}), inner[0])
        unit = UNITS.get(tokens.word(after))
        if tokens.word(after - 1) == "the" and unit in {
            TimeUnit.YEAR,
            TimeUnit.MONTH,
            TimeUnit.WEEK,
        }:
            # "the start of the month"
            return _Lead(after, stretch=stretch, ref=CalendarRef(which=Which.THIS, unit=unit))
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
        listed: Listed | None = ((today[0],), False, today[2], ())
    elif lead.ref is not None:
        listed = ((lead.ref,), False, at + 1, ())
    else:
        listed = listed_refs(tokens, at) or (listed_refs(tokens, the) if the > at else None)
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
    refs, is_range, at, places = listed
    is_range = is_range or (lead.is_between and len(refs) == 2)
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
    if clock is not None and clock.other is None:
        clock, at = with_other_clock(tokens, clock, at)
    local = local_time(tokens, at)
    if local is not None:
        at, is_local = local, True
    zoned = stated_zone(tokens, skip(tokens, at, {","})) if part or stretch else None
    if zoned is not None:
        at = zoned[1]
    if stretch is not None:
        refs = (replace(refs[0], stretch=stretch), *refs[1:])
    return Phrase(
        first,
        at,
        kind_of(refs[0], part),
        refs,
        is_range,
        part,
        clock,
        local_time=is_local,
        zone=zoned[0] if zoned else None,
        ref_tokens=places,
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
    after = skip(tokens, after, {"prayers", "prayer"})
    opened = tokens.word(first) != name.split()[0]
    telling = name not in {"morning", "afternoon", "evening", "night", "daylight", "rush hour"}
    if not (opened or telling):
        return None
    if tokens.word(first) in {"of", "for", "over", "through", "about", "into"}:
        return None
    if tokens.is_capital(after - 1) and tokens.word(after - 2) not in {"", ".", PARAGRAPH_BREAK}:
        # "High Noon", "Golden Dawn": names
        return None
    local = local_time(tokens, after)
    if local is not None:
        after, is_local = local, True
    clock = None
    timed = clock_time(tokens, skip(tokens, after, {","}))
    if timed is not None:
        clock, after = timed
    return Phrase(first, after, TimeKind.PART_OF_DAY, part=name, clock=clock, local_time=is_local)


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
