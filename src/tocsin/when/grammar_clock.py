"""Grammar of the time of day: parts ("early hours", "at dawn") and clock times ("9:30 pm")."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from tocsin.when.expression import Bound, ClockTime
from tocsin.when.lexicon import CITIES, NUMBERS, PARTS, WEEKDAYS, ZONES, phrase_index
from tocsin.when.phrase import skip
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


def stated_zone(tokens: Tokens, at: int) -> tuple[str, int] | None:
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


_CLOCK_LEADS: Final = frozenset({"at", "around", "about"})
_CLOCK_FOLLOWS: Final = frozenset({"on", "local", "and", "when", "in", "the", ""}) | WEEKDAYS.keys()
_PAST_HOUR: Final = {"half": 30, "quarter": 15}


def _spoken_clock(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """ "Half past eight", "a quarter to nine" as hour, minute and the index behind."""
    start = at + (tokens.word(at) == "a")
    minutes = _PAST_HOUR.get(tokens.word(start))
    side = tokens.word(start + 1)
    hour = NUMBERS.get(tokens.word(start + 2), 0)
    if tokens.word(start + 2).isdecimal():
        hour = int(tokens.word(start + 2)[:4])
    if minutes is None or side not in {"past", "to"} or not 1 <= hour <= 12:
        return None
    if side == "past":
        return hour, minutes, start + 3
    return (hour - 2) % 12 + 1, 60 - minutes, start + 3


def _one_clock(tokens: Tokens, at: int) -> tuple[ClockTime, int] | None:
    spoken = _spoken_clock(tokens, at)
    found = (spoken[0], spoken[1], spoken[2], False) if spoken else _hour_minute(tokens, at)
    if found is None:
        return None
    hour, minute, after, has_colon = found
    meridiem = _meridiem(tokens, after)
    zone = None
    is_told = spoken is not None or (has_colon and len(tokens.word(at)) <= 2)
    is_told = is_told or _is_bare_clock(tokens, at, after)
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
        hour, after = _hour_of_part(tokens, hour, after)
    elif 1 <= hour <= 12 and _hour_of_part(tokens, hour, after)[1] != after:
        # "8 in the evening", "half past eight in the morning"
        hour, after = _hour_of_part(tokens, hour, after)
        is_told = True
    elif (
        tokens.word(after) in {"hours", "hrs"} and len(tokens.word(at)) == 4 and minute is not None
    ):
        after, is_told = after + 1, True
    zoned = stated_zone(tokens, after) or (
        stated_zone(tokens, after + 1) if tokens.word(after) in {"(", ","} and is_told else None
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


def _is_bare_clock(tokens: Tokens, at: int, after: int) -> bool:
    """ "At 0200 on", "at 02.30": written as clocks are, and nothing counted behind."""
    before, following = tokens.word(at - 1), tokens.word(after)
    if before not in _CLOCK_LEADS or not (following in _CLOCK_FOLLOWS or not following.isalnum()):
        return False
    if following in {"%", "$"}:
        return False
    word = tokens.word(at)
    return (len(word) == 4 and word[0] == "0") or (after == at + 3 and len(word) == 2)


def _hour_of_part(tokens: Tokens, hour: int, after: int) -> tuple[int, int]:
    """The hour of 24 where "in the evening" stands behind a clock time, and the index behind it."""
    if tokens.word(after) != "in" or tokens.word(after + 1) != "the":
        return hour, after
    part = part_of_day(tokens, after + 2)
    if part is None or part[0] not in {"morning", "afternoon", "evening", "early morning"}:
        return hour, after
    return hour % 12 + (12 if PARTS[part[0]][0] >= 12 else 0), part[1]


def _shared_meridiem(
    tokens: Tokens, at: int, joins: Collection[str]
) -> tuple[ClockTime, int] | None:
    """ "8 and 9 pm", "8 to 10 a.m.": the first hour takes the mark of the last."""
    found = _hour_minute(tokens, at)
    if found is None or not 1 <= found[0] <= 12 or tokens.word(found[2]) not in joins:
        return None
    last = _one_clock(tokens, found[2] + 1)
    if last is None or _hour_minute(tokens, found[2] + 1) is None:
        return None
    noon = 720
    minute = found[0] % 12 * 60 + (found[1] or 0)
    half = last[0].minute // noon
    if (minute % noon) > (last[0].minute % noon):
        # "11 to 1 pm" begins before noon
        half -= 1
    return ClockTime(
        minute=(minute + noon * half) % 1440,
        zone=last[0].zone,
        local=last[0].local,
        until=last[0].minute,
    ), last[1]


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
        is_range = between or tokens.word(at) == "from"
        joins = {"and"} if between else {"to", "-", "–", "until", "till"}
        return _shared_meridiem(tokens, cursor, joins) if is_range else None
    clock, after = first
    joined = {"and"} if between else {"to", "-", "–", "until", "till"}
    if tokens.word(after) in joined:
        last = _one_clock(tokens, after + 1)
        if last is not None:
            return replace(clock, until=last[0].minute, zone=clock.zone or last[0].zone), last[1]
    if between:
        return None
    clock = replace(clock, precise=clock.precise and not rough, bound=bound)
    return with_other_clock(tokens, clock, after)


def with_other_clock(tokens: Tokens, clock: ClockTime, after: int) -> tuple[ClockTime, int]:
    """The clock time with its instant in another zone, where that stands in brackets behind it.

    "(1830 GMT)", "(2234 GMT Tuesday)".
    """
    bracket = tokens.word(after) in {"(", "/"}
    other = _one_clock(tokens, after + 1) if bracket else None
    if other is None or not (other[0].zone is not None or other[0].local):
        return clock, after
    end = skip(tokens, skip(tokens, other[1], {"on"}), WEEKDAYS)
    return replace(clock, other=other[0]), skip(tokens, end, {")"})
