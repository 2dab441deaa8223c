"""Incidents as files that other programs read: one incident after the other, never all at once.

    FORMATS[ExportFormat.KML].write(rows) -> Iterator[bytes]      rows: contract JSON of incidents

Each writer takes the rows in the order given and holds one of them at a time (Parquet: one batch).
The shapes of other data sets, ACLED and GED, are in `tocsin.publish.crosswalk`.
"""

from __future__ import annotations

from tocsin.publish.exports.flat import CSV_COLUMNS, csv_line, write_csv
from tocsin.publish.exports.formats import FORMATS, ExportFormat, FileFormat
from tocsin.publish.exports.geojson import write_geojson
from tocsin.publish.exports.json_lines import write_jsonl
from tocsin.publish.exports.kml import write_kml
from tocsin.publish.exports.parquet import arrow_schema, record_batches, write_parquet
from tocsin.publish.exports.stix import write_stix

__all__ = [
    "CSV_COLUMNS",
    "FORMATS",
    "ExportFormat",
    "FileFormat",
    "arrow_schema",
    "csv_line",
    "record_batches",
    "write_csv",
    "write_geojson",
    "write_jsonl",
    "write_kml",
    "write_parquet",
    "write_stix",
]
