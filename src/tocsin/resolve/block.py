"""Blocking: the keys under which candidates for a report are looked for.

Two reports are compared only if they share a key. Keys are (where) x (day) x (family of types):

- where: grid cells, for places with coordinates. A place gives the four corners of its half-degree
  cell, so that two places in adjoining cells share a corner; a first-order division; and, for
  reports that know no finer place, the country.
- day: each local day touched, and the day after it, so that neighbouring days meet (a zone misread,
  "overnight") and days further apart do not. An interval of more than `MAX_DAYS` gives no day keys.
- family: attacks, protests, arrests; types that may be one incident share a family.

A report of a day whose place nothing tells meets the placed ones by (word) x (day): its capitalised
words against their places' names. A recap that says "last month" meets the reports of the time by
(town) x (month) x (means): the town by its name, the means in three kinds, so that a month of one
town stays small. Reports without day or place, and those of wider dates, meet others by their rare
details alone: full names and streets, at most `MAX_DETAIL_KEYS`. A report with a day and a town has
about 17 keys; none has more than about 200.
"""

from __future__ import annotations

import datetime as dt
from math import floor

from tocsin.records import Place, Report
from tocsin.records.vocab import IncidentType, TimeBasis
from tocsin.resolve.details import MIN_NAME_LETTERS, Details, named_words, read_details
from tocsin.resolve.geo import FINE
from tocsin.resolve.words import normalise

CELL_DEGREES = 0.5
"""About 55 km north to south: places that share no corner are farther apart than two towns'
uncertainties plus 5 km."""

MAX_DAYS = 10
"""Wider dates ("last month") would meet every report of their place in that time."""

PUBLISHED_LAG_DAYS = 1
"""A date that rests on the publication day alone may be that many days late."""

MAX_DETAIL_KEYS = 6
MAX_NAMED_WORDS = 10

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


def block_keys(report: Report) -> tuple[str, ...]:
    """Sorted keys of a report. Two reports that share none are never taken for one incident."""
    place = report.place.value if report.place else None
    details = read_details(report)
    months = _months(report)
    families = type_families(report.type.value)
    keys = set(detail_keys(details))
    days = _days(report)
    wheres = _wheres(place)
    if place and place.name and place.precision in FINE:
        town = f"town{place.country or ''}:{normalise(place.name)}"
        means = type_means(report.type.value)
        keys.update(f"{town}|{month}|{mean}" for month in months for mean in means)
    keys.update(
        f"named|{day.isoformat()}|{name}|{family}"
        for day in days
        for name in _names(report)
        for family in families
    )
    if days and wheres:
        keys.update(
            f"{where}|{day.isoformat()}|{family}"
            for where in wheres
            for day in days
            for family in families
        )
    elif wheres:
        keys.update(f"{where}|?|{family}" for where in wheres for family in families)
    elif days:
        keys.update(f"?|{day.isoformat()}|{family}" for day in days for family in families)
    return tuple(sorted(keys))


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


def _days(report: Report) -> list[dt.date]:
    """The local days a report is looked for under; none where its date is open or too wide."""
    if report.date is None:
        return []
    interval = report.date.value
    first, last = interval.first_day, interval.last_day
    if first is None or last is None or (last - first).days >= MAX_DAYS:
        return []
    if interval.basis is not TimeBasis.TEXT:
        first -= dt.timedelta(days=min(PUBLISHED_LAG_DAYS, first.toordinal() - 1))
    if last < dt.date.max:
        last += dt.timedelta(days=1)
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _months(report: Report) -> list[str]:
    """The months an interval of up to a month touches, two at most; none where it is wider."""
    if report.date is None:
        return []
    first, last = report.date.value.first_day, report.date.value.last_day
    if first is None or last is None or (last - first).days > 31:
        return []
    return sorted({f"{first:%Y-%m}", f"{last:%Y-%m}"})


def _names(report: Report) -> tuple[str, ...]:
    """Words by which an unplaced report meets a placed one of its day.

    A placed report gives the longest word of its place's name; an unplaced one every word of its
    sentences that might be such a name.
    """
    if report.place is None or report.place.value.precision not in FINE:
        return named_words(report, MAX_NAMED_WORDS)
    words = [w for w in normalise(report.place.value.name).split() if len(w) >= MIN_NAME_LETTERS]
    return (max(words, key=lambda word: (len(word), word)),) if words else ()


def _wheres(place: Place | None) -> list[str]:
    if place is None:
        return []
    wheres = []
    is_fine = place.precision in FINE
    if is_fine and place.lat is not None and place.lon is not None:
        row, column = floor(place.lat / CELL_DEGREES), floor(place.lon / CELL_DEGREES)
        around = round(360 / CELL_DEGREES)
        wheres += [f"cell{row + i},{(column + j) % around}" for i in (0, 1) for j in (0, 1)]
    if place.country:
        if place.admin1:
            wheres.append(f"adm1{place.country}:{normalise(place.admin1)}")
        if not is_fine or not place.admin1:
            wheres.append(f"country{place.country}")
    if not wheres and place.name:
        wheres.append(f"name:{normalise(place.name)}")
    return wheres
