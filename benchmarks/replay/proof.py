"""Politeness, proven from the server's log: each rule, and how often it was broken."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.replay.script import CRAWL_DELAY_S, RETRY_S
from tests.watch.world import Asked

ROUNDING_S = 1.0
"""A Retry-After date has whole seconds."""


@dataclass(slots=True)
class Proof:
    """What the log shows."""

    hosts: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    shortest_pause_s: float = 0.0
    shortest_pause_with_delay_s: float = 0.0
    """Of hosts whose robots.txt asks for a Crawl-delay."""
    busiest_host_hour: int = 0
    """Requests that one host had within an hour of the clock."""
    too_soon: int = 0
    after_429_too_soon: int = 0
    forbidden: int = 0
    """Requests for what robots.txt forbids."""
    before_robots: int = 0
    """Hosts whose first request was another than for robots.txt."""
    unconditional: int = 0
    """Requests without a validator for what was sent with one before."""
    anonymous: int = 0

    @property
    def is_polite(self) -> bool:
        """Whether no rule was broken."""
        return not (
            self.too_soon
            or self.after_429_too_soon
            or self.forbidden
            or self.before_robots
            or self.unconditional
            or self.anonymous
        )


def prove(log: Sequence[Asked], host_delay_s: float, contact: str) -> Proof:
    """Read the log of a replay."""
    by_host: dict[str, list[Asked]] = defaultdict(list)
    for one in log:
        by_host[one.host].append(one)
    proof = Proof(hosts=len(by_host), statuses=Counter(one.status for one in log))
    hours = Counter((one.host, one.at.replace(minute=0, second=0, microsecond=0)) for one in log)
    proof.busiest_host_hour = max(hours.values(), default=0)
    pauses: list[float] = []
    delayed: list[float] = []
    for host, asked in by_host.items():
        is_slow = int(host.removeprefix("f").partition(".")[0]) % 10 == 0
        wanted = CRAWL_DELAY_S if is_slow else host_delay_s
        found = [_apart_s(one, other) for one, other in _visits(asked)]
        (delayed if is_slow else pauses).extend(found)
        proof.too_soon += sum(pause < wanted for pause in found)
        proof.after_429_too_soon += sum(
            _apart_s(one, other) < RETRY_S - ROUNDING_S
            for one, other in pairwise(asked)
            if one.status == 429
        )
        proof.before_robots += asked[0].path != "/robots.txt"
    proof.shortest_pause_s = min(pauses, default=0.0)
    proof.shortest_pause_with_delay_s = min(delayed, default=0.0)
    proof.forbidden = sum(one.path.startswith("/private/") for one in log)
    proof.anonymous = sum(contact not in one.headers.get("User-Agent", "") for one in log)
    proof.unconditional = _unconditional(log)
    return proof


def _visits(asked: Sequence[Asked]) -> list[tuple[Asked, Asked]]:
    """Neighbouring requests of one host, a redirect followed within the visit left out."""
    return [(one, other) for one, other in pairwise(asked) if not other.path.startswith("/moved/")]


def _apart_s(one: Asked, other: Asked) -> float:
    return (other.at - one.at) / dt.timedelta(seconds=1)


def _unconditional(log: Sequence[Asked]) -> int:
    """Requests that did not name what they had. An edition that came by a redirect is asked for
    under the first address, whose answer has no validator."""
    sent: set[tuple[str, str]] = set()
    found = 0
    for one in log:
        key = one.host, one.path
        if one.path != "/robots.txt":
            found += key in sent and "If-None-Match" not in one.headers
        if one.has_tag and not one.path.startswith("/moved/"):
            sent.add(key)
    return found
