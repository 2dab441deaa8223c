"""Decisions by the API: each act, what is refused, and that nothing is ever taken out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.desk.factory import BOMB, arrive, bombing, incident_of
from tests.store.factory import SteppingClock
from tocsin.api import ReviewDesk, StorePool, create_api
from tocsin.api.access import admitted
from tocsin.api.doorkeeper import Asker
from tocsin.config import Settings
from tocsin.records import Role
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings

SETTINGS = StoreSettings()
ALIKE = bombing("ledger"), bombing("courier", town="Kirkuk")


class Desk:
    """A store with two incidents, asked by a program."""

    def __init__(self, path: Path, stack: ExitStack, asker: Asker | None = None) -> None:
        self.path = path

        def writer() -> Store:
            return open_store(str(path), SETTINGS, create=False)

        pool = StorePool(
            lambda: open_store(str(path), SETTINGS, create=False, read_only=True), size=2
        )
        stack.callback(pool.close)
        desk = ReviewDesk(writer, Settings(), SteppingClock())
        app = create_api(pool, desk)
        if asker is not None:
            app.dependency_overrides[admitted] = lambda: asker
        self.client = stack.enter_context(TestClient(app, raise_server_exceptions=False))
        with writer() as store:
            self.one, self.other = (incident_of(store, context).id for context in ALIKE)

    def decide(self, status: int = 201, headers: Any = None, **body: Any) -> Any:
        answer = self.client.post("/api/v1/decisions", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def incident(self, id_: str) -> Any:
        return self.client.get(f"/api/v1/incidents/{id_}").json()


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    with open_store(str(path), SETTINGS) as store:
        arrive(store, *ALIKE)
    return path


@pytest.fixture
def desk(stored: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(stored, stack)


def test_a_merge_and_its_undoing(desk: Desk) -> None:
    done = desk.decide(kind="merge", incidents=[desk.one, desk.other], reviewer="ana", reason="one")
    assert (done["kind"], done["reviewer"], done["reason"]) == ("merge", "ana", "one")
    assert desk.incident(desk.one)["id"] == desk.incident(desk.other)["id"]
    assert set(done["changed"]) >= set(done["outputs"])
    desk.decide(kind="undo", decision=done["id"])
    assert desk.incident(desk.one)["id"] != desk.incident(desk.other)["id"]
    log = desk.client.get("/api/v1/decisions").json()["items"]
    assert [(one["kind"], one["in_force"]) for one in log] == [("merge", False), ("undo", False)]
    assert log[1]["reviewer"] == "local"


def test_a_merged_incident_is_split_again(desk: Desk) -> None:
    desk.decide(kind="merge", incidents=[desk.one, desk.other])
    desk.decide(kind="split", incident=desk.one, members=["courier"])
    assert desk.incident(desk.one)["id"] != desk.incident(desk.other)["id"]


def test_alike_incidents_are_kept_apart(desk: Desk) -> None:
    done = desk.decide(kind="keep_apart", incidents=[desk.one, desk.other])
    assert done["kind"] == "split"
    assert done["inputs"] == done["outputs"] == [desk.one, desk.other]
    assert [len(subject) for subject in done["subjects"]] == [1, 1]


def test_verdicts_pins_and_relations(desk: Desk) -> None:
    desk.decide(kind="confirm", incident=desk.one)
    assert desk.incident(desk.one)["reviewed"] is True
    pinned = desk.decide(kind="pin", incident=desk.one, fields=["killed"])
    assert pinned["values"]["killed"]["best"] == 14
    desk.decide(kind="relate", incident=desk.one, relation="follows", to=desk.other)
    assert [tie["to"] for tie in desk.incident(desk.one)["relations"]] == [desk.other]
    desk.decide(kind="reject", incident=desk.other)
    assert desk.incident(desk.other)["status"] == "rejected"
    refused = desk.decide(422, kind="reject", incident=desk.other)
    assert refused["error"]["code"] == "bad_decision"


def test_an_edit_rests_on_the_words_shown(desk: Desk) -> None:
    start = BOMB.index("vegetable market")
    words = {"article_id": "ledger", "start": start + 3, "end": 0, "quote": "vegetable market "}
    done = desk.decide(
        kind="edit",
        incident=desk.one,
        values={"place": "Mosul", "killed": "15-17"},
        words={"place": words},
    )
    shown = done["words"]["place"]
    assert (shown["article_id"], shown["start"], shown["text"]) == (
        "ledger",
        start,
        "vegetable market",
    )
    record = desk.incident(desk.one)
    assert record["place"]["value"]["name"] == "Mosul"
    assert [one["text"] for one in record["place"]["evidence"]] == ["vegetable market"]
    assert (record["killed"]["value"]["min"], record["killed"]["value"]["max"]) == (15, 17)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "wonder"}, "kind"),
        ({"kind": "merge", "incidents": ["x"]}, "incidents"),
        ({"kind": "confirm"}, None),
        ({"kind": "edit", "incident": "ONE", "values": {"killed": "several"}}, "killed"),
        ({"kind": "edit", "incident": "ONE", "values": {"place": "Nowheresuchplace"}}, "place"),
        ({"kind": "merge", "incidents": ["ONE", "ONE"]}, "merge"),
        ({"kind": "confirm", "incident": "ONE", "colour": "red"}, "colour"),
        (
            {
                "kind": "edit",
                "incident": "ONE",
                "values": {"killed": "3"},
                "words": {"killed": {"article_id": "ledger", "start": 0, "end": 9, "quote": "no"}},
            },
            "edit",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(
    desk: Desk, body: dict[str, Any], field: str | None
) -> None:
    named = {key: desk.one if value == "ONE" else value for key, value in body.items()}
    if named.get("incidents") == ["ONE", "ONE"]:
        named["incidents"] = [desk.one, desk.one]
    error = desk.decide(422, **named)["error"]
    assert error["field"] == field
    assert desk.client.get("/api/v1/decisions").json()["items"] == []


def test_unknown_names_are_not_found(desk: Desk) -> None:
    desk.decide(404, kind="confirm", incident="inc_none")
    desk.decide(404, kind="undo", decision="dec_none")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_elsewhere_decide_nothing(desk: Desk, headers: dict[str, str]) -> None:
    error = desk.decide(403, headers, kind="confirm", incident=desk.one)["error"]
    assert error["code"] == "forbidden"
    assert desk.incident(desk.one).get("reviewed") is not True


def test_a_form_sent_to_the_api_is_no_decision(desk: Desk) -> None:
    answer = desk.client.post("/api/v1/decisions", data={"kind": "confirm", "incident": desk.one})
    assert answer.status_code == 422
    typed = {"Content-Type": "text/plain"}
    body = f'{{"kind": "confirm", "incident": "{desk.one}"}}'
    assert desk.client.post("/api/v1/decisions", content=body, headers=typed).status_code == 422


def test_whoever_is_signed_in_decides_under_that_name(stored: Path) -> None:
    with ExitStack() as stack:
        desk = Desk(stored, stack, Asker("bo", Role.REVIEWER))
        done = desk.decide(kind="confirm", incident=desk.one, reviewer="somebody else")
        assert done["reviewer"] == "bo"


def test_a_record_without_a_desk_is_read_only(client: TestClient) -> None:
    answer = client.post("/api/v1/decisions", json={"kind": "confirm", "incident": "inc_0001"})
    assert answer.status_code == 403
    assert client.get("/api/v1/offers").json() == {"items": []}


def test_the_queue_tells_what_waits(desk: Desk) -> None:
    def waiting() -> list[tuple[str, list[str]]]:
        items = desk.client.get("/api/v1/queue").json()["items"]
        return [(item["kind"], item["incidents"]) for item in items]

    before = waiting()
    assert all(kind in {"pair", "dispute", "doubt", "offer"} for kind, _ in before)
    decision = desk.decide(kind="edit", incident=desk.one, values={"killed": "20"})
    with open_store(str(desk.path), SETTINGS) as store:
        arrive(store, bombing("herald", killed=31))
    offered = [item for item in waiting() if item[0] == "offer"]
    assert offered == [("offer", [desk.incident(desk.one)["id"]])]
    desk.decide(kind="confirm", decision=decision["id"])
    assert "offer" not in dict(waiting())
