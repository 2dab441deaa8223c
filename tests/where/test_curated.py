"""The hand-written files: every line well-formed, in its country, found by each of its names."""

from __future__ import annotations

from collections import defaultdict
from zoneinfo import ZoneInfo

import pytest

from tocsin.records.vocab import PlacePrecision
from tocsin.text.nations import nation
from tocsin.where import Gazetteer, GazetteerEntry, place_distance_km
from tocsin.where.curated import curated_entries, state_abbreviations
from tocsin.where.names import name_key

ENTRIES = curated_entries()
REGIONAL = {PlacePrecision.REGION, PlacePrecision.ADM1}


def test_there_are_enough_landmarks() -> None:
    assert len(ENTRIES) >= 250


def test_ids_are_unique() -> None:
    ids = [entry.id for entry in ENTRIES]
    assert len(ids) == len(set(ids))


def test_no_name_belongs_to_two_entries() -> None:
    owners: dict[str, set[int]] = defaultdict(set)
    for entry in ENTRIES:
        for name in (entry.name, *entry.aliases):
            owners[name_key(name)].add(entry.id)
    shared = {key: ids for key, ids in owners.items() if len(ids) > 1}
    assert shared == {}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_entry_is_sound(entry: GazetteerEntry, gazetteer: Gazetteer) -> None:
    assert entry.lat is not None
    assert entry.lon is not None
    assert -60 <= entry.lat <= 75
    assert -180 <= entry.lon <= 180
    assert entry.uncertainty_km is not None
    assert 0 < entry.uncertainty_km <= 4_000
    if entry.zone is not None:
        ZoneInfo(entry.zone)
    for code in entry.countries:
        assert nation(code) is not None
    for name in (entry.name, *entry.aliases):
        assert entry in gazetteer.look_up(name), name
    if entry.country is not None:
        country = gazetteer.country(entry.country)
        assert country is not None
        km = place_distance_km(entry, country)
        # a country's farthest corner lies within a few of its radii (Chile, Norway)
        assert km is not None
        assert km <= 6 * (country.uncertainty_km or 0.0) + entry.uncertainty_km + 150


def test_landmarks_lie_near_their_province(gazetteer: Gazetteer) -> None:
    for entry in ENTRIES:
        if entry.country and entry.admin1 and entry.precision not in REGIONAL:
            division = gazetteer.division(entry.country, entry.admin1)
            assert division is not None, entry.name
            km = place_distance_km(entry, division)
            assert km is not None
            assert km <= 4 * (division.uncertainty_km or 0.0) + 150, entry.name


def test_state_abbreviations_name_states(gazetteer: Gazetteer) -> None:
    assert len(set(state_abbreviations().values())) == 51
    for abbreviation in state_abbreviations():
        assert gazetteer.us_state(abbreviation) is not None, abbreviation
