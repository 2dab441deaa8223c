"""Fuzz the reader of words of time: any text, any publication day, any zone."""

from __future__ import annotations

import datetime as dt

from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis, ZoneBasis
from tocsin.when import (
    TimeContext,
    read_times,
    read_timexes,
    reconcile,
    resolve_anchored,
)

ZONES = (None, "Asia/Baghdad", "America/New_York", "Pacific/Auckland", "No/Zone")
DAYS = tuple(dt.date(year, month, 28) for year in (1, 1600, 2020, 2021, 9999) for month in (2, 12))
WORDS = """
on at in the of early late last next this Sunday Wed March May Jan. 3 31 99 2016 2020 week month
year night morning afternoon midnight noon dawn after before since until ago two few days hours
later past recent 9:30 pm 1830 GMT local time and between from yesterday Christmas Ramadan first
end mid 's 24 every into Fridays Eid Muharram 1441 Mehr 1399 second half quarter overnight 1990s
for daily now that day earlier
"""
SEEDS = (
    b"\x02\x01the attack early on Tuesday, March 3, 2020, two days after the first one at 9:30 pm",
    b"\x04\x02between 1 and 3 Ramadan 1441, overnight; every Friday since the late 1990s",
    b"\x00\x00last Wednesday night, a week earlier, 03/04/2020, 31 June, the second half of 2016",
)


def check(data: bytes) -> None:
    """The first two bytes choose the context, the others are the text."""
    day, zone = (data + b"\0\0")[:2]
    text = data[2:].decode("utf-8", "replace")
    published = Published(DAYS[day % len(DAYS)], PublishedBasis.METADATA) if day else None
    context = TimeContext(
        published,
        ZONES[zone % len(ZONES)],
        ZoneBasis.UNKNOWN,
        newsroom_zone=ZONES[zone // 16 % len(ZONES)],
        month_first=(None, True, False)[zone // 64 % 3],
    )
    readings = read_times(text, context)
    for reading in readings:
        reading.span.check(text)
        if reading.interval and reading.interval.earliest and reading.interval.latest:
            if reading.interval.earliest >= reading.interval.latest:
                raise ValueError(f"an interval that is none: {reading.interval}")
            resolve_anchored(readings[0].expression, reading.interval, context)
    reconcile(readings, context)
    read_timexes(text, context)
