"""The store's only look at the time of day, injectable so that tests and replays can set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Returns the current instant, with an offset."""


def system_clock() -> dt.datetime:
    """The system's time, UTC."""
    return dt.datetime.now(dt.UTC)
