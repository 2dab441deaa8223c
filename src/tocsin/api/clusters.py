"""Clusters: what a map shows of a hundred thousand points, a cell of some pixels at a time.

A cell holds a point as it is, or a cluster at the mean of its points: nothing is ever moved apart.
Cells are of the web's map projection (EPSG:3857), so that they are square on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.store import BoundingBox, Glance

TILE_PX: Final = 512
"""Pixels around the world at zoom 0; they double with each zoom."""
CELL_PX: Final = 64
"""A cluster's disc is some forty pixels wide: two in neighbouring cells seldom touch."""
MAX_ZOOM: Final = 22
MAX_LAT: Final = 85.0511
"""Where the projection ends; what lies beyond is counted in the last row of cells."""
MAX_FEATURES: Final = 4_000
"""A view with more is told in coarser cells: no screen shows so many."""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a selection: arrays of one length, in order of the keys."""

    keys: Whole
    lon: Floats
    lat: Floats
    x: Floats
    y: Floats
    """Where they are on the projected world, 0 to 1 from the northwest."""

    @classmethod
    def of(cls, glances: Sequence[Glance]) -> Points:
        """Those that have a point."""
        placed = [one for one in glances if one.lat is not None]
        keys = np.array([one.key for one in placed], dtype=np.int64)
        order = np.argsort(keys)
        lon = np.array([one.lon for one in placed], dtype=np.float64)[order]
        lat = np.array([one.lat for one in placed], dtype=np.float64)[order]
        flat = np.radians(np.clip(lat, -MAX_LAT, MAX_LAT))
        y = (1 - np.arcsinh(np.tan(flat)) / np.pi) / 2
        return cls(keys[order], lon, lat, (lon + 180) / 360, y)

    def __len__(self) -> int:
        return len(self.keys)

    def within(self, box: BoundingBox) -> Points:
        """Those inside a box, its borders included."""
        inside = (self.lat >= box.south) & (self.lat <= box.north)
        if box.west <= box.east:
            inside &= (self.lon >= box.west) & (self.lon <= box.east)
        else:
            inside &= (self.lon >= box.west) | (self.lon <= box.east)
        return Points(
            keys=self.keys[inside],
            lon=self.lon[inside],
            lat=self.lat[inside],
            x=self.x[inside],
            y=self.y[inside],
        )


@dataclass(frozen=True, slots=True)
class Cluster:
    """The points of one cell."""

    count: int
    lon: float
    lat: float
    """The mean of the points."""
    box: BoundingBox
    """The smallest box around them; of no extent where they are at one place."""
    key: int
    """The incident's, where the count is one."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """A view of a selection."""

    zoom: int
    """Of the cells: the one asked for, or a lesser one where there was too much to show."""
    clusters: tuple[Cluster, ...]


def clustered(points: Points, view: BoundingBox, zoom: int) -> Clustered:
    """The clusters of the points inside a view, in an order that follows from them alone."""
    seen = points.within(view)
    cells, order, starts = _grouped(seen, zoom)
    while zoom > 0 and len(starts) > MAX_FEATURES:
        zoom -= 1
        cells, order, starts = _grouped(seen, zoom)
    if not len(seen):
        return Clustered(zoom, ())
    keys, lon, lat = seen.keys[order], seen.lon[order], seen.lat[order]
    counts = np.diff(np.r_[starts, len(cells)])
    west, east = np.minimum.reduceat(lon, starts), np.maximum.reduceat(lon, starts)
    south, north = np.minimum.reduceat(lat, starts), np.maximum.reduceat(lat, starts)
    mean_lon = np.add.reduceat(lon, starts) / counts
    mean_lat = np.add.reduceat(lat, starts) / counts
    columns = (counts, mean_lon, mean_lat, west, south, east, north, keys[starts])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return Clustered(
        zoom,
        tuple(
            # The mean of equal numbers may differ from them in the last digit.
            Cluster(n, *((w, s) if (w, s) == (e, t) else (x, y)), BoundingBox(w, s, e, t), key)
            for n, x, y, w, s, e, t, key in rows
        ),
    )


def _grouped(points: Points, zoom: int) -> tuple[Whole, Whole, Whole]:
    """The cells of the points in order, the order that brings them there (ties by key, as the
    points are), and where in it each cell begins."""
    cells = _cells(points, zoom)
    order = np.argsort(cells, kind="stable")
    cells = cells[order]
    is_first = np.ones(len(cells), dtype=bool)
    is_first[1:] = cells[1:] != cells[:-1]
    return cells, order, np.flatnonzero(is_first)


def _cells(points: Points, zoom: int) -> Whole:
    """The number of each point's cell."""
    across = TILE_PX * 2**zoom / CELL_PX
    # Rows are fewer than this at any zoom.
    column = (points.x * across).astype(np.int64)
    row = (points.y * across).astype(np.int64)
    cells: Whole = column * 2**32 + row
    return cells
