"""One point for each country: the middle of its largest piece of land.

    python -m tools.country_points COUNTRIES.json --geonames DIR > tools/country_points.tsv

COUNTRIES.json is `countries-10m.json` of world-atlas (Natural Earth in TopoJSON, public domain);
DIR/countryInfo.txt gives each ISO number its alpha-2 code. The middle is the area's centre of mass
on an equal-area cylinder, so that it does not drift polewards. What the map lacks (a dozen islands,
and Kosovo, which has no ISO number) keeps the point of the CIA World Factbook (public domain) that
the table has for it.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from pathlib import Path
from typing import Any

from tools.gazetteer_points import COUNTRY_POINTS

Ring = list[tuple[float, float]]

HEAD = (
    "# The one point that stands for a country: the middle of its largest piece of land, degrees.\n"
    "# It says nothing of where in the country something happened (nobody measures from it).\n"
    "# Made by tools/country_points.py from Natural Earth; where it lacks a country, the point is\n"
    "# that of the CIA World Factbook. Both are in the public domain.\n"
    "# Columns, tab-separated: country (ISO 3166-1 alpha-2), latitude, longitude, source.\n"
)


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a quantised TopoJSON file, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def ring_of(indices: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring; a negative index is an arc walked backwards."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc if not ring else arc[1:])
    return ring


def middle(ring: Ring) -> tuple[float, float, float]:
    """(area, latitude, longitude) of a ring, the longitudes unrolled over the date line."""
    unrolled = [ring[0]]
    for longitude, latitude in ring[1:]:
        before = unrolled[-1][0]
        unrolled.append((longitude - 360 * round((longitude - before) / 360), latitude))
    flat = [(longitude, math.sin(math.radians(latitude))) for longitude, latitude in unrolled]
    doubled = x_sum = y_sum = 0.0
    for (x, y), (next_x, next_y) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = x * next_y - next_x * y
        doubled += cross
        x_sum += (x + next_x) * cross
        y_sum += (y + next_y) * cross
    if not doubled:
        return 0.0, unrolled[0][1], unrolled[0][0]
    longitude = x_sum / (3 * doubled)
    sine = max(-1.0, min(1.0, y_sum / (3 * doubled)))
    return abs(doubled), math.degrees(math.asin(sine)), (longitude + 180) % 360 - 180


def main() -> None:
    """Print the table, sorted by country."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("countries", type=Path)
    parser.add_argument("--geonames", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    with (options.geonames / "countryInfo.txt").open(encoding="utf-8") as stream:
        rows = csv.reader((line for line in stream if line[0] != "#"), delimiter="\t")
        codes = {row[2].zfill(3): row[0] for row in rows}
    topology = json.loads(options.countries.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    best: dict[str, tuple[float, float, float]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = codes.get(shape.get("id", ""))
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        if code is None:
            continue
        for polygon in polygons:
            found = middle(ring_of(polygon[0], arcs))
            best[code] = max(best.get(code, found), found)
    lines = {
        code: f"{code}\t{latitude:.2f}\t{longitude:.2f}\tNatural Earth"
        for code, (_, latitude, longitude) in best.items()
    }
    for line in COUNTRY_POINTS.read_text(encoding="utf-8").splitlines():
        if line.endswith("World Factbook"):
            lines.setdefault(line.partition("\t")[0], line)
    print(HEAD + "\n".join(line for _, line in sorted(lines.items())))


if __name__ == "__main__":
    main()
