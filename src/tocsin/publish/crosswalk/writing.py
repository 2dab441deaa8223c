"""Coded rows as CSV, and beside it as JSON Lines how each was made and what has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tocsin.publish.contract import SCHEMA_VERSION, Json, evidence_json
from tocsin.publish.crosswalk.rows import EMPTY, Cell, CodedRow, Crosswalk, Ruling
from tocsin.publish.exports import csv_line, write_jsonl

_BELOW_ZERO = re.compile(r"-\d{1,9}(\.\d{1,9})?")


def write_coded_csv(entries: Iterable[CodedRow | Ruling], crosswalk: Crosswalk) -> Iterator[str]:
    """A header and one line per row; the rulings are in the file beside it."""
    yield csv_line(crosswalk.columns)
    for entry in entries:
        if isinstance(entry, CodedRow):
            yield coded_line(entry, crosswalk)


def coded_line(row: CodedRow, crosswalk: Crosswalk) -> str:
    """One row."""
    cells = (row.cells.get(column, EMPTY) for column in crosswalk.columns)
    return csv_line(_number_or_text(cell.text) for cell in cells)


def _number_or_text(text: str) -> str | float:
    """A number below zero is no formula, and is written as it is."""
    return float(text) if _BELOW_ZERO.fullmatch(text) else text


def write_rulings(entries: Iterable[CodedRow | Ruling]) -> Iterator[str]:
    """One line per incident without a row of its own: which rule folded or dropped it."""
    yield from write_jsonl(_ruling(entry) for entry in entries if isinstance(entry, Ruling))


def sidecar_head(crosswalk: Crosswalk) -> str:
    """The first line of a sidecar: the columns, and what becomes of rows that are one there."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "crosswalk": crosswalk.name,
        "columns": list(crosswalk.columns),
        "folding": crosswalk.fold_words or None,
        "added": list(crosswalk.added),
        "joined": list(crosswalk.joined),
    }
    return "".join(write_jsonl([head]))


def sidecar_line(entry: CodedRow | Ruling) -> str:
    """A ruling; or of a row the rule and the first words of each cell that has any."""
    line = _ruling(entry) if isinstance(entry, Ruling) else _reasons(entry)
    return "".join(write_jsonl([line]))


def _ruling(ruling: Ruling) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "incident_id": ruling.incident_id,
        "title": ruling.title,
        "rule": ruling.rule,
        "words": ruling.words,
        "into": ruling.into,
    }


def _reasons(row: CodedRow) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "incident_ids": list(row.incident_ids),
        "cells": {
            column: _reason(cell)
            for column, cell in row.cells.items()
            if cell.rule or cell.evidence is not None
        },
    }


def _reason(cell: Cell) -> Json:
    return {
        "rule": cell.rule or None,
        "evidence": evidence_json(cell.evidence) if cell.evidence else None,
    }
