"""`tocsin incidents --format acled-csv, ged-csv`: coded rows, and the sidecar beside their file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tocsin.cli.output import output
from tocsin.publish.crosswalk import (
    CodedRow,
    Crosswalk,
    Ruling,
    coded,
    coded_line,
    sidecar_head,
    sidecar_line,
)
from tocsin.publish.exports import ExportFormat, csv_line
from tocsin.records import Incident

CODED = {ExportFormat.ACLED_CSV: "acled", ExportFormat.GED_CSV: "ged"}
"""The shape of each format that follows another data set."""
SIDECAR_SUFFIX = ".rules.jsonl"


def write_coded(incidents: Iterable[Incident], crosswalk: Crosswalk, out: Path | None) -> None:
    """Rows, and beside a file of them the sidecar: how each row was made, and what has none.

    The screen has no room for a sidecar: there, what has no row of its own is counted on standard
    error.
    """
    if out is None:
        rulings = 0
        sys.stdout.write(csv_line(crosswalk.columns))
        for entry in coded(incidents, crosswalk):
            if isinstance(entry, CodedRow):
                sys.stdout.write(coded_line(entry, crosswalk))
            rulings += isinstance(entry, Ruling)
        if rulings:
            told = f"{rulings} incidents have no row of their own; --out FILE writes why, beside it"
            sys.stderr.write(f"{told}\n")
        return
    with output(out) as rows, output(out.with_suffix(SIDECAR_SUFFIX)) as sidecar:
        rows.write(csv_line(crosswalk.columns))
        sidecar.write(sidecar_head(crosswalk))
        for entry in coded(incidents, crosswalk):
            if isinstance(entry, CodedRow):
                rows.write(coded_line(entry, crosswalk))
            sidecar.write(sidecar_line(entry))
