"""Filters: the record as it is and as it was give the same, and what each incident itself says."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.store.factory import incident, kept
from tocsin.records import Actor, Evidence, FusedField, Incident, Place, Weapon
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    IncidentStatus,
    PlacePrecision,
    WeaponType,
)
from tocsin.store import NO_POINT, IncidentFilter, Listing, Store, open_store
from tocsin.store.config import StoreSettings

COUNT = 24
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
PLACES = (
    Place("Straßenau", PlacePrecision.SETTLEMENT, country="AT", admin1="Tirol", lat=47.0, lon=11.5),
    Place("Taveuni", PlacePrecision.ADM2, country="FJ", lat=-16.8, lon=179.9, uncertainty_km=20),
    Place("Mali", PlacePrecision.COUNTRY, country="ML", lat=17.0, lon=-4.0),
    None,
)
ROLES = (ActorRole.BLAMED, ActorRole.DENIED, ActorRole.CLAIMED)
STATUSES = (IncidentStatus.UNCONFIRMED, IncidentStatus.DISPUTED, IncidentStatus.REJECTED)
DAYS = (None, dt.date(2020, 3, 1), dt.date(2020, 3, 5))


def made(number: int) -> Incident:
    """Incident `number`: its values go round, each at a pace of its own."""
    reports = kept(number).extraction.reports
    ids = tuple(report.id for report in reports)
    words = tuple(Evidence(report.article_id, report.trigger) for report in reports)

    def told(actor: Actor) -> FusedField[Actor]:
        return FusedField(actor, "5", Agreement.SINGLE, ids, words)

    weapon = FusedField(Weapon(WeaponType.ROCKET), "5", Agreement.SINGLE, ids, words)
    return incident(
        number,
        *reports,
        day=DAYS[number % len(DAYS)],
        place=PLACES[number % len(PLACES)],
        status=STATUSES[number % len(STATUSES)],
        background_only=number % 5 == 0,
        actors=(told(Actor("Große Kolonne", ROLES[number % 3])), told(Actor("the army", ROLES[0]))),
        actor_by=(None, None),
        weapons=(weapon,) if number % 2 else (),
    )


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("selecting") / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        batch = [kept(number) for number in range(1, COUNT + 1)]
        store.keep_many(batch)
        ids = [report.id for one in batch for report in one.extraction.reports]
        incidents = [made(number) for number in range(1, COUNT + 1)]
        first = [replace(one, actors=(), actor_by=(), weapons=()) for one in incidents]
        store.write_incidents(first, gone={}, resolved_report_ids=ids)
        store.write_incidents(incidents, gone={}, resolved_report_ids=[])
        yield store


filters = st.builds(
    IncidentFilter,
    since=st.sampled_from([None, dt.date(2020, 3, 2)]),
    country=st.sampled_from([None, "FJ"]),
    status=st.sampled_from([None, IncidentStatus.DISPUTED, IncidentStatus.REJECTED]),
    place=st.sampled_from([None, "STRASSEN", "tirol", "nowhere"]),
    actor=st.sampled_from([None, "große", "GROSSE KOLONNE", "army", ""]),
    role=st.sampled_from([None, *ROLES]),
    weapon=st.sampled_from([None, WeaponType.ROCKET, WeaponType.IED]),
    recaps=st.booleans(),
)


def passes(chosen: IncidentFilter, one: Incident) -> bool:
    """What the filter asks, of the record itself."""
    day = one.date.value.first_day if one.date else None
    place = one.place.value if one.place else None
    names = (place.name, place.admin1 or "", place.admin2 or "") if place else ()
    return (
        (chosen.since is None or (day is not None and day >= chosen.since))
        and (chosen.country is None or (place is not None and place.country == chosen.country))
        and (one.status is (chosen.status or one.status))
        and (chosen.status is not None or one.status is not IncidentStatus.REJECTED)
        and (
            chosen.place is None
            or any(chosen.place.casefold() in name.casefold() for name in names)
        )
        and (
            (chosen.actor is None and chosen.role is None)
            or any(
                (chosen.actor or "").casefold() in field.value.name.casefold()
                and chosen.role in {None, field.value.role}
                for field in one.actors
            )
        )
        and (chosen.weapon is None or any(w.value.type is chosen.weapon for w in one.weapons))
        and (chosen.recaps or not one.background_only)
    )


@hypothesis_settings(deadline=None, max_examples=60)
@given(chosen=filters, newest_first=st.booleans())
def test_now_and_then_are_asked_alike(
    varied: Store, chosen: IncidentFilter, newest_first: bool
) -> None:
    listing = Listing(newest_first=newest_first)
    now = [one.incident for one in varied.incidents(chosen, listing=listing)]
    then = [one.incident for one in varied.incidents(chosen, listing=listing, as_of=LATER)]
    assert now == then
    every = [made(number) for number in range(1, COUNT + 1)]
    assert {one.id for one in now} == {one.id for one in every if passes(chosen, one)}
    summaries = list(varied.summaries(chosen, listing=listing))
    assert summaries == list(varied.summaries(chosen, listing=listing, as_of=LATER))
    assert [one.id for one in summaries] == [one.id for one in now]


@hypothesis_settings(deadline=None, max_examples=30)
@given(chosen=filters, as_of=st.sampled_from([None, LATER]))
def test_glances_are_the_summaries_in_short(
    varied: Store, chosen: IncidentFilter, as_of: dt.datetime | None
) -> None:
    found = varied.glances(chosen, as_of=as_of)
    summaries = varied.summaries_of([one.key for one in found], as_of=as_of)
    assert {one.id for one in summaries} == {one.id for one in varied.summaries(chosen)}
    for glance, summary in zip(found, summaries, strict=True):
        day = summary.position.day
        assert glance.day == (day.isoformat() if day else None)
        drawn = None if summary.precision in NO_POINT else summary.lat
        assert glance.lat == drawn
        assert (glance.lat is None) == (glance.lon is None)


def test_the_past_has_the_values_of_then(varied: Store) -> None:
    versions = varied.history("inc_0001")
    armed = IncidentFilter(weapon=WeaponType.ROCKET)
    assert not list(varied.incidents(armed, as_of=versions[0].recorded_at))
    assert list(varied.incidents(armed, as_of=versions[1].recorded_at))


def test_a_changed_incident_has_another_key(store: Store) -> None:
    one = kept(1)
    store.keep(one)
    reports = one.extraction.reports
    ids = [report.id for report in reports]
    store.write_incidents([incident(1, *reports)], gone={}, resolved_report_ids=ids)
    (before,) = store.glances()
    mark = store.incidents_mark()
    store.write_incidents([incident(1, *reports, title="Other")], gone={}, resolved_report_ids=[])
    assert store.incidents_mark() > mark
    assert store.summaries_of([before.key]) == []
    (after,) = store.glances()
    assert [found.title for found in store.summaries_of([after.key])] == ["Other"]
    store.write_incidents([], gone={"inc_0001": None}, resolved_report_ids=[])
    assert store.glances() == []
    assert store.check(records=True) == []


def test_articles_alone_do_not_move_the_mark_of_incidents(store: Store) -> None:
    before, record = store.incidents_mark(), store.record_mark()
    store.keep(kept(1))
    assert store.incidents_mark() == before
    assert store.record_mark() > record


@pytest.mark.parametrize("revision", ["0001", "0003"])
def test_an_old_store_is_listed_when_it_is_brought_forward(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "old.db"
    packed = Path(__file__).parent / "data" / f"store-{revision}.db.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with open_store(str(path), StoreSettings()) as store:
        assert list(store.summaries()) == list(store.summaries(as_of=LATER))
        assert len(store.glances()) == store.counts().incidents > 0
        for chosen in (IncidentFilter(role=ActorRole.BLAMED), IncidentFilter(place="a")):
            now = [one.id for one in store.summaries(chosen)]
            assert now == [one.id for one in store.summaries(chosen, as_of=LATER)]
        assert store.check(records=True) == []
