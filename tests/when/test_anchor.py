"""Expressions counted from another event."""

from __future__ import annotations

import datetime as dt

import pytest

from tocsin.records import TimeInterval
from tocsin.records.vocab import TimePrecision
from tocsin.when import TimeContext, find_times, resolve_anchored, resolve_time

ANCHOR_DAY = dt.datetime(2020, 1, 3)
CASES = [
    ("a day after", "2020-01-04", "2020-01-04"),
    ("two days later", "2020-01-05", "2020-01-05"),
    ("the next day", "2020-01-04", "2020-01-04"),
    ("the following night", "2020-01-04", "2020-01-05"),
    ("the day before", "2020-01-02", "2020-01-02"),
    ("three days earlier", "2019-12-31", "2019-12-31"),
    ("the same day", "2020-01-03", "2020-01-03"),
    ("later that evening", "2020-01-03", "2020-01-03"),
    ("earlier in the day", "2020-01-03", "2020-01-03"),
    ("hours later", "2020-01-03", "2020-01-04"),
    ("a few hours after", "2020-01-03", "2020-01-04"),
    ("shortly afterwards", "2020-01-03", "2020-01-04"),
    ("a week after", "2020-01-08", "2020-01-12"),
    ("that week", "2019-12-30", "2020-01-05"),
    ("that month", "2020-01-01", "2020-01-31"),
    ("that year", "2020-01-01", "2020-12-31"),
    ("at 9:30 pm", "2020-01-03", "2020-01-03"),
    ("at dawn", "2020-01-03", "2020-01-03"),
]


def day(start: dt.datetime) -> TimeInterval:
    return TimeInterval(start, start + dt.timedelta(days=1), TimePrecision.DAY, "Asia/Baghdad")


@pytest.mark.parametrize(("text", "first", "last"), CASES, ids=[case[0] for case in CASES])
def test_counted_from_the_anchor(text: str, first: str, last: str) -> None:
    (expression,) = find_times(text)
    interval = resolve_anchored(expression, day(ANCHOR_DAY)).interval
    assert interval is not None
    assert (str(interval.first_day), str(interval.last_day)) == (first, last)
    assert interval.zone == "Asia/Baghdad"


@pytest.mark.parametrize(
    ("text", "first"), [("a day after", "2020-01-02"), ("two days before", "2020-01-05")]
)
def test_the_same_words_date_the_other_event_in_reverse(text: str, first: str) -> None:
    (expression,) = find_times(text)
    interval = resolve_anchored(expression, day(ANCHOR_DAY), inverse=True).interval
    assert interval is not None
    assert str(interval.first_day) == first


def test_hours_from_a_clock_time_stay_exact() -> None:
    start = dt.datetime(2020, 1, 3, 22, 30)
    anchor = TimeInterval(start, start + dt.timedelta(minutes=1), TimePrecision.MINUTE)
    (expression,) = find_times("two hours later")
    interval = resolve_anchored(expression, anchor).interval
    assert interval is not None
    assert interval.earliest == dt.datetime(2020, 1, 4, 0, 30)


def test_without_an_anchor_it_stays_open() -> None:
    (expression,) = find_times("a day after")
    for reading in (
        resolve_time(expression, TimeContext()),
        resolve_anchored(expression, TimeInterval(None, None, TimePrecision.DAY)),
    ):
        assert reading.interval is not None
        assert not reading.is_placed


def test_words_with_a_day_of_their_own_ignore_the_anchor() -> None:
    (expression,) = find_times("on 3 March 2015")
    interval = resolve_anchored(expression, day(ANCHOR_DAY)).interval
    assert interval is not None
    assert interval.local_date == dt.date(2015, 3, 3)
