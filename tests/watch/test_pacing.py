"""Intervals, backing off, what servers ask for: bounded, repeatable, without a clock."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.watch import WatchSettings
from tocsin.watch.pacing import (
    MAX_RETRY_AFTER_S,
    SPREAD,
    backoff_s,
    jitter,
    next_interval_s,
    retry_after_s,
    spread,
)

NOW = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)
SETTINGS = WatchSettings()


@given(st.lists(st.booleans(), max_size=60))
def test_an_interval_stays_within_its_bounds(polls: list[bool]) -> None:
    interval = SETTINGS.first_interval_s
    for has_news in polls:
        after = next_interval_s(interval, SETTINGS, has_news=has_news)
        assert SETTINGS.min_interval_s <= after <= SETTINGS.max_interval_s
        assert after <= interval if has_news else after >= interval
        interval = after


@given(st.integers(0, 10_000))
def test_backing_off_grows_and_ends(failures: int) -> None:
    wait = backoff_s(failures, SETTINGS)
    assert SETTINGS.min_interval_s <= wait <= SETTINGS.max_interval_s
    assert wait <= backoff_s(failures + 1, SETTINGS)


@given(st.integers(), st.text(max_size=40), st.integers(0, 99))
def test_jitter_is_a_function_of_what_it_is_about(seed: int, url: str, count: int) -> None:
    assert jitter(seed, url, count) == jitter(seed, url, count)
    assert 0 <= jitter(seed, url, count) < 1
    assert 1 - SPREAD <= spread(1.0, seed, url, count) <= 1 + SPREAD


def test_jitter_is_spread_out() -> None:
    values = [jitter(0, f"https://h{n}.example/feed") for n in range(400)]
    assert len(set(values)) == 400
    assert 0.4 < sum(values) / 400 < 0.6
    assert values != [jitter(1, f"https://h{n}.example/feed") for n in range(400)]


@pytest.mark.parametrize(
    ("sent", "wait_s"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("0", 0),
        (" 120 ", 120),
        ("9" * 400, MAX_RETRY_AFTER_S),
        ("Mon, 01 Mar 2021 12:10:00 GMT", 600),
        ("Mon, 01 Mar 2021 11:00:00 GMT", 0),
        ("Mon, 01 Mar 2031 11:00:00 GMT", MAX_RETRY_AFTER_S),
        ("Mon, 99 Foo 2021", None),
        ("\u0661\u0662", None),
    ],
)
def test_retry_after(sent: str | None, wait_s: float | None) -> None:
    assert retry_after_s(sent, NOW) == wait_s


@given(st.text(max_size=60))
def test_no_header_breaks_it(sent: str) -> None:
    wait_s = retry_after_s(sent, NOW)
    assert wait_s is None or 0 <= wait_s <= MAX_RETRY_AFTER_S
