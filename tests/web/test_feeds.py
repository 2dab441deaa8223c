"""The health of watched feeds, and times in which one was not read, on the page of sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import board_of
from tests.web.feeds import SECRET, watch_into
from tests.web.test_pages import text_of


@pytest.fixture
def board(tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "watched.db"
    watch_into(path)
    with ExitStack() as stack:
        yield board_of(path, stack)


def test_a_record_that_is_not_watched_into_says_nothing_of_feeds(empty_board: TestClient) -> None:
    assert "Watched feeds" not in empty_board.get("/sources").text


def test_each_feed_says_how_it_does(board: TestClient) -> None:
    words = text_of(board.get("/sources").text)
    assert "1 fetched document waiting, 0 set aside" in words
    assert "The Ledger https://a.example/feed?... ok" in words
    for health in ("failing", "late", "dead", "unwatched"):
        assert f" {health} " in words
    assert "7 min" in words, "its lag"


def test_silence_is_told_from_peace(board: TestClient) -> None:
    words = text_of(board.get("/sources").text)
    assert "No fetch from The Ledger between " in words
    assert "(5 h): did not answer in time" in words
    assert "No fetch from https://c.example/feed since " in words
    assert "(5 h): the watch is not at work" in words
    assert "No fetch from https://e.example/feed" not in words, "nobody wants it"


def test_no_secret_and_nothing_that_runs(board: TestClient) -> None:
    page = board.get("/sources").text
    body = board.get("/api/v1/sources/feeds").text
    assert SECRET not in page + body
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_api_says_the_same(board: TestClient) -> None:
    answer = board.get("/api/v1/sources/feeds")
    body = answer.json()
    health = {one["feed"].split("/")[2]: one["health"] for one in body["feeds"]}
    assert health == {
        "a.example": "ok",
        "b.example": "failing",
        "c.example": "late",
        "d.example": "dead",
        "e.example": "unwatched",
    }
    assert (body["inbox"]["waiting"], body["inbox"]["quarantined"]) == (1, 0)
    going_on = [gap["feed"].split("/")[2] for gap in body["gaps"] if gap["until"] is None]
    assert going_on == ["b.example", "c.example"]
    (past,) = [gap for gap in body["gaps"] if gap["until"]]
    assert (past["name"], past["reason"]) == ("The Ledger", "did not answer in time")
    (ledger,) = [one for one in body["feeds"] if one["name"] == "The Ledger"]
    assert (ledger["lag_s"], ledger["failures"], ledger["unread_since"]) == (420.0, 0, None)
    tag = {"If-None-Match": answer.headers["etag"]}
    assert board.get("/api/v1/sources/feeds", headers=tag).status_code == 304
