"""Histograms: every day is counted once, and the bars lie side by side."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tocsin.api.histogram import BarWidth, histogram


@hypothesis_settings(deadline=None)
@given(st.lists(st.dates(), max_size=60), st.integers(1, 150))
def test_every_day_falls_into_one_bar(days: list[dt.date], max_bars: int) -> None:
    days.sort()
    found = histogram(days, max_bars)
    assert sum(bar.count for bar in found.bars) == len(days)
    for before, after in zip(found.bars, found.bars[1:], strict=False):
        assert after.first == before.last + dt.timedelta(days=1)
    for bar in found.bars:
        assert bar.first <= bar.last
        assert bar.count == sum(bar.first <= day <= bar.last for day in days)
    assert len(found.bars) <= max_bars or found.width is BarWidth.YEAR


def test_bars_are_as_fine_as_they_can_be() -> None:
    start = dt.date(2021, 3, 3)
    widths = [
        histogram([start, start + dt.timedelta(days=days)]).width for days in (10, 300, 1200, 9000)
    ]
    assert widths == [BarWidth.DAY, BarWidth.WEEK, BarWidth.MONTH, BarWidth.YEAR]


def test_nothing_has_no_bars() -> None:
    assert histogram([]).bars == ()
    assert histogram([]).highest == 0
