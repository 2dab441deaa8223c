"""Grammar of feasts and of dates in the Islamic and Solar Hijri calendars."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import Calendar, CalendarRef
from tocsin.when.grammar_dates import WHICH, Found, day_number, digits, year_after
from tocsin.when.lexicon import (
    CUES,
    HOLIDAYS,
    ISLAMIC,
    ISLAMIC_EITHER,
    ISLAMIC_MONTHS,
    ORDINALS,
    SOLAR_MONTHS,
    phrase_index,
)
from tocsin.when.phrase import skip
from tocsin.when.tokens import Tokens

_FEASTS: Final = HOLIDAYS | ISLAMIC | dict.fromkeys(ISLAMIC_EITHER, (0, 0, 5))
_HOLIDAY_INDEX: Final = phrase_index(name.replace("'s", " 's") for name in _FEASTS)
FEAST_OPENERS: Final = frozenset(_HOLIDAY_INDEX) | {"muslim", "islamic", "holy"}
_MONTH_INDEX: Final = {
    Calendar.ISLAMIC: (phrase_index(name.replace("'", " ' ") for name in ISLAMIC_MONTHS)),
    Calendar.SOLAR_HIJRI: phrase_index(SOLAR_MONTHS),
}
CALENDAR_MONTHS: Final = frozenset(word for index in _MONTH_INDEX.values() for word in index)
_MONTH_NUMBERS: Final = {
    Calendar.ISLAMIC: {name.replace("'", " ' "): n for name, n in ISLAMIC_MONTHS.items()},
    Calendar.SOLAR_HIJRI: SOLAR_MONTHS,
}
_YEARS: Final = {Calendar.ISLAMIC: (1200, 1600), Calendar.SOLAR_HIJRI: (1244, 1472)}
"""Years in which news was printed; the second are those the leap rule holds for."""
_FILLERS: Final = ("muslim", "islamic", "holy", "fasting", "festival", "feast", "month", "of")
_NAMES: Final = frozenset({"eid", "hajj", "ramzan", "arbaeen", "arbain", "mawlid"})
_FEAST_NOUNS: Final = CUES["feast_nouns"]
_BEFORE_FEASTS: Final = CUES["before_feasts"]
_ERAS: Final = frozenset({"ah", "sh", "hijri", "hijriah", "ap"})


def holiday(tokens: Tokens, at: int) -> Found | None:
    """A day named by its feast, with its year where given: "Christmas Day", "Eid al-Fitr".

    "The eve of" it and "the second day of" it are days of their own.
    """
    day_of_feast, at = _day_of(tokens, at)
    which = None
    if tokens.word(at) in {"last", "this"} and tokens.word(at + 1) in _HOLIDAY_INDEX:
        which, at = WHICH[tokens.word(at)], at + 1
    for filler in _FILLERS:
        at += tokens.word(at) == filler
    if not tokens.is_capital(at):
        return None
    found = _longest(tokens, at, _HOLIDAY_INDEX)
    if found is None:
        return None
    words, cursor = found
    if words in _NAMES and not _is_feast(tokens, at, cursor):
        return None
    name = words.replace(" 's", "'s")
    if tokens.word(cursor) == "eve":
        day_of_feast, cursor = -1, cursor + 1
    behind, after = year_after(tokens, cursor)
    ref = replace(
        behind,
        holiday=name,
        holiday_days=_FEASTS[name][2],
        which=which,
        day_of_feast=day_of_feast,
    )
    return ref, after


def _is_feast(tokens: Tokens, at: int, after: int) -> bool:
    """Whether a word that is also a name of people and quarters ("Karim Eid", "al-Hajj") is the
    feast: a feast word stands behind it, or a preposition before it and no name."""
    if tokens.word(after) in _FEAST_NOUNS:
        return True
    before = tokens.word(at - 1)
    if before in {"-", "’"} or tokens.is_capital(after):
        return False
    if before == "on" and tokens.word(at - 2) in CUES["attacks"]:
        # "the attack on Eid" is one on a man
        return False
    return before in _BEFORE_FEASTS or at == 0


def _day_of(tokens: Tokens, at: int) -> tuple[int, int]:
    """ "Second day of", "eve of" before a feast: 2, -1; 0 where neither stands there."""
    if tokens.word(at) == "eve" and tokens.word(at + 1) == "of":
        return -1, skip(tokens, at + 2, {"the"})
    numbered = day_number(tokens, at)
    number, after = numbered or (ORDINALS.get(tokens.word(at), 0), at + 1)
    if number and tokens.word(after) == "day" and tokens.word(after + 1) == "of":
        return number, skip(tokens, after + 2, {"the"})
    return 0, at


def other_calendar(tokens: Tokens, at: int) -> Found | None:
    """ "12 Muharram 1441", "the 12th of Muharram", "Muharram 12, 1441 AH", "23 Mehr 1399"."""
    for calendar, index in _MONTH_INDEX.items():
        found = _day_first(tokens, at, calendar, index) or _month_first(tokens, at, calendar, index)
        if found is not None:
            return found
    return None


_Index = dict[str, tuple[tuple[str, ...], ...]]


def _day_first(tokens: Tokens, at: int, calendar: Calendar, index: _Index) -> Found | None:
    numbered = day_number(tokens, at)
    if numbered is None:
        return None
    month_at = skip(tokens, numbered[1], {"of"})
    if not tokens.is_capital(month_at):
        return None
    month = _longest(tokens, month_at, index)
    return _dated(tokens, numbered[0], month, calendar) if month else None


def _month_first(tokens: Tokens, at: int, calendar: Calendar, index: _Index) -> Found | None:
    if not tokens.is_capital(at):
        return None
    month = _longest(tokens, at, index)
    numbered = day_number(tokens, month[1]) if month else None
    if month is None or numbered is None:
        return None
    return _dated(tokens, numbered[0], (month[0], numbered[1]), calendar)


def _dated(tokens: Tokens, day: int, month: tuple[str, int], calendar: Calendar) -> Found | None:
    """The date with its year; without one only Islamic months are sure enough to be months."""
    number = _MONTH_NUMBERS[calendar][month[0]]
    after = month[1]
    comma = skip(tokens, after, {","})
    year = digits(tokens, comma)
    first, last = _YEARS[calendar]
    if year is not None and first <= year <= last:
        after = comma + 1
        bracket = skip(tokens, after, {"("})
        if tokens.word(bracket) in _ERAS:
            after = bracket + 1 if bracket == after else skip(tokens, bracket + 1, {")"})
    elif calendar is Calendar.SOLAR_HIJRI:
        return None
    else:
        year = None
    return CalendarRef(year=year, month=number, day=day, calendar=calendar), after


def _longest(tokens: Tokens, at: int, index: _Index) -> tuple[str, int] | None:
    """The longest phrase of an index at a token, hyphens passed over, and the index behind it."""
    for words in index.get(tokens.word(at), ()):
        cursor = at
        for step, word in enumerate(words):
            cursor += bool(step) and tokens.word(cursor) in {"-", "'"} and word != "'"
            if tokens.word(cursor) != word:
                break
            cursor += 1
        else:
            return " ".join(words), cursor
    return None
