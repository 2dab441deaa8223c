"""Tables: CSV, TSV and Parquet, a row an article, columns named as the fields of a JSON line."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Any, BinaryIO

from tocsin.errors import RefusedInput
from tocsin.read.build import build_article
from tocsin.read.charset import decode_text
from tocsin.read.config import ReadSettings
from tocsin.read.json_lines import draft_of_record
from tocsin.read.stream import Lines, over_limit
from tocsin.records import Article

ROWS_PER_BATCH = 32
DELIMITERS = ",;\t|"


class _TextLines(Iterator[str]):
    """Lines of a stream as text; `next` raises RefusedInput for a bad one and goes on after it."""

    def __init__(self, lines: Lines, source: str) -> None:
        self._lines = lines
        self._source = source

    def __next__(self) -> str:
        number, line = next(self._lines)
        return decode_text(line, self._source, locator=f"line {number}")


def read_csv(
    stream: BinaryIO, source: str, settings: ReadSettings, *, delimiter: str | None = None
) -> Iterator[Article | RefusedInput]:
    """Articles of a table with a header line; `delimiter` None is told from the header."""
    # one setting for the whole process; its default of 128 KiB cuts long articles
    csv.field_size_limit(settings.max_document_bytes)
    lines = Lines(stream, settings.max_document_bytes, source)
    text_lines = _TextLines(lines, source)
    header_line = next(text_lines, "")
    delimiter = delimiter or max(DELIMITERS, key=header_line.count)
    try:
        header = [
            name.strip().lower() for name in next(csv.reader([header_line], delimiter=delimiter))
        ]
    except (csv.Error, StopIteration) as error:
        raise RefusedInput(source, "has no header line", locator="line 1") from error
    if not {"text", "html"} & set(header):
        raise RefusedInput(source, "has no column `text` or `html`", locator="line 1")
    reader = csv.reader(text_lines, delimiter=delimiter)
    while True:
        first = lines.number + 1
        try:
            cells = next(reader)
            if not cells:
                continue
            if len(cells) > len(header):
                reason = f"has {len(cells)} cells under {len(header)} columns"
                raise RefusedInput(source, reason, locator=f"line {first}")
            record = {name: cell or None for name, cell in zip(header, cells, strict=False)}
            yield build_article(draft_of_record(record, source, f"line {first}"), settings)
        except StopIteration:
            return
        except RefusedInput as refusal:
            yield refusal
        except csv.Error as error:
            yield RefusedInput(source, f"is not CSV: {error}", locator=f"line {first}")


def read_parquet(
    file: Any, source: str, settings: ReadSettings
) -> Iterator[Article | RefusedInput]:
    """Articles of a Parquet file (path or seekable stream), read in small batches of rows."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import
    from pyarrow import parquet  # noqa: PLC0415

    number = 0
    try:
        table = parquet.ParquetFile(file, pre_buffer=False, buffer_size=2**20)
        if not {"text", "html"} & set(table.schema_arrow.names):
            raise RefusedInput(source, "has no column `text` or `html`")
        for batch in table.iter_batches(batch_size=ROWS_PER_BATCH, use_threads=False):
            if batch.nbytes > ROWS_PER_BATCH * settings.max_document_bytes:
                reason = over_limit("holds rows", settings.max_document_bytes)
                yield RefusedInput(source, reason, locator=f"record {number + 1}")
                number += batch.num_rows
                continue
            for record in batch.to_pylist():
                number += 1
                yield _read_row(record, source, f"record {number}", settings)
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError) as error:
        reason = (
            f"cannot be read as Parquet: {str(error).splitlines()[0] if str(error) else error!r}"
        )
        yield RefusedInput(source, reason, locator=f"record {number + 1}")


def _read_row(
    record: dict[str, Any], source: str, locator: str, settings: ReadSettings
) -> Article | RefusedInput:
    for name, value in record.items():
        if isinstance(value, dt.datetime | dt.date):
            record[name] = value.isoformat()
        elif isinstance(value, bytes):
            record[name] = value.decode("utf-8", "backslashreplace")
    for name in ("text", "html"):
        if len(record.get(name) or "") > settings.max_document_bytes:
            return RefusedInput(
                source, over_limit("is", settings.max_document_bytes), locator=locator
            )
    try:
        return build_article(draft_of_record(record, source, locator), settings)
    except RefusedInput as refusal:
        return refusal
