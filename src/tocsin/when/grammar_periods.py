"""Grammar of periods ("last week", "March 2016", "the 1990s") and of any one day or period.

Every function takes the tokens and an index and gives what stands there with the index after it, or
None. Each looks at a bounded number of tokens, so that scanning stays linear.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import CalendarRef, TimeUnit, Which
from tocsin.when.grammar_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    STRETCHES,
    WHICH,
    Found,
    date,
    deictic,
    digits,
    month_name,
    weekday,
    year,
    year_after,
)
from tocsin.when.grammar_feasts import holiday, other_calendar
from tocsin.when.lexicon import (
    CUES,
    DECADES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)
from tocsin.when.phrase import skip
from tocsin.when.tokens import Tokens

_PERIOD_UNITS: Final = frozenset({TimeUnit.WEEK, TimeUnit.WEEKEND, TimeUnit.MONTH, TimeUnit.YEAR})
_YEAR_CUES: Final = CUES["before_years"]
_MOST_WEEKS_BACK: Final = 8
_LONG_FEAST_DAYS: Final = 10
_LONGEST_SPAN_YEARS: Final = 20
"""Longer "2003-45" are something else."""
_OWNERS: Final = CUES["owners"]
_MEASURES: Final = CUES["measures"]


def week_of(tokens: Tokens, at: int) -> Found | None:
    """ "week of May 4", "weekend of 5 May", which hold the date; "week ending 5 May"."""
    unit = UNITS.get(tokens.word(at))
    if unit not in {TimeUnit.WEEK, TimeUnit.WEEKEND}:
        return None
    is_end = unit is TimeUnit.WEEK and tokens.word(at + 1) in {"ending", "ended", "to"}
    if not is_end and tokens.word(at + 1) != "of":
        return None
    dated = date(tokens, skip(tokens, at + 2, {"the", "on"}))
    if dated is None or dated[0].day is None or dated[0].unit is not None:
        return None
    return replace(dated[0], unit=unit, which=Which.LAST if is_end else None), dated[1]


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
    if unit in _PERIOD_UNITS and word in {"week", "weekend", "month", "year"}:
        on_day = _weekday_of_week(tokens, after, which) if unit is TimeUnit.WEEK else None
        return on_day or (CalendarRef(which=which, unit=unit), after + 1)
    if word == "past" and which is Which.THIS and tokens.word(after + 1) in WEEKDAYS:
        # "this past Sunday"
        return CalendarRef(which=Which.LAST, weekday=WEEKDAYS[tokens.word(after + 1)]), after + 2
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


def _weekday_of_week(tokens: Tokens, week: int, which: Which) -> Found | None:
    """ "Last week on Monday", "last week's Monday": the weekday stands behind its week."""
    at = skip(tokens, week + 1, {"on", "'s"})
    day = WEEKDAYS.get(tokens.word(at))
    if day is None or at == week + 1 or tokens.word(at)[-1] == "s" or which is Which.THAT:
        return None
    return CalendarRef(weekday=day, week_which=which), at + 1


def weekdays_back(tokens: Tokens, at: int) -> Found | None:
    """ "Two Sundays ago", "a week ago on Tuesday", "two weeks ago Friday"."""
    word = tokens.word(at)
    count = NUMBERS.get(word) or digits(tokens, at) or 0
    if not 1 <= count <= _MOST_WEEKS_BACK:
        return None
    following = tokens.word(at + 1)
    if following in WEEKDAYS and following[-1] == "s" and tokens.word(at + 2) == "ago":
        return CalendarRef(weekday=WEEKDAYS[following], weeks_back=count - 1), at + 3
    if following in {"week", "weeks"} and tokens.word(at + 2) == "ago":
        day = skip(tokens, at + 3, {"on", "last"})
        if tokens.word(day) in WEEKDAYS and tokens.word(day)[-1] != "s":
            return CalendarRef(weekday=WEEKDAYS[tokens.word(day)], weeks_back=count), day + 1
    return None


def week_of_month(tokens: Tokens, at: int) -> Found | None:
    """ "Second week of May": the 8th to the 14th. First and last are shares of their month."""
    number = ORDINALS.get(tokens.word(at), 0)
    if not 2 <= number <= 4 or tokens.word(at + 1) != "week" or tokens.word(at + 2) != "of":
        return None
    start = skip(tokens, at + 3, {"the"})
    found = other_feast_month(tokens, start) or period(tokens, start)
    found = found or month_or_year(tokens, start)
    if found is None or found[0].is_day:
        return None
    ref = found[0]
    is_month = ref.month is not None or ref.unit is TimeUnit.MONTH or ref.holiday is not None
    return (replace(ref, week_of_month=number), found[1]) if is_month else None


def other_feast_month(tokens: Tokens, at: int) -> Found | None:
    """A feast of a month's length: Ramadan."""
    found = holiday(tokens, at)
    return found if found is not None and found[0].holiday_days > _LONG_FEAST_DAYS else None


