"""Titles come from fused values, with their hedges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fuse.factory import NONE_REPORTED, NONE_STATED, QUARTER, Figure, harm, killed, tell, who
from tocsin.fuse import fuse, retitle
from tocsin.records import Claim, Place, Quantity, Span, Target, Weapon
from tocsin.records.vocab import (
    ActorRole,
    IncidentType,
    Outcome,
    PlacePrecision,
    Stage,
    TargetKind,
    WeaponType,
)

GREEN_ZONE = replace(QUARTER, name="Green Zone", admin1="Baghdad", country="IQ")


def rockets(figure: Figure) -> Weapon:
    count = figure if isinstance(figure, Quantity) else Quantity(figure, figure, figure)  # type: ignore[arg-type]
    return Weapon(WeaponType.ROCKET, "Katyusha", count)


def test_a_salvo() -> None:
    told = tell("a", place=GREEN_ZONE, weapons=[rockets(3)], casualties=[killed(NONE_REPORTED)])
    assert fuse([told]).title == "Three rockets hit the Green Zone, Baghdad; no deaths reported"
    told = tell(
        "a",
        place=GREEN_ZONE,
        weapons=[rockets(1)],  # "rocket fire": no word says one
        casualties=[killed(NONE_REPORTED), harm(Outcome.INJURED, NONE_STATED)],
    )
    assert fuse([told]).title == "Rocket attack on the Green Zone, Baghdad; no casualties reported"


def test_one_is_said_where_words_say_one() -> None:
    told = tell("a", place=GREEN_ZONE, weapons=[rockets(1)])
    words = Span.of("A rocket fell.", 0, 8)
    weapons = (Claim(rockets(1), (words,)),)
    told = replace(told, report=replace(told.report, weapons=weapons))
    assert fuse([told]).title == "One rocket hits the Green Zone, Baghdad"
    many = (Claim(rockets(1), (Span.of("Rockets fell.", 0, 7), words)),)
    told = replace(told, report=replace(told.report, weapons=many))
    assert fuse([told]).title == "Rocket attack on the Green Zone, Baghdad"


def test_bounds_are_kept() -> None:
    told = tell("a", casualties=[killed((24, None, None)), harm(Outcome.INJURED, (2, None, 7))])
    assert fuse([told]).title.endswith("at least 24 killed, two to seven injured")


def test_rival_tolls_are_shown_around_the_best_one() -> None:
    told = [tell(f"a{n}", casualties=[killed(figure)]) for n, figure in enumerate((3, 3, 9))]
    assert fuse(told).title.endswith("three killed (3 to 9 reported)")
    told = [tell("a", casualties=[killed(4)]), tell("b", casualties=[killed(NONE_STATED)])]
    assert fuse(told).title.endswith("up to four killed")


def test_gunmen_are_not_named_in_a_title() -> None:
    blamed = who("two men on a motorbike", ActorRole.BLAMED, by="police")
    title = fuse([tell("a", type_=IncidentType.BOMBING, actors=[blamed])]).title
    assert title == "Bombing in Mill Quarter, Lower Valley"


def test_an_accusation_names_its_accuser() -> None:
    blamed = who("River Brigade", ActorRole.BLAMED, by="the interior ministry")
    title = fuse([tell("a", type_=IncidentType.BOMBING, actors=[blamed])]).title
    assert title == (
        "Bombing in Mill Quarter, Lower Valley; River Brigade is blamed by the interior ministry"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("the guerrillas", ""),
        ("an American", ""),
        ("the Iranian", ""),
        ("14 others", ""),
        ("A faction", ""),
        ("an Iran-backed militia", ""),
        ("Armed men", ""),
        ("The Rebels", ""),
        ("the Americans", "; the Americans are blamed by the army"),
        ("Hill Fighters Front", "; Hill Fighters Front is blamed by the army"),
    ],
)
def test_only_a_name_stands_in_a_title(name: str, words: str) -> None:
    actors = [who(name, ActorRole.BLAMED, by="The army")]
    title = fuse([tell("a", type_=IncidentType.BOMBING, actors=actors)]).title
    assert title == f"Bombing in Mill Quarter, Lower Valley{words}"


def test_a_denial_follows_its_accusation() -> None:
    blamed = who("River Brigade", ActorRole.BLAMED, by="the army")
    denied = who("River Brigade", ActorRole.DENIED)
    told = tell("a", type_=IncidentType.BOMBING, actors=[denied, blamed])
    assert fuse([told]).title.endswith("; River Brigade is blamed by the army and denies it")
    told = tell("a", type_=IncidentType.BOMBING, actors=[denied])
    assert fuse([told]).title.endswith("; River Brigade denies it")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("Karbala", PlacePrecision.SETTLEMENT, country="IQ"), "in Karbala, Iraq"),
        (
            Place("Bogotá", PlacePrecision.SETTLEMENT, country="CO", admin1="Bogota D.C."),
            "in Bogotá, Colombia",
        ),
        (
            Place("Harbour", PlacePrecision.SETTLEMENT, country="LK", admin1="Western Province"),
            "in Harbour, Sri Lanka",
        ),
        (Place("IQ", PlacePrecision.COUNTRY, country="IQ"), "in Iraq"),
        (
            Place("Kosovan Embassy, Tirana", PlacePrecision.SITE, country="AL", admin1="Tirana"),
            "at the Kosovan Embassy, Tirana",
        ),
        (Place("Camp Heron", PlacePrecision.SITE, country="IQ"), "at Camp Heron, Iraq"),
        (Place("Kuwait City", PlacePrecision.NEAR, country="KW"), "near Kuwait City"),
        (None, ", place unknown"),
    ],
)
def test_a_place_is_said_once_and_in_words(place: Place | None, words: str) -> None:
    title = fuse([tell("a", type_=IncidentType.BOMBING, place=place)]).title
    assert title == f"Bombing{'' if place is None else ' '}{words}"


def test_the_country_is_said_where_no_place_is_known() -> None:
    told = tell("a", type_=IncidentType.BOMBING, place=None)
    report = replace(told.report, places=(Claim(QUARTER, (told.report.trigger,)),))
    assert fuse([replace(told, report=report)]).title == "Bombing in Kosovo"


def test_the_name_of_a_site_tells_what_was_hit() -> None:
    camp = Place("Camp Heron", PlacePrecision.SITE, country="IQ")
    targets = [Target("the camp", TargetKind.MILITARY_BASE)]
    told = tell("a", place=camp, weapons=[Weapon(WeaponType.ROCKET)], targets=targets)
    assert fuse([told]).title == "Rocket attack on Camp Heron, Iraq"


def test_a_country_is_not_hit() -> None:
    country = Place("Iraq", PlacePrecision.COUNTRY, country="IQ")
    assert fuse([tell("a", place=country, weapons=[rockets(2)])]).title == "Rocket attack in Iraq"


def test_what_failed_is_not_told_as_done() -> None:
    told = tell(
        "a",
        type_=IncidentType.OTHER_ATTACK,
        stage=Stage.FOILED,
        place=None,
        targets=[Target("the consulate", TargetKind.DIPLOMATIC)],
    )
    assert fuse([told]).title == "Foiled attack on a diplomatic mission, place unknown"


def test_a_title_written_anew_says_what_the_values_are_now() -> None:
    told = [
        tell("a", place=GREEN_ZONE, weapons=[rockets(3)], casualties=[killed(2)]),
        tell("b", place=None, actors=[who("The Front", ActorRole.BLAMED, by="police")]),
    ]
    for cluster in (told, told[:1], told[1:]):
        assert retitle(fuse(cluster), cluster) == fuse(cluster), "nothing was set"
    incident = fuse(told)
    assert incident.killed is not None
    five = replace(incident, killed=replace(incident.killed, value=Quantity(5, 5, 5)))
    assert "five killed" in retitle(five, told).title
