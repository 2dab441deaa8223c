"""Grammar of the time of day: parts ("early hours", "at dawn") and clock times ("9:30 pm")."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import Bound, ClockTime
from tocsin.when.lexicon import CITIES, NUMBERS, PARTS, ZONES, phrase_index
from tocsin.when.tokens import Tokens

_PART_INDEX: Final = phrase_index(PARTS)
_MERIDIEM: Final = frozenset({"am", "pm"})
APPROXIMATE: Final = frozenset({"about", "around", "approximately", "roughly", "nearly", "almost"})
_CLOCK_BOUNDS: Final = {
    "after": Bound.AFTER,
    "before": Bound.BEFORE,
    "by": Bound.UNTIL,
    "until": Bound.UNTIL,
    "since": Bound.SINCE,
}


def part_of_day(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The longest part of the day named at `at`; hyphens between its words are passed over.

    The adverbs "early" and "late" alone are left to the grammar of days.
    """
    for words in _PART_INDEX.get(tokens.word(at), ()):
        cursor = at
        for step, word in enumerate(words):
            if step and tokens.word(cursor) == "-":
                cursor += 1
            if tokens.word(cursor) != word:
                break
            cursor += 1
        else:
            if words in {("early",), ("late",)}:
                return None
            return " ".join(words), cursor
    return None


def local_time(tokens: Tokens, at: int) -> int | None:
    """The index after "local time" or "(local time)"; None where it does not stand there."""
    bracket = tokens.word(at) == "("
    at += bracket
    if tokens.word(at) in {",", "the"}:
        at += 1
    if tokens.word(at) != "local" or tokens.word(at + 1) != "time":
        return None
    at += 2
    return at + 1 if bracket and tokens.word(at) == ")" else at


