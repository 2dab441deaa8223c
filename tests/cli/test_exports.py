"""`tocsin incidents --format ...`: files that other programs open; the sidecar of coded rows."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def ids(tocsin: Command, record: Path) -> list[str]:
    lines = tocsin("incidents", "--db", record, "-f", "jsonl").stdout.splitlines()
    return [json.loads(line)["id"] for line in lines]


def test_parquet_holds_every_incident(
    tocsin: Command, record: Path, ids: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "incidents.parquet"
    tocsin("incidents", "--db", record, "-f", "parquet", "--out", out)
    assert [one for (one,) in duckdb.execute(f"select id from '{out}'").fetchall()] == ids
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("name", ["kml", "stix", "geojson"])
def test_text_formats_name_every_incident(
    tocsin: Command, record: Path, ids: list[str], name: str
) -> None:
    written = tocsin("incidents", "--db", record, "-f", name).stdout
    assert all(f'"{one}"' in written for one in ids)


@pytest.mark.parametrize("shape", ["acled", "ged"])
def test_a_sidecar_accounts_for_every_incident(
    tocsin: Command, record: Path, ids: list[str], tmp_path: Path, shape: str
) -> None:
    out = tmp_path / f"{shape}.csv"
    tocsin("incidents", "--db", record, "-f", f"{shape}-csv", "--out", out)
    sidecar = (tmp_path / f"{shape}.rules.jsonl").read_text(encoding="utf-8")
    head, *entries = map(json.loads, sidecar.splitlines())
    with out.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert head["columns"] == header
    coded = [entry for entry in entries if "cells" in entry]
    rulings = [entry for entry in entries if "rule" in entry]
    assert len(coded) == len(rows) > 0
    told = [one for entry in coded for one in entry["incident_ids"]]
    assert sorted(told + [one["incident_id"] for one in rulings if one["into"] is None]) == (
        sorted(ids)
    )
    assert any(cell["evidence"] for entry in coded for cell in entry["cells"].values())
    on_screen = tocsin("incidents", "--db", record, "-f", f"{shape}-csv")
    assert len(on_screen.stdout.splitlines()) == len(rows) + 1
    assert (f"{len(rulings)} incidents have no row" in on_screen.stderr) == bool(rulings)
