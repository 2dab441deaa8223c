"""The coder's table: rows whose cells open their words, and the files beside it."""

from __future__ import annotations

import html
import re

from fastapi.testclient import TestClient

from tests.web.test_pages import only_incident, text_of


def test_each_cell_opens_its_words(board: TestClient) -> None:
    id_ = only_incident(board)
    page = board.get("/coding").text
    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*<td.*?</tr>", page, re.DOTALL)
    cells = {
        text: html.unescape(href)
        for href, text in re.findall(r'href="([^"]+)"[^>]*><bdi>([^<]*)</bdi>', row)
    }
    assert cells["2021-03-01"].startswith(f"/incidents/{id_}?article=")
    assert cells["2021-03-01"].endswith("#words")
    assert 'id="words"' in board.get(cells["2021-03-01"]).text
    assert "3" in cells
    assert "lower bound" in row


def test_shapes_filters_and_files(board: TestClient) -> None:
    page = board.get("/coding?shape=ged&since=2021-01-01&country=IQ").text
    assert "The record as UCDP GED rows" in text_of(page)
    address = "/api/v1/exports/ged.csv?country=IQ&amp;since=2021-01-01"
    assert address in page
    answer = board.get(html.unescape(address))
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.splitlines()[0].startswith("id,year,type_of_violence")
    assert len(answer.text.splitlines()) == 2
    none = board.get("/coding?until=1999-01-01")
    assert "No incident of this page has a row" in text_of(none.text)
    assert board.get("/api/v1/exports/acled.rules.jsonl").text == ""


def test_other_shapes_are_refused(board: TestClient) -> None:
    assert board.get("/coding?shape=gtd").status_code == 422
    assert board.get("/api/v1/exports/gtd.csv").status_code == 404
    assert board.get("/api/v1/exports/gtd.rules.jsonl").status_code == 404
