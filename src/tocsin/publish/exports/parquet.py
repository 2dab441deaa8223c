"""Incidents as Arrow batches and as a Parquet file: typed columns, the whole record beside them.

columns  the flat row of `flat`, but days as dates, moments as timestamps, lists as lists
record   the contract JSON of the incident, so that no value is cut off from its words
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tocsin.publish.contract import SCHEMA_VERSION, Json
from tocsin.publish.exports.flat import flat_cells, held_value

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 2_000
"""Incidents in one batch and row group: some 10 MB with their evidence, which bounds memory."""
_COUNTS = tuple(f"{what}_{b}" for what in ("killed", "injured") for b in ("min", "best", "max"))
_SAME = (
    "id",
    "title",
    "type",
    "status",
    "date_precision",
    "place",
    "country",
    "admin1",
    "lat",
    "lon",
    "place_precision",
    "articles",
    "lineages",
    "open_conflicts",
)
"""Columns that are those of the flat row."""


def arrow_schema() -> pa.Schema:
    """The columns, with their types. `first_day` and `last_day` are local days, both included."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import

    text, count = pa.string(), pa.int64()
    moment = pa.timestamp("us", tz="UTC")
    actor = pa.struct([("name", text), ("canonical_id", text), ("role", text), ("by", text)])
    return pa.schema(
        [
            pa.field("id", text, nullable=False),
            pa.field("title", text, nullable=False),
            pa.field("type", text, nullable=False),
            pa.field("status", text, nullable=False),
            ("first_day", pa.date32()),
            ("last_day", pa.date32()),
            ("date_precision", text),
            ("place", text),
            ("country", text),
            ("admin1", text),
            ("lat", pa.float64()),
            ("lon", pa.float64()),
            ("place_precision", text),
            ("uncertainty_km", pa.float64()),
            *((name, count) for name in _COUNTS),
            ("weapons", pa.list_(text)),
            ("targets", pa.list_(text)),
            ("actors", pa.list_(actor)),
            ("articles", count),
            ("lineages", count),
            ("open_conflicts", count),
            ("confidence", pa.float64()),
            ("first_seen", moment),
            ("last_changed", moment),
            pa.field("record", text, nullable=False),
        ],
        metadata={"tocsin.schema_version": str(SCHEMA_VERSION)},
    )


def record_batches(rows: Iterable[Json], batch_rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """The rows as batches of at most `batch_rows`, in order; none where there is no row."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import

    schema, waiting = arrow_schema(), iter(rows)
    while batch := [_columns(row) for row in islice(waiting, batch_rows)]:
        yield pa.RecordBatch.from_pylist(batch, schema=schema)


def write_parquet(rows: Iterable[Json]) -> Iterator[bytes]:
    """The pieces of a Parquet file, a row group for each batch."""
    from pyarrow import parquet  # noqa: PLC0415 - slow to import

    sink = _Sink()
    with parquet.ParquetWriter(sink, arrow_schema(), compression="zstd") as writer:
        for batch in record_batches(rows):
            writer.write_batch(batch)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._pieces.append(piece)
        self._position += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._position

    def taken(self) -> bytes:
        """What was written since the last call."""
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole


def _columns(row: Json) -> Json:
    flat, date, place = flat_cells(row), held_value(row, "date"), held_value(row, "place")
    return {
        **{name: flat[name] for name in (*_SAME, *_COUNTS)},
        "first_day": _day(date.get("earliest")),
        "last_day": _day(date.get("latest")),
        "uncertainty_km": place.get("uncertainty_km"),
        "weapons": [weapon["type"] for weapon in row["weapons"]],
        "targets": [target["name"] for target in row["targets"]],
        "actors": [
            {name: actor.get(name) for name in ("name", "canonical_id", "role", "by")}
            for actor in row["actors"]
        ],
        "confidence": row["confidence"],
        "first_seen": dt.datetime.fromisoformat(row["first_seen"]),
        "last_changed": dt.datetime.fromisoformat(row["last_changed"]),
        "record": json.dumps(row, ensure_ascii=False, separators=(",", ":")),
    }


def _day(bound: str | None) -> dt.date | None:
    """The local day of a bound, which is a day or an instant with its offset."""
    return dt.datetime.fromisoformat(bound).date() if bound else None
