"""Grammar of days and periods: weekdays, dates, months, years, "last week", "the weekend".

Every function takes the tokens and an index and gives what stands there with the index after it, or
None. Each looks at a bounded number of tokens, so that scanning stays linear.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import CalendarRef, Stretch, TimeUnit, Which
from tocsin.when.lexicon import (
    CUES,
    HOLIDAYS,
    ISLAMIC,
    MONTH_ABBREVIATIONS,
    MONTHS,
    SEASONS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
    phrase_index,
)
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
_CALENDAR_UNITS: Final = frozenset({TimeUnit.WEEK, TimeUnit.WEEKEND, TimeUnit.MONTH, TimeUnit.YEAR})
_YEAR_CUES: Final = CUES["before_years"]
_HOLIDAY_INDEX: Final = phrase_index(
    {name.replace("'s", " 's"): value for name, value in (HOLIDAYS | ISLAMIC).items()}
)
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
        if tokens.word(after) == ".":
            after += 1
        # "Sat" and "Sun" are words: as days only beside a date, a full stop or a clock time
        elif not (tokens.word(after) == "," or date(tokens, after) or _digits(tokens, after)):
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


def _digits(tokens: Tokens, at: int) -> int | None:
    word = tokens.word(at)
    return int(word) if word.isdecimal() and word.isascii() and len(word) <= 4 else None


def day_number(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "4", "28th": 1..31, not part of a longer number, a clock time or a decimal."""
    number = _digits(tokens, at)
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
    """A year of four digits, not the head of a decimal or a decade."""
    word = tokens.word(at)
    number = _digits(tokens, at)
    if number is None or len(word) != 4 or not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    joined = tokens.word(at + 1) if tokens.is_joined(at + 1) else ""
    if joined.isalpha() or joined == "%":
        return None
    if joined in {".", ",", ":"} and tokens.is_joined(at + 2) and tokens.word(at + 2).isdecimal():
        return None
    return number, at + 1


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


def _year_after(tokens: Tokens, at: int) -> tuple[CalendarRef, int]:
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
        behind, after = _year_after(tokens, numbered[1])
        return replace(behind, month=month, day=numbered[0]), after
    if not tokens.word(at).isdecimal():
        return None
    numeric = _numeric_date(tokens, at)
    if numeric is not None:
        return numeric
    numbered = day_number(tokens, at)
    if numbered is None:
        return None
    day, after = numbered
    if tokens.word(after) in {"of", "-"}:
        after += 1
    named = month_name(tokens, after)
    if named is None:
        return None
    month, after = named
    if tokens.word(after) == "-" and year(tokens, after + 1):
        after += 1
    behind, after = _year_after(tokens, after)
    return replace(behind, month=month, day=day), after


def _numeric_date(tokens: Tokens, at: int) -> Found | None:
    """ "2020-03-26", "26/03/2020", "26.03.2020". Where day and month could change places, none."""
    mark = tokens.word(at + 1)
    if mark not in {"-", "/", "."} or tokens.word(at + 3) != mark:
        return None
    if not all(tokens.is_joined(at + step) for step in range(1, 5)):
        return None
    if tokens.is_joined(at) and tokens.word(at - 1) in {mark, "$"}:
        return None
    if tokens.is_joined(at + 5) and tokens.word(at + 5) in {mark, "-", "/"}:
        return None
    numbers = [_digits(tokens, at + step) for step in (0, 2, 4)]
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
            return None
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


