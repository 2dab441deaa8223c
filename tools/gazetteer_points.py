"""Where divisions and countries lie on the map, for `tools/build_gazetteer.py`.

Most first-level divisions, U.S. counties and all countries have tables of their middles. Others lie
in the middle of their settled area: every cell of a grid that holds a settlement counts once,
however many people live there, as a map's middle is one of land and not of people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

COUNTRY_POINTS = Path(__file__).parent / "country_points.tsv"
DIVISION_POINTS = Path(__file__).parent / "division_points.tsv"

CELL_DEGREES = 0.25
"""Fine enough for a district, coarse enough that a conurbation does not outweigh a desert."""
MIN_RADIUS_KM = 10.0
DISK = 1.5
"""Radius of a disk in mean distances from its centre."""
EARTH_DIAMETER_KM = 12_742.0


@dataclass(frozen=True, slots=True)
class Extent:
    """A point in degrees, rounded to 0.0001, and the radius in km of what lies around it."""

    lat: float
    lon: float
    radius_km: float


def middle(points: Iterable[tuple[float, float]]) -> Extent:
    """The middle of the cells that hold the points (latitude, longitude); at least one point."""
    cells: dict[tuple[int, int], tuple[float, float]] = {}
    for lat, lon in sorted(points):
        cells.setdefault((int(lat // CELL_DEGREES), int(lon // CELL_DEGREES)), (lat, lon))
    chosen = list(cells.values())
    weights = [math.cos(math.radians(lat)) for lat, _ in chosen]
    total = math.fsum(weights)
    lat = math.fsum(w * c[0] for w, c in zip(weights, chosen, strict=True)) / total
    # on the circle: members may lie on both sides of the 180th meridian
    sine = math.fsum(w * math.sin(math.radians(c[1])) for w, c in zip(weights, chosen, strict=True))
    cosine = math.fsum(
        w * math.cos(math.radians(c[1])) for w, c in zip(weights, chosen, strict=True)
    )
    lon = math.degrees(math.atan2(sine, cosine))
    far = math.fsum(w * distance_km((lat, lon), c) for w, c in zip(weights, chosen, strict=True))
    return Extent(round(lat, 4), round(lon, 4), max(MIN_RADIUS_KM, DISK * far / total))


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points in degrees."""
    a, b = math.radians(one[0]), math.radians(other[0])
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))


def country_points() -> dict[str, tuple[float, float]]:
    """Country code to the point that stands for it."""
    return {code: (float(lat), float(lon)) for code, lat, lon, _ in _rows(COUNTRY_POINTS)}


def division_extents() -> dict[str, Extent]:
    """Dotted GeoNames code ("IQ.01", "US.TX.201") to the extent that a map draws."""
    return {
        code: Extent(float(lat), float(lon), max(MIN_RADIUS_KM, float(radius_km)))
        for code, _, lat, lon, radius_km, _ in _rows(DIVISION_POINTS)
    }


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
