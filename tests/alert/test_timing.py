"""When messages go: quiet hours, digests, storms; clocks that change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.alert.factory import alerting
from tocsin.alert.rules import Digest, QuietHours
from tocsin.alert.timing import MAX_TOGETHER, Packer, next_digest, quiet_end, ready
from tocsin.store import Delivery

NIGHT = QuietHours(start=dt.time(22), end=dt.time(7), zone="Europe/Paris", unless_killed=10)
NOW = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def command(**paced: Any) -> Any:
    return alerting({"desk": {"kind": "command", "command": ["true"], **paced}})


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("2021-01-10T20:59", None),
        ("2021-01-10T21:00", "2021-01-11T06:00"),
        ("2021-01-11T02:00", "2021-01-11T06:00"),
        ("2021-01-11T06:00", None),
        ("2021-03-28T00:30", "2021-03-28T05:00"),  # the clocks went forward in that night
        ("2021-10-31T00:30", "2021-10-31T06:00"),  # and back in this one
    ],
)
def test_quiet_hours_end_by_the_local_clock(at: str, end: str | None) -> None:
    assert quiet_end(NIGHT, utc(at)) == (utc(end) if end else None)


def test_an_alert_of_the_night_waits_for_the_others_unless_it_is_grave() -> None:
    desk = command(quiet=NIGHT).receivers["desk"]
    night = utc("2021-01-11T02:00")
    assert ready(desk, night, 3) == (utc("2021-01-11T06:00"), True)
    assert ready(desk, night, None) == (utc("2021-01-11T06:00"), True)
    assert ready(desk, night, 10) == (night, False)
    assert ready(desk, NOW, 3) == (NOW, False)


def test_feeds_and_files_are_written_at_night() -> None:
    feed = alerting({"feed": {"kind": "atom", "folder": "x"}}).receivers["feed"]
    assert ready(feed, utc("2021-01-11T02:00"), 0) == (utc("2021-01-11T02:00"), False)


@pytest.mark.parametrize(
    ("digest", "at", "expected"),
    [
        (Digest(every="day", at=dt.time(7), zone="Europe/Paris"), "2021-01-10T05:59", "10T06:00"),
        (Digest(every="day", at=dt.time(7), zone="Europe/Paris"), "2021-01-10T06:00", "11T06:00"),
        (Digest(every="hour", at=dt.time(0, 30)), "2021-01-10T05:29", "10T05:30"),
        (Digest(every="hour", at=dt.time(0, 30)), "2021-01-10T23:30", "11T00:30"),
    ],
)
def test_a_digest_goes_at_its_time(digest: Digest, at: str, expected: str) -> None:
    assert next_digest(digest, utc(at)) == utc(f"2021-01-{expected}")


INSTANTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2023, 1, 1), timezones=st.just(dt.UTC))
ZONES = st.sampled_from(["UTC", "Europe/Paris", "Asia/Tehran", "America/St_Johns", "Africa/Cairo"])
TIMES = st.times()


@hypothesis_settings(deadline=None)
@given(now=INSTANTS, zone=ZONES, at=TIMES, every=st.sampled_from(["hour", "day"]))
def test_a_digest_is_never_late_by_more_than_its_turn(
    now: dt.datetime, zone: str, at: dt.time, every: Any
) -> None:
    following = next_digest(Digest(every=every, at=at, zone=zone), now)
    turn = dt.timedelta(hours=1) if every == "hour" else dt.timedelta(hours=25)
    assert now < following <= now + turn


@hypothesis_settings(deadline=None)
@given(now=INSTANTS, zone=ZONES, start=TIMES, end=TIMES)
def test_quiet_hours_end_after_now_and_within_a_day(
    now: dt.datetime, zone: str, start: dt.time, end: dt.time
) -> None:
    if start == end:
        return
    found = quiet_end(QuietHours(start=start, end=end, zone=zone), now)
    assert found is None or now < found <= now + dt.timedelta(hours=25)


def deliveries(count: int, *, grouped: bool = False) -> list[Delivery]:
    return [Delivery(f"alr_{n}", "all", "desk", NOW, grouped) for n in range(count)]


def test_a_storm_is_damped_and_nothing_of_it_is_lost() -> None:
    rules = command(storm={"messages": 3, "within_min": 60})
    plan = Packer(rules, NOW)(deliveries(10), {})
    assert [len(parcel.alert_ids) for parcel in plan.parcels] == [1, 1, 1]
    assert {one.ready_at for one in plan.held} == {NOW + dt.timedelta(hours=1)}
    assert all(one.is_grouped for one in plan.held)
    later = Packer(rules, NOW + dt.timedelta(hours=1))(plan.held, {"desk": [NOW] * 3})
    assert [len(parcel.alert_ids) for parcel in later.parcels] == [7]


def test_there_is_room_again_when_the_oldest_is_out_of_the_window() -> None:
    rules = command(storm={"messages": 2, "within_min": 60})
    sent = [NOW - dt.timedelta(minutes=50), NOW - dt.timedelta(minutes=10)]
    plan = Packer(rules, NOW)(deliveries(1), {"desk": sent})
    assert [one.ready_at for one in plan.held] == [NOW + dt.timedelta(minutes=10)]


@hypothesis_settings(deadline=None)
@given(
    single=st.integers(0, 30),
    grouped=st.integers(0, 3 * MAX_TOGETHER),
    limit=st.integers(1, 10),
    made=st.integers(0, 12),
)
def test_each_delivery_is_packed_or_held_and_never_both(
    single: int, grouped: int, limit: int, made: int
) -> None:
    waiting = [
        Delivery(f"alr_{n}", "all", "desk", NOW, n < grouped) for n in range(grouped + single)
    ]
    rules = command(storm={"messages": limit})
    plan = Packer(rules, NOW)(waiting, {"desk": [NOW] * made})
    packed = [id_ for parcel in plan.parcels for id_ in parcel.alert_ids]
    assert sorted(packed + [one.alert_id for one in plan.held]) == sorted(
        one.alert_id for one in waiting
    )
    assert all(len(parcel.alert_ids) <= MAX_TOGETHER for parcel in plan.parcels)
    assert len({parcel.message_id for parcel in plan.parcels}) == len(plan.parcels)
