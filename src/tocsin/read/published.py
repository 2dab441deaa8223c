"""Publication dates as people and programs write them: a string in, a day (and instant) out.

Known forms: ISO 8601 dates and date-times, RFC 2822, month names in English (`Feb 16, 2020`,
`Sun 05 Jul 2015`, `16 February 2020 10:30 GMT`), and numbers where their order is certain:
year first; day first with dots (`16.02.2020`); slashes and dashes only when one number is above 12
or both are equal. `03/04/2020` is two days, so it is none.

The day kept is the local one, as written, because weekdays in the text were written against it. An
instant is kept only where an offset was written too. Years outside 1900..2100 are not believed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from email.utils import parsedate_to_datetime

from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis

MIN_YEAR, MAX_YEAR = 1900, 2100
MAX_DATE_CHARS = 100
"""No written date is longer; anything beyond is not looked at."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february febr",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_PATTERN = r"(?i:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
# no space is needed before the year: pages run "Aug 14" and "2016" together when scraped
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{MONTH_PATTERN})\s{{0,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{0,3}}"
    r"(?P<year>(?:19|20|21)\d\d)\b",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}(?:of\s)?(?P<month>{MONTH_PATTERN}),?"
    r"[\s-]{0,3}(?P<year>(?:19|20|21)\d\d)\b",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"^\s*(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"^\s*(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
)


def read_published(text: str | None, *, origin: str) -> tuple[Published | None, dict[str, str]]:
    """The date of an input field. One that cannot be read costs nothing but itself: it is kept, as
    JSON text, under `published` of an article's `extra`."""
    if not text:
        return None, {}
    published = parse_published(text, origin=origin)
    return published, {} if published else {"published": json.dumps(text)}


def parse_published(
    text: str, *, origin: str, basis: PublishedBasis = PublishedBasis.METADATA
) -> Published | None:
    """The day, and the instant where an offset is written; None for what is no certain date."""
    text = text.strip()
    if not text or len(text) > MAX_DATE_CHARS:
        return None
    moment = _moment(text)
    if moment is not None:
        if not MIN_YEAR <= moment.year <= MAX_YEAR:
            return None
        return Published(
            date=moment.date(),
            basis=basis,
            moment=moment if moment.tzinfo is not None else None,
            origin=origin,
        )
    date = parse_date(text)
    return None if date is None else Published(date=date, basis=basis, origin=origin)


def _moment(text: str) -> dt.datetime | None:
    """ISO 8601 or RFC 2822; naive where no offset is written or it is no whole minute."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    offset = moment.utcoffset()
    if offset is not None and (offset.total_seconds() % 60 or abs(offset) > dt.timedelta(hours=15)):
        return moment.replace(tzinfo=None)
    if offset is not None and not MIN_YEAR <= moment.year <= MAX_YEAR:
        return moment.replace(tzinfo=None)
    return moment


def parse_date(text: str, *, month_first: bool | None = None) -> dt.date | None:
    """The calendar day written in a short text, or None.

    `month_first` settles "03/04/2020"; where it is None such a date is two days, so it is none.
    """
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        if match := pattern.search(text):
            month = MONTHS[match["month"].rstrip(".").lower()]
            return calendar_day(int(match["year"]), month, int(match["day"]))
    if match := _YEAR_FIRST.match(text):
        return calendar_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NUMERIC.match(text):
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        if match["mark"] == "." or one > 12 or one == two:
            return calendar_day(year, two, one)
        if two > 12 or month_first:
            return calendar_day(year, one, two)
        if month_first is False:
            return calendar_day(year, two, one)
    return None


def calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none or the year is not believed."""
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def parse_any_year(text: str, *, origin: str) -> Published | None:
    """The day of an ISO date whose year is not believed (year 1, 1970): kept only as a doubt."""
    match = _YEAR_FIRST.match(text[:MAX_DATE_CHARS])
    if not match:
        return None
    try:
        date = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Published(date=date, basis=PublishedBasis.UNKNOWN, origin=origin)
