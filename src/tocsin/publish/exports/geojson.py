"""Incidents as GeoJSON (RFC 7946): WGS 84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tocsin.publish.contract import Json
from tocsin.publish.exports.flat import flat_cells, held_value


def write_geojson(rows: Iterable[Json]) -> Iterator[str]:
    """A FeatureCollection; an incident without coordinates has a null geometry."""
    yield '{"type":"FeatureCollection","features":['
    for number, row in enumerate(rows):
        place = held_value(row, "place")
        located = place.get("lat") is not None and place.get("lon") is not None
        feature = {
            "type": "Feature",
            "id": row["id"],
            "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
            if located
            else None,
            "properties": {**flat_cells(row), "uncertainty_km": place.get("uncertainty_km")},
        }
        yield ("," if number else "") + json.dumps(feature, ensure_ascii=False)
    yield "]}\n"
