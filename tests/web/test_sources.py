"""Who told what where, who is silent, and what each reprint made of a text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.desk.factory import arrive, bombing, incident_of
from tests.web.conftest import SETTINGS, board_of
from tests.web.test_pages import text_of
from tocsin.api.coverage import SILENT_FROM, coverage
from tocsin.config import Settings
from tocsin.desk import settle
from tocsin.store import open_store

IRAQ = [bombing(f"iraq{day}", day=day, outlet="The Ledger") for day in (3, 9, 15)]
NIGERIA = bombing("nigeria", town="Maiduguri", outlet="The Herald")
COPY = bombing("copy", day=15, outlet="The Herald <b>")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "sources.db"
    with open_store(str(made), SETTINGS) as store:
        arrive(store, *IRAQ, NIGERIA, COPY)
        store.join_lineages(["iraq15", "copy"])
        settle(store, Settings())
    return made


@pytest.fixture
def board(path: Path) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield board_of(path, stack)


def test_an_outlet_is_silent_where_much_happened_and_it_told_none(path: Path) -> None:
    with open_store(str(path), SETTINGS, create=False, read_only=True) as store:
        found = coverage(store)
    assert found.looked_through == 4
    assert found.countries == (("IQ", SILENT_FROM), ("NG", 1))
    told = {one.outlet: one.told for one in found.outlets}
    assert told == {"The Ledger": (3, 0), "The Herald": (0, 1), "The Herald <b>": (1, 0)}
    silent = {
        (one.outlet, found.countries[at][0])
        for one in found.outlets
        for at in range(len(found.countries))
        if found.is_silent(one, at)
    }
    assert silent == {("The Herald", "IQ")}
    (reprinted,) = found.reprinted
    assert reprinted.article_ids == ("copy", "iraq15")


def test_the_page_and_the_api_say_so(board: TestClient) -> None:
    page = board.get("/sources").text
    assert "Who told what where" in page
    assert "2 articles of one origin" in text_of(page)
    assert "The Herald &lt;b&gt;" in page
    assert "<b>" not in page
    body = board.get("/api/v1/sources/coverage").json()
    (herald,) = (one for one in body["outlets"] if one["outlet"] == "The Herald")
    assert herald == {"outlet": "The Herald", "told": {"IQ": 0, "NG": 1}, "silent": ["IQ"]}


def test_an_incident_leads_to_its_origins(board: TestClient, path: Path) -> None:
    with open_store(str(path), SETTINGS, create=False, read_only=True) as store:
        id_ = incident_of(store, COPY).id
    assert f"/incidents/{id_}/lineage" in board.get(f"/incidents/{id_}").text
    words = text_of(board.get(f"/incidents/{id_}/lineage").text)
    assert "Origin 1 2 texts" in words
    assert "copy of [1]" in words
    assert board.get("/incidents/inc_none/lineage").status_code == 404
