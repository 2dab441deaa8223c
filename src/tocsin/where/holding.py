"""Which place holds which."""

from __future__ import annotations

from tocsin.records.vocab import PlacePrecision
from tocsin.where.distance import place_distance_km
from tocsin.where.entry import GazetteerEntry

HELD_SLACK_KM = 10.0
CITY_REACH_KM = 60.0
"""How far from a city's centre what is in it may lie: districts, suburbs, its airport."""


def holds(parent: GazetteerEntry, entry: GazetteerEntry) -> bool:
    """True where `parent` contains, or as a settlement lies close to, `entry`."""
    if parent is entry or parent == entry:
        return False
    if parent.is_country:
        return parent.country in entry.countries and not entry.is_country
    if parent.precision is PlacePrecision.ADM1:
        return entry.country == parent.country and entry.admin1 == parent.name
    km = place_distance_km(parent, entry)
    if km is None:
        return bool(set(parent.countries) & set(entry.countries))
    reach = (parent.uncertainty_km or 10.0) * 1.5 + HELD_SLACK_KM
    if not parent.is_division:
        reach = max(CITY_REACH_KM, reach)
    return km <= reach and bool(
        set(parent.countries) & set(entry.countries) or parent.precision is PlacePrecision.REGION
    )
