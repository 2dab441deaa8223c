"""Cursors go round unharmed, and fit only their own question; pages make the whole."""

from __future__ import annotations

import datetime as dt
import json
from base64 import urlsafe_b64encode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tocsin.api.errors import BadParameter
from tocsin.api.paging import id_cursor, id_of, position_cursor, position_of, question_mark
from tocsin.store import ListPosition

QUESTIONS = (
    "",
    "status=disputed",
    "country=tr",
    "min_lineages=2",
    "since=2020-03-03&until=2020-03-05",
    "recaps=false",
    "role=denied&actor=grey",
    "weapon=rocket",
    "near=179.9,-16.8,30",
    "bbox=179,-20,-179,0",
    "text=harran",
)


@given(st.none() | st.dates(), st.text(st.characters(exclude_categories=["Cs"])), st.text())
def test_a_position_comes_back(day: dt.date | None, id_: str, question: str) -> None:
    position = ListPosition(day, id_)
    assert position_of(position_cursor(position, question), question) == position


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_id_comes_back(id_: str) -> None:
    assert id_of(id_cursor(id_, "articles"), "articles") == id_


@given(st.text())
def test_no_text_breaks_a_cursor(text: str) -> None:
    with pytest.raises(BadParameter):
        position_of(text, "anything")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_no_json_breaks_a_cursor(value: object) -> None:
    packed = json.dumps([question_mark("q"), value, value]).encode()
    cursor = urlsafe_b64encode(packed).decode()
    try:
        position_of(cursor, "q")
    except BadParameter:
        return
    assert isinstance(value, str)


def test_half_a_character_is_no_id() -> None:
    packed = f'["{question_mark("q")}",null,"\\ud800"]'.encode()
    with pytest.raises(BadParameter):
        position_of(urlsafe_b64encode(packed).decode(), "q")


def test_a_cursor_of_another_question_is_refused() -> None:
    cursor = position_cursor(ListPosition(None, "inc_1"), "one")
    with pytest.raises(BadParameter, match="another question"):
        position_of(cursor, "other")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_of_any_size_make_the_whole(client: TestClient, question: str, order: str) -> None:
    address = f"/api/v1/incidents?order={order}&{question}"
    whole = client.get(f"{address}&limit=200").json()
    ids = [item["id"] for item in whole["items"]]
    assert ids
    assert whole["next"] is None
    for limit in (1, 2, 3, 5, 7):
        found: list[str] = []
        cursor = ""
        while True:
            answer = client.get(f"{address}&limit={limit}{cursor}")
            assert answer.status_code == 200, answer.text
            page = answer.json()
            assert len(page["items"]) <= limit
            found += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert found == ids


def test_articles_come_in_pages(client: TestClient) -> None:
    found: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"/api/v1/articles?limit=5{cursor}").json()
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == [f"art_{number:04}" for number in range(1, 13)]
