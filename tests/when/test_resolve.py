"""Expressions on the calendar; published on Wednesday 8 January 2020 unless said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tocsin.records.vocab import TimeBasis, TimePrecision, ZoneBasis
from tocsin.when import TimeContext, TimeReading, read_times

ContextMaker = Callable[..., TimeContext]

DAYS = [
    # weekdays: the nearest past one, the publication day included
    ("on Wednesday", "2020-01-08", "2020-01-08"),
    ("on Thursday", "2020-01-02", "2020-01-02"),
    ("Tuesday", "2020-01-07", "2020-01-07"),
    ("Sunday's", "2020-01-05", "2020-01-05"),
    ("last Wednesday", "2020-01-01", "2020-01-01"),
    ("last Tuesday", "2020-01-07", "2020-01-07"),
    ("next Friday", "2020-01-10", "2020-01-10"),
    ("this Monday", "2020-01-06", "2020-01-06"),
    ("Thursday of last week", "2020-01-02", "2020-01-02"),
    ("Tuesday last week", "2019-12-31", "2019-12-31"),
    ("on Saturday and Sunday", "2020-01-04", "2020-01-05"),
    ("from Thursday to Saturday", "2020-01-02", "2020-01-04"),
    ("Monday through Friday", "2019-12-30", "2020-01-03"),
    # dates
    ("on March 26", "2019-03-26", "2019-03-26"),
    ("January 8", "2020-01-08", "2020-01-08"),
    ("on January 9", "2020-01-09", "2020-01-09"),
    ("on January 10", "2019-01-10", "2019-01-10"),
    ("26 March 2018", "2018-03-26", "2018-03-26"),
    ("March 26, 2018", "2018-03-26", "2018-03-26"),
    ("on the 4th of April", "2019-04-04", "2019-04-04"),
    ("on Dec. 9, 2002", "2002-12-09", "2002-12-09"),
    ("Sept 3", "2019-09-03", "2019-09-03"),
    ("2018-02-28", "2018-02-28", "2018-02-28"),
    ("28/02/2018", "2018-02-28", "2018-02-28"),
    ("02/28/2018", "2018-02-28", "2018-02-28"),
    ("Nov. 27 last year", "2019-11-27", "2019-11-27"),
    ("on Monday November 13", "2017-11-13", "2017-11-13"),
    ("on Friday, 3 January 2020", "2020-01-03", "2020-01-03"),
    ("February 29", "2016-02-29", "2016-02-29"),
    ("between 3 and 5 March", "2019-03-03", "2019-03-05"),
    ("March 3-5, 2018", "2018-03-03", "2018-03-05"),
    ("11 and 12 December 2016", "2016-12-11", "2016-12-12"),
    ("between December 28 and January 3", "2019-12-28", "2020-01-03"),
    # months and their parts, seasons, years
    ("in November", "2019-11-01", "2019-11-30"),
    ("in January", "2020-01-01", "2020-01-31"),
    ("last January", "2019-01-01", "2019-01-31"),
    ("last December", "2019-12-01", "2019-12-31"),
    ("in February last year", "2019-02-01", "2019-02-28"),
    ("in May 2015", "2015-05-01", "2015-05-31"),
    ("in early May", "2019-05-01", "2019-05-10"),
    ("in mid-June", "2019-06-11", "2019-06-20"),
    ("in late December", "2019-12-21", "2019-12-31"),
    ("late last December", "2019-12-21", "2019-12-31"),
    ("at the end of October", "2019-10-25", "2019-10-31"),
    ("at the end of last month", "2019-12-25", "2019-12-31"),
    ("earlier in January", "2020-01-01", "2020-01-08"),
    ("in the summer of 2014", "2014-06-01", "2014-08-31"),
    ("last summer", "2019-06-01", "2019-08-31"),
    ("in 2013", "2013-01-01", "2013-12-31"),
    ("in early 2013", "2013-01-01", "2013-05-02"),
    ("within the first three days of the year", "2020-01-01", "2020-01-03"),
    ("in the last week of May", "2019-05-25", "2019-05-31"),
    # relative
    ("today", "2020-01-08", "2020-01-08"),
    ("yesterday", "2020-01-07", "2020-01-07"),
    ("the day before yesterday", "2020-01-06", "2020-01-06"),
    ("tomorrow", "2020-01-09", "2020-01-09"),
    ("last week", "2019-12-30", "2020-01-05"),
    ("this week", "2020-01-06", "2020-01-12"),
    ("earlier this week", "2020-01-06", "2020-01-08"),
    ("late last week", "2020-01-04", "2020-01-05"),
    ("last month", "2019-12-01", "2019-12-31"),
    ("this month", "2020-01-01", "2020-01-31"),
    ("earlier this month", "2020-01-01", "2020-01-08"),
    ("last year", "2019-01-01", "2019-12-31"),
    ("over the weekend", "2020-01-04", "2020-01-05"),
    ("last weekend", "2020-01-04", "2020-01-05"),
    ("two days ago", "2020-01-06", "2020-01-06"),
    ("three weeks ago", "2019-12-16", "2019-12-20"),
    ("a year ago", "2019-01-01", "2019-01-31"),
    ("several days ago", "2020-01-01", "2020-01-05"),
    # windows
    ("in the past 24 hours", "2020-01-07", "2020-01-08"),
    ("over the past three days", "2020-01-05", "2020-01-08"),
    ("since June 6", "2019-06-06", "2020-01-08"),
    ("since Monday", "2020-01-06", "2020-01-08"),
    ("since October", "2019-10-01", "2020-01-08"),
    ("in two days", "2020-01-07", "2020-01-08"),
    ("in recent days", "2020-01-01", "2020-01-08"),
    # feasts
    ("on Christmas Day", "2019-12-25", "2019-12-25"),
    ("on New Year's Eve", "2019-12-31", "2019-12-31"),
    ("on Easter Sunday", "2019-04-21", "2019-04-21"),
    ("on Good Friday", "2019-04-19", "2019-04-19"),
]

HOURS = [
    ("early on Sunday", "2020-01-05T00:00", "2020-01-05T09:00", "part_of_day"),
    ("early Sunday", "2020-01-05T00:00", "2020-01-05T09:00", "part_of_day"),
    ("in the early hours of Sunday", "2020-01-05T00:00", "2020-01-05T06:00", "part_of_day"),
    ("early Sunday morning", "2020-01-05T00:00", "2020-01-05T09:00", "part_of_day"),
    ("on Sunday morning", "2020-01-05T05:00", "2020-01-05T12:00", "part_of_day"),
    ("at noon on Sunday", "2020-01-05T11:00", "2020-01-05T13:00", "part_of_day"),
    ("on Wednesday afternoon", "2020-01-08T12:00", "2020-01-08T18:00", "part_of_day"),
    ("on Monday evening", "2020-01-06T17:00", "2020-01-06T22:00", "part_of_day"),
    ("on Monday night", "2020-01-06T20:00", "2020-01-07T06:00", "part_of_day"),
    ("last night", "2020-01-07T20:00", "2020-01-08T06:00", "part_of_day"),
    ("late on Tuesday", "2020-01-07T18:00", "2020-01-08T00:00", "part_of_day"),
    ("the night of May 14", "2019-05-14T20:00", "2019-05-15T06:00", "part_of_day"),
    ("just after midnight on Sunday", "2020-01-05T00:00", "2020-01-05T01:00", "part_of_day"),
    ("Sunday before dawn", "2020-01-05T00:00", "2020-01-05T06:00", "part_of_day"),
    ("overnight", "2020-01-07T20:00", "2020-01-08T06:00", "part_of_day"),
    ("this morning", "2020-01-08T05:00", "2020-01-08T12:00", "part_of_day"),
    ("on Tuesday at 9:30 pm", "2020-01-07T21:30", "2020-01-07T21:31", "minute"),
    ("at 9:30 p.m. on Tuesday", "2020-01-07T21:30", "2020-01-07T21:31", "minute"),
    ("on Tuesday at about 9:30 pm", "2020-01-07T21:00", "2020-01-07T22:00", "hour"),
    ("on Tuesday at 2pm", "2020-01-07T13:30", "2020-01-07T14:30", "hour"),
    ("on Tuesday between 2pm and 4pm", "2020-01-07T14:00", "2020-01-07T16:00", "hour"),
    ("on Tuesday at 1830 GMT", "2020-01-07T21:30", "2020-01-07T21:31", "minute"),
    ("on Tuesday at 2230 GMT", "2020-01-08T01:30", "2020-01-08T01:31", "minute"),
    ("on the night of May 14 at 1:30 am", "2019-05-15T01:30", "2019-05-15T01:31", "minute"),
    ("on Tuesday after 9pm", "2020-01-07T21:00", "2020-01-08T00:00", "part_of_day"),
    ("at 12:15 am on Tuesday", "2020-01-07T00:15", "2020-01-07T00:16", "minute"),
]

PRECISIONS = [
    ("on Friday", TimePrecision.DAY),
    ("on Saturday and Sunday", TimePrecision.DAYS),
    ("last week", TimePrecision.WEEK),
    ("in early May", TimePrecision.MONTH_PART),
    ("in May", TimePrecision.MONTH),
    ("last summer", TimePrecision.SEASON),
    ("in 2013", TimePrecision.YEAR),
    ("before March 3", TimePrecision.BEFORE),
    ("since March 3", TimePrecision.AFTER),
    ("during Ramadan", TimePrecision.MONTH),
]


def read_one(text: str, context: TimeContext) -> TimeReading:
    readings = read_times(text, context)
    assert [r.span.text for r in readings] == [text.removesuffix("'s")]
    return readings[0]


@pytest.mark.parametrize(("text", "first", "last"), DAYS, ids=[row[0] for row in DAYS])
def test_days(text: str, first: str, last: str, context: ContextMaker) -> None:
    interval = read_one(text, context()).interval
    assert interval is not None
    assert (str(interval.first_day), str(interval.last_day)) == (first, last)


@pytest.mark.parametrize(("text", "start", "end", "precision"), HOURS, ids=[r[0] for r in HOURS])
def test_hours(text: str, start: str, end: str, precision: str, context: ContextMaker) -> None:
    interval = read_one(text, context()).interval
    assert interval is not None
    assert interval.earliest == dt.datetime.fromisoformat(start)
    assert interval.latest == dt.datetime.fromisoformat(end)
    assert interval.precision == precision


@pytest.mark.parametrize(("text", "precision"), PRECISIONS)
def test_precision_is_kept_without_a_publication_day(
    text: str, precision: TimePrecision, context: ContextMaker
) -> None:
    placed = read_one(text, context()).interval
    unplaced = read_one(text, context(day=None)).interval
    assert placed is not None
    assert unplaced is not None
    assert placed.precision == unplaced.precision == precision


@pytest.mark.parametrize("text", ["on Friday", "last week", "March 3", "overnight", "in November"])
def test_without_a_publication_day_the_interval_stays_open(
    text: str, context: ContextMaker
) -> None:
    reading = read_one(text, context(day=None))
    assert reading.interval is not None
    assert (reading.interval.earliest, reading.interval.latest) == (None, None)
    assert reading.rule == "no_publication_day"


def test_a_full_date_needs_no_publication_day(context: ContextMaker) -> None:
    interval = read_one("on 3 March 2015", context(day=None)).interval
    assert interval is not None
    assert interval.local_date == dt.date(2015, 3, 3)


@pytest.mark.parametrize("text", ["31 June", "February 30, 2019", "29 February 2019", "2019-13-01"])
def test_impossible_dates_are_refused_never_repaired(text: str, context: ContextMaker) -> None:
    reading = read_one(text, context())
    assert reading.interval is None
    assert reading.rule == "impossible"


def test_the_dateline_outranks_the_publication(context: ContextMaker) -> None:
    interval = read_one("on Friday", context(dateline="2019-12-31")).interval
    assert interval is not None
    assert interval.local_date == dt.date(2019, 12, 27)


@pytest.mark.parametrize("published", [f"2020-01-{day:02}" for day in range(6, 13)])
def test_a_bare_weekday_lies_within_the_last_seven_days(
    published: str, context: ContextMaker
) -> None:
    for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        interval = read_one(f"on {weekday}", context(day=published)).interval
        assert interval is not None
        assert interval.local_date is not None
        back = dt.date.fromisoformat(published) - interval.local_date
        assert 0 <= back.days <= 6
        assert interval.local_date.strftime("%A") == weekday


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_no_newspaper_was_printed_on_is_none(day: str, context: ContextMaker) -> None:
    assert not read_one("on Friday", context(day=day)).is_placed


class TestZones:
    def test_local_time_is_the_place(self, context: ContextMaker) -> None:
        interval = read_one("just after midnight local time", context()).interval
        assert interval is not None
        assert (interval.zone, interval.zone_basis) == ("Asia/Baghdad", ZoneBasis.STATED)

    def test_two_clocks_of_one_instant_tell_the_offset(self, context: ContextMaker) -> None:
        text = "on Tuesday at 9:30 pm (1830 GMT)"
        interval = read_one(text, context(zone=None)).interval
        assert interval is not None
        assert (interval.zone, interval.zone_basis) == ("Etc/GMT-3", ZoneBasis.STATED)
        start, _ = interval.instants()
        assert start == dt.datetime(2020, 1, 7, 18, 30, tzinfo=dt.UTC)

    def test_a_stated_zone_stands_where_the_place_is_unknown(self, context: ContextMaker) -> None:
        interval = read_one("on Tuesday at 9:30 pm ET", context(zone=None)).interval
        assert interval is not None
        assert (interval.zone, interval.zone_basis) == ("America/New_York", ZoneBasis.STATED)

    def test_a_time_without_day_or_zone_may_be_of_two_days(self, context: ContextMaker) -> None:
        interval = read_one("at 9:30 pm", context(zone=None)).interval
        assert interval is not None
        assert (str(interval.first_day), str(interval.last_day)) == ("2020-01-07", "2020-01-08")
        assert interval.basis is TimeBasis.INFERRED

    def test_the_moment_of_publication_decides_the_day(self, context: ContextMaker) -> None:
        morning = context(moment="2020-01-08T06:00:00+00:00")
        interval = read_one("at 9:30 pm", morning).interval
        assert interval is not None
        assert interval.local_date == dt.date(2020, 1, 7)

    def test_an_unknown_zone_name_is_no_error(self, context: ContextMaker) -> None:
        assert read_one("on Tuesday at 1830 GMT", context(zone="Mars/Base")).interval is not None
