"""What words of time stand in a text, parsed but not yet placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.records import Span


class TimeKind(StrEnum):
    """What an expression chiefly names."""

    WEEKDAY = "weekday"
    DATE = "date"
    PART_OF_DAY = "part_of_day"
    """A part of the day without a day: "overnight", "at dawn"."""
    RELATIVE = "relative"
    """Counted from the publication: "yesterday", "last week", "two days ago"."""
    WINDOW = "window"
    """A period up to now or from a day on: "since June 6", "in the past 24 hours"."""
    DURATION = "duration"
    """How long: "in two days", "for three hours"."""
    ANCHORED = "anchored"
    """Counted from another event: "a day after ...", "hours later"."""
    CLOCK = "clock"
    """A clock time without a day."""
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    VAGUE = "vague"
    """ "recently", "in recent weeks"."""
    RECURRING = "recurring"
    """Many times, none of them named: "every Friday", "daily"."""
    PRESENT = "present"
    """ "now", "these days"; like the two below, read only where all words of time are asked for."""
    PAST = "past"
    """ "in the past", "previously"."""
    FUTURE = "future"
    """ "in the future", "soon"."""


class TimeUnit(StrEnum):
    """A unit of counting or a calendar period."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Which(StrEnum):
    """Which of the recurring days or periods: "last week", "this Friday", "that month"."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    THAT = "that"


class Stretch(StrEnum):
    """Which part of a longer period: "early May", "the end of last month"."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    START = "start"
    END = "end"
    EARLIER = "earlier"
    """ "earlier this week": before the publication day, or on it."""
    LATER = "later"


class Bound(StrEnum):
    """Words that make a day the edge of an open period."""

    SINCE = "since"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    """The day itself still belongs: "until Friday", "by March 3"."""


class Calendar(StrEnum):
    """Whose months a printed date counts in."""

    GREGORIAN = "gregorian"
    ISLAMIC = "islamic"
    SOLAR_HIJRI = "solar_hijri"


class Direction(StrEnum):
    """From where an amount of time is counted."""

    AGO = "ago"
    AHEAD = "ahead"
    PAST = "past"
    """A window that ends at the publication: "the past three days"."""
    AFTER = "after"
    """After another event."""
    BEFORE = "before"
    SAME = "same"
    """ "the same day", "later that day": on the day of another event."""
    WITHIN = "within"
    """A length without an edge: "in two days"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units. `most` None is open: "many days"."""

    fewest: int
    most: int | None
    unit: TimeUnit
    has_half: bool = False
    """ "Two and a half hours": `fewest` 2, `most` 3."""

    @property
    def is_exact(self) -> bool:
        """True for "two days", false for "several days"."""
        return self.fewest == self.most


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day. `minute` counts from local midnight, 0..1439."""

    minute: int
    precise: bool = True
    """False where only an hour is named ("at 2pm") or the words say about."""
    zone: str | None = None
    """IANA zone stated beside it: "1830 GMT"."""
    local: bool = False
    """ "local time" stands beside it."""
    other: ClockTime | None = None
    """The same instant in another zone: "9:30 pm (1830 GMT)"."""
    until: int | None = None
    """End of a clock range, minutes from the same midnight."""
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class CalendarRef:
    """One day or period the words name. Fields not named are None."""

    weekday: int | None = None
    """0 Monday .. 6 Sunday."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    offset_days: int | None = None
    """From the publication day: today 0, yesterday -1."""
    which: Which | None = None
    unit: TimeUnit | None = None
    part_number: int | None = None
    """Which quarter or half of a year `unit` counts: 1..4."""
    season: str | None = None
    holiday: str | None = None
    """A key of `lexicon.HOLIDAYS` or `lexicon.ISLAMIC`."""
    holiday_days: int = 1
    stretch: Stretch | None = None
    year_which: Which | None = None
    """ "Nov. 27 last year"."""
    week_which: Which | None = None
    """ "Thursday of last week"."""
    weeks_back: int = 0
    """ "two Sundays ago", "a week ago on Tuesday"."""
    calendar: Calendar = Calendar.GREGORIAN
    day_of_feast: int = 0
    """ "The second day of Eid": 2; its eve: -1; the whole of it: 0."""
    week_of_month: int = 0
    """ "The second week of May": 2."""
    is_swappable: bool = False
    """ "03/04/2020": day and month could change places."""
    is_landmark: bool = False
    """ "The Sept. 11 attacks": the day is the name of an attack."""
    last_year: int | None = None
    """ "The winter of 2015-16", "in 2015-16": the year it ends in."""

    @property
    def is_day(self) -> bool:
        """True where one calendar day is meant."""
        if self.unit in {TimeUnit.WEEK, TimeUnit.WEEKEND} or self.is_swappable:
            return False
        if self.holiday is not None and self.day_of_feast:
            return True
        return (
            self.weekday is not None
            or self.day is not None
            or self.offset_days is not None
            or (self.holiday is not None and self.holiday_days == 1)
            or self.unit is TimeUnit.DAY
        )


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A phrase that names a time. `span` covers the natural phrase with its preposition."""

    span: Span
    kind: TimeKind
    refs: tuple[CalendarRef, ...] = ()
    """The days or periods named: one, or several for a list or a range."""
    is_range: bool = False
    """True where the first and last of `refs` are the ends: "between 3 and 5 March"."""
    part: str | None = None
    """A key of `lexicon.PARTS`."""
    last_part: str | None = None
    """The part of the last day of a range: "from Friday night to Saturday morning"."""
    clock: ClockTime | None = None
    amount: Amount | None = None
    """With `refs`, so much of their start or end ("the first three days of May"), or, with a
    direction, so far from them ("two days after Christmas")."""
    direction: Direction | None = None
    bound: Bound | None = None
    local_time: bool = False
    """ "local time" is said: the zone is the place's."""
    zone: str | None = None
    """IANA zone stated for a part of the day: "Wednesday afternoon, Washington time"."""
    is_ahead: bool = False
    """The words before speak of the future: "will meet on Thursday"."""
    anchor: Span | None = None
    """For `anchored`: the rest of the clause, which names the other event."""
    ref_spans: tuple[Span, ...] = ()
    """Where each of several `refs` stands; empty for one."""

    @property
    def has_day(self) -> bool:
        """True where the words themselves name a day, as against a bare clock time."""
        return bool(self.refs) or self.direction in (Direction.AGO, Direction.PAST)

    @property
    def needs_anchor(self) -> bool:
        """True where the time can only be counted from another event."""
        return self.kind is TimeKind.ANCHORED
