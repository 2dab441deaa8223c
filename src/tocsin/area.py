"""Areas a user may ask for: a box, a circle, a polygon; in WGS 84 degrees, longitude first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.store import BoundingBox
from tocsin.where import place_distance_km

Point = tuple[float, float]
"""Longitude, latitude."""

KM_PER_DEGREE = 111.2
"""Of latitude, and of longitude at the equator."""
MAX_CORNERS = 200
MAX_RADIUS_KM = 5_000.0
"""A larger circle has no useful box around it."""


@dataclass(frozen=True, slots=True)
class _Spot:
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Circle:
    """All within `radius_km` of a point."""

    lon: float
    lat: float
    radius_km: float

    def holds(self, lon: float, lat: float) -> bool:
        """True for a point inside or on the rim."""
        distance_km = place_distance_km(_Spot(self.lon, self.lat), _Spot(lon, lat))
        return distance_km is not None and distance_km <= self.radius_km

    def box(self) -> BoundingBox:
        """A box that holds the circle; it may cross the 180th meridian or reach a pole."""
        reach = self.radius_km / KM_PER_DEGREE * 1.01
        south, north = max(self.lat - reach, -90.0), min(self.lat + reach, 90.0)
        widest = max(abs(south), abs(north))
        if widest >= 89.0:
            return BoundingBox(-180.0, south, 180.0, north)
        across = reach / math.cos(math.radians(widest))
        if across >= 180.0:
            return BoundingBox(-180.0, south, 180.0, north)
        return BoundingBox(_wrapped(self.lon - across), south, _wrapped(self.lon + across), north)


def _wrapped(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A ring of corners, closed by itself; it may not cross the 180th meridian."""

    corners: tuple[Point, ...]

    def holds(self, lon: float, lat: float) -> bool:
        """True for a point inside (even-odd rule); one on the very border may fall either way."""
        inside = False
        for (x1, y1), (x2, y2) in zip(
            self.corners, (*self.corners[1:], self.corners[0]), strict=True
        ):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside

    def box(self) -> BoundingBox:
        """The box around the corners."""
        lons = [lon for lon, _ in self.corners]
        lats = [lat for _, lat in self.corners]
        return BoundingBox(min(lons), min(lats), max(lons), max(lats))


def read_box(text: str) -> BoundingBox:
    """`west,south,east,north`. Raises ValueError."""
    west, south, east, north = _numbers(text, 4)
    _check(west, south)
    _check(east, north)
    if south > north:
        raise ValueError("south lies north of north")
    return BoundingBox(west, south, east, north)


def read_circle(text: str) -> Circle:
    """`lon,lat,km`. Raises ValueError."""
    lon, lat, radius_km = _numbers(text, 3)
    _check(lon, lat)
    if not 0 < radius_km <= MAX_RADIUS_KM:
        raise ValueError(f"the radius is not above 0 and at most {MAX_RADIUS_KM:.0f} km")
    return Circle(lon, lat, radius_km)


def read_polygon(text: str) -> Polygon:
    """`lon,lat,lon,lat,...` of at least three corners. Raises ValueError."""
    flat = _numbers(text, None)
    if len(flat) % 2 or not 6 <= len(flat) <= 2 * MAX_CORNERS:
        raise ValueError(f"needs 3 to {MAX_CORNERS} corners, each lon,lat")
    corners = tuple(zip(flat[::2], flat[1::2], strict=True))
    for lon, lat in corners:
        _check(lon, lat)
    return Polygon(corners[:-1] if corners[0] == corners[-1] and len(corners) > 3 else corners)


def _numbers(text: str, count: int | None) -> Sequence[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        raise ValueError("is not numbers with commas between them") from None
    if count is not None and len(found) != count:
        raise ValueError(f"needs {count} numbers, not {len(found)}")
    return found


def _check(lon: float, lat: float) -> None:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{lon:g},{lat:g} is not on the earth (longitude comes first)")
