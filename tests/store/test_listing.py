"""Listings: every page of any size, put together, is the whole; summaries tell the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.store.factory import incident, kept
from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision
from tocsin.store import IncidentFilter, Listing, Store, open_store
from tocsin.store.config import StoreSettings

DAYS = (None, dt.date(2020, 3, 1), dt.date(2020, 3, 1), dt.date(2020, 3, 9), None)
SITE = Place("Karsu", PlacePrecision.SITE, country="TR", lat=36.5, lon=39.5, uncertainty_km=1.5)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("listing") / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        batch = [kept(number) for number in range(1, 16)]
        store.keep_many(batch)
        incidents = [
            incident(
                number,
                *one.extraction.reports,
                day=DAYS[number % len(DAYS)],
                **({"place": SITE} if number % 2 else {}),
            )
            for number, one in enumerate(batch, start=1)
        ]
        ids = [report.id for one in batch for report in one.extraction.reports]
        store.write_incidents(incidents, gone={}, resolved_report_ids=ids)
        yield store


@hypothesis_settings(deadline=None)
@given(limit=st.integers(1, 20), newest_first=st.booleans(), located=st.booleans())
def test_pages_put_together_are_the_whole(
    listed: Store, limit: int, newest_first: bool, located: bool
) -> None:
    chosen = IncidentFilter(text="Harran" if located else None)
    whole = list(listed.summaries(chosen, listing=Listing(newest_first=newest_first)))
    assert len(whole) == 15
    found = []
    after = None
    while True:
        page = list(listed.summaries(chosen, listing=Listing(newest_first, after, limit)))
        found += page
        if len(page) < limit:
            break
        after = page[-1].position
    assert found == whole


@pytest.mark.parametrize("newest_first", [False, True])
def test_summaries_tell_what_the_incidents_say(listed: Store, newest_first: bool) -> None:
    listing = Listing(newest_first=newest_first)
    stored = list(listed.incidents(listing=listing))
    summaries = list(listed.summaries(listing=listing))
    assert [item.incident.id for item in stored] == [summary.id for summary in summaries]
    for item, summary in zip(stored, summaries, strict=True):
        place = item.incident.place
        date = item.incident.date
        assert place is not None
        assert summary.title == item.incident.title
        assert (summary.lat, summary.uncertainty_km, summary.precision) == (
            place.value.lat,
            place.value.uncertainty_km,
            place.value.precision,
        )
        assert summary.first_day == (date.value.first_day if date else None)
        assert summary.last_changed == item.last_changed


def test_the_undated_come_last_either_way(listed: Store) -> None:
    for newest_first in (False, True):
        days = [s.first_day for s in listed.summaries(listing=Listing(newest_first=newest_first))]
        dated = [day for day in days if day is not None]
        assert days == [*dated, *[None] * (len(days) - len(dated))]
        assert dated == sorted(dated, reverse=newest_first)


def test_outlets_are_counted(listed: Store) -> None:
    outlets = listed.outlets()
    assert [one.outlet for one in outlets] == ["Outlet 0", "Outlet 1", "Outlet 2"]
    assert sum(one.articles for one in outlets) == 15
    assert sum(one.reports for one in outlets) == 30
    assert {one.last_published for one in outlets} == {dt.date(2020, 3, 4)}


def test_articles_go_on_after_an_id(listed: Store) -> None:
    ids = [article.id for article in listed.articles()]
    assert [article.id for article in listed.articles(after=ids[4])] == ids[5:]


def test_the_mark_grows_with_the_record(store: Store) -> None:
    marks = [store.record_mark()]
    one = kept(1)
    store.keep(one)
    marks.append(store.record_mark())
    reports = one.extraction.reports
    ids = [report.id for report in reports]
    store.write_incidents([incident(1, *reports)], gone={}, resolved_report_ids=ids)
    marks.append(store.record_mark())
    assert marks == sorted(set(marks))
    store.keep(one)
    store.write_incidents([incident(1, *reports)], gone={}, resolved_report_ids=ids)
    assert store.record_mark() == marks[-1]
