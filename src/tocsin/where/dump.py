"""GeoNames country dumps ("IQ.txt"): 19 tab-separated columns, one place a line, UTF-8.

Described at https://download.geonames.org/export/dump/readme.txt. Lines are read one by one, so
that a dump of any size costs the memory of its longest line; a malformed line is a value that says
what is wrong with it, and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tocsin.errors import RefusedInput

COLUMNS = 19
MAX_LINE_BYTES = 65_536
"""Alternate names may fill 10,000 characters; a longer line than this is no dump's."""
MAX_ID = 2**53


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One place of a dump."""

    geonameid: int
    name: str
    alternates: tuple[str, ...]
    lat: float
    lon: float
    feature_class: str
    """A divisions, P settlements, S buildings, L areas, T heights, H waters, V woods, R roads."""
    feature_code: str
    country: str
    """ISO 3166-1 alpha-2; empty for what lies in no country."""
    admin1: str
    """First-level code, empty where not known."""
    admin2: str
    population: int
    zone: str


@dataclass(frozen=True, slots=True)
class MalformedLine:
    """A line that is no place."""

    number: int
    """From 1."""
    reason: str


def read_dump(path: Path) -> Iterator[DumpRow | MalformedLine]:
    """The places of a dump, in its order. Raises RefusedInput where the file cannot be read."""
    try:
        with path.open("rb") as stream:
            number = 0
            while line := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                if len(line) > MAX_LINE_BYTES:
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(MAX_LINE_BYTES)
                    yield MalformedLine(number, f"longer than {MAX_LINE_BYTES:,} bytes")
                elif line.strip():
                    try:
                        yield parse_row(line.decode("utf-8").rstrip("\r\n"))
                    except UnicodeDecodeError:
                        yield MalformedLine(number, "is not UTF-8")
                    except ValueError as error:
                        yield MalformedLine(number, str(error))
    except OSError as error:
        raise RefusedInput(str(path), f"cannot be read: {error.strerror}") from error


def parse_row(line: str) -> DumpRow:
    """One line without its end. Raises ValueError with the reason in plain words."""
    cells = line.split("\t")
    if len(cells) != COLUMNS:
        raise ValueError(f"{len(cells)} columns, not {COLUMNS}")
    name = cells[1].strip()
    if not name:
        raise ValueError("no name in column 2")
    country = cells[8]
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        raise ValueError(f"column 9 is no country code: {country[:20]!r}")
    return DumpRow(
        geonameid=_integer(cells[0], "column 1", most=MAX_ID),
        name=name,
        alternates=tuple(part for part in cells[3].split(",") if part),
        lat=_degrees(cells[4], "latitude", 90.0),
        lon=_degrees(cells[5], "longitude", 180.0),
        feature_class=cells[6],
        feature_code=cells[7],
        country=country,
        admin1=cells[10],
        admin2=cells[11],
        population=_integer(cells[14] or "0", "population", most=MAX_ID),
        zone=cells[17],
    )


def _integer(cell: str, what: str, *, most: int) -> int:
    if not (cell.isascii() and cell.isdigit()) or len(cell) > len(str(most)) or int(cell) > most:
        raise ValueError(f"{what} is no whole number: {cell[:20]!r}")
    return int(cell)


def _degrees(cell: str, what: str, most: float) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{what} is no number: {cell[:20]!r}") from None
    if not -most <= value <= most:  # false for not-a-number too
        raise ValueError(f"{what} is out of range: {cell[:20]!r}")
    return value