def month_or_year(tokens: Tokens, at: int) -> Found | None:
    """ "March 2016", "March", "summer of 2014", "2013" after a word that calls for a year."""
    named = month_name(tokens, at)
    if named is not None:
        month, after = named
        behind, behind_at = year_after(tokens, after)
        if behind_at != after:
            return replace(behind, month=month), behind_at
        if _is_plain_month(tokens, at, after):
            return CalendarRef(month=month), after
        return None
    word = tokens.word(at)
    if word in SEASONS:
        behind, behind_at = year_after(tokens, at + 1)
        if behind_at != at + 1:
            ends = _short_year(tokens, behind_at, behind.year)
            if ends is not None and word == "winter":
                # "winter 2015-16" belongs to the year it ends in
                return CalendarRef(season=word, year=ends[0]), ends[1]
            return replace(behind, season=word), behind_at
        if tokens.word(at - 1) == "the" and word != "fall":
            return CalendarRef(season=word), at + 1
        return None
    found = year(tokens, at)
    if found is not None and (word in NUMBERS or _is_year(tokens, at)):
        ends = _short_year(tokens, found[1], found[0])
        if ends is not None:
            return CalendarRef(year=found[0], last_year=ends[0]), ends[1]
        return CalendarRef(year=found[0]), found[1]
    return decade(tokens, at)


def _short_year(tokens: Tokens, at: int, first: int | None) -> tuple[int, int] | None:
    """The end of "2015-16": a later year of the same century, written with two digits."""
    if first is None or tokens.word(at) not in {"-", "–", "/"} or not tokens.is_joined(at):
        return None
    number = digits(tokens, at + 1)
    if number is None or len(tokens.word(at + 1)) != 2 or not tokens.is_joined(at + 1):
        return None
    last = first - first % 100 + number
    return (last, at + 2) if first < last <= first + _LONGEST_SPAN_YEARS else None


def decade(tokens: Tokens, at: int) -> Found | None:
    """ "1980s", "1980's", "the '80s", "the nineties"."""
    word = tokens.word(at)
    first = digits(tokens, at)
    if first is not None and first % 10 == 0 and len(word) in {2, 4}:
        suffix = at + 1
        if not (tokens.is_joined(suffix) and tokens.word(suffix) in {"s", "'s"}):
            return None
        if len(word) == 4 and FIRST_YEAR <= first <= LAST_YEAR:
            return CalendarRef(year=first, unit=TimeUnit.DECADE), suffix + 1
        if len(word) == 2 and first >= 20 and tokens.word(at - 1) in {"'", "’", "‘"}:
            return CalendarRef(year=1900 + first, unit=TimeUnit.DECADE), suffix + 1
        return None
    if word in DECADES and tokens.word(at - 1) in {"the", "early", "mid", "late", "-"}:
        return CalendarRef(year=DECADES[word], unit=TimeUnit.DECADE), at + 1
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
    if before in _OWNERS and after.isalpha() and after not in _MEASURES:
        # "a 2012 bombing", "her 2008 tour": a count would need a plural
        is_name = tokens.is_capital(at + 1)
        return after[-1] != "s" and not is_name and tokens.word(at)[:2] in {"19", "20"}
    return not before.isalnum() and not after.isalnum() and before not in {"$", "£", "€", "-", "#"}


def calendar_ref(tokens: Tokens, at: int) -> Found | None:
    """Any one day or period that begins at `at`, the most telling reading first."""
    return (
        weekday(tokens, at)
        or date(tokens, at)
        or deictic(tokens, at)
        or other_calendar(tokens, at)
        or holiday(tokens, at)
        or week_of_month(tokens, at)
        or weekdays_back(tokens, at)
        or week_of(tokens, at)
        or period(tokens, at)
        or month_or_year(tokens, at)
        or _weekend(tokens, at)
    )


def _weekend(tokens: Tokens, at: int) -> Found | None:
    if tokens.word(at) == "weekend" and tokens.word(at - 1) == "the":
        return CalendarRef(unit=TimeUnit.WEEKEND), at + 1
    return None
