"""Places of imported dumps as entries, and the extent of places that state none."""

from __future__ import annotations

from bisect import bisect_right

from tocsin.records.vocab import PlacePrecision
from tocsin.where.entry import GazetteerEntry
from tocsin.where.user_file import UserRow
from tocsin.where.usual import usual_name

_RADIUS_STEPS = (5_000, 50_000, 250_000, 1_000_000)
_SETTLEMENT_RADIUS_KM = (2.0, 3.0, 5.0, 8.0, 15.0)
"""Below the first step of people, from each on."""
_FEATURE_RADIUS_KM = {
    "ADM1": 100.0,
    "ADM2": 30.0,
    "ADM3": 15.0,
    "ADM4": 8.0,
    "PPLX": 2.0,
}
_CLASS_RADIUS_KM = {"A": 15.0, "S": 1.0, "R": 3.0, "V": 10.0}
_WIDE_RADIUS_KM = 20.0
"""Waters, heights and areas: a dump gives them one point and no extent."""
_SITES = frozenset({"AIRB", "AIRF", "AIRP", "INSM", "MILB", "MN", "OILF", "PRT", "CMPRF"})


def imported_entry(row: UserRow) -> GazetteerEntry:
    """One place of a dump."""
    name = usual_name(row.name, row.country)
    precision = _precision(row.feature_class, row.feature_code)
    return GazetteerEntry(
        source="geonames",
        id=row.id,
        name=name,
        feature_code=row.feature_code or "PPL",
        country=row.country,
        precision=precision,
        lat=row.lat,
        lon=row.lon,
        uncertainty_km=_radius_km(row),
        admin1=name if precision is PlacePrecision.ADM1 else row.admin1,
        admin2=row.admin2 if row.feature_code != "ADM2" else None,
        population=row.population,
        zone=row.zone or None,
        countries=(row.country,),
    )


def _precision(feature_class: str, code: str) -> PlacePrecision:
    if code == "ADM1":
        return PlacePrecision.ADM1
    if feature_class == "A":
        return PlacePrecision.ADM2
    if feature_class == "P":
        return PlacePrecision.ZONE if code == "PPLX" else PlacePrecision.SETTLEMENT
    if feature_class in {"S", "R"} or code in _SITES:
        return PlacePrecision.SITE
    return PlacePrecision.REGION


def _radius_km(row: UserRow) -> float:
    if row.feature_class == "P" and row.feature_code != "PPLX":
        return settlement_radius_km(row.population)
    by_code = _FEATURE_RADIUS_KM.get(row.feature_code)
    return by_code or _CLASS_RADIUS_KM.get(row.feature_class, _WIDE_RADIUS_KM)


def settlement_radius_km(population: int) -> float:
    """Radius in km of a settlement of that many people, built-up area only."""
    return _SETTLEMENT_RADIUS_KM[bisect_right(_RADIUS_STEPS, population)]
