"""Datelines and printed dates: where and when an outlet says it wrote, and whose text it is.

A dateline opens the body: `BEIRUT (Reuters) - `, `Baghdad, Feb 16, 2020 (AFP) -`,
`KABUL, Afghanistan — `, `(Kirkuk, 12 May)`, `(CNN) — `. A printed date stands on a line of its own
or before the headline that scraping ran it into: `May 19, 2020`, `Posted on July 20 2016 by ...`.

Looked for in the opening of a text only. Forms that could be an ordinary clause ("Police - ...")
are taken only with a second sign: an agency, a date, a region, or capitals throughout.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass

from tocsin.read.lexicon import credit_words, furniture
from tocsin.read.published import MONTH_PATTERN, MONTHS, calendar_day, parse_date
from tocsin.records import Dateline, Span
from tocsin.text.nations import nation_named
from tocsin.where.curated import state_abbreviations

OPENING_CHARS = 2500
OPENING_LINES = 14
"""Datelines and printed dates beyond these belong to something else on the page."""

_WEEKDAY = r"(?:(?i:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[.,]?\s{0,2})"
_DATE = (
    rf"{_WEEKDAY}?(?:{MONTH_PATTERN}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{0,2}}(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]{{1,2}}{MONTH_PATTERN},?[\s-]{{0,2}}(?:19|20)\d\d"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
)
_ZONE = r"(?:GMT|UTC|BST|CET|EET|IST|KSA|local time|[ECMP][SD]?T)\b"
_CLOCK = (
    r"(?:\s?(?:,|at|@|-|–|\|)?\s?"
    r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?|\d{3,4}(?=\s?(?:GMT|UTC|[ap]\.?m)))"
    r"(?:\s?[apAP]\.?[mM]\b\.?)?)?"
    rf"(?:\s?\(?{_ZONE}(?:\s?[+-]\d{{1,2}}(?::?\d\d)?)?\)?)?"
)
_LABEL = (
    r"(?:(?:Date of publication|First published|Published|Posted|Publish date|Date|Issued|Created"
    r"|Last [Uu]pdated?|Updated)(?:\s(?:on|at|@))?\s?:?\s?)"
)
_PRINTED_LINE = re.compile(
    rf"\W{{0,3}}(?:{_LABEL}{{0,2}}{_DATE}{_CLOCK}\W{{0,4}}){{1,3}}"
    r"(?:\s?by\s[\w.,’' -]{2,60})?(?:Updated:?|Posted:?|\W){0,3}",
    re.IGNORECASE,
)
_PRINTED_PREFIX = re.compile(
    rf"(?:(?P<label>{_LABEL})|)(?P<date>{_DATE}){_CLOCK}"
    r"(?:\s\(?[Uu]pdated[^)]{0,30}\))?(?=\s*(?:[A-Z0-9\"“‘'(\[]|by\s[A-Z]|$))"
)
# set by the page among other words: `AMMAN | Fri Nov 18, 2011 6:11 pm EST`
_STAMP = re.compile(
    r"(?<![\w.])(?:[A-Z][A-Z'’.]+(?:[ /-][A-Z][A-Z'’.]+){0,3}(?:, [A-Z][\w.]+)? \| "
    rf"(?P<date>{_DATE}){_CLOCK}"
    rf"|{_WEEKDAY}(?P<day>{_DATE}),? \d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\.?)? (?:{_ZONE}))"
)

_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_CITY = rf"{_WORD}(?: (?:{_WORD}|de|al|el|du|la|of|the)){{0,3}}"
_PLACE = rf"{_CITY}(?:\s?/\s?{_CITY}){{0,2}}(?:, {_CITY}){{0,2}}"
_CAPITALS = r"[A-Z][A-Z.'’-]{2,}(?:[ /][A-Z][A-Z.'’-]+){0,3}"
_SHORT_DATE = rf"(?:{MONTH_PATTERN}\s\d{{1,2}}|\d{{1,2}}\s{MONTH_PATTERN})(?:,?\s(?:19|20)\d\d)?"
_ANY_DATE = re.compile(rf"{_SHORT_DATE}|{MONTH_PATTERN}$|{_WEEKDAY}$|\d{{3}}|^\W*\d")
_SOURCE_NAME = re.compile(
    r"[A-ZÀ-Þ][\w&.'’/-]*(?: (?:[A-ZÀ-Þ][\w&.'’/-]*|\d\w{0,3}|of|the|and|de|al|&)){0,5}"
)
_DASH = r"\s?(?:--|[-–—:])"
_BODY_START = r"(?=\s{0,3}$|\s{0,3}[\"“‘'(]{0,2}(?:[A-ZÀ-Þ][a-z]|[A-Z][.'’ ]|[A-Z]{2,}|\d|al-))"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that the page prints about itself, at `[start, end)`."""

    start: int
    end: int
    date: dt.date | None
    is_update: bool = False
    """Labelled as the day of a later change, not of publication."""
    written: str = ""
    """The words, for a date that only the habit of the outlet's country tells: "04-03-2015"."""


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline and where its stretch ends, the dash included."""

    dateline: Dateline
    end: int
    day_and_month: tuple[int, int] | None = None
    """Where the dateline names a day without its year."""

    @property
    def start(self) -> int:
        """Where the dateline begins."""
        return self.dateline.span.start


@dataclass(frozen=True, slots=True)
class _Patterns:
    dated: re.Pattern[str]
    credited: re.Pattern[str]
    bracketed: re.Pattern[str]
    agency_only: re.Pattern[str]
    dashed: re.Pattern[str]
    bare: re.Pattern[str]
    stamped: re.Pattern[str]
    agency: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words = credit_words()
    source = r"\((?P<source>[^()\n]{2,40})\)"
    return _Patterns(
        # a place, a date, maybe a source: Baghdad, Feb 16, 2020 (AFP) -
        dated=re.compile(
            rf"(?P<city>{_PLACE}),? (?P<date>{_SHORT_DATE})(?:\s?/?{source}|\s?/\w+/)?"
            rf"{_DASH}{_BODY_START}"
        ),
        # a place and a source: BEIRUT (Reuters) -, Aleppo, SANA -
        credited=re.compile(
            rf"(?P<city>{_PLACE}),? (?:{source}|(?P<bare>{words.agency})\b){_DASH}{_BODY_START}"
        ),
        bracketed=re.compile(rf"\((?P<city>{_PLACE}), (?P<date>{_SHORT_DATE})\)\s?[-–—:]?"),
        agency_only=re.compile(
            rf"\((?P<source>(?:[A-Z]{{2,6}}/)?{words.agency}(?:/[A-Z]{{2,6}})?)\)\s?(?:--|[-–—])?"
            rf"(?:\s(?P<city>{_CAPITALS}(?:, {_CITY})?)\s?(?:--|[-–—]))?{_BODY_START}"
        ),
        dashed=re.compile(rf"(?P<city>{_PLACE})\s(?P<dash>--|[-–—])\s{_BODY_START}"),
        bare=re.compile(
            rf"(?P<city>{words.cities}(?:/{words.cities})?),? (?=[A-Z][a-z]|A [a-z]|\d)"
        ),
        # an agency and a date run into headline and body: ... in Tarvel AFP Friday 2 May 2014 Two
        stamped=re.compile(
            rf"(?<=\w )(?:{words.agency}) (?P<date>{_DATE}){_CLOCK}(?= [A-Z0-9\"“‘'(])"
        ),
        agency=re.compile(rf"(?<!\w){words.agency}(?!\w)"),
    )


def find_printed_dates(text: str, lines: list[tuple[int, int]]) -> list[PrintedDate]:
    """Printed dates in the opening `lines` (offsets of trimmed lines), in order."""
    found: list[PrintedDate] = []
    for start, end in lines[:OPENING_LINES]:
        if start > OPENING_CHARS:
            break
        line = text[start:end]
        if len(line) <= 200 and _PRINTED_LINE.fullmatch(line):
            is_update = bool(re.match(r"\W*(?:last\s)?updated", line, re.IGNORECASE))
            found.append(PrintedDate(start, end, parse_date(line), is_update, line))
        elif match := (
            _STAMP.search(text, start, min(end, OPENING_CHARS))
            or _patterns().stamped.search(text, start, min(end, OPENING_CHARS))
        ):
            groups = match.groupdict()
            date = parse_date(groups["date"] or groups.get("day") or "")
            found.append(PrintedDate(match.start(), match.end(), date))
    return found


def printed_date_at(text: str, start: int) -> PrintedDate | None:
    """A printed date that begins at `start` and is run into what follows."""
    if match := _PRINTED_PREFIX.match(text, start):
        label = match["label"] or ""
        return PrintedDate(
            start,
            match.end(),
            parse_date(match["date"]),
            "pdated" in label and "ublish" not in label,
            match["date"],
        )
    return None


def find_dateline(text: str, lines: list[tuple[int, int]]) -> FoundDateline | None:
    """The first dateline among the opening `lines` (offsets of trimmed lines or parts of them)."""
    for start, end in lines[: OPENING_LINES + 4]:
        if start > OPENING_CHARS:
            return None
        if found := _dateline_at(text, start, end):
            return found
    # run into other words by scraping: only capitals with a known agency are sure enough
    for start, end in lines[:3]:
        limit = min(end, OPENING_CHARS)
        for match in re.finditer(rf"(?<![\w.|,]){_CAPITALS}", text[start:limit]):
            at = start + match.start()
            credited = _patterns().credited.match(text, at, end)
            dated = _patterns().dated.match(text, at, end)
            taken = dated if dated and dated["source"] else credited
            if taken and _agency(taken) and taken["city"].split(",")[0].isupper():
                return _found(text, taken)
    return None


def _dateline_at(text: str, start: int, end: int) -> FoundDateline | None:
    patterns = _patterns()
    for pattern in (patterns.dated, patterns.credited, patterns.bracketed, patterns.agency_only):
        match = pattern.match(text, start, end)
        if match and not _is_no_city(match["city"]):
            return _found(text, match)
    if match := patterns.dashed.match(text, start, end):
        # a short line is hardly a paragraph, unless it says that the paragraphs are to come
        is_paragraph = end - start >= 60 or furniture().notice.match(text, match.end(), end)
        if is_paragraph and _is_dashed_city(match):
            return _found(text, match)
    if start == 0 or text[start - 1] in "\n ":
        # no dash and no source: only a city known to stand alone, and a paragraph after it
        match = patterns.bare.match(text, start, end)
        if match and end - match.end() > 60:
            return _found(text, match)
    return None


def _is_no_city(city: str | None) -> bool:
    if city is None:
        return False
    words = credit_words()
    upper = city.upper()
    return upper in words.not_cities or upper.startswith("BY ") or len(city) > 60


def _is_dashed_city(match: re.Match[str]) -> bool:
    """Whether words before a bare dash are a place: capitals, a region after a comma, or, before a
    long dash in a paragraph, up to three capitalised words."""
    city = match["city"]
    if _is_no_city(city):
        return False
    first = city.split(",")[0]
    if first.isupper() and len(first) >= 3:
        return True
    if len(city.split()) > 4:
        return False
    if "," in city:
        return True
    return match["dash"] in "–—" and len(city.split()) <= 3 and city.istitle()


def _agency(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    source = groups.get("source") or groups.get("bare")
    if not source:
        return None
    if named := _patterns().agency.search(source):
        return credit_words().names[named.group()]
    return source.strip() if _may_be_agency(source.strip()) else None


def _may_be_agency(source: str) -> bool:
    """Whether the words in a dateline's bracket name an agency nobody listed: none of the other
    things said there, which are dates, countries, states and their abbreviations, and ranks."""
    words = credit_words()
    if not _SOURCE_NAME.fullmatch(source) or source.upper() in words.not_cities:
        return False
    # two letters are a state or country; the agencies that short are listed
    if (len(source) <= 2 or source.endswith(".")) and " " not in source:
        return False
    if any(word.strip(".").lower() in words.not_agencies for word in source.split()):
        return False
    if parse_date(source) or _ANY_DATE.search(source):
        return False
    return nation_named(source) is None and source not in state_abbreviations().values()


def _found(text: str, match: re.Match[str]) -> FoundDateline:
    groups = match.groupdict()
    written = groups.get("date") or groups.get("source") or ""
    city = groups.get("city")
    start, end = match.span()
    stated = text[start:end].rstrip()
    closed = stated.rstrip("-–—:, ")
    year, day_and_month = None, None
    if date := parse_date(written):
        year = date
    elif short := re.search(_SHORT_DATE, written):
        day_and_month = _day_and_month(short.group())
    return FoundDateline(
        dateline=Dateline(
            span=Span.of(text, start, start + len(closed)),
            city=_tidy_city(city) if city else None,
            date=year,
            agency=_agency(match),
        ),
        end=start + len(stated),
        day_and_month=day_and_month,
    )


def _day_and_month(written: str) -> tuple[int, int] | None:
    day = re.search(r"\d{1,2}", written)
    name = re.search(r"[A-Za-z]+", written)
    if not day or not name or name.group().lower() not in MONTHS:
        return None
    return int(day.group()), MONTHS[name.group().lower()]


def _tidy_city(city: str) -> str:
    """The city as printed; `WASHINGTON/BAGHDAD` and `KABUL, Afghanistan` keep their first part."""
    return re.split(r"\s?/\s?|,", city)[0].strip()


def complete_year(day_and_month: tuple[int, int], published: dt.date) -> dt.date | None:
    """The day nearest to publication that is not more than a day after it; None without one."""
    day, month = day_and_month
    days = [calendar_day(year, month, day) for year in (published.year, published.year - 1)]
    if published.month == 12:
        days.insert(0, calendar_day(published.year + 1, month, day))
    latest = published + dt.timedelta(days=1)
    return next((date for date in days if date and date <= latest), None)
