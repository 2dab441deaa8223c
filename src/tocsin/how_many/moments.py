"""Numbers of the clock and the calendar: "9.30am", "26 March 2016", "12 Muharram 1441", "1990s"."""

from __future__ import annotations

from typing import Final

from tocsin.how_many.lexicon import AROUND, SCALES
from tocsin.how_many.measure import Measure, named_only
from tocsin.how_many.noun import noun_phrase, unit_kind
from tocsin.how_many.number import figure
from tocsin.how_many.reading import QuantityKind
from tocsin.how_many.tokens import Tokens

_MONTHS: Final = AROUND["months"]
_LUNAR_MONTHS: Final = AROUND["lunar_months"]
_MERIDIEMS: Final = frozenset({"am", "pm", "gmt", "utc", "hrs", "hours"})
_AT: Final = frozenset({"at", "by", "from", "until", "past", "before", "after"})
_ABOUT: Final = frozenset({"about", "around", "nearly", "almost"})
_PARTS_OF_DAY: Final = frozenset({"morning", "afternoon", "evening"})
_HYPHENS: Final = frozenset({"-", "–"})


def clock(tokens: Tokens, at: int) -> Measure | None:
    """ "9:30", "10:15 pm", "9.30am", "0930 GMT", "at 9.30", "9 o'clock"."""
    behind = at + 1
    is_split = tokens.word(behind) in {":", "."} and all(map(tokens.is_joined, (behind, at + 2)))
    minutes = tokens.word(at + 2) if is_split else ""
    has_minutes = len(minutes) == 2 and minutes.isdecimal() and int(minutes) < 60
    is_hour = len(tokens.word(at)) <= 2 and int(tokens.word(at)) < 25
    if has_minutes:
        behind = at + 3
    suffix = _meridiem(tokens, behind)
    if suffix is not None and (has_minutes or is_hour or len(tokens.word(at)) == 4):
        # "12 hours" is a duration: the unit reads it
        if tokens.word(behind) == "hours" and len(tokens.word(at)) != 4:
            return None
        return named_only(suffix, QuantityKind.TIME, "clock", "a time of day")
    if tokens.word(at + 1) == "o" and tokens.word(at + 3) == "clock":
        return named_only(at + 4, QuantityKind.TIME, "clock", "a time of day")
    if has_minutes and is_hour and tokens.word(at + 1) == ":":
        return named_only(behind, QuantityKind.TIME, "clock", "a time of day")
    is_at = tokens.word(at - 1) in {"at", "around", "about", "by"}
    is_bare = unit_kind(tokens, behind) is None and tokens.word(behind) not in SCALES
    if has_minutes and is_hour and is_at and is_bare and noun_phrase(tokens, behind) is None:
        return named_only(behind, QuantityKind.TIME, "clock", "a time of day")
    return None


def hour_of_day(tokens: Tokens, at: int) -> Measure | None:
    """ "at four in the morning", "at about 9 at night": an hour, and no count."""
    before = tokens.word(at - 1)
    is_at = before in _AT or (before in _ABOUT and tokens.word(at - 2) in _AT)
    words = tokens.word(at + 1), tokens.word(at + 2), tokens.word(at + 3)
    if words[:2] == ("in", "the") and words[2] in _PARTS_OF_DAY:
        behind = at + 4
    elif words[:2] == ("at", "night"):
        behind = at + 3
    else:
        return None
    return named_only(behind, QuantityKind.TIME, "clock", "a time of day") if is_at else None


def _meridiem(tokens: Tokens, at: int) -> int | None:
    """The index behind "am", "p.m.", "GMT"; None where none stands."""
    if tokens.word(at) in _MERIDIEMS:
        return at + 1
    if tokens.word(at) in {"a", "p"} and tokens.word(at + 1) == "." and tokens.word(at + 2) == "m":
        return at + 3 + (tokens.word(at + 3) == ".")
    return None


