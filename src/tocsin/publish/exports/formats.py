"""The formats by name: what `--format` and the addresses of the API offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tocsin.publish.contract import Json
from tocsin.publish.exports.flat import write_csv
from tocsin.publish.exports.geojson import write_geojson
from tocsin.publish.exports.json_lines import write_jsonl
from tocsin.publish.exports.kml import write_kml
from tocsin.publish.exports.parquet import write_parquet
from tocsin.publish.exports.stix import write_stix


class ExportFormat(StrEnum):
    """How `tocsin incidents` writes."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    KML = "kml"
    STIX = "stix"
    ACLED_CSV = "acled-csv"
    GED_CSV = "ged-csv"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of file."""

    media_type: str
    suffix: str
    write: Callable[[Iterable[Json]], Iterator[bytes]]
    """Contract JSON of incidents to the pieces of a file."""


def _encoded(
    write: Callable[[Iterable[Json]], Iterator[str]],
) -> Callable[[Iterable[Json]], Iterator[bytes]]:
    """A writer of text, in UTF-8. No text of the record holds half a surrogate pair."""

    def encoded(rows: Iterable[Json]) -> Iterator[bytes]:
        for piece in write(rows):
            yield piece.encode()

    return encoded


FORMATS: Final[Mapping[ExportFormat, FileFormat]] = MappingProxyType(
    {
        ExportFormat.JSONL: FileFormat("application/x-ndjson", "jsonl", _encoded(write_jsonl)),
        ExportFormat.CSV: FileFormat("text/csv; charset=utf-8", "csv", _encoded(write_csv)),
        ExportFormat.PARQUET: FileFormat(
            "application/vnd.apache.parquet", "parquet", write_parquet
        ),
        ExportFormat.GEOJSON: FileFormat(
            "application/geo+json", "geojson", _encoded(write_geojson)
        ),
        ExportFormat.KML: FileFormat(
            "application/vnd.google-earth.kml+xml", "kml", _encoded(write_kml)
        ),
        ExportFormat.STIX: FileFormat(
            "application/stix+json;version=2.1", "stix.json", _encoded(write_stix)
        ),
    }
)
"""The files that hold incidents as they are. A table is for people; ACLED and GED rows leave out
and fold: `tocsin.publish.crosswalk`."""
