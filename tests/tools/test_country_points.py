"""The middle of a piece of land, on a globe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.country_points import decode_arcs, middle, ring_of


def box(west: float, east: float, south: float, north: float) -> list[tuple[float, float]]:
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [((x + 180) % 360 - 180, y) for x, y in corners]


@given(west=st.floats(-180, 179), width=st.floats(1, 60), north=st.floats(1, 60))
def test_a_box_on_the_equator_has_its_middle_in_the_middle(
    west: float, width: float, north: float
) -> None:
    _, latitude, longitude = middle(box(west, west + width, -north, north))
    assert latitude == pytest.approx(0, abs=1e-6)
    off = (longitude - (west + width / 2) + 180) % 360 - 180
    assert off == pytest.approx(0, abs=1e-6)


def test_land_on_both_sides_of_the_date_line_is_one() -> None:
    area, _, longitude = middle(box(170, 190, 0, 10))
    assert longitude == pytest.approx(-180) or longitude == pytest.approx(180)
    assert area == pytest.approx(middle(box(0, 20, 0, 10))[0])


def test_arcs_are_walked_in_both_directions() -> None:
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
    }
    arcs = decode_arcs(topology)
    assert arcs[0] == [(10, 20), (11, 20), (11, 21)]
    assert ring_of([0, ~1], arcs) == [(10, 20), (11, 20), (11, 21), (10, 21), (10, 20)]
