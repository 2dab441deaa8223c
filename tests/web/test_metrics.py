"""The health of feeds at `/metrics`."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_a_store_that_watches_nothing_has_metrics(empty_board: TestClient) -> None:
    answer = empty_board.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "tocsin_inbox_waiting 0.0" in answer.text.splitlines()
    assert "feed=" not in answer.text
