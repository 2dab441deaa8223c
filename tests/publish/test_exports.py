"""Exports, each opened by a program that is not ours, and all of them fed hostile words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import stix2
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from tests.store.factory import incident, kept
from tocsin.publish.contract import Json, incident_json
from tocsin.publish.exports import (
    CSV_COLUMNS,
    FORMATS,
    ExportFormat,
    arrow_schema,
    record_batches,
)
from tocsin.publish.exports.flat import FORMULA_STARTS
from tocsin.records import Actor, Evidence, FusedField, Incident, Place, Quantity
from tocsin.records.vocab import (
    ActorClass,
    ActorLevel,
    ActorRole,
    Agreement,
    IncidentStatus,
    PlacePrecision,
)

REPORTS = kept(1).extraction.reports
WORDS = (Evidence(REPORTS[0].article_id, REPORTS[0].trigger),)
HARRAN = Place(
    "Harran", PlacePrecision.SETTLEMENT, country="TR", lat=36.9, lon=39.0, uncertainty_km=2.5
)
WKB_HEAD = 5
"""Bytes before the coordinates of a point in well-known binary: byte order and kind."""
SEEN = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)
CHANGED = dt.datetime(2021, 3, 2, 8, 30, 15, 250_000, tzinfo=dt.UTC)


def fused(value: Any) -> FusedField[Any]:
    return FusedField(value, "5", Agreement.SINGLE, (REPORTS[0].id,), WORDS)


def row(number: int = 1, **changes: Any) -> Json:
    made: Incident = incident(number, *REPORTS, **({"place": HARRAN} | changes))
    return incident_json(made, first_seen=SEEN, last_changed=CHANGED)


def actor(name: str, role: ActorRole, **changes: Any) -> FusedField[Any]:
    return fused(Actor(name, role, actor_class=ActorClass.REBEL, **changes))


ROWS = [
    row(1, actors=(actor("Grey Column", ActorRole.CLAIMED),), actor_by=("a radio",)),
    row(2, killed=fused(Quantity(2, 4, 9))),
    row(3, place=Place("the border", PlacePrecision.UNKNOWN), killed=None),
    row(4, day=None, status=IncidentStatus.RETRACTED),
]


def file_of(name: ExportFormat, rows: list[Json], folder: Path) -> Path:
    path = folder / f"incidents.{FORMATS[name].suffix}"
    path.write_bytes(b"".join(FORMATS[name].write(iter(rows))))
    return path


def test_duckdb_reads_the_csv(tmp_path: Path) -> None:
    path = file_of(ExportFormat.CSV, ROWS, tmp_path)
    read = duckdb.execute(f"select id, date_earliest, killed_max, lat from read_csv('{path}')")
    assert read.fetchall() == [
        ("inc_0001", dt.date(2020, 3, 3), 3, 36.9),
        ("inc_0002", dt.date(2020, 3, 3), 9, 36.9),
        ("inc_0003", dt.date(2020, 3, 3), None, None),
        ("inc_0004", None, 3, 36.9),
    ]


def test_duckdb_reads_the_json_lines(tmp_path: Path) -> None:
    path = file_of(ExportFormat.JSONL, ROWS, tmp_path)
    read = duckdb.execute(f"select id, killed.value.best from read_json('{path}') order by id")
    assert [best for _, best in read.fetchall()] == [3, 4, None, 3]


def test_duckdb_and_pyarrow_read_the_parquet(tmp_path: Path) -> None:
    path = file_of(ExportFormat.PARQUET, ROWS, tmp_path)
    read = duckdb.execute(
        f"select id, first_day, killed_best, actors[1].name, last_changed from '{path}'"
    ).fetchall()
    day = dt.date(2020, 3, 3)
    assert [one[:4] for one in read] == [
        ("inc_0001", day, 3, "Grey Column"),
        ("inc_0002", day, 4, None),
        ("inc_0003", day, None, None),
        ("inc_0004", None, 3, None),
    ]
    assert all(one[4] == CHANGED for one in read)
    table = pq.read_table(path)
    assert table.schema.equals(arrow_schema())
    assert table.schema.metadata[b"tocsin.schema_version"] == b"1"
    assert [json.loads(text) for text in table["record"].to_pylist()] == ROWS


def test_parquet_holds_one_batch_at_a_time() -> None:
    batches = list(record_batches((row(number) for number in range(5)), batch_rows=2))
    assert [batch.num_rows for batch in batches] == [2, 2, 1]
    assert pa.Table.from_batches(batches)["id"].to_pylist() == [f"inc_{n:04}" for n in range(5)]
    empty = b"".join(FORMATS[ExportFormat.PARQUET].write(iter(())))
    assert pq.read_table(io.BytesIO(empty)).schema.equals(arrow_schema())


def test_writers_take_one_row_after_the_other() -> None:
    taken: list[int] = []

    def rows() -> Any:
        for number in range(3):
            taken.append(number)
            yield row(number)

    for name in FORMATS.keys() - {ExportFormat.PARQUET}:
        taken.clear()
        pieces = FORMATS[name].write(rows())
        while not taken:
            next(pieces)
        assert taken == [0], name


@pytest.mark.parametrize("name", [ExportFormat.GEOJSON, ExportFormat.KML])
def test_gdal_reads_the_maps(name: ExportFormat, tmp_path: Path) -> None:
    path = file_of(name, ROWS, tmp_path)
    title = "title" if name is ExportFormat.GEOJSON else "Name"
    info, _, geometries, fields = pyogrio.raw.read(path)
    values = dict(zip(info["fields"], fields, strict=True))
    assert list(values[title]) == [one["title"] for one in ROWS]
    assert "WGS 84" in info["crs"] or "4326" in info["crs"]
    assert [geometry is not None for geometry in geometries] == [True, True, False, True]
    assert tuple(np.frombuffer(geometries[0][WKB_HEAD:][:16], dtype="<f8")) == (39.0, 36.9)


def test_geojson_is_a_collection_of_rfc_7946() -> None:
    text = b"".join(FORMATS[ExportFormat.GEOJSON].write(iter(ROWS)))
    collection = json.loads(text)
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection, "RFC 7946 knows WGS 84 alone"
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert set(CSV_COLUMNS) <= set(feature["properties"])


def test_kml_tells_when_and_what() -> None:
    text = b"".join(FORMATS[ExportFormat.KML].write(iter(ROWS)))
    root = etree.fromstring(text)
    kml = {"k": "http://www.opengis.net/kml/2.2"}
    first, *_, undated = root.findall(".//k:Placemark", kml)
    assert first.findtext("k:TimeSpan/k:begin", namespaces=kml) == "2020-03-03"
    assert undated.find("k:TimeSpan", kml) is None
    data = {one.get("name"): one.findtext("k:value", namespaces=kml)
            for one in first.findall("k:ExtendedData/k:Data", kml)}  # fmt: skip
    assert (data["killed_best"], data["actors"]) == ("3", "Grey Column (claimed)")


def parsed(rows: list[Json]) -> Any:
    """The bundle as the OASIS library understands it; it refuses what breaks the standard."""
    text = b"".join(FORMATS[ExportFormat.STIX].write(iter(rows))).decode()
    return stix2.v21.Bundle(**{**json.loads(text), "allow_custom": False})


def test_stix_is_a_bundle_of_the_standard() -> None:
    objects = parsed(ROWS).objects
    kinds = [one["type"] for one in objects]
    assert kinds.count("incident") == len(ROWS)
    assert kinds.count("location") == 1, "one place is one object"
    by_id = {one["id"]: one for one in objects}
    assert len(by_id) == len(objects)
    for tie in (one for one in objects if one["type"] == "relationship"):
        assert {tie["source_ref"], tie["target_ref"]} <= by_id.keys()
    retracted = next(one for one in objects if one.get("revoked"))
    assert retracted["labels"][1] == "retracted"
    first = next(one for one in objects if one["type"] == "incident")
    assert str(first["modified"]).startswith("2021-03-02 08:30:15.25")


@pytest.mark.parametrize(
    ("role", "tie"),
    [
        (ActorRole.PERPETRATOR, "attributed-to"),
        (ActorRole.BLAMED, "related-to"),
        (ActorRole.CLAIMED, "related-to"),
        (ActorRole.DENIED, "related-to"),
    ],
)
def test_only_who_did_it_is_what_stix_attributes_to(role: ActorRole, tie: str) -> None:
    one = row(actors=(actor("Grey Column", role),), actor_by=("a minister",))
    (found,) = (
        o
        for o in parsed([one]).objects
        if o["type"] == "relationship" and o["target_ref"].startswith("identity--")
    )
    assert found["relationship_type"] == tie
    assert found["description"].endswith("says a minister")
    series = actor("Grey Column", role, level=ActorLevel.SERIES)
    ties = {
        o["type"] for o in parsed([row(actors=(series,), actor_by=(None,), place=None)]).objects
    }
    assert "relationship" not in ties


def test_stix_ids_are_those_of_the_record() -> None:
    once, again = (b"".join(FORMATS[ExportFormat.STIX].write(iter(ROWS))) for _ in range(2))
    assert once == again
    other = json.loads(b"".join(FORMATS[ExportFormat.STIX].write(iter(ROWS[:1]))))
    assert other["id"] != json.loads(once)["id"]
    assert other["objects"][2]["id"] == json.loads(once)["objects"][2]["id"]


HOSTILE = st.text(min_size=1, max_size=20) | st.sampled_from(
    [
        '=HYPERLINK("http://x.example")',
        "@SUM(A1)",
        "-2+3",
        "＝1+1",
        "]]><x/>",
        "\x00\x1b[2J",
        "\ufffe",
    ]
)


@hypothesis_settings(deadline=None, max_examples=60)
@given(HOSTILE, HOSTILE, st.floats(-90, 90), st.floats(-180, 180))
def test_no_words_break_a_file_or_run_in_a_spreadsheet(
    title: str, name: str, lat: float, lon: float
) -> None:
    place = Place(name, PlacePrecision.POINT, country="TR", lat=lat, lon=lon)
    hostile = row(
        title=title, place=place, actors=(actor(name, ActorRole.BLAMED),), actor_by=(name,)
    )
    written = {
        name: b"".join(FORMATS[name].write(iter([hostile])))
        for name in FORMATS.keys() - {ExportFormat.PARQUET}
    }
    header, line = csv.reader(io.StringIO(written[ExportFormat.CSV].decode(), newline=""))
    cells = dict(zip(header, line, strict=True))
    assert (float(cells["lat"]), float(cells["lon"])) == (lat, lon)
    for column in set(header) - {"lat", "lon"}:
        assert not cells[column].startswith(FORMULA_STARTS)
    (feature,) = json.loads(written[ExportFormat.GEOJSON])["features"]
    assert feature["geometry"]["coordinates"] == [lon, lat]
    assert len(etree.fromstring(written[ExportFormat.KML]).findall(".//{*}Placemark")) == 1
    assert json.loads(written[ExportFormat.STIX])["type"] == "bundle"
