"""robots.txt: the most specific rule wins, wildcards are understood, nothing is slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.watch.robots import MAX_CRAWL_DELAY_S, read_robots

PRODUCT = "tocsin"


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /a", "/about", False),
        ("Disallow: /a/", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z=1", True),
        ("Disallow: /*?print=", "/x?print=1", False),
        ("Disallow: /a*b*c", "/a-b-c-d", False),
        ("Disallow: /a*b*c", "/a-c-b", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: *x", "/y/x", False),
        ("Disallow: /%7Ejoe/", "/~joe/", False),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /a # because", "/a", False),
        ("DISALLOW : /a", "/a", False),
        ("Disallow: a", "/a", True),
    ],
)
def test_rules(rules: str, path: str, is_allowed: bool) -> None:
    assert read_robots(f"User-agent: *\n{rules}\n", PRODUCT).allows(path) is is_allowed


def test_our_own_group_stands_before_that_of_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Tocsin/1.0\nUser-agent: other\nDisallow: /b\n"
    robots = read_robots(text, PRODUCT)
    assert robots.allows("/a")
    assert not robots.allows("/b")
    assert not read_robots(text, "third").allows("/a")


def test_groups_of_one_name_are_joined() -> None:
    text = "User-agent: *\nDisallow: /a\nUser-agent: x\nAllow: /\nUser-agent: *\nDisallow: /b\n"
    robots = read_robots(text, PRODUCT)
    assert (robots.allows("/a"), robots.allows("/b"), robots.allows("/c")) == (False, False, True)


@pytest.mark.parametrize(
    ("said", "delay_s"),
    [("10", 10), ("0.5", 0.5), ("", 0), ("soon", 0), ("-3", 0), ("nan", 0), ("inf", 0)],
)
def test_crawl_delay(said: str, delay_s: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {said}", PRODUCT).crawl_delay_s == delay_s


def test_a_delay_beyond_reason_is_an_hour() -> None:
    robots = read_robots("User-agent: *\nCrawl-delay: 99999999", PRODUCT)
    assert robots.crawl_delay_s == MAX_CRAWL_DELAY_S


def test_a_hostile_pattern_is_not_slow() -> None:
    robots = read_robots("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$", PRODUCT)
    before = time.process_time()
    assert robots.allows("/" + "a" * 1_999 + "b")
    assert time.process_time() - before < 2


@given(st.text(max_size=300), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_it(text: str, path: str) -> None:
    for robots in (read_robots(text, PRODUCT), read_robots(f"User-agent: *\n{text}", PRODUCT)):
        assert robots.allows("/" + path) in {True, False}
        assert 0 <= robots.crawl_delay_s <= MAX_CRAWL_DELAY_S
