"""Hosts: when each may be asked again, and what its robots.txt lets us ask for.

One host is asked by one visit at a time; the time to the next begins when that one ended.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from tocsin.errors import FetchFailed
from tocsin.fetch import Answer
from tocsin.fetch.config import PRODUCT
from tocsin.store import HostState
from tocsin.watch.config import DAY_S, WatchSettings
from tocsin.watch.pacing import PAUSE_S, retry_after_s
from tocsin.watch.robots import MAX_ROBOTS_BYTES, NOTHING_ALLOWED, Robots, read_robots

ROBOTS_FRESH_S = DAY_S
"""How long a robots.txt is believed (RFC 9309: not longer than a day)."""
ROBOTS_AGAIN_S = 3_600.0
"""When a host whose robots.txt did not come is asked for it again; until then it is left alone."""
TOO_MANY, UNAVAILABLE = 429, 503
LONGEST_WAIT = dt.timedelta(seconds=2 * DAY_S)
"""A host marked busy for longer was marked by a clock that has since been set back."""


class Hosts:
    """What is known of each host, kept in step with the store by the caller."""

    def __init__(self, known: Iterable[HostState], settings: WatchSettings) -> None:
        self._states = {state.host: state for state in known}
        self._robots: dict[str, Robots] = {}
        self._missing: dict[str, str] = {}
        """Why the robots.txt of a host did not come."""
        self._settings = settings
        self._busy: set[str] = set()

    def is_free(self, host: str, now: dt.datetime) -> bool:
        """Whether it may be asked now."""
        return host not in self._busy and self.free_at(host, now) <= now

    def free_at(self, host: str, now: dt.datetime) -> dt.datetime:
        """When it may be asked, `now` at the earliest."""
        state = self._states.get(host)
        free_at = state.free_at if state else None
        if free_at is None or free_at - now > LONGEST_WAIT:
            return now
        return max(free_at, now)

    def begin(self, host: str) -> None:
        """A visit is under way."""
        self._busy.add(host)

    def end(self, host: str, answer: Answer | None, now: dt.datetime) -> HostState:
        """A visit ended; the host's new state."""
        self._busy.discard(host)
        pause = max(self._settings.host_delay_s, self.robots(host).crawl_delay_s)
        if answer is not None and answer.status in {TOO_MANY, UNAVAILABLE}:
            asked = retry_after_s(answer.retry_after, now)
            pause = max(pause, PAUSE_S if asked is None else asked)
        free_at = now + dt.timedelta(seconds=pause)
        state = dataclasses.replace(self._states.get(host) or HostState(host), free_at=free_at)
        self._states[host] = state
        return state

    def wants_robots(self, host: str, now: dt.datetime) -> bool:
        """Whether its robots.txt is to be asked for before anything else."""
        state = self._states.get(host)
        if state is None or state.robots_at is None or state.robots_at > now:
            return True
        fresh_s = ROBOTS_AGAIN_S if state.robots is None else ROBOTS_FRESH_S
        return (now - state.robots_at).total_seconds() > fresh_s

    def learn_robots(self, host: str, outcome: Answer | FetchFailed, now: dt.datetime) -> HostState:
        """Remember what a host's robots.txt said, or that it did not come.

        A host that has none allows everything; one that fails or says "too many" allows nothing
        until it answers (RFC 9309, 2.3.1).
        """
        text: str | None = None
        if isinstance(outcome, FetchFailed):
            self._missing[host] = str(outcome)
        else:
            self._missing[host] = f"status {outcome.status}"
            if outcome.is_ok:
                text = outcome.data[:MAX_ROBOTS_BYTES].decode("utf-8", "replace")
            elif 400 <= outcome.status < 500 and outcome.status != TOO_MANY:
                text = ""
        state = self._states.get(host) or HostState(host)
        state = dataclasses.replace(state, robots=text, robots_at=now)
        self._states[host] = state
        self._robots.pop(host, None)
        return state

    def robots(self, host: str) -> Robots:
        """The rules of a host, as last learnt."""
        found = self._robots.get(host)
        if found is None:
            state = self._states.get(host)
            text = state.robots if state else None
            found = NOTHING_ALLOWED if text is None else read_robots(text, PRODUCT)
            self._robots[host] = found
        return found

    def allows(self, host: str, url: str) -> bool:
        """Whether the host's rules let us ask for an address."""
        parts = urlsplit(url)
        return self.robots(host).allows(parts.path + (f"?{parts.query}" if parts.query else ""))

    def refusal(self, host: str) -> str:
        """Why an address that is not allowed is not asked for."""
        state = self._states.get(host)
        if state is not None and state.robots is not None:
            return "robots.txt asks us not to"
        return f"robots.txt did not come: {self._missing.get(host, 'it is asked for again later')}"
