"""How far an incident may be from where its place was put, in kilometres."""

from __future__ import annotations

from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision

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

FINE = frozenset(
    {
        PlacePrecision.POINT,
        PlacePrecision.SITE,
        PlacePrecision.NEAR,
        PlacePrecision.ZONE,
        PlacePrecision.SETTLEMENT,
    }
)
"""Precisions that name one town or something inside it."""


def uncertainty_km(place: Place) -> float | None:
    """How far the incident may be from the place's coordinates; None where they say nothing."""
    default = DEFAULT_UNCERTAINTY_KM.get(place.precision)
    if default is None:
        return None
    return max(place.uncertainty_km, 0.0) if place.uncertainty_km is not None else default
