"""Coded rows as CSV, and the rulings as JSON Lines beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tocsin.publish.contract import SCHEMA_VERSION
from tocsin.publish.crosswalk.rows import EMPTY, CodedRow, Crosswalk, Ruling
from tocsin.publish.exports import csv_line, write_jsonl

_BELOW_ZERO = re.compile(r"-\d{1,9}(\.\d{1,9})?")


def write_coded_csv(entries: Iterable[CodedRow | Ruling], crosswalk: Crosswalk) -> Iterator[str]:
    """A header and one line per row; the rulings are in the file beside it."""
    yield csv_line(crosswalk.columns)
    for entry in entries:
        if isinstance(entry, CodedRow):
            cells = (entry.cells.get(column, EMPTY) for column in crosswalk.columns)
            yield csv_line(_number_or_text(cell.text) for cell in cells)


def _number_or_text(text: str) -> str | float:
    """A number below zero is no formula, and is written as it is."""
    return float(text) if _BELOW_ZERO.fullmatch(text) else text


def write_rulings(entries: Iterable[CodedRow | Ruling]) -> Iterator[str]:
    """One line per incident without a row of its own: which rule folded or dropped it."""
    yield from write_jsonl(
        {
            "schema_version": SCHEMA_VERSION,
            "incident_id": entry.incident_id,
            "title": entry.title,
            "rule": entry.rule,
            "words": entry.words,
            "into": entry.into,
        }
        for entry in entries
        if isinstance(entry, Ruling)
    )
