from __future__ import annotations

import pytest

from tocsin.records import Place, Span
from tocsin.records.vocab import PlacePrecision, PlaceRole
from tocsin.where import PlaceReading, locate, place_distance_km, zone_of


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
