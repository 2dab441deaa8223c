"""Throttle: how often something may be done, by key. In memory; a restart forgets.

The generic cell rate algorithm (ITU-T I.371): one number for each key, the moment from which it
would be as if nothing had been done.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

MAX_KEYS: Final = 10_000
"""Keys remembered; the one longest unseen goes first."""
IPV6_PREFIX: Final = 64
"""One customer's share of IPv6 addresses: who has one of them has them all."""


class Throttle:
    """Lets `limit` through at once, and as many again evenly over `window_s` seconds."""

    def __init__(
        self, limit: int, window_s: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._step_s = window_s / limit
        self._window_s = window_s
        self._now = now
        self._clear_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Count one of `key`: 0, or the seconds to wait when it is one too many (not counted)."""
        with self._lock:
            now = self._now()
            clear_at = max(self._clear_at.get(key, now), now) + self._step_s
            # A rounding error must not cost the last of `limit`.
            wait_s = clear_at - now - self._window_s
            if wait_s > self._step_s * 1e-6:
                return wait_s
            self._clear_at[key] = clear_at
            self._clear_at.move_to_end(key)
            while len(self._clear_at) > MAX_KEYS:
                self._clear_at.popitem(last=False)
            return 0.0

    def forget(self, key: str) -> None:
        """As if nothing of `key` had been counted."""
        with self._lock:
            self._clear_at.pop(key, None)


def network_of(address: str) -> str:
    """What of a network address is one asker: all of IPv4, the first half of IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((ip, IPV6_PREFIX), strict=False))
    return address
