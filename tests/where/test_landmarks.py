"""Landmarks on the map: each lies where towns of its country and province are."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tocsin.records.vocab import PlacePrecision
from tocsin.where import Gazetteer, GazetteerEntry, place_distance_km
from tocsin.where.curated import curated_entries

TOWN_KM = 110.0
LONELY = frozenset(
    {
        "Trebil crossing",
        "Al-Tanf garrison",
        "Rukban camp",
        "Khurais oil field",
        "In Amenas gas facility",
        "Tiguentourine",
        "Heglig oil field",
        "Grand Ethiopian Renaissance Dam",
        "Garamba National Park",
        "Diego Garcia",
    }
)
"""In deserts and at sea: no town of 500 people of their country within so many km."""
LANDMARKS = [
    entry
    for entry in curated_entries()
    if entry.id < 10_000 and entry.country and entry.precision is not PlacePrecision.REGION
]

Cells = dict[tuple[int, int], list[GazetteerEntry]]


@pytest.fixture(scope="module")
def towns(gazetteer: Gazetteer) -> Cells:
    cells: Cells = defaultdict(list)
    for entry in gazetteer.settlements():
        if entry.lat is not None and entry.lon is not None:
            cells[int(entry.lat // 1), int(entry.lon // 1)].append(entry)
    return cells


def near(entry: GazetteerEntry, towns: Cells, km: float) -> list[GazetteerEntry]:
    assert entry.lat is not None
    assert entry.lon is not None
    lat, lon = int(entry.lat // 1), int(entry.lon // 1)
    around = [
        town
        for one in range(lat - 1, lat + 2)
        for two in range(lon - 2, lon + 3)
        for town in towns.get((one, two), ())
    ]
    return [town for town in around if (place_distance_km(entry, town) or 0.0) <= km]


@pytest.mark.parametrize("entry", LANDMARKS, ids=lambda entry: entry.name)
def test_towns_of_its_country_and_province_are_near(entry: GazetteerEntry, towns: Cells) -> None:
    around = [town for town in near(entry, towns, TOWN_KM) if town.country == entry.country]
    if entry.name in LONELY:
        return
    assert around, f"no town of {entry.country} within {TOWN_KM} km"
    if entry.admin1:
        assert entry.admin1 in {town.admin1 for town in around}


def test_every_entry_says_where_its_coordinates_come_from() -> None:
    assert all(entry.origin for entry in curated_entries())


def test_the_world_is_covered() -> None:
    by_country: dict[str, int] = defaultdict(int)
    for entry in curated_entries():
        if entry.id < 10_000:
            for code in entry.countries:
                by_country[code] += 1
    assert len(by_country) >= 100
    assert len([entry for entry in curated_entries() if entry.id < 10_000]) >= 600