def holiday(tokens: Tokens, at: int) -> Found | None:
    """A day named by its feast, with its year where given: "Christmas Day", "Eid al-Fitr"."""
    which = None
    if tokens.word(at) in {"last", "this"} and tokens.word(at + 1) in _HOLIDAY_INDEX:
        which, at = WHICH[tokens.word(at)], at + 1
    for filler in ("muslim", "islamic", "holy", "fasting", "month", "of"):
        at += tokens.word(at) == filler
    if not tokens.is_capital(at):
        return None
    for words in _HOLIDAY_INDEX.get(tokens.word(at), ()):
        cursor = at
        for step, word in enumerate(words):
            cursor += bool(step) and tokens.word(cursor) == "-"
            if tokens.word(cursor) != word:
                break
            cursor += 1
        else:
            name = " ".join(words).replace(" 's", "'s")
            days = (HOLIDAYS | ISLAMIC)[name][2]
            behind, after = _year_after(tokens, cursor)
            return replace(behind, holiday=name, holiday_days=days, which=which), after
    return None


def period(tokens: Tokens, at: int) -> Found | None:
    """ "last week", "this month", "last Friday", "next May", "that year", "last summer"."""
    which = WHICH.get(tokens.word(at))
    if which is None:
        return None
    after = at + 1
    word = tokens.word(after)
    stretch = None
    if word in {"early", "late", "mid"} and tokens.word(after + 1) in SEASONS | MONTHS:
        stretch, after = STRETCHES[word], after + 1
        word = tokens.word(after)
    unit = UNITS.get(word)
    if unit in _CALENDAR_UNITS and word in {"week", "weekend", "month", "year"}:
        return CalendarRef(which=which, unit=unit), after + 1
    if word in WEEKDAYS and word[-2:] == "ay":
        return CalendarRef(which=which, weekday=WEEKDAYS[word]), after + 1
    if word in SEASONS and which is not Which.THAT:
        return CalendarRef(which=which, season=word, stretch=stretch), after + 1
    named = month_name(tokens, after)
    if named is not None:
        numbered = date(tokens, after)
        if numbered is not None:
            return replace(numbered[0], which=which), numbered[1]
        return CalendarRef(which=which, month=named[0], stretch=stretch), named[1]
    return None


def month_or_year(tokens: Tokens, at: int) -> Found | None:
    """ "March 2016", "March", "summer of 2014", "2013" after a word that calls for a year."""
    named = month_name(tokens, at)
    if named is not None:
        month, after = named
        behind, behind_at = _year_after(tokens, after)
        if behind_at != after:
            return replace(behind, month=month), behind_at
        if _is_plain_month(tokens, at, after):
            return CalendarRef(month=month), after
        return None
    word = tokens.word(at)
    if word in SEASONS:
        behind, behind_at = _year_after(tokens, at + 1)
        if behind_at != at + 1:
            return replace(behind, season=word), behind_at
        if tokens.word(at - 1) == "the" and word != "fall":
            return CalendarRef(season=word), at + 1
        return None
    found = year(tokens, at)
    if found is not None and _is_year(tokens, at):
        return CalendarRef(year=found[0]), found[1]
    return None


def _is_plain_month(tokens: Tokens, at: int, after: int) -> bool:
    """ "May" and "March" open sentences as other words; they need a preposition before them."""
    if tokens.word(at) not in {"may", "march", "mar", "jan", "dec", "apr"}:
        return True
    before = tokens.word(at - 1)
    isolated = at == 0 and after == len(tokens)
    return isolated or before in CUES["before_months"]


def _is_year(tokens: Tokens, at: int) -> bool:
    before, after = tokens.word(at - 1), tokens.word(at + 1)
    if before in _YEAR_CUES:
        return True
    return not before.isalnum() and not after.isalnum() and before not in {"$", "£", "€", "-", "#"}


def calendar_ref(tokens: Tokens, at: int) -> Found | None:
    """Any one day or period that begins at `at`, the most telling reading first."""
    return (
        weekday(tokens, at)
        or date(tokens, at)
        or deictic(tokens, at)
        or holiday(tokens, at)
        or period(tokens, at)
        or month_or_year(tokens, at)
        or _weekend(tokens, at)
    )


def _weekend(tokens: Tokens, at: int) -> Found | None:
    if tokens.word(at) == "weekend" and tokens.word(at - 1) == "the":
        return CalendarRef(unit=TimeUnit.WEEKEND), at + 1
    return None
