"""The record in the shape of other data sets: ACLED and UCDP GED rows, with what they leave out.

for entry in coded(incidents, ACLED): ...         # a CodedRow, or a Ruling on what was not kept

The columns are theirs, the coders' judgement is not: each cell names the rule it follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tocsin.publish.crosswalk.acled import ACLED
from tocsin.publish.crosswalk.folding import coded
from tocsin.publish.crosswalk.ged import GED
from tocsin.publish.crosswalk.rows import Cell, CodedRow, Crosswalk, Ruling
from tocsin.publish.crosswalk.writing import (
    coded_line,
    sidecar_head,
    sidecar_line,
    write_coded_csv,
    write_rulings,
)

SHAPES: Final[Mapping[str, Crosswalk]] = MappingProxyType({"acled": ACLED, "ged": GED})
"""The shapes by name, as addresses and formats name them."""

__all__ = [
    "SHAPES",
    "Cell",
    "CodedRow",
    "Crosswalk",
    "Ruling",
    "coded",
    "coded_line",
    "sidecar_head",
    "sidecar_line",
    "write_coded_csv",
    "write_rulings",
]
