"""Incidents: current, as they were, joined, ended, found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.store.factory import SteppingClock, incident, kept, story
from tests.store.test_keeping import dump
from tocsin.errors import RecordError
from tocsin.records import Extraction, Incident, Place, Report, TimeInterval
from tocsin.records.vocab import IncidentStatus, IncidentType, PlacePrecision, TimePrecision
from tocsin.store import BoundingBox, IncidentFilter, Kept, Store, open_store
from tocsin.store.config import StoreSettings


def reports_of(*numbers: int) -> list[Report]:
    return [r for n in numbers for r in kept(n).extraction.reports]


def write(store: Store, *incidents: Incident, **gone: str | None) -> list[str]:
    store.unresolved()
    ids = [m.report_id for i in incidents for m in i.reports]
    return store.write_incidents(incidents, gone=gone, resolved_report_ids=ids)


def found(store: Store, as_of: dt.datetime | None = None, **wanted: Any) -> list[str]:
    chosen = IncidentFilter(**wanted)
    return [stored.incident.id for stored in store.incidents(chosen, as_of=as_of)]


def test_an_incident_comes_back_equal_with_its_dates(store: Store, clock: SteppingClock) -> None:
    store.keep(kept(1))
    one = incident(1, *reports_of(1))
    assert write(store, one) == ["inc_0001"]
    stored = store.incident("inc_0001")
    assert stored is not None
    assert stored.incident == one
    assert stored.first_seen == stored.last_changed == clock.readings[-1]
    assert [item.incident for item in store.incidents()] == [one]
    assert store.counts().incidents == 1


def test_writing_the_same_again_changes_no_row(store: Store, path: Path) -> None:
    store.keep(kept(1))
    one = incident(1, *reports_of(1))
    write(store, one)
    before = dump(path)
    assert write(store, one) == []
    assert dump(path) == before


def test_a_change_adds_a_snapshot_with_its_cause(store: Store) -> None:
    store.keep(kept(1))
    first = incident(1, *reports_of(1))
    write(store, first)
    store.keep(kept(2))
    second = incident(1, *reports_of(1, 2))
    assert write(store, second) == ["inc_0001"]
    one, two = store.history("inc_0001")
    assert (one.number, one.incident, one.cause_article_ids) == (1, first, ("art_0001",))
    assert (two.number, two.incident, two.cause_article_ids) == (2, second, ("art_0002",))
    stored = store.incident("inc_0001")
    assert stored is not None
    assert stored.first_seen == one.recorded_at
    assert stored.last_changed == two.recorded_at


def test_causes_can_be_given(store: Store) -> None:
    store.keep(kept(1))
    one = incident(1, *reports_of(1))
    store.write_incidents(
        [one], gone={}, resolved_report_ids=[], causes={one.id: ["art_b", "art_a", "art_b"]}
    )
    assert store.history(one.id)[0].cause_article_ids == ("art_a", "art_b")


def test_a_joined_incident_is_followed_to_where_it_went(store: Store) -> None:
    store.keep_many([kept(1), kept(2), kept(3)])
    write(store, *(incident(n, *reports_of(n)) for n in (1, 2, 3)))
    both = incident(2, *reports_of(1, 2))
    write(store, both, inc_0001="inc_0002")
    every = incident(3, *reports_of(1, 2, 3))
    write(store, every, inc_0002="inc_0003")
    for id_ in ("inc_0001", "inc_0002", "inc_0003"):
        stored = store.incident(id_)
        assert stored is not None
        assert stored.incident == every
    assert found(store) == ["inc_0003"]
    end = store.history("inc_0001")[-1]
    assert end.incident is None
    assert end.forwarded_to == "inc_0002"
    assert store.incident("inc_unknown") is None


def test_an_ended_incident_can_come_back(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    apart = [incident(n, *reports_of(n)) for n in (1, 2)]
    write(store, *apart)
    write(store, incident(1, *reports_of(1, 2)), inc_0002="inc_0001")
    write(store, *apart)
    assert found(store) == ["inc_0001", "inc_0002"]
    assert [v.incident is not None for v in store.history("inc_0002")] == [True, False, True]
    stored = store.incident("inc_0002")
    assert stored is not None
    assert stored.incident == apart[1]
    assert stored.first_seen == store.history("inc_0002")[0].recorded_at


def test_forwards_in_a_ring_end(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, incident(1, *reports_of(1)), incident(2, *reports_of(2)))
    write(store, inc_0001="inc_0002", inc_0002="inc_0001")
    assert store.incident("inc_0001") is None
    assert found(store) == []


def test_an_incident_emptied_by_others_ends_unasked(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, incident(1, *reports_of(1)), incident(2, *reports_of(2)))
    write(store, incident(2, *reports_of(1, 2)))
    assert found(store) == ["inc_0002"]
    assert store.history("inc_0001")[-1].forwarded_to == "inc_0002"


def test_what_is_left_of_an_incident_is_resolved_again(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, incident(1, *reports_of(1, 2)))
    assert store.unresolved() == []
    write(store, incident(2, *reports_of(2)))
    assert [c.report.article_id for c in store.unresolved()] == ["art_0001"] * 2


def test_the_record_as_it_was(store: Store, clock: SteppingClock) -> None:
    store.keep_many([kept(1), kept(2)])
    first = incident(1, *reports_of(1))
    write(store, first, incident(2, *reports_of(2), day=dt.date(2020, 3, 1)))
    then = clock.at
    second = incident(1, *reports_of(1, 2), place=Place("Karsu", PlacePrecision.SETTLEMENT))
    write(store, second, inc_0002="inc_0001")
    assert found(store, then - dt.timedelta(hours=1)) == []
    assert found(store, then) == ["inc_0002", "inc_0001"]
    assert found(store, then, country="TR", since=dt.date(2020, 3, 2)) == ["inc_0001"]
    assert found(store) == ["inc_0001"]
    assert found(store, country="TR") == []
    was, now = store.incident("inc_0001", as_of=then), store.incident("inc_0002")
    assert was is not None
    assert now is not None
    assert (was.incident, now.incident) == (first, second)
    assert store.incident("inc_0001", as_of=then - dt.timedelta(hours=1)) is None
    in_another_zone = then.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    assert found(store, in_another_zone) == ["inc_0002", "inc_0001"]


def test_snapshots_never_go_back_in_time(store: Store, clock: SteppingClock) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, incident(1, *reports_of(1)))
    clock.at -= dt.timedelta(days=30)
    write(store, incident(1, *reports_of(1, 2)))
    one, two = store.history("inc_0001")
    assert one.recorded_at <= two.recorded_at


def test_a_revision_reopens_the_rest_of_its_incident(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, incident(1, *reports_of(1, 2)))
    revision = kept(1, words=("landed",), text=story(1, note="Corrected."))
    store.keep(revision)
    new = revision.extraction.reports[0]
    assert {c.report.id for c in store.unresolved()} == {new.id, *(r.id for r in reports_of(2))}
    lost = kept(1).extraction.reports[0]
    assert store.incidents_of_reports([lost.id, new.id]) == {new.id: "inc_0001"}
    write(store, incident(1, new, *reports_of(2)))
    assert store.history("inc_0001")[-1].cause_article_ids == ("art_0001",)
    assert store.unresolved() == []


def test_an_incident_ends_with_the_only_report_of_it(store: Store) -> None:
    store.keep(kept(1))
    write(store, incident(1, *reports_of(1)))
    revised = kept(1, text=story(1, note="Withdrawn."))
    store.keep(Kept(revised.article, Extraction("art_0001", "rules-1")))
    assert found(store) == []
    end = store.history("inc_0001")[-1]
    assert (end.incident, end.forwarded_to) == (None, None)
    assert end.cause_article_ids == ("art_0001",)
    assert store.incidents_of_reports(r.id for r in reports_of(1)) == {}


def test_a_revised_only_report_forwards_its_incident(store: Store) -> None:
    store.keep(kept(1, words=("hit",)))
    write(store, incident(1, *kept(1, words=("hit",)).extraction.reports))
    revision = kept(1, words=("landed",), text=story(1, note="Corrected."))
    store.keep(revision)
    assert found(store) == ["inc_0001"], "until resolved, the record stays as it was"
    write(store, incident(2, *revision.extraction.reports))
    assert found(store) == ["inc_0002"]
    stored = store.incident("inc_0001")
    assert stored is not None
    assert stored.incident.id == "inc_0002"


def test_a_report_touched_while_resolving_stays_unresolved(
    store: Store, path: Path, settings: StoreSettings
) -> None:
    store.keep(kept(1))
    assert len(store.unresolved()) == 2
    with open_store(str(path), settings) as another:
        another.keep(kept(1, text=story(1, note="Corrected meanwhile.")))
    reports = reports_of(1)
    store.write_incidents(
        [incident(1, *reports)], gone={}, resolved_report_ids=[r.id for r in reports]
    )
    assert len(store.unresolved()) == 2


def dated(number: int, first: dt.date | None, last: dt.date | None) -> Incident:
    """An incident whose interval runs from `first` to `last`, both included."""
    base = incident(number, *reports_of(1))
    assert base.date is not None
    midnight = dt.time()
    interval = TimeInterval(
        dt.datetime.combine(first, midnight) if first else None,
        dt.datetime.combine(last + dt.timedelta(days=1), midnight) if last else None,
        TimePrecision.DAYS,
    )
    return replace(base, date=replace(base.date, value=interval))


def test_days_ask_for_overlap(store: Store) -> None:
    store.keep(kept(1))
    day = dt.date(2020, 3, 10)
    week = dt.timedelta(days=7)
    write(
        store,
        dated(1, day, day),
        dated(2, day - week, day + week),
        dated(3, None, day),
        dated(4, day, None),
        dated(5, None, None),
        incident(6, *reports_of(1), day=None),
    )
    every = ["inc_0002", "inc_0001", "inc_0003", "inc_0004", "inc_0005", "inc_0006"]
    assert found(store) == every
    assert found(store, since=day, until=day) == every[:4]
    assert found(store, since=day + week) == ["inc_0002", "inc_0004"]
    assert found(store, since=day + week * 2) == ["inc_0004"]
    assert found(store, until=day - week) == ["inc_0002", "inc_0003"]
    assert found(store, until=day - week * 2) == ["inc_0003"]


def test_filters_by_value(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    base = incident(1, *reports_of(1))
    other = incident(2, *reports_of(2), status=IncidentStatus.DISPUTED, place=None)
    other = replace(other, type=replace(other.type, value=IncidentType.BOMBING))
    two = replace(base.corroboration, lineages=2)
    write(store, replace(base, corroboration=two), other)
    assert found(store, country="TR") == ["inc_0001"]
    assert found(store, type=IncidentType.BOMBING) == ["inc_0002"]
    assert found(store, status=IncidentStatus.DISPUTED) == ["inc_0002"]
    assert found(store, min_lineages=2) == ["inc_0001", "inc_0002"]
    assert found(store, min_lineages=3) == []
    assert found(store, id_prefix="inc_0002") == ["inc_0002"]
    assert found(store, id_prefix="%") == []
    assert found(store, status=IncidentStatus.DISPUTED, country="TR") == []


def test_text_finds_titles_and_quoted_words(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    write(
        store,
        incident(1, kept(1).extraction.reports[0], title="Café shelled"),
        incident(2, kept(2).extraction.reports[1], title="Bridge attack"),
    )
    assert found(store, text="cafe") == ["inc_0001"]
    assert found(store, text="HIT") == ["inc_0001"]
    assert found(store, text="bridge landed") == ["inc_0002"]
    assert found(store, text='"attack bridge"') == []
    assert found(store, text='NOT " OR *') == []
    assert found(store, text="!!!") == []


def point(lat: float, lon: float) -> Place:
    return Place("somewhere", PlacePrecision.POINT, lat=lat, lon=lon)


latitudes = st.floats(-90, 90) | st.sampled_from([-90.0, 0.0, 90.0])
longitudes = st.floats(-180, 180) | st.sampled_from([-180.0, 0.0, 180.0])
points = st.tuples(latitudes, longitudes)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("mapped") / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        store.keep(kept(1))
        yield store
        assert store.check() == []


@given(st.lists(points, min_size=1, max_size=6), points, points)
@hypothesis_settings(max_examples=100, deadline=None)
def test_boxes_hold_exactly_the_points_inside(
    mapped: Store,
    where: list[tuple[float, float]],
    one: tuple[float, float],
    other: tuple[float, float],
) -> None:
    places = [incident(n, *reports_of(1), place=point(*p)) for n, p in enumerate(where)]
    before = {stored.incident.id for stored in mapped.incidents()}
    write(mapped, *places, **dict.fromkeys(before - {i.id for i in places}, None))
    south, north = sorted((one[0], other[0]))
    west, east = one[1], other[1]
    inside = [
        f"inc_{number:04}"
        for number, (lat, lon) in enumerate(where)
        if south <= lat <= north
        and (west <= lon <= east if west <= east else lon >= west or lon <= east)
    ]
    assert found(mapped, bbox=BoundingBox(west, south, east, north)) == inside


def test_a_box_must_be_on_the_globe() -> None:
    with pytest.raises(RecordError):
        BoundingBox(0, 10, 1, 5)
    with pytest.raises(RecordError):
        BoundingBox(-181, 0, 1, 5)


def test_incidents_are_written_all_or_not_at_all(store: Store, path: Path) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, incident(1, *reports_of(1)))
    before = dump(path)
    changed = incident(1, *reports_of(1), title="Changed")
    with pytest.raises(RecordError, match="cannot be stored"):
        write(store, changed, incident(2, *reports_of(2), title="half a pair \ud800"))
    assert dump(path) == before


def test_rejected_incidents_are_found_only_by_that_status_or_their_ids(
    store: Store, clock: SteppingClock
) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, *(incident(n, *reports_of(n)) for n in (1, 2)))
    then = clock.at
    write(store, replace(incident(1, *reports_of(1)), status=IncidentStatus.REJECTED))
    assert found(store) == ["inc_0002"]
    assert found(store, then) == ["inc_0001", "inc_0002"]
    assert found(store, status=IncidentStatus.REJECTED) == ["inc_0001"]
    assert found(store, id_prefix="inc_0001") == ["inc_0001"]
    stored = store.incident("inc_0001")
    assert stored is not None
    assert stored.incident.status is IncidentStatus.REJECTED
    assert store.counts().incidents == 1


def test_ids_that_ended_are_still_known_by_their_beginnings(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    write(store, *(incident(n, *reports_of(n)) for n in (1, 2)))
    write(store, incident(1, *reports_of(1, 2)), inc_0002="inc_0001")
    assert store.incident_ids("inc_0") == ["inc_0001", "inc_0002"]
    assert store.incident_ids("inc_0", limit=1) == ["inc_0001"]
    assert store.incident_ids("inc_%") == []


def test_which_reports_are_current(store: Store) -> None:
    store.keep(kept(1))
    one = reports_of(1)[0].id
    assert store.current_among([one, "rep_unknown"]) == {one}
    empty = replace(kept(1).extraction, reports=(), extractor_version="rules-2")
    store.keep(Kept(kept(1).article, empty))
    assert store.current_among([one]) == frozenset()
