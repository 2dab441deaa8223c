"""Hostile articles are shown and not obeyed; the policy is on every answer; strangers get none."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import tocsin.web
from tests.attacks import HOSTILE
from tests.store.factory import incident, story
from tocsin.records import Incident, Place, Report
from tocsin.records.vocab import PlacePrecision
from tocsin.web.rendering import outside_href
from tocsin.web.security import CONTENT_SECURITY_POLICY

WEB = Path(tocsin.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))


ALLOWED_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr article aside bdi body br button circle code datalist dd details div dl dt"
        " fieldset figcaption figure footer form g h1 h2 h3 head header html input kbd label"
        " legend li line link main mark meta nav ol option output p path pre q rect script section"
        " select span strong summary svg table tbody td text th thead title tr ul",
    )
)


class Page(HTMLParser):
    """A page's tags, and its words with the codes of hidden characters put back."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.scripts: list[str | None] = []
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))
        self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        assert "script" not in self._in or not data.strip(), "an inline script"
        self.words.append(data)


def check(html: str) -> Page:
    """A page that only we wrote: known tags, our scripts, no handler, no style, no outside."""
    page = Page(html)
    for tag, attributes in page.tags:
        assert tag in ALLOWED_TAGS, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style"
            if name in {"src", "action"} or (name == "href" and tag == "link"):
                assert value is not None
                assert value.startswith("/")
                assert not value.startswith("//")
            if name == "href":
                assert value is not None
                assert re.match(r"/(?!/)|#|https?://|$", value), value
    assert all(src is not None and src.startswith("/static/") for src in page.scripts)
    # What was typed stands in its own field as it was typed; nothing flows out of a field.
    outside = re.sub(r'<input[^>]* (?:type="(?:search|hidden)"|name="reviewer")[^>]*>', "", html)
    for character in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
        assert character not in outside
    return page


def hostile_incident(words: str) -> Callable[..., Incident]:
    def make(number: int, *reports: Report) -> Incident:
        place = Place(words, PlacePrecision.SETTLEMENT, country="TR", admin1=words)
        return incident(number, *reports, title=words, place=place)

    return make


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(board_with: Callable[..., TestClient], words: str) -> None:
    text = story(1, note=words).replace("Blast number1", f"Blast number1 {words}", 1)
    client = board_with(
        hostile_incident(words), text=text, title=words, outlet=words, byline=words, url=words,
        language=None, id=f"art_{words}",
    )  # fmt: skip
    found = client.get("/api/v1/articles").json()["items"]
    from urllib.parse import quote

    addresses = [
        "/",
        "/incidents/inc_0001",
        f"/incidents/inc_0001?article={quote(found[0]['id'])}&start=3&end=20",
        f"/articles/{quote(found[0]['id'], safe='')}",
        "/sources",
        "/tallies",
        "/review",
        "/review?kind=doubt",
        "/review?kind=doubt&whose=free",
        "/review/agreement",
        f"/review?by={quote(words)}&item={quote(words)}",
        "/coding",
        "/coding?shape=ged",
        "/incidents/inc_0001/lineage",
        f"/incidents/inc_0001/edit?field=place&article={quote(found[0]['id'])}&start=3&quote=hit",
        f"/search?q={quote(words)}",
        "/search?q=rocket",
        f"/articles/{quote('none ' + words, safe='')}",
        f"/?since={quote(words)}",
        f"/?text={quote(words)}",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {200, 404, 422}, address
        check(answer.text)


def test_the_text_on_the_page_is_the_text(board_with: Callable[..., TestClient]) -> None:
    text = story(1, note=" ".join(HOSTILE))
    html = board_with(text=text).get("/articles/art_0001").text
    shown = re.search(r'<div class="text" dir="auto"[^>]*>(.*?)</div>', html, re.DOTALL)
    assert shown is not None
    page = Page(shown[1])
    words = re.sub(r"U\+([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), "".join(page.words))
    assert words == text


def test_a_huge_article_is_turned_over_like_pages(board_with: Callable[..., TestClient]) -> None:
    text = story(1) + "<b>x</b> " * 200_000
    client = board_with(text=text)
    answer = client.get("/articles/art_0001")
    assert answer.status_code == 200
    assert len(answer.text) < 400_000
    check(answer.text)
    later = client.get("/articles/art_0001?start=1000000")
    assert "Before" in later.text
    assert "After" in later.text


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/nope",
        "/?since=x",
        "/static/board.css",
        "/api/v1/health",
        "/api/v1/nope",
        "/tallies",
        "/review",
    ],
)
def test_every_answer_carries_the_policy(board: TestClient, address: str) -> None:
    headers = board.get(address).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_fault_of_ours_carries_it_too(board: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("tocsin.web.pages.search_view", broken)
    answer = board.get("/search?q=x")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_the_policy_allows_nothing_inline() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.7:8400"])
def test_other_names_get_nothing(board: TestClient, host: str) -> None:
    for address in ("/", "/api/v1/incidents"):
        assert board.get(address, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8400", "[::1]:8400", "127.0.0.1"])
def test_this_machine_is_answered(board: TestClient, host: str) -> None:
    assert board.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://news.example/1", True),
        ("HTTP://news.example/1", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://news.example", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("/etc/passwd", False),
        ("https://", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, is_link: bool) -> None:
    assert outside_href(url) == (url if is_link else None)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_escape_and_hold_nothing_inline(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "|safe" not in source.replace(" ", "")
    assert "autoescape" not in source
    assert not re.search(r"\sstyle=|\son\w+=|<style", source)
    assert not re.search(r"\s[\w-]+=\s*\{\{", source), "an attribute without quotes"
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_no_markup_of_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "setHTML",
    ):
        assert way not in source
    assert not re.search(r"https?://", source)
