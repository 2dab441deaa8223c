"""What a person finds on each page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.store.factory import incident


def text_of(page: str) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def only_incident(board: TestClient) -> str:
    (item,) = board.get("/api/v1/incidents").json()["items"]
    found: str = item["id"]
    return found


def test_an_empty_store_says_what_to_do(empty_board: TestClient) -> None:
    answer = empty_board.get("/")
    assert answer.status_code == 200
    words = text_of(answer.text)
    assert "Nothing has been read yet" in words
    assert "tocsin demo" in words
    assert "tocsin run" in words
    for address in ("/tallies", "/sources", "/search", "/search?q=x"):
        assert empty_board.get(address).status_code == 200


def test_the_board_lists_counts_and_charts(board: TestClient) -> None:
    page = board.get("/").text
    words = text_of(page)
    assert "1 incident" in words
    assert "Kirkuk" in words
    assert "2021-03-01" in words
    assert 'aria-label="1 Mar 2021: 1 incident"' in page
    assert 'data-clusters="/api/v1/incidents/clusters"' in page


def test_filters_live_in_the_address(board: TestClient) -> None:
    page = board.get("/?country=iq&since=2021-01-01&text=").text
    assert 'data-clusters="/api/v1/incidents/clusters?country=IQ&amp;since=2021-01-01"' in page
    assert 'href="/?since=2021-01-01" aria-label="Take out the filter country"' in page
    assert 'name="since" value="2021-01-01"' in page
    none = text_of(board.get("/?country=FR").text)
    assert "0 incidents" in none
    assert "No incident passes these filters" in none


def test_a_filter_that_means_nothing_is_explained(board: TestClient) -> None:
    answer = board.get("/?country=Iraq")
    assert answer.status_code == 422
    assert "country" in text_of(answer.text)


def test_an_incident_shows_values_words_and_who_differs(board: TestClient) -> None:
    id_ = only_incident(board)
    words = text_of(board.get(f"/incidents/{id_}").text)
    for expected in (
        "Kirkuk",
        "three people",
        "In dispute",
        "says police",
        "Why these reports are one incident",
        "The Ledger",
        "The Courier",
        "History",
    ):
        assert expected in words, expected  # fmt: skip


def test_each_value_opens_its_words_and_they_lead_back(board: TestClient) -> None:
    page = board.get(f"/incidents/{only_incident(board)}").text
    links = [html.unescape(href) for href in re.findall(r'data-beside href="([^"]+)"', page)]
    assert len(links) > 10
    keys = set(re.findall(r'<div class="value [^"]*" id="([^"]+)"', page))
    assert {"what", "when", "where", "killed"} <= keys
    for href in dict.fromkeys(links):
        opened = board.get(href).text
        article = re.search(r"article=([^&]+)&start=(\d+)&end=(\d+)", href)
        assert article is not None, href
        text = board.get(f"/api/v1/articles/{article[1]}").json()["text"]
        assert opened.count('id="words"') == 1
        pieces = re.findall(
            r'<(mark|span) class="[^"]*\bfocus\b[^"]*"[^>]*>(.*?)</\1>', opened, re.DOTALL
        )
        shown = "".join(html.unescape(re.sub(r"<[^>]+>", "", inner)) for _, inner in pieces)
        assert shown == text[int(article[2]) : int(article[3])]
        feeds = re.search(r'<p class="feeds">(.*?)</p>', opened)
        assert feeds is not None
        back = re.findall(r'href="#([^"]+)"', feeds[1])
        assert back
        assert set(back) <= set(re.findall(r'id="([^"]+)"', opened))


def test_an_article_shows_its_reports(board: TestClient) -> None:
    page = board.get("/articles/ledger").text
    words = text_of(page)
    assert "The Ledger" in words
    assert "third attack" in words
    assert f"/incidents/{only_incident(board)}" in page
    assert 'id="report-1"' in page
    assert (
        'href="https://ledger.example/kirkuk" rel="noopener noreferrer nofollow external"' in page
    )


def test_tallies_stand_beside_the_count(board: TestClient) -> None:
    words = text_of(board.get("/tallies").text)
    assert "claimed" in words
    assert "the record has fewer" in words


def test_sources_are_counted(board: TestClient) -> None:
    words = text_of(board.get("/sources").text)
    assert "2 articles go back to 2 independent origins" in words


def test_search_marks_what_it_found(board: TestClient) -> None:
    page = board.get("/search?q=hospital").text
    assert "<mark>hospital</mark>" in page
    assert "/articles/courier" in page


def test_a_past_day_can_be_asked_for(board: TestClient) -> None:
    id_ = only_incident(board)
    assert board.get(f"/incidents/{id_}?as_of=2000-01-01").status_code == 404
    assert board.get(f"/incidents/{id_}?as_of=never").status_code == 422
    answer = board.get(f"/incidents/{id_}?as_of=2999-01-01")
    assert "As it was known on 2999-01-01" in text_of(answer.text)


@pytest.mark.parametrize(
    "address", ["/", "/tallies", "/sources", "/search", "/articles/ledger", "/review", "/coding"]
)
def test_pages_can_be_read_without_seeing_them(board: TestClient, address: str) -> None:
    page = board.get(address).text
    assert '<html lang="en">' in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#main"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for field in re.findall(r"<(?:input|select)[^>]*>", page):
        labelled = 'type="hidden"' in field or 'id="find"' in field
        assert labelled or re.search(r"<label[^>]*>[^<]*(?:<[^>]*>)?\s*" + re.escape(field), page)


def test_a_page_that_did_not_change_is_not_sent_again(board: TestClient) -> None:
    tag = board.get("/").headers["etag"]
    assert board.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_a_large_record_says_that_tallies_were_not_checked(
    board_with: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.api.access.MAX_CHECKED", -1)
    board = board_with(incident)
    assert "have not been checked since it last changed" in board.get("/incidents/inc_0001").text
    assert board.get("/tallies").status_code == 200
    assert "fourth attack" in text_of(board.get("/tallies").text)
    assert "have not been checked" not in board.get("/incidents/inc_0001").text