def _zone(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """ "GMT", "ET", "Eastern time", "Baghdad time"."""
    word = tokens.word(at)
    if word in ZONES and tokens.text[tokens.starts[at] : tokens.ends[at]].isupper():
        return ZONES[word], at + 1
    if word in CITIES:
        after = at + 1
        if tokens.word(after) in {"standard", "daylight", "local"}:
            after += 1
        if tokens.word(after) == "time":
            return CITIES[word], after + 1
    return None


def _meridiem(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """ "pm", "p.m.", "p m" as one of am, pm."""
    word = tokens.word(at)
    if word in _MERIDIEM:
        return word, at + 1
    if word in {"a", "p"}:
        dotted = tokens.word(at + 1) == "."
        letter = at + 1 + dotted
        if tokens.word(letter) == "m" and (dotted or tokens.is_joined(letter)):
            after = letter + 1
            if tokens.word(after) == "." and dotted:
                after += 1
            return word + "m", after
    return None


def _hour_minute(tokens: Tokens, at: int) -> tuple[int, int | None, int, bool] | None:
    """Hour, minute or None, index after, and whether the minutes were written apart."""
    word = tokens.word(at)
    if word in NUMBERS and word not in {"a", "an"} and NUMBERS[word] <= 12:
        return NUMBERS[word], None, at + 1, False
    if not (word.isdecimal() and word.isascii()) or len(word) > 4:
        return None
    number = int(word)
    mark, minutes = tokens.word(at + 1), tokens.word(at + 2)
    if (
        mark in {":", "."}
        and len(word) <= 2
        and tokens.is_joined(at + 1)
        and tokens.is_joined(at + 2)
        and minutes.isdecimal()
        and minutes.isascii()
        and len(minutes) == 2
    ):
        after = at + 3
        # seconds: 08:46:40
        if tokens.word(after) == ":" and tokens.word(after + 1).isdecimal():
            after += 2
        return number, int(minutes), after, mark == ":"
    if len(word) >= 3:
        return number // 100, number % 100, at + 1, False
    return number, None, at + 1, False


def _one_clock(tokens: Tokens, at: int) -> tuple[ClockTime, int] | None:
    found = _hour_minute(tokens, at)
    if found is None:
        return None
    hour, minute, after, has_colon = found
    meridiem = _meridiem(tokens, after)
    zone = None
    is_told = has_colon and len(tokens.word(at)) <= 2
    if meridiem is not None:
        if not 1 <= hour <= 12:
            # "13:30 pm": the marker adds nothing, the 24-hour reading stands
            if not 13 <= hour <= 23:
                return None
        else:
            hour = hour % 12 + (12 if meridiem[0] == "pm" else 0)
        after, is_told = meridiem[1], True
    elif tokens.word(after) == "o" and tokens.word(after + 2) == "clock":
        after, is_told = after + 3, True
        if tokens.word(after) == "in" and tokens.word(after + 1) == "the":
            spoken = part_of_day(tokens, after + 2)
            if spoken is not None:
                low = PARTS[spoken[0]][0]
                hour, after = (hour % 12 + (12 if low >= 12 else 0)), spoken[1]
    elif (
        tokens.word(after) in {"hours", "hrs"} and len(tokens.word(at)) == 4 and minute is not None
    ):
        after, is_told = after + 1, True
    zoned = _zone(tokens, after) or (
        _zone(tokens, after + 1) if tokens.word(after) in {"(", ","} and is_told else None
    )
    is_local = local_time(tokens, after)
    if is_local is not None and not (is_told or minute is not None or tokens.word(at).isdecimal()):
        is_local = None
    if zoned is not None and (minute is not None or is_told):
        if tokens.word(after) == "(":
            zoned = None
        else:
            zone, after, is_told = zoned[0], zoned[1], True
    elif is_local is not None:
        after, is_told = is_local, True
    if not is_told or not 0 <= hour <= 23 or not 0 <= (minute or 0) <= 59:
        return None
    return (
        ClockTime(
            minute=hour * 60 + (minute or 0),
            precise=minute is not None,
            zone=zone,
            local=is_local is not None,
        ),
        after,
    )


def clock_time(tokens: Tokens, at: int) -> tuple[ClockTime, int] | None:
    """ "at around 9:30 pm (1830 GMT)", "between 2pm and 4pm", "12:45 p.m. local time".

    A leading preposition and "about" belong to it. A bare number is no clock time.
    """
    bound = None
    cursor = at
    between = False
    if tokens.word(cursor) in {"shortly", "just", "soon"}:
        cursor += 1
    if tokens.word(cursor) in _CLOCK_BOUNDS:
        bound = _CLOCK_BOUNDS[tokens.word(cursor)]
        cursor += 1
    elif tokens.word(cursor) in {"at", "from"}:
        cursor += 1
    elif tokens.word(cursor) == "between":
        between = True
        cursor += 1
    rough = False
    while tokens.word(cursor) in APPROXIMATE | {"just", "shortly"} and cursor < at + 4:
        rough = True
        cursor += 1
    if tokens.word(cursor) in _CLOCK_BOUNDS and bound is None and cursor > at:
        bound = _CLOCK_BOUNDS[tokens.word(cursor)]
        cursor += 1
    first = _one_clock(tokens, cursor)
    if first is None:
        return None
    clock, after = first
    joined = {"and"} if between else {"to", "-", "–", "until", "till"}
    if tokens.word(after) in joined:
        last = _one_clock(tokens, after + 1)
        if last is not None:
            return replace(clock, until=last[0].minute, zone=clock.zone or last[0].zone), last[1]
    if between:
        return None
    clock = replace(clock, precise=clock.precise and not rough, bound=bound)
    bracket = tokens.word(after) in {"(", "/"}
    other = _one_clock(tokens, after + 1) if bracket else None
    if other is not None and (other[0].zone is not None or other[0].local):
        after = other[1]
        if tokens.word(after) == ")":
            after += 1
        clock = replace(clock, other=other[0])
    return clock, after
