"""PlacedDays: days of the calendar with the rule that found them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.records.vocab import TimePrecision


@dataclass(frozen=True, slots=True)
class PlacedDays:
    """Half-open days, how fine they are, and why they were chosen."""

    first: dt.date
    after: dt.date
    precision: TimePrecision
    rule: str
    why: str
