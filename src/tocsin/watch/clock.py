"""The watch's own time: asked and waited for here alone, so that days can pass in a test."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol

from tocsin.store import system_clock

LOOK_S = 0.5
"""How late the end of a wait may be noticed."""


class Stop:
    """Says that the watch is to end. May be set by a signal's handler at any moment: it holds no
    lock, unlike an Event, which a handler that interrupts its `wait` would wait for without end."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        """Let the watch end."""
        self._is_set = True

    def is_set(self) -> bool:
        """Whether it is to end."""
        return self._is_set

    def wait(self, seconds: float) -> None:
        """Wait, unless it is to end."""
        until = time.monotonic() + seconds
        while not self._is_set and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_S))


class WatchClock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> dt.datetime:
        """The present instant, with an offset."""

    def wait(self, seconds: float) -> None:
        """Let so much time pass, or less where the watch is to stop."""


class SystemClock:
    """The system's time; a wait ends at once when the watch is stopped."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop

    def now(self) -> dt.datetime:
        """The system's time, UTC."""
        return system_clock()

    def wait(self, seconds: float) -> None:
        """Wait, unless stopped."""
        self._stop.wait(seconds)
