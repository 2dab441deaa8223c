from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.records import Place, Span
from tocsin.records.vocab import PlacePrecision, PlaceRole
from tocsin.where import GazetteerEntry, PlaceReading, locate, place_distance_km, zone_of


def reading(name: str, precision: PlacePrecision, **values: object) -> PlaceReading:
    place = Place(name, precision, **values)  # type: ignore[arg-type]
    return PlaceReading(Span(0, len(name), name), place, (), "named", "", 0.9)


BAGHDAD = reading(
    "Baghdad",
    PlacePrecision.SETTLEMENT,
    country="IQ",
    admin1="Baghdad",
    lat=33.34,
    lon=44.40,
    zone="Asia/Baghdad",
)


def test_finest_place_wins_and_is_completed() -> None:
    zone = reading("Karrada", PlacePrecision.ZONE, country="IQ", lat=33.30, lon=44.43)
    found = locate([BAGHDAD, zone])
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Karrada", "Baghdad")
    assert zone_of(found.place) == "Asia/Baghdad"


def test_only_impact_and_target_site_locate() -> None:
    launch = reading("Basra", PlacePrecision.POINT, role=PlaceRole.LAUNCH, country="IQ")
    assert locate([launch]) is None
    found = locate([launch, BAGHDAD])
    assert found is not None
    assert found.place == BAGHDAD.place


def test_a_stray_abroad_does_not_locate() -> None:
    stray = reading("Salem", PlacePrecision.SITE, country="US")
    other = reading("Taji", PlacePrecision.SETTLEMENT, country="IQ")
    found = locate([stray, BAGHDAD, other])
    assert found is not None
    assert found.place is not None
    assert found.place.country == "IQ"


def test_nothing_gives_nothing() -> None:
    assert locate([]) is None
    assert locate([PlaceReading(Span(0, 1, "x"), None, (), "unknown", "", 0.0)]) is None


def test_distance() -> None:
    paris = Place("Paris", PlacePrecision.SETTLEMENT, lat=48.8566, lon=2.3522)
    london = Place("London", PlacePrecision.SETTLEMENT, lat=51.5074, lon=-0.1278)
    assert place_distance_km(paris, london) == pytest.approx(343.5, abs=1.0)
    assert place_distance_km(paris, Place("x", PlacePrecision.UNKNOWN)) is None
    assert zone_of(None) is None


def near(town: str, base: PlacePrecision) -> PlaceReading:
    """ "outside of TOWN": near an entry of that precision."""
    entry = GazetteerEntry("geonames", 1, town, "PPL", "US", base, countries=("US",))
    place = Place(town, PlacePrecision.NEAR, country="US")
    return PlaceReading(Span(0, len(town), town), place, (entry,), "named-near", "", 0.9)


def test_near_a_town_is_coarser_than_the_town_it_is_in() -> None:
    holton = reading("Holton", PlacePrecision.SETTLEMENT, country="US")
    found = locate([holton, near("Norville", PlacePrecision.SETTLEMENT)])
    assert found is not None
    assert found.place == holton.place


def test_near_a_site_is_finer_than_any_town() -> None:
    gate = near("the gate", PlacePrecision.SITE)
    found = locate([reading("Holton", PlacePrecision.SETTLEMENT, country="US"), gate])
    assert found is not None
    assert found.place == gate.place


@given(st.lists(st.sampled_from(list(PlacePrecision)), min_size=1, max_size=5))
def test_a_located_place_is_one_of_those_told(precisions: list[PlacePrecision]) -> None:
    readings = [reading(f"P{at}", one) for at, one in enumerate(precisions)]
    found = locate(readings)
    assert found is not None
    assert found.place is not None
    assert found.place.name in {r.place.name for r in readings if r.place}