def date(tokens: Tokens, at: int) -> Measure | None:
    """ "26 March 2016", "March 26, 2016", "12/03/2015", "9/11", "12 Muharram 1441"."""
    end = _numeric_date(tokens, at) or _month_date(tokens, at)
    return named_only(end, QuantityKind.TIME, "date", "part of a date") if end else None


def _numeric_date(tokens: Tokens, at: int) -> int | None:
    mark = tokens.word(at + 1)
    if mark not in {"/", "-", "."} or not all(map(tokens.is_joined, (at + 1, at + 2))):
        return None
    numbers = [tokens.word(at), tokens.word(at + 2)]
    is_third = tokens.word(at + 3) == mark and all(map(tokens.is_joined, (at + 3, at + 4)))
    if is_third:
        numbers.append(tokens.word(at + 4))
    if not all(number.isdecimal() and len(number) <= 4 for number in numbers):
        return None
    if is_third:
        return at + 5 if {len(number) for number in numbers} <= {1, 2, 4} else None
    return at + 3 if mark == "/" and max(map(len, numbers)) <= 2 else None


def _month_date(tokens: Tokens, at: int) -> int | None:
    if len(tokens.word(at)) > 2:
        return None
    behind = at + 1
    behind += tokens.word(behind) in {"st", "nd", "rd", "th"}
    behind += tokens.word(behind) == "of"
    is_holiday = tokens.word(behind) == "may" and tokens.word(behind + 1) == "day"
    if tokens.is_capital(behind) and tokens.word(behind) in _MONTHS and not is_holiday:
        return _with_year(tokens, behind + 1)
    if tokens.is_capital(behind) and tokens.word(behind) in _LUNAR_MONTHS:
        end = _behind_lunar(tokens, behind)
        noun = noun_phrase(tokens, behind + 1)
        return None if noun is not None and noun.is_person else end
    before = at - 2 if tokens.word(at - 1) == "." else at - 1
    noun = noun_phrase(tokens, at + 1)
    if not tokens.is_capital(before) or (noun is not None and noun.is_plural):
        return None
    if tokens.word(before) in _MONTHS or tokens.word(before) in _LUNAR_MONTHS:
        return _with_year(tokens, behind)
    return None


def _with_year(tokens: Tokens, at: int) -> int:
    """The index behind the year that stands at `at`, after a comma or not; else `at`."""
    year_at = at + (tokens.word(at) == ",")
    word = tokens.word(year_at)
    return year_at + 1 if word.isdecimal() and len(word) == 4 and word[0] in "12" else at


def _behind_lunar(tokens: Tokens, month: int) -> int:
    """The index behind "Rabi al-Awwal 1441": the words of the month's name, and a year."""
    at = month + 1
    while at < month + 5 and (
        tokens.word(at) in {"al", "el", "-", "'", "’", "ul"}
        or (tokens.is_capital(at) and tokens.word(at - 1) in {"al", "-", "el", "ul", "'", "’"})
    ):
        at += 1
    at = _with_year(tokens, at)
    return at + 1 if tokens.word(at) in {"ah", "hijri"} else at


def year(tokens: Tokens, at: int) -> Measure | None:
    """ "2016", "1990s", "2015-16", "1441 AH"."""
    word = tokens.word(at)
    if len(word) != 4 or not word.isdecimal():
        return None
    if tokens.word(at + 1) in {"ah", "hijri"}:
        return named_only(at + 2, QuantityKind.YEAR, "year", "a year of the Islamic calendar")
    if not 1800 <= int(word) <= 2100 or figure(tokens, at) != (int(word), at + 1):
        return None
    if tokens.word(at - 1) in {"killed", "killing", "least", "than"}:
        return None
    noun = noun_phrase(tokens, at + 1)
    if noun is not None and noun.is_person and tokens.word(at - 1) not in {"in", "since", "the"}:
        return None
    after = at + 1
    if tokens.word(after) == "s" and tokens.is_joined(after):
        after += 1
    elif tokens.word(after) in _HYPHENS and tokens.is_joined(after):
        after += 2 if tokens.word(after + 1).isdecimal() else 0
    return named_only(after, QuantityKind.YEAR, "year", "a year")
