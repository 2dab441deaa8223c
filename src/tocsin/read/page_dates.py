"""Which of a page's dates is believed, and which are kept as doubts.

Order of trust: what the input declared, JSON-LD, meta tags, marked-up times, the date in the URL,
and last a guess from the page (`htmldate`), which is marked as inferred. A date is not believed
before 1990 or more than a day after the page says it was last changed. A stamp in UTC gives way to
the local day that the URL or another stamp names, where they are one day apart: weekdays in the
text were written against the local calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tocsin.read.metadata import DeclaredDate
from tocsin.read.published import calendar_day, parse_any_year, parse_published
from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis

FIRST_WEB_YEAR = 1990
"""No web page was published before; what claims so carries a default value (1970, year 1)."""
LATEST_DAY = dt.date(2100, 12, 31)
"""Given to the guesser in place of today: results must not depend on the clock."""

URL_ORIGIN = "url"
_URL_DAY = re.compile(
    r"[/_-]((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2]|[1-9])[/_.-]?(0[1-9]|[12]\d|3[01])(?=\D|$)"
)


def choose_date(
    declared: Sequence[DeclaredDate],
    tree: Any,
    url: str | None,
    *,
    given: Published | None = None,
) -> tuple[Published | None, tuple[Published, ...]]:
    """The publication date of a page and the dates that contradict it.

    `given` is what the input said and wins. `tree` None leaves out the guess from the page's words.
    """
    candidates = [given] if given else []
    doubts: list[Published] = []
    latest: dt.date | None = None
    for date in declared:
        read = parse_published(date.text, origin=date.origin)
        if read is None or read.date.year < FIRST_WEB_YEAR:
            if read := parse_any_year(date.text, origin=date.origin):
                doubts.append(read)
        elif date.is_modified:
            latest = max(latest or read.date, read.date)
        else:
            candidates.append(read)
    if by_url := _date_of_url(url):
        candidates.append(by_url)
    if latest is not None:
        horizon = latest + dt.timedelta(days=1)
        late = [one for one in candidates if one.date > horizon and one is not given]
        candidates = [one for one in candidates if one not in late]
        doubts.extend(late)
    if not candidates and tree is not None and (guess := _guess(tree)):
        candidates.append(guess)
    if not candidates:
        return None, _distinct(doubts, None)
    published = given or _local_day(candidates)
    return published, _distinct(candidates + doubts, published)


def _local_day(candidates: list[Published]) -> Published:
    """The first candidate, a UTC stamp moved to the neighbouring day that the others call local."""
    first = candidates[0]
    if first.moment is None or first.moment.utcoffset() != dt.timedelta(0):
        return first
    for other in candidates[1:]:
        # a bare day elsewhere on the page may belong to another story; the URL's is this one's
        is_same_instant = other.moment is not None and other.moment == first.moment
        if other.origin != URL_ORIGIN and not is_same_instant:
            continue
        if other.date == first.date:
            continue
        if abs((other.date - first.date).days) == 1:
            origin = f"{first.origin}, local day of {other.origin}"
            return replace(first, date=other.date, origin=origin)
    return first


def _distinct(others: Sequence[Published], published: Published | None) -> tuple[Published, ...]:
    by_day: dict[dt.date, Published] = {}
    for other in others:
        if published is None or other.date != published.date:
            by_day.setdefault(other.date, other)
    return tuple(by_day[day] for day in sorted(by_day))


def _date_of_url(url: str | None) -> Published | None:
    match = _URL_DAY.search(url or "")
    if not match:
        return None
    day = calendar_day(int(match[1]), int(match[2]), int(match[3]))
    return Published(day, PublishedBasis.METADATA, origin=URL_ORIGIN) if day else None


def _guess(tree: Any) -> Published | None:
    from htmldate import find_date  # noqa: PLC0415 - slow to import, rarely needed

    try:
        found = find_date(
            tree,
            original_date=True,
            extensive_search=False,
            max_date=LATEST_DAY.isoformat(),
        )
    # a library of heuristics on hostile trees: without its guess the page has no date
    except Exception:  # noqa: BLE001
        return None
    if not isinstance(found, str):
        return None
    return parse_published(found, origin="htmldate", basis=PublishedBasis.INFERRED)
