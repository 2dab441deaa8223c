"""Small reports built by hand: an attack told by an article, with only what a test needs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tocsin.records import (
    Casualties,
    Claim,
    Place,
    Published,
    Quantity,
    Report,
    ReportInContext,
    Span,
    TimeInterval,
    Weapon,
    report_id,
)
from tocsin.records.vocab import (
    IncidentType,
    Outcome,
    PlacePrecision,
    PublishedBasis,
    TimeBasis,
    TimePrecision,
    WeaponType,
)
from tocsin.resolve import Neighbours, block_keys, sought_keys

TOWNS = {
    "Mosul": ("IQ", "Nineveh", 36.335, 43.119),
    "Kirkuk": ("IQ", "Kirkuk", 35.468, 44.392),
    "Maiduguri": ("NG", "Borno", 11.846, 13.160),
}


def place_in(town: str) -> Place:
    """A town of the table as a settlement."""
    country, admin1, lat, lon = TOWNS[town]
    return Place(
        town,
        PlacePrecision.SETTLEMENT,
        country=country,
        admin1=admin1,
        lat=lat,
        lon=lon,
        uncertainty_km=8.0,
    )


def day_of(day: int, *, month: int = 3, basis: TimeBasis = TimeBasis.TEXT) -> TimeInterval:
    """A day of 2021, as a report dates itself."""
    start = dt.datetime(2021, month, day)
    return TimeInterval(start, start + dt.timedelta(days=1), TimePrecision.DAY, basis=basis)


def tell(
    article: str,
    text: str = "A car bomb went off at the vegetable market.",
    *,
    type_: IncidentType = IncidentType.BOMBING,
    town: str | None = "Mosul",
    place: Place | None = None,
    time: TimeInterval | None = None,
    day: int | None = 9,
    killed: int | None = None,
    weapons: Sequence[WeaponType] = (),
    outlet: str | None = None,
    lineage: str | None = None,
    is_main: bool = True,
    trigger: str | None = None,
    sketch: bytes = b"",
) -> ReportInContext:
    """One report in its context. The whole text is its one sentence and every value's evidence."""
    span = Span.of(text, 0, len(text))
    at = text.index(trigger) if trigger else 0
    trigger_span = Span.of(text, at, at + len(trigger)) if trigger else span
    if time is None and day is not None:
        time = day_of(day)
    if place is None and town is not None:
        place = place_in(town)
    report = Report(
        id=report_id(article, "1", trigger_span, type_),
        article_id=article,
        extractor_version="1",
        is_main=is_main,
        type=Claim(type_, (trigger_span,)),
        trigger=trigger_span,
        date=Claim(time, (span,)) if time else None,
        place=Claim(place, (span,)) if place else None,
        weapons=tuple(Claim(Weapon(weapon), (span,)) for weapon in weapons),
        casualties=(
            (Claim(Casualties(Outcome.KILLED, Quantity(killed, killed, killed)), (span,)),)
            if killed is not None
            else ()
        ),
        sentences=(span,),
    )
    published = Published(dt.date(2021, 3, 10), PublishedBasis.METADATA)
    return ReportInContext(
        report, lineage or article, outlet or f"outlet of {article}", published, sketch=sketch
    )


def neighbours_in(reports: Iterable[ReportInContext]) -> Neighbours:
    """What a store answers: all reports of a set found under a key that one looks under."""
    by_key: dict[str, list[ReportInContext]] = defaultdict(list)
    for context in reports:
        for key in block_keys(context.report):
            by_key[key].append(context)

    def neighbours(context: ReportInContext) -> list[ReportInContext]:
        found = {c.report.id: c for k in sought_keys(context.report) for c in by_key[k]}
        return list(found.values())

    return neighbours
