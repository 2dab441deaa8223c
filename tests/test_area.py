"""Areas: what a box around them holds, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.area import Circle, Polygon, read_box, read_circle, read_polygon
from tocsin.store import BoundingBox

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)


def in_box(box: BoundingBox, lon: float, lat: float) -> bool:
    if not box.south <= lat <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= lon <= box.east
    return lon >= box.west or lon <= box.east


@given(LON, LAT, st.floats(0.001, 5_000), LON, LAT)
def test_the_box_of_a_circle_holds_all_of_it(
    lon: float, lat: float, radius_km: float, other_lon: float, other_lat: float
) -> None:
    circle = Circle(lon, lat, radius_km)
    if circle.holds(other_lon, other_lat):
        assert in_box(circle.box(), other_lon, other_lat)


@given(LON, LAT, st.floats(0.1, 3_000), st.floats(-1, 1), st.floats(-1, 1))
def test_points_close_to_the_rim_are_in_the_box_too(
    lon: float, lat: float, radius_km: float, east: float, north: float
) -> None:
    circle = Circle(lon, lat, radius_km)
    other_lat = max(-90.0, min(90.0, lat + north * radius_km / 111.2))
    other_lon = (lon + east * radius_km / 111.2 + 180) % 360 - 180
    if circle.holds(other_lon, other_lat):
        assert in_box(circle.box(), other_lon, other_lat)


@given(st.lists(st.tuples(LON, LAT), min_size=3, max_size=12), LON, LAT)
def test_the_box_of_a_polygon_holds_all_of_it(
    corners: list[tuple[float, float]], lon: float, lat: float
) -> None:
    polygon = Polygon(tuple(corners))
    if polygon.holds(lon, lat):
        assert in_box(polygon.box(), lon, lat)


def test_a_polygon_with_a_bay() -> None:
    bay = read_polygon("0,0,10,0,10,10,5,2,0,10,0,0")
    assert bay.holds(1, 1)
    assert bay.holds(9, 5)
    assert not bay.holds(5, 8)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_box, "1,2,3"),
        (read_box, "44,91,45,92"),
        (read_box, "44,33,45,32"),
        (read_box, "nan,0,1,1"),
        (read_circle, "44,33,0"),
        (read_circle, "44,33,nan"),
        (read_circle, "44,33,inf"),
        (read_circle, "33 44 5"),
        (read_polygon, "0,0,1,1"),
        (read_polygon, "0,0,1,1,2"),
        (read_polygon, "0,0,1,1,2,inf"),
    ],
)
def test_what_means_nothing_is_refused(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match=r"."):
        read(text)


def test_a_box_may_cross_the_180th_meridian() -> None:
    assert read_box("170,-20,-170,0") == BoundingBox(170, -20, -170, 0)
