"""Titles come from fused values, with their hedges."""

from __future__ import annotations

from dataclasses import replace

from tests.fuse.factory import NONE_REPORTED, NONE_STATED, QUARTER, Figure, harm, killed, tell, who

from tocsin.fuse import fuse
from tocsin.records import Place, Quantity, Target, Weapon
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
        weapons=[rockets(1)],
        casualties=[killed(NONE_REPORTED), harm(Outcome.INJURED, NONE_STATED)],
    )
    assert fuse([told]).title == "One rocket hits the Green Zone, Baghdad; no casualties reported"


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
