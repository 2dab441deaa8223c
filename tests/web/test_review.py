"""The review queue and its actions, as a person without scripts would use them."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.desk.factory import BOMB, arrive, bombing, incident_of
from tests.web.conftest import COURIER, ORIGIN, SETTINGS, board_of, desk_of
from tests.web.test_pages import only_incident, text_of
from tocsin.store import open_store
from tocsin.web.forms import local_address

BLAST = "A blast shook the river district late in the day."
FROM_HERE = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


def fields_of(page: str, act: str, action: str = "/review/decide") -> dict[str, list[str]]:
    """What the form with the button `act` would post, nothing ticked."""
    for form in re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL):
        if f'action="{action}"' in form and f'value="{act}"' in form:
            found: dict[str, list[str]] = {"act": [act]}
            for tag in re.findall(r"<input[^>]*>", form):
                name = re.search(r'name="([^"]*)"', tag)
                value = re.search(r'value="([^"]*)"', tag)
                if name and 'type="checkbox"' not in tag:
                    given = html.unescape(value[1]) if value else ""
                    found.setdefault(name[1], []).append(given)
            return found
    raise AssertionError(f"no form of the page does {act}")


def decide(board: TestClient, fields: dict[str, Any], headers: Any = None) -> Any:
    return board.post(
        "/review/decide", data=fields, headers=headers or FROM_HERE, follow_redirects=False
    )


def done(board: TestClient, answer: Any) -> str:
    """The page that a decision leads to."""
    assert answer.status_code == 303, answer.text
    page: str = board.get(answer.headers["location"]).text
    return page


@pytest.fixture
def board(tmp_path: Path, read_record: Path) -> Iterator[TestClient]:
    """Two articles on one attack that disagree on the dead; here it can be decided on."""
    path = tmp_path / "review.db"
    shutil.copy(read_record, path)
    with ExitStack() as stack:
        yield board_of(path, stack, desk_of(path))


@pytest.fixture
def alike(tmp_path: Path) -> Iterator[tuple[TestClient, str, str]]:
    """Two incidents in the review band: one town and day, told in other words, with other dead."""
    path = tmp_path / "alike.db"
    one, other = bombing("ledger"), bombing("courier", text=BLAST, killed=9, weapons=[])
    with open_store(str(path), SETTINGS) as store:
        arrive(store, one, other)
        ids = incident_of(store, one).id, incident_of(store, other).id
    with ExitStack() as stack:
        yield board_of(path, stack, desk_of(path)), *ids


def test_an_alike_pair_is_shown_side_by_side_and_kept_apart(
    alike: tuple[TestClient, str, str],
) -> None:
    board, one, other = alike
    assert one != other
    page = board.get("/review").text
    words = text_of(page)
    assert "Do these two tell one incident?" in words
    assert page.count('class="pane"') == 2
    assert BOMB in words
    assert BLAST in words
    assert '<mark class="slot-' in page
    after = done(board, decide(board, fields_of(page, "keep_apart") | {"reason": ["two markets"]}))
    assert re.search(r"Decided: keep apart “[^”]+” “[^”]+”, by local: two markets", text_of(after))
    assert "Nothing of this kind waits" in text_of(after)
    back = done(board, decide(board, fields_of(after, "undo")))
    assert "Do these two tell one incident?" in text_of(back)


def test_an_alike_pair_is_merged(alike: tuple[TestClient, str, str]) -> None:
    board, one, other = alike
    fields = fields_of(board.get("/review").text, "merge") | {"reviewer": ["ana"]}
    answer = decide(board, fields)
    assert parse_qs(urlsplit(answer.headers["location"]).query)["by"] == ["ana"]
    after = done(board, answer)
    assert "by ana" in text_of(after)
    found = board.get("/api/v1/incidents").json()["items"]
    assert len(found) == 1
    assert {one, other} >= {found[0]["id"]}


def test_a_dispute_is_confirmed_or_a_value_set(board: TestClient) -> None:
    id_ = only_incident(board)
    page = board.get("/review?kind=dispute").text
    assert "Accounts exclude each other" in text_of(page)
    assert "killed: 3 or at least 5" in text_of(page)
    assert f"/incidents/{id_}/edit?field=killed" in page
    after = done(board, decide(board, fields_of(page, "confirm")))
    assert "Nothing of this kind waits" in text_of(after)
    assert board.get(f"/api/v1/incidents/{id_}").json()["reviewed"] is True


def test_words_shown_for_a_value_become_its_evidence(board: TestClient) -> None:
    id_ = only_incident(board)
    quote = "At least five people"
    asked = {"field": "killed", "article": "courier", "start": "20", "quote": quote}
    page = board.get(f"/incidents/{id_}/edit", params=asked).text
    assert "are read as at least 5" in text_of(page)
    after = done(board, decide(board, fields_of(page, "edit")))
    assert "Decided: edit" in text_of(after)
    assert quote in text_of(after)
    killed = board.get(f"/api/v1/incidents/{id_}").json()["killed"]
    (evidence,) = killed["evidence"]
    assert COURIER[evidence["start"] : evidence["end"]] == quote
    assert killed["value"] == {**killed["value"], "min": 5, "best": None}
    undone = done(board, decide(board, fields_of(after, "undo")))
    assert "undone" not in text_of(board.get(f"/incidents/{id_}").text).split("History")[0]
    assert undone


def test_a_value_is_typed_where_words_tell_none(board: TestClient) -> None:
    id_ = only_incident(board)
    asked = {"field": "place", "article": "courier", "start": "0", "quote": "hospital official"}
    page = board.get(f"/incidents/{id_}/edit", params=asked).text
    assert "do not tell it by themselves" in text_of(page)
    fields = fields_of(page, "edit")
    refused = decide(board, fields | {"value": ["Nosuchtownanywhere"]})
    assert refused.status_code == 422
    assert "Nosuchtownanywhere" in text_of(refused.text)
    done(board, decide(board, fields | {"value": ["Mosul"]}))
    place = board.get(f"/api/v1/incidents/{id_}").json()["place"]["value"]
    assert place["name"] == "Mosul"


def test_reports_are_split_off(board: TestClient) -> None:
    id_ = only_incident(board)
    fields = fields_of(board.get(f"/incidents/{id_}").text, "split")
    assert decide(board, fields).status_code == 422
    done(board, decide(board, fields | {"member": ["courier"]}))
    assert len(board.get("/api/v1/incidents").json()["items"]) == 2


@pytest.mark.parametrize(
    ("headers", "changes"),
    [
        ({"Origin": "https://elsewhere.example"}, {}),
        ({"Origin": "null"}, {}),
        ({"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}, {}),
        ({"Origin": ORIGIN}, {"token": ["0" * 64]}),
        ({"Origin": ORIGIN}, {"token": []}),
        ({"X-Program": "curl"}, {"token": ["é"]}),
    ],
)
def test_a_form_elsewhere_decides_nothing(
    board: TestClient, headers: dict[str, str], changes: dict[str, Any]
) -> None:
    id_ = only_incident(board)
    fields = fields_of(board.get(f"/incidents/{id_}").text, "reject")
    answer = decide(board, fields | changes, headers)
    assert answer.status_code == 403
    assert board.get("/api/v1/decisions").json()["items"] == []


def test_what_is_no_form_is_refused(board: TestClient) -> None:
    answer = board.post("/review/decide", json={"act": "reject"}, headers=FROM_HERE)
    assert answer.status_code == 415
    many = "&".join(f"a{number}=1" for number in range(400))
    typed = {**FROM_HERE, "Content-Type": "application/x-www-form-urlencoded"}
    assert board.post("/review/decide", content=many, headers=typed).status_code == 422
    assert board.post("/review/decide", content=b"\xff=%ff", headers=typed).status_code == 422


def test_a_board_without_a_desk_offers_no_action(tmp_path: Path, read_record: Path) -> None:
    with ExitStack() as stack:
        board = board_of(read_record, stack)
        for address in ("/review", f"/incidents/{only_incident(board)}"):
            page = board.get(address).text
            assert "/review/decide" not in page
            assert 'name="token"' not in page
        assert decide(board, {"act": ["reject"]}).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["//elsewhere.example/x", "https://elsewhere.example", "/\\elsewhere.example", "javascript:1"],
)
def test_no_form_leads_elsewhere(address: str) -> None:
    assert local_address(address, done="dec_1") == "/review?done=dec_1"
    assert local_address("/incidents/inc_1?done=x#words", done=None) == "/incidents/inc_1#words"


MANY = "/review/many"
HELD = re.compile("in ana ?’s hands")


def many(board: TestClient, page: str, act: str, items: list[str], **more: str) -> Any:
    """Post the form of the items ticked."""
    fields: dict[str, Any] = fields_of(page, act, MANY) | {"item": items} | more
    return board.post(MANY, data=fields, headers=FROM_HERE, follow_redirects=False)


@pytest.fixture
def doubtful(tmp_path: Path) -> Iterator[tuple[TestClient, list[str]]]:
    """Three incidents of which little is sure, far from each other; the keys of their items."""
    path = tmp_path / "doubtful.db"
    towns = ("Kirkuk", "Mosul", "Maiduguri")
    sure = [bombing(town.lower(), town=town) for town in towns]
    told = [replace(one, report=replace(one.report, confidence=0.3)) for one in sure]
    with open_store(str(path), SETTINGS) as store:
        arrive(store, *told)
        keys = [f"doubt:{incident_of(store, one).id}" for one in told]
    with ExitStack() as stack:
        yield board_of(path, stack, desk_of(path)), keys


def test_items_ticked_are_answered_alike_and_undone_in_one_go(
    doubtful: tuple[TestClient, list[str]],
) -> None:
    board, keys = doubtful
    page = board.get("/review?kind=doubt").text
    assert all(f'value="{key}"' in page for key in keys)
    after = done(board, many(board, page, "confirm", keys[:2], reason="read them"))
    assert "and 1 more in one go" in text_of(after)
    found = {one["id"]: bool(one.get("reviewed")) for one in incidents_of(board)}
    assert [found[key.partition(":")[2]] for key in keys] == [True, True, False]
    log = board.get("/api/v1/decisions").json()["items"]
    assert {line["at"] for line in log} == {log[0]["at"]}
    back = done(board, decide(board, fields_of(after, "undo_together")))
    assert not any(one.get("reviewed") for one in incidents_of(board))
    # and the undoing itself is undone in one go
    done(board, decide(board, fields_of(back, "undo_together")))
    assert sum(bool(one.get("reviewed")) for one in incidents_of(board)) == 2


def incidents_of(board: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = board.get("/api/v1/incidents").json()["items"]
    return found


def test_where_one_item_cannot_be_answered_so_none_is(
    doubtful: tuple[TestClient, list[str]],
) -> None:
    board, keys = doubtful
    page = board.get("/review?kind=doubt").text
    for items in ([keys[0], "doubt:inc_none"], [keys[0], "pair:a"], [], ["doubt"] * 101):
        assert many(board, page, "confirm", items).status_code in {404, 422}
    fields = fields_of(page, "confirm", MANY) | {"act": "merge", "item": keys[:1]}
    assert board.post(MANY, data=fields, headers=FROM_HERE).status_code == 422
    assert board.get("/api/v1/decisions").json()["items"] == []


def test_items_are_taken_handed_over_and_let_go(doubtful: tuple[TestClient, list[str]]) -> None:
    board, keys = doubtful
    page = board.get("/review?kind=doubt&by=ana").text
    after = done(board, many(board, page, "take", keys[:2], reviewer="ana"))
    assert len(HELD.findall(text_of(after))) == 2
    mine = board.get("/review?kind=doubt&by=ana&whose=mine").text
    assert [key in mine for key in keys] == [True, True, False]
    free = board.get("/review?kind=doubt&by=ana&whose=free").text
    assert [f'value="{key}"' in free for key in keys] == [False, False, True]
    done(board, many(board, page, "hand", keys[:1], reviewer="ana", to="ben"))
    held = {one["key"]: one["assigned"] for one in board.get("/api/v1/queue").json()["items"]}
    assert (held[keys[0]]["reviewer"], held[keys[1]]["reviewer"]) == ("ben", "ana")
    assert held[keys[2]] is None
    done(board, many(board, page, "release", keys, reviewer="ana"))
    assert not any(one["assigned"] for one in board.get("/api/v1/queue").json()["items"])
    assert many(board, page, "hand", keys[:1], reviewer="ana").status_code == 422


def test_an_item_comes_back_to_the_hands_it_was_in(doubtful: tuple[TestClient, list[str]]) -> None:
    board, keys = doubtful
    page = board.get("/review?kind=doubt").text
    many(board, page, "take", keys[:1], reviewer="ana")
    after = done(board, many(board, page, "reject", keys[:1]))
    assert not HELD.search(text_of(after))
    assert HELD.search(text_of(done(board, decide(board, fields_of(after, "undo")))))


def test_a_page_of_another_server_moves_nothing(doubtful: tuple[TestClient, list[str]]) -> None:
    board, keys = doubtful
    fields = {"item": keys, "act": "take", "token": "0" * 64}
    assert board.post(MANY, data=fields, headers=FROM_HERE).status_code == 403


def test_agreement_is_shown_once_two_judged_one_thing(
    doubtful: tuple[TestClient, list[str]],
) -> None:
    board, keys = doubtful
    assert "No two people have judged the same thing yet" in board.get("/review/agreement").text
    page = board.get("/review?kind=doubt").text
    many(board, page, "confirm", keys, reviewer="ana")
    for key in keys:
        body = {"kind": "confirm", "incident": key.partition(":")[2], "reviewer": "ben"}
        assert board.post("/api/v1/decisions", json=body, headers=FROM_HERE).status_code == 201
    words = text_of(board.get("/review/agreement").text)
    assert "Is the incident right?" in words
    assert "ana and ben" in words
    (told,) = board.get("/api/v1/agreement").json()["items"]
    assert (told["question"], told["things"], told["share"]) == ("happened", 3, 1.0)
