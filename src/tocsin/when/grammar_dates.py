"""Grammar of single days: weekdays, dates of a month in any usual order, "yesterday".

Every function takes the tokens and an index and gives what stands there with the index after it, or
None. Each looks at a bounded number of tokens, so that scanning stays linear.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import CalendarRef, Stretch, TimeUnit, Which
from tocsin.when.lexicon import (
    CUES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)
from tocsin.when.phrase import skip
from tocsin.when.tokens import Tokens

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2100
WHICH: Final[dict[str, Which]] = {
    "last": Which.LAST,
    "past": Which.LAST,
    "previous": Which.LAST,
    "this": Which.THIS,
    "current": Which.THIS,
    "next": Which.NEXT,
    "coming": Which.NEXT,
    "that": Which.THAT,
    "same": Which.THAT,
}
STRETCHES: Final[dict[str, Stretch]] = {
    "early": Stretch.EARLY,
    "mid": Stretch.MID,
    "middle": Stretch.MID,
    "late": Stretch.LATE,
    "beginning": Stretch.START,
    "start": Stretch.START,
    "end": Stretch.END,
    "close": Stretch.END,
}
_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})
_ATTACKS: Final = CUES["attacks"]
_DEICTIC: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}

Found = tuple[CalendarRef, int]


def weekday(tokens: Tokens, at: int) -> Found | None:
    """ "Thursday", "Thu." before a date, with "of last week", and its date if one follows."""
    word = tokens.word(at)
    day = WEEKDAYS.get(word)
    after = at + 1
    if day is None:
        day = WEEKDAY_ABBREVIATIONS.get(word)
        if day is None or not tokens.is_capital(at):
            return None
        # "Sat" and "Sun" are words: as days only beside a date, a full stop or a clock time
        if tokens.word(after) == ".":
            after += 1
        else:
            beside = after + (tokens.word(after) == ",")
            if not (date(tokens, beside) or digits(tokens, beside)):
                return None
    elif not tokens.is_capital(at) and not tokens.text[tokens.starts[at]].islower():
        return None
    ref = CalendarRef(weekday=day)
    comma = after + 1 if tokens.word(after) in {",", "the"} else after
    dated = date(tokens, comma)
    if dated is not None and dated[0].day is not None:
        return replace(dated[0], weekday=day), dated[1]
    of = after + 1 if tokens.word(after) == "of" else after
    if tokens.word(of) in {"last", "this", "next"} and tokens.word(of + 1) == "week":
        return replace(ref, week_which=WHICH[tokens.word(of)]), of + 2
    if tokens.word(after) == "last" and not _opens_period(tokens, after + 1):
        return replace(ref, which=Which.LAST), after + 1
    return ref, after


def _opens_period(tokens: Tokens, at: int) -> bool:
    word = tokens.word(at)
    return word in UNITS or word in MONTHS or word in WEEKDAYS or word in SEASONS or word == "night"


def digits(tokens: Tokens, at: int) -> int | None:
    """A number of at most four plain digits."""
    word = tokens.word(at)
    return int(word) if word.isdecimal() and word.isascii() and len(word) <= 4 else None


def day_number(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "4", "28th": 1..31, not part of a longer number, a clock time or a decimal."""
    number = digits(tokens, at)
    if number is None or not 1 <= number <= 31 or len(tokens.word(at)) > 2:
        return None
    if tokens.word(at + 1) in _SUFFIXES and tokens.is_joined(at + 1):
        return number, at + 2
    if tokens.is_joined(at + 1) and tokens.is_joined(at + 2):
        mark, following = tokens.word(at + 1), tokens.word(at + 2)
        if mark in {":", ".", ","} and following.isdecimal():
            return None
    if tokens.is_joined(at + 1) and (tokens.word(at + 1).isalpha() or tokens.word(at + 1) == "%"):
        return None
    return number, at + 1


