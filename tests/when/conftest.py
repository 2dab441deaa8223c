from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis, ZoneBasis
from tocsin.when import TimeContext

ContextMaker = Callable[..., TimeContext]


@pytest.fixture
def context() -> ContextMaker:
    """A context published on a day, read in Baghdad unless told otherwise."""

    def make(
        day: str | None = "2020-01-08",
        zone: str | None = "Asia/Baghdad",
        newsroom: str | None = None,
        dateline: str | None = None,
        moment: str | None = None,
    ) -> TimeContext:
        published = None
        if day is not None:
            published = Published(
                dt.date.fromisoformat(day),
                PublishedBasis.METADATA,
                moment=dt.datetime.fromisoformat(moment) if moment else None,
            )
        return TimeContext(
            published=published,
            zone=zone,
            zone_basis=ZoneBasis.PLACE_OF_EVENT if zone else ZoneBasis.UNKNOWN,
            dateline_date=dt.date.fromisoformat(dateline) if dateline else None,
            newsroom_zone=newsroom,
        )

    return make
