"""Blocking: the keys under which a report is found, and those under which it looks for others.

Two reports are compared only if one is found under a key that the other looks under. Keys are
(where) x (day) x (family of types):

- where: grid cells, for places with coordinates. A place gives the four corners of its half-degree
  cell, so that two places in adjoining cells share a corner; a first-order division; and, for
  reports that know no finer place, the country.
- day: each local day touched. Reports dated by a clock, or by the day of publication alone, look a
  day further either way and are looked for there (a zone misread, "overnight").
- family: attacks, protests, arrests; types that may be one incident share a family.

A report of a day whose place nothing tells meets the placed ones by (word) x (day): its capitalised
words against their places' names. A recap that says "last month" meets the reports of the time by
(town) x (month) x (means): the town by its name, the means in three kinds, so that a month of one
town stays small. Reports without day or place, and those of wider dates, meet others by their rare
details alone: full names and streets, at most `MAX_DETAIL_KEYS`.

What is exact need not look under coarse keys for what is as exact. Two towns with coordinates meet
in a cell or exclude each other, so neither looks for the other under their province; two reports of
whole days meet on a day or exclude each other, so neither looks at the day before. Keys therefore
say how exact their owner is: `!` exact, `~` rough. An exact report looks under the rough keys of a
kind, a rough one under both. The vetoes (`veto.py`) are what makes this safe: if they change, these
classes must. `tests/resolve/test_block.py` holds the two together.

A report with a day and a town is found under about 8 keys and looks under about 20. The most are
about 200 and 1,100, those of a report without a place that names ten words and ten days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, floor, radians

from tocsin.records import Place, Report
from tocsin.records.vocab import IncidentType, TimeBasis
from tocsin.resolve.details import MIN_NAME_LETTERS, Details, named_words, read_details
from tocsin.resolve.geo import FINE
from tocsin.resolve.veto import PLACE_SLACK_KM
from tocsin.resolve.words import normalise
from tocsin.where import uncertainty_km

BLOCK_VERSION = 3
"""Stored with the keys: a store whose keys are of another version is keyed anew. To be raised
whenever a report gets other keys than before."""

CELL_DEGREES = 0.5
"""About 55 km north to south: places that share no corner are farther apart than two towns'
uncertainties plus 5 km."""

KM_PER_DEGREE = 111.0
"""Of latitude, a little less than it is anywhere."""

MAX_DAYS = 10
"""Wider dates ("last month") would meet every report of their place in that time."""

PUBLISHED_LAG_DAYS = 1
"""A date that rests on the publication day alone may be that many days late."""

MAX_DETAIL_KEYS = 6
MAX_NAMED_WORDS = 10

EXACT, ROUGH = "!", "~"

_PROTESTS = frozenset(
    {
        IncidentType.PROTEST,
        IncidentType.VIOLENT_DEMONSTRATION,
        IncidentType.VIOLENCE_AGAINST_PROTEST,
        IncidentType.MOB_VIOLENCE,
    }
)
_MEANS = {
    IncidentType.INDIRECT_FIRE: "fire",
    IncidentType.AIR_STRIKE: "fire",
    IncidentType.CBRN_ATTACK: "fire",
    IncidentType.INTERCEPTION: "fire",
    IncidentType.BOMBING: "bomb",
    IncidentType.SUICIDE_BOMBING: "bomb",
    IncidentType.GRENADE_ATTACK: "bomb",
}
_ALSO_ATTACKS = frozenset({IncidentType.VIOLENCE_AGAINST_PROTEST, IncidentType.MOB_VIOLENCE})


@dataclass(frozen=True, slots=True)
class Blocks:
    """The keys of a report, each tuple sorted."""

    found_under: tuple[str, ...]
    looks_under: tuple[str, ...]


def block_keys(report: Report) -> tuple[str, ...]:
    """Sorted keys under which a report is found."""
    return blocks(report).found_under


def sought_keys(report: Report) -> tuple[str, ...]:
    """Sorted keys under which a report looks for others.

    Of two reports that may be one incident, each looks under a key of the other's; two that share
    none either way are never taken for one incident.
    """
    return blocks(report).looks_under


def blocks(report: Report) -> Blocks:
    """Both sides of a report's keys."""
    place = report.place.value if report.place else None
    families = type_families(report.type.value)
    is_sharp = place is not None and _is_sharp(place)
    days = _Days.of(report)
    found = set(detail_keys(read_details(report)))
    looks = set(found)

    is_dated = days is not None and days.is_whole
    for own, sought in _towns(report, place, is_exact=is_sharp and is_dated):
        found.add(own)
        looks.update(sought)
    wheres = _wheres(place, is_sharp=is_sharp)
    if days is None:
        for own, sought in wheres:
            found.update(f"{own}|?|{family}" for family in families)
            looks.update(f"{where}|?|{family}" for where in sought for family in families)
        return _sorted(found, looks)
    grounds = wheres + _names(report, is_sharp=is_sharp)
    if not wheres:
        grounds.append(("?", ("?",)))
    for own, sought in grounds:
        found.update(f"{own}|{day}|{family}" for day in days.found_on() for family in families)
        looks.update(
            f"{where}|{day}|{family}"
            for where in sought
            for day in days.looks_on()
            for family in families
        )
    return _sorted(found, looks)


