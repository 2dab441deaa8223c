"""What must be known of an article to place its words of time on the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from tocsin.records import Published
from tocsin.records.vocab import ZoneBasis

FIRST_YEAR: Final = 1600
LAST_YEAR: Final = 3000


@dataclass(frozen=True, slots=True)
class TimeContext:
    """The publication, the place's zone and the newsroom's. Everything may be unknown."""

    published: Published | None = None
    zone: str | None = None
    """IANA zone of the place of the event."""
    zone_basis: ZoneBasis = ZoneBasis.UNKNOWN
    """How `zone` is known."""
    dateline_date: dt.date | None = None
    """The day the text itself prints as its day of writing; outranks `published`."""
    newsroom_zone: str | None = None
    """IANA zone of the desk that wrote: its weekdays may be meant in that zone."""
    month_first: bool | None = None
    """Whether "03/04/2020" is the 4th of March, as American outlets write; None where the outlet's
    country is unknown."""
    doubts: tuple[dt.date, ...] = ()
    """Other publication days found; they are named in explanations, never chosen."""

    @property
    def today(self) -> dt.date | None:
        """The day from which the writer counts: the dateline's, else the publication's.

        None also for a day no newspaper was printed on: such a date is an error of its page, and
        counting from it would leave the calendar.
        """
        for day in (self.dateline_date, self.published.date if self.published else None):
            if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
        return None
