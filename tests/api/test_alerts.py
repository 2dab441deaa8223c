"""Alerts over the API: as JSON, and as the feed of a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from fastapi.testclient import TestClient

from tests.alert.factory import alerting, fill, happening, killed, write
from tocsin.alert import collect
from tocsin.api import StorePool, create_api
from tocsin.store import open_store
from tocsin.store.config import StoreSettings


@pytest.fixture
def told(tmp_path: Path) -> Iterator[TestClient]:
    """A client of a store in which the rule `all` has said two things."""
    path = tmp_path / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        fill(store, 1)
        clock = lambda: dt.datetime(2021, 3, 1, tzinfo=dt.UTC)  # noqa: E731
        collect(store, alerting(), clock=clock)
        write(store, happening())
        write(store, happening(killed=killed(7)))
        collect(store, alerting(), clock=clock)
    pool = StorePool(lambda: open_store(str(path), StoreSettings(), read_only=True))
    with TestClient(create_api(pool)) as client:
        yield client
    pool.close()


def test_alerts_are_listed_newest_first(told: TestClient) -> None:
    items = told.get("/api/v1/alerts").json()["items"]
    assert [item["action"] for item in items] == ["update", "alert"]
    assert items[0]["developments"][0]["after"]["value"] == "7"
    assert len(told.get("/api/v1/alerts?limit=1").json()["items"]) == 1
    assert told.get("/api/v1/alerts?rule=none").json() == {"items": []}


def test_a_rule_has_a_feed(told: TestClient) -> None:
    answer = told.get("/api/v1/alerts/all.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert len(feed.entries) == 2
    tag = {"If-None-Match": answer.headers["etag"]}
    assert told.get("/api/v1/alerts/all.atom", headers=tag).status_code == 304


def test_an_unknown_rule_has_none(told: TestClient) -> None:
    answer = told.get("/api/v1/alerts/none.atom")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