def _sorted(found: Iterable[str], looks: Iterable[str]) -> Blocks:
    return Blocks(tuple(sorted(found)), tuple(sorted(looks)))


Ground = tuple[str, tuple[str, ...]]
"""The part of a key that one is found under, and those that one looks under."""


def _graded(key: str, *, is_exact: bool) -> Ground:
    """A kind of key on which two exact reports need not meet."""
    if is_exact:
        return f"{key}{EXACT}", (f"{key}{ROUGH}",)
    return f"{key}{ROUGH}", (f"{key}{EXACT}", f"{key}{ROUGH}")


def _is_sharp(place: Place) -> bool:
    """True where another such place is near enough to share a cell, or excluded by distance."""
    if place.precision not in FINE or place.lat is None or place.lon is None:
        return False
    radius_km = uncertainty_km(place)
    # a cell's width where it is narrowest: at the edge of the next row towards the pole
    width_km = CELL_DEGREES * KM_PER_DEGREE * cos(radians(min(abs(place.lat) + 1, 90)))
    return radius_km is not None and 2 * radius_km + PLACE_SLACK_KM < width_km


@dataclass(frozen=True, slots=True)
class _Days:
    """The local days of a report that knows them to `MAX_DAYS`."""

    first: dt.date
    last: dt.date
    is_whole: bool
    """Whole days that the text itself names: another such report shares a day or is excluded."""
    lag: int
    """Days by which it may be told late."""

    @classmethod
    def of(cls, report: Report) -> _Days | None:
        """None where the date is open or too wide."""
        if report.date is None:
            return None
        interval = report.date.value
        first, last = interval.first_day, interval.last_day
        if first is None or last is None or (last - first).days >= MAX_DAYS:
            return None
        is_told = interval.basis is TimeBasis.TEXT
        midnights = (interval.earliest, interval.latest)
        is_whole = is_told and all(bound and bound.time() == dt.time() for bound in midnights)
        return cls(first, last, is_whole, 0 if is_told else PUBLISHED_LAG_DAYS)

    def found_on(self) -> list[str]:
        if self.is_whole:
            return [f"{day}{EXACT}" for day in _range(self.first, self.last)]
        return [f"{day}{ROUGH}" for day in self._around()]

    def looks_on(self) -> list[str]:
        if self.is_whole:
            whole = _range(self.first, self.last)
        else:
            whole = _range(_shifted(self.first, -self.lag - 1), _shifted(self.last, 1))
        return [*(f"{day}{EXACT}" for day in whole), *(f"{day}{ROUGH}" for day in self._around())]

    def _around(self) -> list[dt.date]:
        """The days touched, those it may be late by, and the day after."""
        return _range(_shifted(self.first, -self.lag), _shifted(self.last, 1))


