"""Filters: each does what it says, and one that means nothing is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import COUNT, made
from tocsin.api.query import IncidentQuery
from tocsin.records import Incident
from tocsin.records.vocab import ActorRole, IncidentStatus

MARCH_5 = dt.date(2020, 3, 5)
ALL = [made(number) for number in range(1, COUNT + 1)]


def country(incident: Incident) -> str | None:
    return incident.place.value.country if incident.place else None


def roles(incident: Incident, name: str) -> set[ActorRole]:
    return {field.value.role for field in incident.actors if name in field.value.name.casefold()}


@pytest.mark.parametrize(
    ("question", "passes"),
    [
        ("", lambda i: True),
        ("country=fj", lambda i: country(i) == "FJ"),
        ("status=disputed", lambda i: i.status is IncidentStatus.DISPUTED),
        ("min_lineages=3", lambda i: i.corroboration.lineages >= 3),
        ("recaps=false", lambda i: not i.background_only),
        ("place=urfa", lambda i: country(i) == "TR"),
        ("actor=GREY&role=denied", lambda i: ActorRole.DENIED in roles(i, "grey")),
        ("role=denied", lambda i: ActorRole.DENIED in roles(i, "")),
        ("actor=army&role=denied", lambda i: False),
        ("weapon=rocket", lambda i: bool(i.weapons)),
        ("near=39.1,36.9,20", lambda i: country(i) == "TR"),
        ("near=-179.9,-16.8,40", lambda i: country(i) == "FJ"),
        ("polygon=38,36,40,36,40,38,38,38", lambda i: country(i) == "TR"),
        ("bbox=170,-30,-170,0", lambda i: country(i) == "FJ"),
        ("since=&until=&country=&text=", lambda i: True),
        ("since=2020-03-05", lambda i: i.date is not None and i.date.value.first_day >= MARCH_5),
        ("as_of=2000-01-01", lambda i: False),
    ],
)  # fmt: skip
def test_a_filter_lets_through_what_it_says(
    client: TestClient, question: str, passes: Callable[[Incident], bool]
) -> None:
    items = client.get(f"/api/v1/incidents?limit=200&{question}").json()["items"]
    assert {item["id"] for item in items} == {one.id for one in ALL if passes(one)}


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("since=soon", "since"),
        ("country=Turkey", "country"),
        ("type=quarrel", "type"),
        ("bbox=1,2,3", "bbox"),
        ("near=1,2,-3", "near"),
        ("polygon=1,2", "polygon"),
        ("as_of=yesterday", "as_of"),
        ("as_of=0001-01-01T00:00:00%2B14:00", "as_of"),
        ("limit=0", "limit"),
        ("limit=100000", "limit"),
        ("order=sideways", "order"),
        ("sincee=2020-01-01", "sincee"),
        ("cursor=%00", "cursor"),
    ],
)
def test_a_filter_that_means_nothing_is_named(
    client: TestClient, question: str, field: str
) -> None:
    answer = client.get(f"/api/v1/incidents?{question}")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == ("bad_parameter", field)
    assert error["message"]


def test_two_areas_at_once_are_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/incidents?near=1,2,3&bbox=1,2,3,4")
    assert answer.status_code == 422
    assert "only one of" in answer.json()["error"]["message"]


@given(
    st.builds(
        IncidentQuery,
        since=st.none() | st.dates(),
        status=st.none() | st.sampled_from(IncidentStatus),
        text=st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9),
        min_lineages=st.integers(0, 9),
        recaps=st.booleans(),
    )
)
def test_the_question_written_as_an_address_is_the_question(query: IncidentQuery) -> None:
    from urllib.parse import parse_qsl

    address = query.query_string().removeprefix("?")
    read = IncidentQuery.model_validate(dict(parse_qsl(address, keep_blank_values=True)))
    assert read == query
    assert read.question() == query.question()
