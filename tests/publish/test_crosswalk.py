"""The record as ACLED and GED rows: what becomes of each incident, and by which rule."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.factory import incident, kept
from tocsin.publish.crosswalk import (
    SHAPES,
    CodedRow,
    Ruling,
    coded,
    write_coded_csv,
    write_rulings,
)
from tocsin.publish.crosswalk.acled import EVENTS
from tocsin.publish.crosswalk.ged import type_of_violence
from tocsin.records import (
    Actor,
    Evidence,
    FusedField,
    Incident,
    Place,
    Quantity,
    Target,
    TimeInterval,
)
from tocsin.records.vocab import (
    ActorClass,
    ActorLevel,
    ActorRole,
    Agreement,
    IncidentStatus,
    IncidentType,
    PlacePrecision,
    TargetKind,
    TimePrecision,
)

ACLED, GED = SHAPES["acled"], SHAPES["ged"]
REPORTS = kept(1).extraction.reports
WORDS = (Evidence(REPORTS[0].article_id, REPORTS[0].trigger),)
HARRAN = Place("Harran", PlacePrecision.SETTLEMENT, country="TR", lat=-36.9, lon=39.0)


def fused(value: Any, agreement: Agreement = Agreement.SINGLE) -> FusedField[Any]:
    return FusedField(value, "5", agreement, (REPORTS[0].id,), WORDS)


def made(number: int = 1, **changes: Any) -> Incident:
    return incident(number, *REPORTS, **({"place": HARRAN} | changes))


def actor(name: str, role: ActorRole, kind: ActorClass, **changes: Any) -> FusedField[Any]:
    return fused(Actor(name, role, actor_class=kind, **changes))


def target(kind: TargetKind) -> FusedField[Any]:
    return fused(Target("it", kind))


def row(one: Incident, shape: str = "acled") -> dict[str, str]:
    (entry,) = coded([one], SHAPES[shape])
    assert isinstance(entry, CodedRow), entry
    return {column: cell.text for column, cell in entry.cells.items()}


def rules(incidents: Iterable[Incident], shape: str = "acled") -> list[str]:
    return [entry.rule for entry in coded(incidents, SHAPES[shape]) if isinstance(entry, Ruling)]


def dated(first: dt.date, days: int, precision: TimePrecision) -> FusedField[Any]:
    start = dt.datetime.combine(first, dt.time())
    return fused(TimeInterval(start, start + dt.timedelta(days=days), precision))


def test_every_type_has_an_event() -> None:
    assert set(EVENTS) == set(IncidentType)


def test_an_attack_as_an_acled_row() -> None:
    one = row(made(actors=(actor("Grey Column", ActorRole.CLAIMED, ActorClass.REBEL),)))
    assert one["event_date"] == "2020-03-03"
    assert (one["event_type"], one["sub_event_type"]) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (one["actor1"], one["inter1"], one["actor2"]) == ("Grey Column", "2", "")
    assert (one["time_precision"], one["geo_precision"]) == ("1", "1")
    assert (one["country"], one["location"], one["latitude"]) == ("Turkey", "Harran", "-36.9000")
    assert one["fatalities"] == "3"


@pytest.mark.parametrize("role", [ActorRole.BLAMED, ActorRole.SUSPECTED, ActorRole.DENIED])
def test_who_is_blamed_or_denies_is_no_actor(role: ActorRole) -> None:
    one = row(made(actors=(actor("Grey Column", role, ActorClass.REBEL),)))
    assert (one["actor1"], one["inter1"]) == ("Unidentified Armed Group (Turkey)", "3")
    series = actor("Grey Column", ActorRole.CLAIMED, ActorClass.REBEL, level=ActorLevel.SERIES)
    assert row(made(actors=(series,)))["actor1"].startswith("Unidentified")


def test_an_attack_on_the_armed_is_a_clash() -> None:
    attack: dict[str, Any] = {"type": fused(IncidentType.ARMED_ATTACK)}
    assert row(made(**attack))["event_type"] == "Violence against civilians"
    assert row(made(**attack))["actor2"] == "Civilians (Turkey)"
    armed = made(**attack, targets=(target(TargetKind.POLICE),))
    assert (row(armed)["event_type"], row(armed)["actor2"]) == ("Battles", "")
    both = made(**attack, targets=(target(TargetKind.POLICE), target(TargetKind.CIVILIANS)))
    assert row(both)["event_type"] == "Violence against civilians"


@pytest.mark.parametrize(
    ("killed", "text"),
    [
        (None, "0"),
        (fused(Quantity(5, 7, 9)), "7"),
        (fused(Quantity(5, 7, 9), Agreement.CONFLICT), "5"),
        (fused(Quantity(4, None, None)), "4"),
        (fused(Quantity(None, None, 6)), "0"),
    ],
)
def test_fatalities_are_the_lower_bound_where_accounts_conflict(killed: Any, text: str) -> None:
    assert row(made(killed=killed))["fatalities"] == text


@pytest.mark.parametrize(
    ("days", "precision", "acled", "ged"),
    [
        (1, TimePrecision.DAY, "1", "1"),
        (3, TimePrecision.DAYS, "2", "2"),
        (7, TimePrecision.WEEK, "2", "3"),
        (10, TimePrecision.MONTH_PART, "3", "4"),
        (31, TimePrecision.MONTH, "3", "4"),
        (366, TimePrecision.YEAR, "3", "5"),
    ],
)
def test_precision_of_days(days: int, precision: TimePrecision, acled: str, ged: str) -> None:
    one = made(date=dated(dt.date(2020, 3, 2), days, precision))
    assert row(one)["time_precision"] == acled
    assert row(one, "ged")["date_prec"] == ged


@pytest.mark.parametrize(
    ("precision", "acled", "ged"),
    [
        (PlacePrecision.SITE, "1", "1"),
        (PlacePrecision.NEAR, "2", "2"),
        (PlacePrecision.ADM2, "2", "3"),
        (PlacePrecision.ADM1, "3", "4"),
        (PlacePrecision.COUNTRY, "3", "6"),
    ],
)
def test_precision_of_places(precision: PlacePrecision, acled: str, ged: str) -> None:
    one = made(place=replace(HARRAN, precision=precision))
    assert row(one)["geo_precision"] == acled
    assert row(one, "ged")["where_prec"] == ged


def test_attacks_of_one_day_site_and_kind_are_folded_and_the_ruling_says_so() -> None:
    one, two, elsewhere = made(1), made(2), made(3, place=replace(HARRAN, lat=10.0))
    entries = list(coded([one, two, elsewhere], ACLED))
    rows = [entry for entry in entries if isinstance(entry, CodedRow)]
    (ruling,) = (entry for entry in entries if isinstance(entry, Ruling))
    assert [found.incident_ids for found in rows] == [(one.id, two.id), (elsewhere.id,)]
    assert rows[0].cells["fatalities"].text == "6"
    assert (ruling.incident_id, ruling.rule, ruling.into) == (two.id, "day_folding", one.id)
    coarse = replace(HARRAN, precision=PlacePrecision.ADM1)
    assert rules([made(1, place=coarse), made(2, place=coarse)]) == []
    assert rules([one, two], "ged") == []


def test_what_has_no_row_is_ruled_by_name() -> None:
    unplaced = made(place=Place("the border", PlacePrecision.UNKNOWN))
    assert rules([made(day=None)]) == ["no_date"]
    assert rules([unplaced]) == ["no_country"]
    assert rules([made(status=IncidentStatus.RETRACTED)]) == ["retracted"]
    for killed in (None, fused(Quantity(0, 0, 0)), fused(Quantity(None, None, 5))):
        assert rules([made(killed=killed)], "ged") == ["ucdp_death_threshold"]


MILITIA = ActorClass.POLITICAL_MILITIA


@pytest.mark.parametrize(
    ("attacker", "targets", "expected"),
    [
        (MILITIA, (TargetKind.MILITARY_BASE,), "1"),
        (ActorClass.STATE_FORCES, (TargetKind.MILITIA,), "1"),
        (ActorClass.REBEL, (TargetKind.MILITIA,), "2"),
        (MILITIA, (TargetKind.CIVILIANS,), "3"),
        (ActorClass.STATE_FORCES, (TargetKind.CIVILIANS, TargetKind.POLICE), "3"),
        (ActorClass.CRIMINAL, (TargetKind.CIVILIANS,), ""),
        (MILITIA, (TargetKind.AIRPORT,), ""),
        (ActorClass.STATE_FORCES, (TargetKind.MILITARY,), ""),
    ],
)
def test_the_type_of_violence_comes_from_the_sides(
    attacker: ActorClass, targets: tuple[TargetKind, ...], expected: str
) -> None:
    one = made(
        actors=(actor("they", ActorRole.PERPETRATOR, attacker),),
        targets=tuple(map(target, targets)),
    )
    assert type_of_violence(one).text == expected


def test_deaths_by_side() -> None:
    civilians = made(
        killed=fused(Quantity(3, 5, 8)),
        attackers_killed=fused(Quantity(1, 1, 1)),
        actors=(actor("they", ActorRole.PERPETRATOR, MILITIA),),
        targets=(target(TargetKind.CIVILIANS),),
    )
    one = row(civilians, "ged")
    assert (one["side_b"], one["deaths_a"], one["deaths_civilians"]) == ("Civilians", "1", "5")
    assert (one["low"], one["best"], one["high"]) == ("4", "6", "9")


def first_day(one: Incident) -> dt.date:
    assert one.date is not None
    return one.date.value.first_day or dt.date.max


COUNTS = st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)).map(sorted)


@given(st.lists(st.tuples(COUNTS, st.integers(0, 2), st.booleans()), max_size=8))
def test_every_incident_is_accounted_for_once_and_no_death_is_lost(drawn: list[Any]) -> None:
    incidents = [
        made(
            number,
            killed=fused(Quantity(*counts)),
            day=dt.date(2020, 3, 3 + day),
            place=HARRAN if placed else replace(HARRAN, precision=PlacePrecision.ADM1),
        )
        for number, (counts, day, placed) in enumerate(drawn)
    ]
    incidents.sort(key=first_day)
    for crosswalk in (ACLED, GED):
        entries = list(coded(incidents, crosswalk))
        told = [id_ for e in entries if isinstance(e, CodedRow) for id_ in e.incident_ids]
        told += [e.incident_id for e in entries if isinstance(e, Ruling) and e.into is None]
        assert sorted(told) == sorted(one.id for one in incidents)
        for entry in entries:
            if isinstance(entry, CodedRow):
                assert set(entry.cells) == set(crosswalk.columns)
    rows = [e for e in coded(incidents, ACLED) if isinstance(e, CodedRow)]
    total = sum(counts[1] for counts, _, _ in drawn)
    assert sum(int(found.cells["fatalities"].text) for found in rows) == total


def test_files_hold_numbers_and_no_formula() -> None:
    hostile = made(title="=HYPERLINK(1)", place=replace(HARRAN, name="@Harran"))
    entries = list(coded([hostile, made(2, day=None)], ACLED))
    header, line = csv.reader(io.StringIO("".join(write_coded_csv(entries, ACLED))))
    cells = dict(zip(header, line, strict=True))
    assert float(cells["latitude"]) == HARRAN.lat
    assert cells["notes"] == "'=HYPERLINK(1)"
    assert cells["location"] == "'@Harran"
    (ruling,) = (json.loads(text) for text in write_rulings(entries))
    assert (ruling["rule"], ruling["into"]) == ("no_date", None)
