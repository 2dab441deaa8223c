"""The watch's own time: asked and waited for here alone, so that days can pass in a test."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Protocol

from tocsin.store import system_clock


class WatchClock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> dt.datetime:
        """The present instant, with an offset."""

    def wait(self, seconds: float) -> None:
        """Let so much time pass, or less where the watch is to stop."""


class SystemClock:
    """The system's time; a wait ends at once when the watch is stopped."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def now(self) -> dt.datetime:
        """The system's time, UTC."""
        return system_clock()

    def wait(self, seconds: float) -> None:
        """Wait, unless stopped."""
        self._stop.wait(seconds)
