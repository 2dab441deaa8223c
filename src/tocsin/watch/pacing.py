"""When to come again: intervals that follow the news, backing off, what a server asks for.

Jitter is a hash of the seed, the address and the count, so that a run can be repeated exactly and
yet no two feeds of one minute stay together for long.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from tocsin.fetch.waiting import retry_after
from tocsin.watch.config import DAY_S, WatchSettings

SPREAD = 0.1
"""Of a waiting time, up or down."""
QUICKER, SLOWER = 0.5, 1.5
"""Of the interval, after a poll with and without news: a feed that wakes is followed within a few
polls, one that sleeps is left alone step by step."""
MAX_DOUBLINGS = 16
MAX_RETRY_AFTER_S = DAY_S
PAUSE_S = 300.0
"""For a host that says "too many" or "not now" without saying until when."""


def jitter(seed: int, *about: object) -> float:
    """A number in [0, 1) that depends on nothing but what is given."""
    key = "\0".join(str(part) for part in (seed, *about)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(key, digest_size=7).digest()) / 2**56


def spread(wait_s: float, seed: int, *about: object) -> float:
    """A waiting time, a little more or less."""
    return wait_s * (1 - SPREAD + 2 * SPREAD * jitter(seed, *about))


def next_interval_s(interval_s: float, settings: WatchSettings, *, has_news: bool) -> float:
    """The interval after a successful poll."""
    changed = interval_s * (QUICKER if has_news else SLOWER)
    return min(settings.max_interval_s, max(settings.min_interval_s, changed))


def backoff_s(failures: int, settings: WatchSettings) -> float:
    """The wait after so many failures in a row, from the shortest interval up to the longest."""
    doubled = settings.min_interval_s * float(2 ** min(max(failures - 1, 0), MAX_DOUBLINGS))
    return min(settings.max_interval_s, doubled)


def retry_after_s(sent: str | None, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks for, at most a day; None where it says nothing."""
    asked = retry_after(sent, now)
    return None if asked is None else min(asked.total_seconds(), MAX_RETRY_AFTER_S)
