"""What holds for any text: spans, intervals, no exception, linear time."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis, ZoneBasis
from tocsin.when import TimeContext, find_times, read_times, reconcile, resolve_anchored

VOCABULARY = """
on at in the of early late last next this Sunday Wed March May Jan. 3 31 99 2016 2020
week month year night morning afternoon midnight noon dawn after before since until ago
two a few days hours later past recent 9:30 pm 1830 GMT local time , . - ( ) and to
between from yesterday Christmas Ramadan first end mid 's 24 hour summer will every into Fridays
prayers Eid Muharram 1441 Mehr 1399 / 9 11 second half quarter overnight 1990s attacks due eve
"""
WORDS = [*VOCABULARY.split(), "\n\n"]
SOUP = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
DATES = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
ZONES = st.sampled_from([None, "Asia/Baghdad", "America/New_York", "Pacific/Auckland", "No/Zone"])


@st.composite
def contexts(draw: st.DrawFn) -> TimeContext:
    day = draw(st.none() | DATES)
    published = Published(day, PublishedBasis.METADATA) if day else None
    return TimeContext(
        published,
        draw(ZONES),
        ZoneBasis.UNKNOWN,
        newsroom_zone=draw(ZONES),
        month_first=draw(st.sampled_from([None, True, False])),
    )


@given(st.text(max_size=200) | SOUP, contexts())
def test_any_text_is_read_without_error(text: str, context: TimeContext) -> None:
    readings = read_times(text, context)
    last = 0
    for reading in readings:
        reading.span.check(text)
        assert reading.span.start >= last
        last = reading.span.end
        if reading.interval and reading.interval.earliest and reading.interval.latest:
            assert reading.interval.earliest < reading.interval.latest
            resolve_anchored(readings[0].expression, reading.interval, context)
    reconcile(readings, context)


@given(SOUP, contexts())
def test_the_same_text_gives_the_same_readings(text: str, context: TimeContext) -> None:
    assert read_times(text, context) == read_times(text, context)


@pytest.mark.parametrize(
    "form", ["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %B %Y", "on %a %b %d %Y", "%d.%m.%Y"]
)
@given(day=st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)))
def test_written_dates_come_back(form: str, day: dt.date) -> None:
    (reading,) = read_times(day.strftime(form), TimeContext())
    assert reading.interval is not None
    assert reading.interval.local_date == day


@given(st.integers(0, 23), st.integers(0, 59))
def test_clock_times_come_back(hour: int, minute: int) -> None:
    forms: list[Callable[[dt.time], str]] = [
        lambda at: f"at {at:%H:%M}",
        lambda at: f"at {at:%I:%M} {'pm' if at.hour >= 12 else 'a.m.'}",
    ]
    for form in forms:
        (expression,) = find_times(form(dt.time(hour, minute)))
        assert expression.clock is not None
        assert expression.clock.minute == hour * 60 + minute


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1-",
        "on the ",
        "early ",
        "Sunday, ",
        "March 3 and ",
        "\n ",
        "9:30 ",
        "1.",
        "will ",
        "a day after ",
        "between late ",
        "the night of ",
        "12 Muharram ",
        "1/2/20",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def took(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        read_times(text, TimeContext(Published(dt.date(2020, 1, 8), PublishedBasis.METADATA)))
        return time.process_time() - start

    took(1000)
    # 100 kB; a guard against squared work on a busy machine, not a measure of speed
    assert took(100_000) < 20.0
