"""The basemap's cuts: nothing is lost at the 180th meridian, and nothing crosses the map."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tools.build_basemap import Atlas, Ring, borders, clipped, cut, land, stretches, unwrapped


def area(ring: Ring) -> float:
    """Twice the signed area, in square degrees."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def circle(lon: float, lat: float, radius: float) -> Ring:
    """A ring around a point, longitudes wrapped as a map file has them."""
    around = [2 * math.pi * step / 24 for step in range(24)]
    points = [(lon + radius * math.cos(a), lat + radius * math.sin(a)) for a in around]
    wrapped = [((x + 180) % 360 - 180, y) for x, y in points]
    return [*wrapped, wrapped[0]]


@hypothesis_settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-60, 60), st.floats(1, 25))
def test_a_cut_ring_keeps_its_area_within_the_map(lon: float, lat: float, radius: float) -> None:
    ring = circle(lon, lat, radius)
    parts = cut(ring)
    assert 1 <= len(parts) <= 2
    for part in parts:
        assert all(-180 - 1e-9 <= x <= 180 + 1e-9 for x, _ in part)
        assert max(abs(b[0] - a[0]) for a, b in pairwise(part)) < 60
    whole = abs(area(unwrapped(ring)))
    assert sum(abs(area(part)) for part in parts) == pytest.approx(whole, rel=1e-6)


def test_a_ring_around_a_pole_is_closed_along_it() -> None:
    ring = [(lon, -70.0) for lon in range(-180, 180, 10)]
    flat = unwrapped([*ring, ring[0]])
    assert min(lat for _, lat in flat) == -90
    assert flat[0] == flat[-1]


def test_nothing_is_kept_beyond_a_meridian() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    assert clipped(square, 3, 1) == []
    assert {x for x, _ in clipped(square, 1, 1)} == {1.0, 2.0}


def test_only_the_contested_stretch_is_disputed() -> None:
    line = [(70.0, 30.0), (72.0, 31.0), (74.0, 33.0), (75.0, 34.0)]
    found = list(stretches(line, frozenset({"India", "Pakistan"})))
    assert [state for state, _ in found] == [False, True]
    assert [*found[0][1], *found[1][1][1:]] == line
    assert [state for state, _ in stretches(line, frozenset({"France", "Spain"}))] == [False]


def test_an_atlas_becomes_land_and_borders() -> None:
    # Two squares that share the side from (1, 0) to (1, 1), as arcs in steps of one degree.
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Kosovo"}},
                    {"type": "Polygon", "arcs": [[2, -1]], "properties": {"name": "Elsewhere"}},
                ]
            },
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[2, 1]]]}]},
        },
    }  # fmt: skip
    atlas = Atlas(topology)
    (shape,) = land(atlas)["features"][0]["geometry"]["coordinates"]
    assert {tuple(point) for point in shape[0]} == {(0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1)}
    settled, disputed = borders(atlas)["features"]
    assert settled["geometry"]["coordinates"] == []
    assert disputed["geometry"]["coordinates"] == [[[1, 0], [1, 1]]]