def _shifted(day: dt.date, days: int) -> dt.date:
    """The day so many days on; the calendar's first or last day where that is out of it."""
    number = day.toordinal() + days
    return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))


def _range(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _towns(report: Report, place: Place | None, *, is_exact: bool) -> list[Ground]:
    """A town's name with the months of the date and the means of the attack."""
    if place is None or not place.name or place.precision not in FINE:
        return []
    town = f"town{place.country or ''}:{normalise(place.name)}"
    return [
        _graded(f"{town}|{month}|{mean}", is_exact=is_exact)
        for month in _months(report)
        for mean in type_means(report.type.value)
    ]


def type_families(type_: IncidentType) -> tuple[str, ...]:
    """The families of types whose members may be one incident with `type_`."""
    if type_ is IncidentType.ARREST_RAID:
        return ("arrest",)
    if type_ in _PROTESTS:
        return ("attack", "protest") if type_ in _ALSO_ATTACKS else ("protest",)
    return ("attack",)


def type_means(type_: IncidentType) -> tuple[str, ...]:
    """Finer than families, for keys that hold a month: by what means."""
    if type_ is IncidentType.OTHER_ATTACK:
        return ("arms", "bomb", "fire")
    return (_MEANS.get(type_, "arms"),)


def detail_keys(details: Details) -> tuple[str, ...]:
    """Keys of the rarest details: names of persons first, then streets; the longest first."""
    ranked = sorted(details.persons, key=_longest) + sorted(details.streets, key=_longest)
    return tuple(f"detail|{name}" for name in ranked[:MAX_DETAIL_KEYS])


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _months(report: Report) -> list[str]:
    """The months an interval of up to a month touches, two at most; none where it is wider."""
    if report.date is None:
        return []
    first, last = report.date.value.first_day, report.date.value.last_day
    if first is None or last is None or (last - first).days > 31:
        return []
    return sorted({f"{first:%Y-%m}", f"{last:%Y-%m}"})


def _names(report: Report, *, is_sharp: bool) -> list[Ground]:
    """Words by which an unplaced report meets a placed one of its day.

    A placed report gives the longest word of its place's name; an unplaced one every word of its
    sentences that might be such a name.
    """
    if report.place is None or report.place.value.precision not in FINE:
        words: Iterable[str] = named_words(report, MAX_NAMED_WORDS)
    else:
        parts = normalise(report.place.value.name).split()
        long = [word for word in parts if len(word) >= MIN_NAME_LETTERS]
        words = (max(long, key=lambda word: (len(word), word)),) if long else ()
    return [_graded(f"named:{word}", is_exact=is_sharp) for word in words]


def _wheres(place: Place | None, *, is_sharp: bool) -> list[Ground]:
    if place is None:
        return []
    wheres: list[Ground] = []
    is_fine = place.precision in FINE
    if is_fine and place.lat is not None and place.lon is not None:
        row, column = floor(place.lat / CELL_DEGREES), floor(place.lon / CELL_DEGREES)
        around = round(360 / CELL_DEGREES)
        corners = (f"cell{row + i},{(column + j) % around}" for i in (0, 1) for j in (0, 1))
        wheres += [(corner, (corner,)) for corner in corners]
    if place.country:
        if place.admin1:
            division = f"adm1{place.country}:{normalise(place.admin1)}"
            wheres.append(_graded(division, is_exact=is_sharp))
        if not is_fine or not place.admin1:
            wheres.append(_graded(f"country{place.country}", is_exact=is_sharp))
    if not wheres and place.name:
        name = f"name:{normalise(place.name)}"
        wheres.append((name, (name,)))
    return wheres
