"""An incident as one flat row, and such rows as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.publish.contract import Json
from tocsin.publish.phrasing import plain

CSV_COLUMNS = (
    "id",
    "title",
    "type",
    "status",
    "date_earliest",
    "date_latest",
    "date_precision",
    "place",
    "country",
    "admin1",
    "lat",
    "lon",
    "place_precision",
    "killed_min",
    "killed_best",
    "killed_max",
    "injured_min",
    "injured_best",
    "injured_max",
    "weapons",
    "actors",
    "articles",
    "lineages",
    "open_conflicts",
    "first_seen",
    "last_changed",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins so, some also with the full-width signs: such text gets an
apostrophe before it."""


def write_csv(rows: Iterable[Json]) -> Iterator[str]:
    """A header and one row per incident; lists are joined by `; `."""
    yield csv_line(CSV_COLUMNS)
    for row in rows:
        cells = flat_cells(row)
        yield csv_line([cells[column] for column in CSV_COLUMNS])


def csv_line(cells: Iterable[Any]) -> str:
    """One line of CSV; no cell of it is run by a spreadsheet."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_cell(cell) for cell in cells])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        text = plain(value)
        return f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return "" if value is None else value


def held_value(row: Json, field: str) -> Json:
    """The value of a fused field; empty where nothing is known."""
    held = row.get(field) or {}
    value = held.get("value")
    return value if isinstance(value, dict) else {}


def flat_cells(row: Json) -> Json:
    """An incident's contract JSON as a value for each of CSV_COLUMNS."""
    date, place = held_value(row, "date"), held_value(row, "place")
    killed, injured = held_value(row, "killed"), held_value(row, "injured")
    return {
        **{key: row.get(key) for key in ("id", "title", "status", "first_seen", "last_changed")},
        "type": row["type"]["value"],
        "date_earliest": date.get("earliest"),
        "date_latest": date.get("latest"),
        "date_precision": date.get("precision"),
        "place": place.get("name"),
        **{key: place.get(key) for key in ("country", "admin1", "lat", "lon")},
        "place_precision": place.get("precision"),
        **{f"killed_{bound}": killed.get(bound) for bound in ("min", "best", "max")},
        **{f"injured_{bound}": injured.get(bound) for bound in ("min", "best", "max")},
        "weapons": "; ".join(weapon["type"] for weapon in row["weapons"]),
        "actors": "; ".join(f"{actor['name']} ({actor['role']})" for actor in row["actors"]),
        "articles": row["corroboration"]["articles"],
        "lineages": row["corroboration"]["lineages"],
        "open_conflicts": sum(c["verdict"] == "open" for c in row["conflicts"]),
    }
