"""Distances, uncertainties and zones of places."""

from __future__ import annotations

import math
from typing import Protocol

from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision

EARTH_DIAMETER_KM = 12_742.0
DEFAULT_UNCERTAINTY_KM = {
    PlacePrecision.POINT: 0.3,
    PlacePrecision.SITE: 3.0,
    PlacePrecision.NEAR: 10.0,
    PlacePrecision.ZONE: 5.0,
    PlacePrecision.SETTLEMENT: 10.0,
    PlacePrecision.ADM2: 40.0,
    PlacePrecision.ADM1: 150.0,
    PlacePrecision.REGION: 200.0,
}
"""Used where a place brings no uncertainty of its own. Country and unknown have none: a centre of a
country says nothing about distance."""


class Located(Protocol):
    """Anything with coordinates, or without."""

    @property
    def lat(self) -> float | None:
        """WGS 84 degrees north."""

    @property
    def lon(self) -> float | None:
        """WGS 84 degrees east."""


def place_distance_km(one: Located, other: Located) -> float | None:
    """Great-circle distance between two centres; None where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    south, north = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))


def uncertainty_km(place: Place) -> float | None:
    """How far the incident may be from the place's coordinates; None where they say nothing."""
    default = DEFAULT_UNCERTAINTY_KM.get(place.precision)
    if default is None:
        return None
    return max(place.uncertainty_km, 0.0) if place.uncertainty_km is not None else default


def zone_of(place: Place | None) -> str | None:
    """IANA time zone of a place, None where it is not known (or the country has several)."""
    return place.zone if place is not None else None
