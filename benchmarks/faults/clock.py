"""Time of the campaign: real time run faster, the same for every process."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from tocsin.watch.clock import Stop

RATE = 120.0
"""Simulated seconds in one: a poll each second, a lease of seven."""
START = dt.datetime(2021, 3, 1, 8, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class FastClock:
    """`began_s` is the monotonic clock's, which all processes of a machine share; `ahead_s`, in
    simulated seconds, is how wrong a process has it."""

    began_s: float
    ahead_s: float = 0.0
    stop: Stop | None = None

    def now(self) -> dt.datetime:
        """The simulated instant."""
        passed = (time.monotonic() - self.began_s) * RATE + self.ahead_s
        return START + dt.timedelta(seconds=passed)

    def wait(self, seconds: float) -> None:
        """Wait for simulated seconds, unless stopped."""
        if self.stop is None:
            time.sleep(seconds / RATE)
        else:
            self.stop.wait(seconds / RATE)
