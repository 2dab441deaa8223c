"""Middles of divisions: of their land, not of their people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.gazetteer_points import (
    MIN_RADIUS_KM,
    country_points,
    distance_km,
    division_extents,
    middle,
)

POINTS = st.lists(st.tuples(st.floats(-70, 70), st.floats(-179, 179)), min_size=1, max_size=20)


def test_a_conurbation_counts_once() -> None:
    city = [(50.0 + at / 10_000, 10.0) for at in range(100)]
    assert middle([*city, (52.0, 10.0)]).lat == pytest.approx(51.0, abs=0.1)


def test_the_date_line_is_no_edge() -> None:
    assert abs(middle([(0.0, 179.0), (0.0, -179.0)]).lon) == pytest.approx(180.0)


@given(POINTS)
def test_the_middle_does_not_depend_on_the_order(points: list[tuple[float, float]]) -> None:
    found = middle(points)
    assert found == middle(points[::-1])
    assert found.radius_km >= MIN_RADIUS_KM
    assert distance_km((found.lat, found.lon), (found.lat, found.lon)) == 0.0


def test_tables_are_sound() -> None:
    assert len(country_points()) > 240
    extents = division_extents()
    assert len(extents) > 5_000
    assert all(-90 <= e.lat <= 90 and -180 <= e.lon <= 180 for e in extents.values())
    assert extents["US.TX"].radius_km > 400
