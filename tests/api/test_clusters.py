"""Clusters: every point of a view is in one of them, none is moved, few are drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tocsin.api.clusters import CELL_PX, MAX_FEATURES, TILE_PX, Points, clustered
from tocsin.store import BoundingBox, Glance

WORLD = BoundingBox(-180, -90, 180, 90)
lons = st.floats(-180, 180)
lats = st.floats(-90, 90)


def points(*at: tuple[float, float]) -> Points:
    """Points by longitude and latitude."""
    return Points.of([Glance(key, None, lat, lon) for key, (lon, lat) in enumerate(at, start=1)])


@given(at=st.lists(st.tuples(lons, lats), max_size=40), zoom=st.integers(0, 22))
def test_each_point_is_in_one_cluster(at: list[tuple[float, float]], zoom: int) -> None:
    found = clustered(points(*at), WORLD, zoom)
    assert found.zoom == zoom
    assert sum(cluster.count for cluster in found.clusters) == len(at)
    for cluster in found.clusters:
        assert cluster.box.west - 1e-9 <= cluster.lon <= cluster.box.east + 1e-9
        assert cluster.box.south - 1e-9 <= cluster.lat <= cluster.box.north + 1e-9
        # no wider than a cell
        across = 360 * CELL_PX / TILE_PX / 2**zoom
        assert cluster.box.east - cluster.box.west <= across + 1e-9


@given(at=st.lists(st.tuples(lons, lats), min_size=1, max_size=20), zoom=st.integers(0, 22))
def test_a_point_alone_stands_where_it_is(at: list[tuple[float, float]], zoom: int) -> None:
    for cluster in clustered(points(*at), WORLD, zoom).clusters:
        if cluster.count == 1:
            assert (cluster.lon, cluster.lat) == at[cluster.key - 1]


@given(at=st.lists(st.tuples(lons, lats), max_size=20), seed=st.integers(0, 99))
def test_the_order_of_the_points_does_not_show(at: list[tuple[float, float]], seed: int) -> None:
    given_points = points(*at)
    order = np.random.default_rng(seed).permutation(len(at))
    glances = [Glance(int(n) + 1, None, at[n][1], at[n][0]) for n in order]
    assert clustered(given_points, WORLD, 4) == clustered(Points.of(glances), WORLD, 4)


def test_one_place_is_one_cluster_however_close_one_looks() -> None:
    (cluster,) = clustered(points(*[(44.36, 33.31)] * 7), WORLD, 22).clusters
    assert (cluster.count, cluster.lon, cluster.lat) == (7, 44.36, 33.31)
    assert cluster.box == BoundingBox(44.36, 33.31, 44.36, 33.31)


def test_a_view_across_the_date_line_sees_both_sides() -> None:
    found = clustered(points((179.5, 0), (-179.5, 0), (0, 0)), BoundingBox(170, -5, -170, 5), 8)
    assert sorted(cluster.lon for cluster in found.clusters) == [-179.5, 179.5]


def test_too_much_to_show_is_told_in_coarser_cells() -> None:
    side = math.isqrt(2 * MAX_FEATURES)
    at = [(x / side * 300 - 150, y / side * 140 - 70) for x in range(side) for y in range(side)]
    found = clustered(points(*at), WORLD, 20)
    assert found.zoom < 20
    assert len(found.clusters) <= MAX_FEATURES
    assert sum(cluster.count for cluster in found.clusters) == len(at)


def test_incidents_without_a_point_are_not_among_them() -> None:
    assert len(Points.of([Glance(1, "2020-01-01", None, None)])) == 0
    assert clustered(Points.of([]), WORLD, 3).clusters == ()


def test_the_route_gives_points_and_clusters(client: TestClient) -> None:
    """Of the test record four lie in Harran and four on Taveuni."""
    far = client.get("/api/v1/incidents/clusters?view=-180,-90,180,90&zoom=0").json()
    assert sorted(one["properties"].get("count", 1) for one in far["features"]) == [4, 4]
    near = client.get("/api/v1/incidents/clusters?view=30,30,45,40&zoom=12").json()
    (cluster,) = near["features"]
    assert cluster["geometry"]["coordinates"] == [39.0, 36.9]
    assert cluster["properties"] == {"count": 4, "bbox": [39.0, 36.9, 39.0, 36.9]}
    asked = "/api/v1/incidents/clusters?since=2020-03-06&view=30,30,45,40&zoom=3&as_of=2100-01-01"
    for one in client.get(asked).json()["features"]:
        told = one["properties"]
        assert told["title"] if "count" not in told else told["count"] > 1


@pytest.mark.parametrize(
    "query", ["zoom=3", "view=1,2,3,4", "view=1,2,3&zoom=3", "view=1,2,3,4&zoom=23", "view=&zoom=1"]
)
def test_a_view_that_is_none_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/incidents/clusters?{query}").status_code == 422
