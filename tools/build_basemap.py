"""Builds the map's land and borders from world-atlas (Natural Earth at 1:50 million).

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python -m tools.build_basemap package/countries-50m.json src/tocsin/web/static/basemap

Rings that cross the 180th meridian are cut there, or a wedge of land would fill the ocean. Borders
are Natural Earth's, which draws who holds a territory; stretches that states or peoples contest are
marked `disputed`, so that the map can dash them. They place nothing: see docs/board.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
"""Longitude, latitude."""
Ring = list[Point]
Json = dict[str, Any]

DECIMALS = 3
"""Of a degree: 110 m, finer than the source."""
LAND, BORDERS = "land.geojson", "borders.geojson"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A border that is contested: between two sides, or of one with any; within a box or all."""

    one: str
    other: str | None = None
    west: float = -180
    south: float = -90
    east: float = 180
    north: float = 90

    def holds(self, names: frozenset[str], middle: Point) -> bool:
        """True for a piece of border between these two countries at this place."""
        wanted = {self.one} if self.other is None else {self.one, self.other}
        lon, lat = middle
        return wanted <= names and self.west <= lon <= self.east and self.south <= lat <= self.north


DISPUTES = (
    Dispute("Kosovo"),
    Dispute("N. Cyprus"),
    Dispute("Palestine"),
    Dispute("Siachen Glacier"),
    Dispute("Somaliland"),
    Dispute("W. Sahara"),
    Dispute("China", "India"),
    Dispute("India", "Pakistan", west=72.5, south=32.2, east=78, north=37.2),  # Kashmir
    Dispute("Israel", "Syria"),  # Golan
    Dispute("North Korea", "South Korea"),  # an armistice line
    Dispute("Russia", "Ukraine", west=32, south=45, east=37, north=46.5),  # Crimea
    Dispute("Egypt", "Sudan", west=33.1, south=21.7, east=37.5, north=22.4),  # Halaib, Bir Tawil
    Dispute("S. Sudan", "Sudan", west=27.5, south=9.3, east=29.5, north=10.4),  # Abyei
)


class Atlas:
    """A TopoJSON topology: arcs shared by the shapes on both sides of them."""

    def __init__(self, topology: Json) -> None:
        scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
        self.objects: Json = topology["objects"]
        self.arcs: list[Ring] = []
        for packed in topology["arcs"]:
            x = y = 0
            arc = []
            for dx, dy in packed:
                x, y = x + dx, y + dy
                arc.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
            self.arcs.append(arc)

    def ring(self, numbers: Sequence[int]) -> Ring:
        """Arcs in a row; `~n` is arc n backwards. Each begins where the one before ended."""
        ring: Ring = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            ring += arc[1:] if ring else arc
        return ring

    def polygons(self, name: str) -> Iterator[list[Ring]]:
        """The rings of each polygon of an object, the outer one first."""
        for geometry in self.objects[name]["geometries"]:
            shapes = geometry["arcs"]
            for polygon in [shapes] if geometry["type"] == "Polygon" else shapes:
                yield [self.ring(numbers) for numbers in polygon]

    def neighbours(self) -> dict[int, set[str]]:
        """Arc number to the names of the countries on its sides."""
        sides: dict[int, set[str]] = {}
        for geometry in self.objects["countries"]["geometries"]:
            shapes = geometry["arcs"]
            for polygon in [shapes] if geometry["type"] == "Polygon" else shapes:
                for numbers in polygon:
                    for number in numbers:
                        arc = number if number >= 0 else ~number
                        sides.setdefault(arc, set()).add(geometry["properties"]["name"])
        return sides


def unwrapped(ring: Ring) -> Ring:
    """The ring without jumps across the 180th meridian: longitudes go on beyond it.

    One that winds around a pole is closed along that pole.
    """
    flat = [ring[0]]
    for lon, lat in ring[1:]:
        before = flat[-1][0]
        flat.append((lon + 360 * round((before - lon) / 360), lat))
    turn = flat[-1][0] - flat[0][0]
    if abs(turn) > 180:
        pole = -90.0 if sum(lat for _, lat in flat) < 0 else 90.0
        flat += [(flat[-1][0], pole), (flat[0][0], pole), flat[0]]
    return flat


def cut(ring: Ring) -> list[Ring]:
    """The ring as rings between 180 west and 180 east, the largest first."""
    flat = unwrapped(ring)
    low, high = min(lon for lon, _ in flat), max(lon for lon, _ in flat)
    parts = []
    turn = int((low + 180) // 360)
    while turn * 360 - 180 < high:
        part = clipped(clipped(flat, turn * 360 - 180, 1), turn * 360 + 180, -1)
        if len(part) > 3:
            parts.append([(lon - turn * 360, lat) for lon, lat in part])
        turn += 1
    return sorted(parts, key=len, reverse=True)


def clipped(ring: Ring, lon: float, side: int) -> Ring:
    """The part of a closed ring east (1) or west (-1) of a meridian (Sutherland and Hodgman)."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        inside, goes_in = (x1 - lon) * side >= 0, (x2 - lon) * side >= 0
        if inside:
            kept.append((x1, y1))
        if inside != goes_in:
            kept.append((lon, y1 + (y2 - y1) * (lon - x1) / (x2 - x1)))
    return [*kept, kept[0]] if kept else []


def rounded(line: Sequence[Point]) -> list[list[float]]:
    """Coordinates as written, without points that rounding made equal."""
    found: list[list[float]] = []
    for lon, lat in line:
        point = [round(lon, DECIMALS) + 0.0, round(lat, DECIMALS) + 0.0]
        if not found or found[-1] != point:
            found.append(point)
    return found


def land(atlas: Atlas) -> Json:
    """All land as one MultiPolygon. Holes stay with the largest part of their polygon."""
    polygons = []
    for outer, *holes in atlas.polygons("land"):
        parts = [[rounded(part)] for part in cut(outer)]
        if parts:
            parts[0] += [rounded(hole) for hole in holes]
        polygons += [part for part in parts if len(part[0]) > 3]
    return _collection([_feature("MultiPolygon", polygons, {})])


def borders(atlas: Atlas) -> Json:
    """Borders on land: one MultiLineString of the settled, one of the disputed."""
    lines: dict[bool, list[list[list[float]]]] = {False: [], True: []}
    for number, names in sorted(atlas.neighbours().items()):
        if len(names) < 2:
            continue
        for is_disputed, line in stretches(atlas.arcs[number], frozenset(names)):
            flat = rounded(line)
            if len(flat) > 1:
                lines[is_disputed].append(flat)
    features = [
        _feature("MultiLineString", lines[is_disputed], {"disputed": is_disputed})
        for is_disputed in (False, True)
    ]
    return _collection(features)


def stretches(arc: Ring, names: frozenset[str]) -> Iterator[tuple[bool, Ring]]:
    """The arc cut where it passes from settled to disputed."""
    at: Ring = [arc[0]]
    state: bool | None = None
    for one, other in pairwise(arc):
        middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
        is_disputed = any(dispute.holds(names, middle) for dispute in DISPUTES)
        if state is not None and is_disputed != state:
            yield state, at
            at = [one]
        state = is_disputed
        at.append(other)
    if state is not None:
        yield state, at


def _feature(kind: str, coordinates: object, properties: Json) -> Json:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def main(source: str, folder: str) -> None:
    """Write both files."""
    atlas = Atlas(json.loads(Path(source).read_text(encoding="utf-8")))
    for name, made in ((LAND, land(atlas)), (BORDERS, borders(atlas))):
        text = json.dumps(made, separators=(",", ":"))
        Path(folder, name).write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {len(text):,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
