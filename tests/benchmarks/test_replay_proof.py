"""The proof of politeness sees each rule broken, and no rule where none is."""

from __future__ import annotations

import datetime as dt

import pytest

from benchmarks.replay.proof import Proof, prove
from tests.watch.world import START, Asked

CONTACT = "desk@tocsin.example"


def asked(
    after_s: float, path: str = "/feed", *, host: int = 1, status: int = 200, **headers: str
) -> Asked:
    said = {"User-Agent": f"tocsin (+{CONTACT})"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    at = START + dt.timedelta(seconds=after_s)
    return Asked(at, f"f{host}.example", path, said, status, has_tag=status in {200, 304})


ROBOTS, FEED = asked(0, "/robots.txt"), asked(5)
AGAIN = asked(905, status=304, If_None_Match='"1"')


def proof(*log: Asked) -> Proof:
    return prove(log, 5.0, CONTACT)


def test_a_polite_watch() -> None:
    found = proof(ROBOTS, FEED, AGAIN)
    assert found.is_polite
    assert (found.hosts, found.shortest_pause_s, found.busiest_host_hour) == (1, 5.0, 3)
    assert found.statuses == {200: 2, 304: 1}


def test_a_redirect_is_part_of_its_visit() -> None:
    moved = asked(10, "/7", status=301), asked(10, "/moved/7"), asked(20, "/8")
    assert proof(ROBOTS, FEED, *moved).is_polite


@pytest.mark.parametrize(
    ("rule", "log"),
    [
        ("too_soon", (ROBOTS, asked(4))),
        ("too_soon", (asked(0, "/robots.txt", host=10), asked(20, host=10))),
        ("after_429_too_soon", (ROBOTS, asked(5, status=429), asked(800, "/1"))),
        ("forbidden", (ROBOTS, asked(5, "/private/1"))),
        ("before_robots", (asked(0), asked(9, "/robots.txt"))),
        ("unconditional", (ROBOTS, FEED, asked(905))),
        ("anonymous", (ROBOTS, asked(5, User_Agent="a browser"))),
    ],
)
def test_each_rule_that_is_broken_is_seen(rule: str, log: tuple[Asked, ...]) -> None:
    found = proof(*log)
    assert getattr(found, rule) == 1
    assert not found.is_polite