def year(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A year of four digits, not the head of a decimal or a decade; or one read aloud."""
    word = tokens.word(at)
    if word in NUMBERS:
        return _spoken_year(tokens, at)
    number = digits(tokens, at)
    if number is None or len(word) != 4 or not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    joined = tokens.word(at + 1) if tokens.is_joined(at + 1) else ""
    if joined.isalpha() or joined == "%":
        return None
    if joined in {".", ",", ":"} and tokens.is_joined(at + 2) and tokens.word(at + 2).isdecimal():
        return None
    return number, at + 1


def _spoken_year(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "nineteen eighty-four", "two thousand", as transcripts of broadcasts have it."""
    if tokens.word(at) == "two" and tokens.word(at + 1) == "thousand":
        is_year = tokens.word(at - 1) in {"year", "since"}
        ends = not tokens.word(at + 2).isalpha() or tokens.word(at + 2) in {"has", "and", "the"}
        return (2000, at + 2) if is_year and ends else None
    if tokens.word(at) not in {"nineteen", "twenty"}:
        return None
    tens = NUMBERS.get(tokens.word(at + 1), 0)
    after = at + 2
    if not 10 <= tens <= 90:
        return None
    if tens >= 20:
        unit = skip(tokens, after, {"-"})
        ones = NUMBERS.get(tokens.word(unit), 0)
        if 0 < ones < 10 and tokens.word(unit) not in {"a", "an"}:
            tens, after = tens + ones, unit + 1
    return NUMBERS[tokens.word(at)] * 100 + tens, after


def month_name(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "March", "Sept."; capital letter required, for "may" and "march" are verbs."""
    word = tokens.word(at)
    month = MONTHS.get(word)
    if month is not None and tokens.is_capital(at):
        return month, at + 1
    month = MONTH_ABBREVIATIONS.get(word)
    if month is not None and tokens.is_capital(at):
        if tokens.word(at + 1) == "." and tokens.is_joined(at + 1):
            return month, at + 2
        if day_number(tokens, at + 1) or year(tokens, at + 1) or tokens.word(at - 1).isdecimal():
            return month, at + 1
        # "28-Nov-2016": the neighbours are joined by hyphens
        if tokens.word(at - 1) == "-" and tokens.word(at + 1) == "-":
            return month, at + 1
    return None


def year_after(tokens: Tokens, at: int) -> tuple[CalendarRef, int]:
    """The year behind a month or day: ", 2016", "2016", "last year", "of this year"."""
    comma = at + 1 if tokens.word(at) in {",", "of", "in"} else at
    found = year(tokens, comma)
    if found is not None:
        return CalendarRef(year=found[0]), found[1]
    if tokens.word(comma) in {"last", "this", "next"} and tokens.word(comma + 1) == "year":
        return CalendarRef(year_which=WHICH[tokens.word(comma)]), comma + 2
    return CalendarRef(), at


def date(tokens: Tokens, at: int) -> Found | None:
    """A day of a month, in any usual order: "March 26", "26 March 2020", "2020-03-26"."""
    named = month_name(tokens, at)
    if named is not None:
        month, after = named
        if tokens.word(after) in {"-", "/"} and tokens.is_joined(after):
            after += 1
        the = after + 1 if tokens.word(after) == "the" else after
        numbered = day_number(tokens, the)
        if numbered is None:
            return None
        behind, after = year_after(tokens, numbered[1])
        is_landmark = behind.year is None and tokens.word(after) in _ATTACKS
        ref = replace(behind, month=month, day=numbered[0], is_landmark=is_landmark)
        return ref, after
    if tokens.word(at) in ORDINALS:
        return _spelled_date(tokens, at)
    if not tokens.word(at).isdecimal():
        return None
    if tokens.words[at : at + 3] == ["9", "/", "11"] and tokens.word(at + 3) != "/":
        return CalendarRef(month=9, day=11, is_landmark=True), at + 3
    numeric = _numeric_date(tokens, at)
    if numeric is not None:
        return numeric
    numbered = day_number(tokens, at)
    if numbered is None:
        return None
    day, after = numbered
    which = WHICH.get(tokens.word(after + 1))
    if tokens.word(after) == "of" and which is not None and tokens.word(after + 2) == "month":
        # "the 5th of this month"
        return CalendarRef(day=day, which=which, unit=TimeUnit.MONTH), after + 3
    if tokens.word(after) in {"of", "-"}:
        after += 1
    named = month_name(tokens, after)
    if named is None:
        return None
    month, after = named
    if tokens.word(after) == "-" and year(tokens, after + 1):
        after += 1
    behind, after = year_after(tokens, after)
    return replace(behind, month=month, day=day), after


def _spelled_date(tokens: Tokens, at: int) -> Found | None:
    """ "The fourth of January"."""
    if tokens.word(at + 1) != "of":
        return None
    named = month_name(tokens, at + 2)
    if named is None:
        return None
    behind, after = year_after(tokens, named[1])
    return replace(behind, month=named[0], day=ORDINALS[tokens.word(at)]), after


def _numeric_date(tokens: Tokens, at: int) -> Found | None:
    """ "2020-03-26", "26/03/2020", "26.03.2020". Where day and month could change places, the ref
    says so and is written day first."""
    mark = tokens.word(at + 1)
    if mark not in {"-", "/", "."} or tokens.word(at + 3) != mark:
        return None
    if not all(tokens.is_joined(at + step) for step in range(1, 5)):
        return None
    if tokens.is_joined(at) and tokens.word(at - 1) in {mark, "$"}:
        return None
    if tokens.is_joined(at + 5) and tokens.word(at + 5) in {mark, "-", "/"}:
        return None
    numbers = [digits(tokens, at + step) for step in (0, 2, 4)]
    first, second, third = numbers
    if first is None or second is None or third is None:
        return None
    widths = [len(tokens.word(at + step)) for step in (0, 2, 4)]
    if widths[0] == 4 and mark != "." and widths[1] <= 2 and widths[2] <= 2:
        ref = CalendarRef(year=first, month=second, day=third)
    elif widths[2] == 4 and widths[0] <= 2 and widths[1] <= 2:
        if first > 12 or first == second or mark == ".":
            ref = CalendarRef(year=third, month=second, day=first)
        elif second > 12:
            ref = CalendarRef(year=third, month=first, day=second)
        else:
            ref = CalendarRef(year=third, month=second, day=first, is_swappable=True)
    else:
        return None
    if ref.year is None or not FIRST_YEAR <= ref.year <= LAST_YEAR:
        return None
    return ref, at + 5


def deictic(tokens: Tokens, at: int) -> Found | None:
    """ "today", "yesterday", "the day before yesterday"."""
    word = tokens.word(at)
    if word in _DEICTIC:
        return CalendarRef(offset_days=_DEICTIC[word]), at + 1
    if word == "day" and tokens.word(at + 2) in {"yesterday", "tomorrow"}:
        if tokens.word(at + 1) == "before" and tokens.word(at + 2) == "yesterday":
            return CalendarRef(offset_days=-2), at + 3
        if tokens.word(at + 1) == "after" and tokens.word(at + 2) == "tomorrow":
            return CalendarRef(offset_days=2), at + 3
    return None
