"""Which incidents pass a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.alert.factory import actor, alerting, happening, killed, origins, place
from tocsin.alert.matching import matchers
from tocsin.alert.rules import Alerting
from tocsin.records import Incident
from tocsin.records.vocab import ActorRole, IncidentStatus


def passes(incident: Incident | None, **rule: Any) -> bool:
    return matchers(alerting(rule=rule))["all"].passes(incident)


HERE = replace(happening(), place=place())


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"countries": ["TR", "IQ"]},
        {"places": ["harran"]},
        {"bbox": [38, 36, 40, 38]},
        {"near": {"lat": 36.5, "lon": 39, "radius_km": 60}},
        {"types": ["indirect_fire"]},
        {"statuses": ["unconfirmed"]},
        {"killed": {"min": 3}},
        {"killed": {"max": 3}},
        {"min_origins": 1},
    ],
)
def test_an_incident_passes(rule: dict[str, Any]) -> None:
    assert passes(HERE, **rule)


@pytest.mark.parametrize(
    "rule",
    [
        {"countries": ["IQ"]},
        {"places": ["Mosul"]},
        {"bbox": [40, 36, 41, 38]},
        {"near": {"lat": 36.5, "lon": 39, "radius_km": 40}},
        {"types": ["bombing"]},
        {"statuses": ["corroborated"]},
        {"killed": {"min": 4}},
        {"injured": {"min": 0}},
        {"min_origins": 2},
        {"actors": ["Northern Front"]},
    ],
)
def test_one_condition_that_fails_is_enough(rule: dict[str, Any]) -> None:
    assert not passes(HERE, **rule)


def test_nothing_passes_nothing() -> None:
    assert not passes(None)


def test_an_unplaced_incident_is_nowhere() -> None:
    nowhere = replace(HERE, place=None)
    assert not passes(nowhere, countries=["TR"])
    assert not passes(nowhere, bbox=[-180, -90, 180, 90])
    assert not passes(nowhere, places=["Harran"])


def test_a_box_over_the_180th_meridian() -> None:
    fiji = replace(HERE, place=place(lat=-17, lon=179))
    assert passes(fiji, bbox=[170, -20, -170, -10])
    assert not passes(HERE, bbox=[170, 30, -170, 40])


def test_an_actor_is_found_under_any_of_its_names() -> None:
    told = replace(HERE, actors=(actor("ISIS", ActorRole.CLAIMED),))
    known = replace(told.actors[0].value, canonical_id="isis")
    told = replace(told, actors=(replace(told.actors[0], value=known),))
    assert passes(told, actors=["Islamic State"])
    assert passes(
        replace(HERE, actors=(actor("Red Lions", ActorRole.BLAMED),)), actors=["red lions"]
    )


def test_a_victim_is_not_the_actor_that_is_watched() -> None:
    hit = replace(HERE, actors=(actor("Red Lions", ActorRole.VICTIM),))
    assert not passes(hit, actors=["Red Lions"])


def test_of_a_watch_list_one_name_is_enough() -> None:
    def on(**watched: Any) -> bool:
        values = {"rules": {"all": {"watch": ["mine"]}}, "watch_lists": {"mine": watched}}
        return matchers(Alerting.model_validate(values))["all"].passes(HERE)

    assert on(actors=["Red Lions"], places=["Harran"])
    assert not on(actors=["Red Lions"], places=["Mosul"])
    assert not on()


@hypothesis_settings(deadline=None)
@given(
    dead=st.integers(0, 50),
    low=st.integers(0, 50),
    count=st.integers(0, 4),
    least=st.integers(0, 4),
    status=st.sampled_from(IncidentStatus),
)
def test_a_further_condition_never_lets_more_pass(
    dead: int, low: int, count: int, least: int, status: IncidentStatus
) -> None:
    incident = happening(killed=killed(dead), corroboration=origins(count), status=status)
    both = passes(incident, killed={"min": low}, min_origins=least)
    assert both == (passes(incident, killed={"min": low}) and passes(incident, min_origins=least))
