"""What the board and the API make of review: rejected incidents, decisions, differences."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.store.factory import incident
from tests.web.conftest import SETTINGS, board_of
from tests.web.test_pages import only_incident, text_of
from tocsin.config import Settings
from tocsin.desk import By, carry_out, reject, undo
from tocsin.records import Conflict, ConflictSide, Evidence, Incident, Report, Span
from tocsin.records.vocab import ConflictVerdict
from tocsin.store import open_store

REASON = "an exercise <b>of ours</b>"
NOON = dt.datetime(2021, 3, 12, 12, tzinfo=dt.UTC)
LISTS = ("incidents", "incidents/points", "incidents/histogram", "exports/incidents.jsonl")


@pytest.fixture
def rejected(tmp_path: Path, read_record: Path) -> Iterator[tuple[Path, str, TestClient]]:
    """The store, the incident and the board where a person said that it is none."""
    path = tmp_path / "reviewed.db"
    shutil.copy(read_record, path)
    with open_store(str(path), SETTINGS) as store:
        (stored,) = store.incidents()
        decision = reject(store, stored.incident, By("ana", NOON, REASON))
        carry_out(store, Settings(), decision)
    with ExitStack() as stack:
        yield path, stored.incident.id, board_of(path, stack)


def test_rejected_incidents_are_in_no_list_unless_asked_for(
    rejected: tuple[Path, str, TestClient],
) -> None:
    _, id_, board = rejected
    assert "0 incidents" in text_of(board.get("/").text)
    assert id_ not in board.get("/search?q=Kirkuk").text
    for part in LISTS:
        assert id_ not in board.get(f"/api/v1/{part}").text, part
    assert board.get("/api/v1/incidents/histogram").json()["total"] == 0
    asked = board.get("/?status=rejected").text
    assert id_ in asked
    assert "1 incident" in text_of(asked)
    assert id_ in board.get("/api/v1/incidents?status=rejected").text


def test_a_rejected_incident_says_who_rejected_it_and_why(
    rejected: tuple[Path, str, TestClient],
) -> None:
    _, id_, board = rejected
    page = board.get(f"/incidents/{id_}").text
    words = text_of(page)
    assert '<span class="badge">rejected</span>' in page
    said = f"reject {id_}, by ana: {REASON}"
    assert f"Decided by review {said}" in words
    assert f"because of {said}" in words
    assert "<b>of ours" not in page
    assert '<span class="badge">rejected</span>' in board.get("/articles/ledger").text


def test_the_api_tells_decisions_as_the_log_does(rejected: tuple[Path, str, TestClient]) -> None:
    path, id_, board = rejected
    (row,) = board.get("/api/v1/decisions").json()["items"]
    assert (row["kind"], row["inputs"], row["in_force"]) == ("reject", [id_], True)
    history = board.get(f"/api/v1/incidents/{id_}/history").json()["items"]
    assert [step["decisions"] for step in history] == [[], [row["id"]]]
    with open_store(str(path), SETTINGS) as store:
        (decision,) = store.decisions()
        carry_out(store, Settings(), undo(store, decision, By("ana", NOON + dt.timedelta(hours=1))))
    items = board.get("/api/v1/decisions").json()["items"]
    assert [item["in_force"] for item in items] == [False, False]
    assert only_incident(board) == id_


def differing(number: int, *reports: Report, **changes: Any) -> Incident:
    """An incident with a dispute, differences that are none, and one its values show already."""
    first = reports[0]
    known = (Evidence(first.article_id, first.trigger),)
    sentence = first.sentences[0]
    doubt = (
        Evidence(first.article_id, Span(sentence.start, sentence.start + 2, sentence.text[:2])),
    )

    def conflict(field: str, verdict: ConflictVerdict, *values: str) -> Conflict:
        sides = (ConflictSide(value, (first.id,), known) for value in values[:-1])
        last = ConflictSide(values[-1], (first.id,), doubt)
        return Conflict(field, (*sides, last), verdict)

    conflicts = (
        conflict("place", ConflictVerdict.PRECISION, "Harran", "the province"),
        conflict("weapon_count:rocket", ConflictVerdict.CERTAINTY, "asserted", "not clear"),
        conflict("killed", ConflictVerdict.OPEN, "3", "5+"),
        conflict("statements", ConflictVerdict.WORDING, "denied it", "rejected it"),
    )
    return incident(number, *reports, conflicts=conflicts, **changes)


def test_only_what_excludes_each_other_is_shown_as_a_dispute(
    board_with: Callable[..., TestClient],
) -> None:
    page = board_with(differing).get("/incidents/inc_0001").text
    assert page.index("<h2>In dispute</h2>") < page.index("<h2>Where accounts differ</h2>")
    disputes, explained = page.split("<h2>In dispute</h2>")[1].split("<h2>Where accounts differ")
    assert re.findall(r'class="conflict[^"]*" id="([^"]+)"', disputes) == ["conflict-1"]
    assert "killed unresolved" in text_of(disputes)
    assert "at least 5" in text_of(disputes)
    told = text_of(explained.split("</section>")[0])
    assert "weapon count one is surer than the other" in told
    assert "statements two words for one thing" in told
    assert "the province" not in told
    assert "conflict open" not in explained


def test_words_of_a_doubt_lead_back_to_the_conflict(board_with: Callable[..., TestClient]) -> None:
    board = board_with(differing)
    page = board.get("/incidents/inc_0001").text
    shown = set(re.findall(r'\sid="(conflict-\d+)"', page))
    assert shown == {"conflict-1", "conflict-2", "conflict-3"}
    marks = [
        mark
        for item in board.get("/api/v1/incidents/inc_0001/evidence").json()["items"]
        for mark in item["marks"]
        if mark["slot"] == "conflict"
    ]
    assert {mark["field"] for mark in marks} == shown
    assert "weapon count: not clear" in {mark["value"] for mark in marks}


def test_a_tie_to_a_tally_leads_to_its_words(board: TestClient) -> None:
    id_ = only_incident(board)
    page = board.get(f"/incidents/{id_}").text
    found = re.search(r'<li id="relation-1"[^>]*>(.*?)</li>', page, re.DOTALL)
    assert found is not None
    assert text_of(found[1]).strip().startswith("in tally the third attack")
    (tie,) = board.get(f"/api/v1/incidents/{id_}/relations").json()["items"]
    assert (tie["kind"], tie["title"]) == ("in_tally", None)
    assert f"/incidents/{tie['to']}" not in page
