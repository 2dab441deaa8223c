"""Several expressions said of one incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tocsin.records.vocab import TimeBasis, TimePrecision, ZoneBasis
from tocsin.when import TimeContext, TimeReading, published_interval, read_times, reconcile

ContextMaker = Callable[..., TimeContext]


def joined(context: TimeContext, *texts: str) -> TimeReading:
    found = reconcile([r for text in texts for r in read_times(text, context)], context)
    assert found is not None
    return found


@pytest.mark.parametrize("newsroom", ["America/New_York", "America/Los_Angeles", None])
def test_one_instant_seen_from_two_zones(newsroom: str | None, context: ContextMaker) -> None:
    here = context(newsroom=newsroom)
    found = joined(here, "on Wednesday afternoon", "just after midnight local time")
    interval = found.interval
    assert interval is not None
    assert interval.earliest == dt.datetime(2020, 1, 9, 0, 0)
    assert interval.latest == dt.datetime(2020, 1, 9, 1, 0)
    assert (interval.zone, interval.zone_basis) == ("Asia/Baghdad", ZoneBasis.STATED)
    assert found.rule == "zone_reading"
    assert [span.text for span in found.also] == ["on Wednesday afternoon"]


def test_a_newsroom_that_excludes_the_instant_leaves_the_first_words(context: ContextMaker) -> None:
    here = context(newsroom="Asia/Baghdad")
    found = joined(here, "on Wednesday afternoon", "just after midnight local time")
    assert found.span.text == "on Wednesday afternoon"


def test_a_clock_time_takes_the_day_of_another_expression(context: ContextMaker) -> None:
    interval = joined(context(), "on Friday", "at 9:30 pm").interval
    assert interval is not None
    assert interval.earliest == dt.datetime(2020, 1, 3, 21, 30)
    assert interval.basis is TimeBasis.TEXT


def test_a_clock_time_inside_the_part_of_day_narrows_it(context: ContextMaker) -> None:
    interval = joined(context(), "on Friday evening", "at about 8 pm").interval
    assert interval is not None
    assert interval.earliest == dt.datetime(2020, 1, 3, 19, 30)
    assert interval.precision is TimePrecision.HOUR


def test_small_hours_of_a_night_are_the_next_day(context: ContextMaker) -> None:
    interval = joined(context(), "on Friday night", "at 2:15 am").interval
    assert interval is not None
    assert interval.earliest == dt.datetime(2020, 1, 4, 2, 15)


@pytest.mark.parametrize("texts", [("last week", "on Friday"), ("on Friday", "last week")])
def test_the_finer_of_two_compatible_days_wins(
    texts: tuple[str, str], context: ContextMaker
) -> None:
    found = joined(context(), *texts)
    assert found.interval is not None
    assert found.interval.local_date == dt.date(2020, 1, 3)
    assert found.span.text == "on Friday"


def test_days_that_exclude_each_other_keep_the_first(context: ContextMaker) -> None:
    found = joined(context(), "on Friday", "on Sunday")
    assert found.span.text == "on Friday"


def test_lengths_and_vague_words_yield_to_days(context: ContextMaker) -> None:
    found = joined(context(), "in recent weeks", "in two days", "on Monday")
    assert found.span.text == "on Monday"


def test_open_readings_are_kept_when_there_is_nothing_else(context: ContextMaker) -> None:
    found = joined(context(day=None), "on Friday")
    assert not found.is_placed


def test_impossible_words_alone_give_nothing(context: ContextMaker) -> None:
    here = context()
    assert reconcile(read_times("31 June", here), here) is None
    assert reconcile([], here) is None


def test_the_publication_day_is_named_as_such(context: ContextMaker) -> None:
    interval = published_interval(context())
    assert interval is not None
    assert interval.basis is TimeBasis.PUBLISHED
    assert interval.local_date == dt.date(2020, 1, 8)
    assert published_interval(context(day=None)) is None
