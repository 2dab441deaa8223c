"""Files the pages load: there, of the right kind, and as their makers published them."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import tocsin.web

WEB = Path(tocsin.web.__file__).parent
VENDORED = {
    "maplibre-gl.mjs": "e02cb08c572fd0950a75343cd558099c2a1dbbaf67f26b0c96f115431962d1ae",
    "maplibre-gl-worker.mjs": "73d7a024a4efe1a46e49db193e18cfe33271e3ecc652ec7542c281a4ef5f0f04",
    "maplibre-gl.css": "a90798a1953017790e590f7e1bd35ff103a8a4263972cb47290b78adf86f8c20",
}


@pytest.mark.parametrize("name", VENDORED)
def test_vendored_files_are_as_published(name: str) -> None:
    path = WEB / "static" / "vendor" / "maplibre" / name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == VENDORED[name]
    assert (path.parent / "LICENSE.txt").is_file()


def test_everything_a_page_names_is_served(board: TestClient) -> None:
    named = set()
    for template in (WEB / "templates").glob("*.html"):
        named |= set(re.findall(r'"(/static/[^"]+)"', template.read_text(encoding="utf-8")))
    for script in (WEB / "static").glob("*.js"):
        source = script.read_text(encoding="utf-8")
        named |= {f"/static/{path}" for path in re.findall(r'"\./([^"]+\.\w+)"', source)}
    assert len(named) > 6
    for address in named:
        answer = board.get(address)
        assert answer.status_code == 200, address
        if address.endswith(("js", "mjs")):
            assert answer.headers["content-type"].startswith("text/javascript")


def test_the_basemap_crosses_no_meridian_and_marks_disputes() -> None:
    folder = WEB / "static" / "basemap"
    land = json.loads((folder / "land.geojson").read_text(encoding="utf-8"))
    rings = [
        ring
        for feature in land["features"]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
    ]
    assert len(rings) > 1000
    for ring in rings:
        assert ring[0] == ring[-1]
        for (west, south), (east, north) in pairwise(ring):
            assert abs(east - west) < 10 or south == north <= -89
    borders = json.loads((folder / "borders.geojson").read_text(encoding="utf-8"))
    assert {feature["properties"]["disputed"] for feature in borders["features"]} == {True, False}
