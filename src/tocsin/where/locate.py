"""The one place that locates an incident, out of all the places its report names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from tocsin.records import Place
from tocsin.records.vocab import LOCATING_ROLES, PlacePrecision
from tocsin.where.distance import place_distance_km
from tocsin.where.query import PlaceReading

_FINENESS = {precision: at for at, precision in enumerate(PlacePrecision)}
_CONSISTENT_KM = 60.0
"""Slack between the centre of a site and the settlement or landmark named with it."""


def locate(readings: Sequence[PlaceReading]) -> PlaceReading | None:
    """The most specific impact or target site that the other readings do not contradict.

    Its missing country, admin1, zone and coordinates are filled from readings that hold it. None
    where no reading locates anything.
    """
    placed = [r for r in readings if r.place is not None and r.place.role in LOCATING_ROLES]
    if not placed:
        return None
    countries = [r.place.country for r in placed if r.place is not None and not r.is_inferred]
    usual = max(sorted({c for c in countries if c}), key=countries.count, default=None)

    def order(item: tuple[int, PlaceReading]) -> tuple[bool, bool, float, int]:
        at, reading = item
        place = reading.place
        assert place is not None  # noqa: S101 - `placed` holds no other
        strays = usual is not None and place.country not in {usual, None}
        return strays, reading.is_inferred, fineness(reading), at

    best = min(enumerate(placed), key=order)[1]
    assert best.place is not None  # noqa: S101
    return replace(best, place=_completed(best.place, placed))


def fineness(reading: PlaceReading) -> float:
    """Rank of a reading's precision, finest first; infinite where it has no place.

    "Near" is fine beside a site and coarse beside a town: "in Holton, outside of Norville" is in
    Holton, and "100 yards from the embassy" is finer than any town.
    """
    if reading.place is None:
        return math.inf
    rank = float(_FINENESS[reading.place.precision])
    if reading.place.precision is PlacePrecision.NEAR and reading.candidates:
        rank = max(rank, _FINENESS[reading.candidates[0].precision] + 0.5)
    return rank


def _completed(place: Place, readings: Sequence[PlaceReading]) -> Place:
    """The place with what its parents, named beside it, know of it."""
    for reading in readings:
        other = reading.place
        if other is None or other is place:
            continue
        if place.country is None and other.country is not None:
            place = replace(place, country=other.country)
        if other.country != place.country:
            continue
        km = place_distance_km(place, other)
        if km is not None and km > _CONSISTENT_KM + (other.uncertainty_km or 0.0):
            continue
        if place.admin1 is None and other.admin1 is not None:
            place = replace(place, admin1=other.admin1)
        if place.zone is None and other.zone is not None:
            place = replace(place, zone=other.zone)
    return place
