"""Incidents as KML 2.2 (OGC 07-147r2), for Google Earth and every GIS: a placemark for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from tocsin.publish.contract import Json
from tocsin.publish.exports.flat import CSV_COLUMNS, flat_cells, held_value
from tocsin.publish.phrasing import plain
from tocsin.publish.xml import xml_words

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Incidents</name>\n'
)
_TAIL = "</Document></kml>\n"
DATA_COLUMNS = tuple(column for column in CSV_COLUMNS if column not in {"title", "lat", "lon"})
"""What stands in a placemark's data; the others are its name and its point."""


def write_kml(rows: Iterable[Json]) -> Iterator[str]:
    """A document; an incident without coordinates is a placemark without a point."""
    yield _HEAD
    for row in rows:
        yield _placemark(row)
    yield _TAIL


def _placemark(row: Json) -> str:
    date, place, cells = held_value(row, "date"), held_value(row, "place"), flat_cells(row)
    data = "".join(
        f'<Data name="{column}"><value>{_words(cells[column])}</value></Data>'
        for column in DATA_COLUMNS
        if cells[column] not in {None, ""}
    )
    return (
        f'<Placemark id="{_words(row["id"])}"><name>{_words(row["title"])}</name>'
        f"{_time_span(date)}<ExtendedData>{data}</ExtendedData>{_point(place)}</Placemark>\n"
    )


def _words(value: object) -> str:
    return escape(xml_words(plain(str(value))), {'"': "&quot;"})


def _time_span(date: Json) -> str:
    """Both bounds are days, or instants with their offset: KML takes either."""
    begin, end = date.get("earliest"), date.get("latest")
    first = f"<begin>{begin}</begin>" if begin else ""
    last = f"<end>{end}</end>" if end else ""
    return f"<TimeSpan>{first}{last}</TimeSpan>" if begin or end else ""


def _point(place: Json) -> str:
    if place.get("lat") is None or place.get("lon") is None:
        return ""
    return f"<Point><coordinates>{place['lon']},{place['lat']}</coordinates></Point>"
