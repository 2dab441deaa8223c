"""The pages and routes of alert rules: shown, tried on the past, changed, taken out."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.desk.factory import arrive, bombing
from tests.web.conftest import ORIGIN, SETTINGS
from tests.web.test_pages import text_of
from tests.web.test_review import FROM_HERE
from tocsin.alert import RulesFile
from tocsin.api import ReviewDesk, StorePool
from tocsin.config import Settings
from tocsin.store import open_store, system_clock
from tocsin.web import create_board

RULES = """[rules.deadly]
countries = ["IQ"]
killed = { min = 3 }
send_to = ["feed"]

[receivers.feed]
kind = "atom"
folder = "feeds"

[receivers.pager]
kind = "command"
command = ["page-me"]
"""


@pytest.fixture
def file(tmp_path: Path) -> RulesFile:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return RulesFile(path)


@pytest.fixture
def board(tmp_path: Path, file: RulesFile) -> Iterator[TestClient]:
    """A board over one incident of today, with a file of rules."""
    path = str(tmp_path / "record.db")
    with open_store(path, SETTINGS) as store:
        arrive(store, bombing("ledger"))
    with ExitStack() as stack:
        pool = StorePool(lambda: open_store(path, SETTINGS, read_only=True), size=2)
        stack.callback(pool.close)
        desk = ReviewDesk(lambda: open_store(path, SETTINGS), Settings(), system_clock)
        app = create_board(pool, desk, rules=file)
        yield stack.enter_context(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False))


def posted(board: TestClient, address: str, act: str, **changes: Any) -> Any:
    """Post the form of a page as it stands, some fields changed."""
    page = board.get(address).text
    (form,) = re.findall(r'<form method="post" action="/alerts.*?</form>', page, re.DOTALL)
    fields: dict[str, Any] = {"act": act}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("checkbox" not in tag or " checked" in tag):
            given = html.unescape(value[1]) if value else ""
            fields.setdefault(name[1], []).append(given)
    return board.post(address, data=fields | changes, headers=FROM_HERE, follow_redirects=False)


def test_rules_are_listed_in_words(board: TestClient) -> None:
    words = text_of(board.get("/alerts").text)
    for expected in ("deadly", "countries IQ", "killed min 3", "feed"):
        assert expected in words, expected
    (told,) = board.get("/api/v1/alert-rules").json()["items"]
    assert told == {
        "name": "deadly", "countries": ["IQ"], "killed": {"min": 3}, "send_to": ["feed"]
    }  # fmt: skip


def test_a_form_saved_as_it_is_changes_nothing(board: TestClient, file: RulesFile) -> None:
    before = file.load()
    assert posted(board, "/alerts/deadly", "save").status_code == 303
    assert file.load() == before


def test_a_rule_is_tried_on_the_past_and_nothing_is_kept(
    board: TestClient, file: RulesFile
) -> None:
    before = file.path.read_text(encoding="utf-8")
    found = posted(board, "/alerts/deadly", "preview")
    assert found.status_code == 200
    assert "1 alert since" in text_of(found.text)
    assert "first report" in text_of(found.text)
    none = posted(board, "/alerts/deadly", "preview", killed_min="50")
    assert "0 alerts since" in text_of(none.text)
    # what was typed is still in the form
    assert 'name="killed_min"' in none.text
    assert 'value="50"' in none.text
    assert file.path.read_text(encoding="utf-8") == before
    assert board.get("/api/v1/alerts").json()["items"] == []


def test_a_rule_is_made_changed_and_taken_out(board: TestClient, file: RulesFile) -> None:
    new = {"name": "denials", "on": ["denial_issued"], "near": "35.5, 44.4, 80", "watch": ""}
    assert posted(board, "/alerts/new", "save", **new).status_code == 303
    rule = file.load().rules["denials"]
    assert [kind.value for kind in rule.on] == ["denial_issued"]
    assert rule.near is not None
    assert rule.near.radius_km == 80
    answer = posted(board, "/alerts/denials", "save", countries="sy, iq", send_to=["pager"])
    assert answer.status_code == 303
    rule = file.load().rules["denials"]
    assert (rule.countries, rule.send_to) == (("SY", "IQ"), ("pager",))
    assert posted(board, "/alerts/denials", "remove").status_code == 303
    assert list(file.load().rules) == ["deadly"]
    assert board.get("/alerts/denials").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"countries": "Iraq"}, "countries"),
        ({"killed_min": "many"}, "killed"),
        ({"near": "35"}, "near"),
        ({"send_to": ["nobody"]}, "send_to"),
        ({"on": []}, "on"),
    ],
)
def test_a_fault_is_named_and_the_file_stays(
    board: TestClient, file: RulesFile, changes: dict[str, Any], field: str
) -> None:
    answer = posted(board, "/alerts/deadly", "save", **changes)
    assert answer.status_code == 422
    assert f"rules.deadly.{field}" in answer.text
    assert str(file.path.parent) not in answer.text
    assert file.path.read_text(encoding="utf-8") == RULES


def test_receivers_cannot_be_changed(board: TestClient, file: RulesFile) -> None:
    body = {"receivers": {"pager": {"kind": "command", "command": ["evil"]}}}
    answer = board.put("/api/v1/alert-rules/deadly", json=body, headers=FROM_HERE)
    assert answer.status_code == 422
    answer = board.put("/api/v1/alert-rules/x%5D%0A%5Breceivers.y", json={}, headers=FROM_HERE)
    assert answer.status_code == 422
    assert file.path.read_text(encoding="utf-8") == RULES


def test_programs_try_and_change_rules_too(board: TestClient, file: RulesFile) -> None:
    address = "/api/v1/alert-rules/all"
    tried = board.post(f"{address}/preview", json={}, headers=FROM_HERE).json()
    assert [one["rule"] for one in tried["items"]] == ["all"]
    assert tried["is_cut"] is False
    assert dt.datetime.fromisoformat(tried["since"]) < dt.datetime.now(dt.UTC)
    assert board.put(address, json={"recaps": True}, headers=FROM_HERE).status_code == 200
    assert file.load().rules["all"].recaps
    assert board.delete(address, headers=FROM_HERE).status_code == 200
    assert board.delete(address, headers=FROM_HERE).status_code == 422


def test_a_form_of_another_page_changes_nothing(board: TestClient, file: RulesFile) -> None:
    answer = board.post("/alerts/deadly", data={"act": "remove"}, headers=FROM_HERE)
    assert answer.status_code == 403
    assert file.path.read_text(encoding="utf-8") == RULES


def test_a_board_without_rules_says_how_to_have_some(empty_board: TestClient) -> None:
    assert "tocsin serve --alerts" in empty_board.get("/alerts").text
    assert empty_board.get("/alerts/new").status_code == 404
    assert empty_board.get("/api/v1/alert-rules").status_code == 404
