"""The attacks are many, each is another, and none comes in by a feed."""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.attacks import BROKEN, CLOSED, ELSEWHERE, HOSTILE, ODD_SPELLINGS
from tests.fetch.network import PUBLIC, Network, fetcher, redirect
from tests.web.conftest import SETTINGS, board_of
from tests.web.feeds import state
from tests.web.test_security import check
from tocsin.errors import FetchFailed
from tocsin.fetch import Answer
from tocsin.store import FeedGap, open_store
from tocsin.watch import FeedPlan
from tocsin.watch.listing import Listing, read_listing

FEED = "http://news.example/feed"
INWARD = [f"http://{f'[{one}]' if ':' in one else one}/" for one in CLOSED]
URLS = [*INWARD, *ELSEWHERE, *BROKEN, *(f"http://{host}/" for host in ODD_SPELLINGS)]
WANTED = 60


def test_the_suite_is_as_large_as_it_should_be() -> None:
    inward = {*CLOSED, *ELSEWHERE, *BROKEN, *ODD_SPELLINGS}
    assert len(inward) >= WANTED
    assert len(set(HOSTILE)) == len(HOSTILE) >= WANTED // 2


def listing(links: list[str]) -> Listing:
    """What a JSON feed with these links names."""
    items = [{"id": str(number), "url": link} for number, link in enumerate(links)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    return read_listing(Answer(200, FEED, body.encode()), FeedPlan(url=FEED), 500)


def test_no_item_of_a_feed_leads_inward() -> None:
    names = {host: [["127.0.0.1"]] for host in ODD_SPELLINGS}
    network = Network()
    refused = 0
    for entry in listing(URLS).entries:
        # what is no address of the web leads nowhere, and what is relative stays with the feed
        if entry.url is None or entry.url.startswith("http://news.example"):
            continue
        with pytest.raises(FetchFailed):
            fetcher(network, names).get(entry.url)
        refused += 1
    assert network.dialled == []
    assert refused > len(CLOSED)


@pytest.mark.parametrize("url", [url for url in URLS if url])
def test_no_page_of_a_feed_leads_inward(url: str) -> None:
    names = {host: [["127.0.0.1"]] for host in ODD_SPELLINGS}
    network = Network({PUBLIC: [redirect(url.replace("\r\n", "%0d%0a"))]})
    with suppress(FetchFailed):
        fetcher(network, names).get("http://news.example/1")
    assert {address for address, _ in network.dialled} == {PUBLIC}


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_feed_is_markup(tmp_path: Path, words: str) -> None:
    path = tmp_path / "watched.db"
    feed = state(f"https://a.example/{words}", title=words, failures=1, error=words)
    with open_store(str(path), SETTINGS) as store:
        store.save_poll(feed, gap=FeedGap(feed.url, feed.due_at, feed.due_at, words))
    with ExitStack() as stack:
        board = board_of(path, stack)
        check(board.get("/sources").text)
        assert board.get("/metrics").text.count("\n# TYPE") == METRICS, "no line is a stranger's"


METRICS = 8
