"""The gazetteer's file: its layout, and the fast way in.

    place   numbered in order of importance, so that a smaller number ranks first
    name    look-up key (`names.py`) -> the packed numbers of its places, most important first
    country, zone, feature, meta   small, read whole when the file is opened

The file is immutable once built: it is opened read-only, without locks, from any number of threads
or processes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tocsin.errors import StoreError
from tocsin.where.names import KEY_VERSION

LAYOUT_VERSION = 1
CACHE_KIB = 8_192
"""Page cache per connection: the inner pages of both trees and the leaves in use."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE feature (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE country (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, capital TEXT NOT NULL,
    geonameid INTEGER NOT NULL, lat_e4 INTEGER, lon_e4 INTEGER, radius_km INTEGER NOT NULL,
    population INTEGER NOT NULL, zone TEXT NOT NULL
);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, geonameid INTEGER NOT NULL, name TEXT NOT NULL,
    country INTEGER NOT NULL, admin1 INTEGER, admin2 INTEGER,
    lat_e4 INTEGER, lon_e4 INTEGER, population INTEGER,
    zone INTEGER NOT NULL, feature INTEGER NOT NULL, radius_km INTEGER
);
CREATE TABLE name (key TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
"""

_ID_BYTES = 3


def pack_ids(ids: list[int]) -> bytes:
    """Three bytes per number, big-endian; raises OverflowError above 16.7 million."""
    return b"".join(one.to_bytes(_ID_BYTES, "big") for one in ids)


def unpack_ids(packed: bytes) -> list[int]:
    """The numbers of `pack_ids`, in its order."""
    return [
        int.from_bytes(packed[at : at + _ID_BYTES], "big")
        for at in range(0, len(packed), _ID_BYTES)
    ]


class PlaceRow(NamedTuple):
    """One row of `place`, as stored."""

    id: int
    geonameid: int
    name: str
    country: int
    admin1: int | None
    admin2: int | None
    lat_e4: int | None
    lon_e4: int | None
    population: int | None
    zone: int
    feature: int
    radius_km: int | None


class CountryRow(NamedTuple):
    """One row of `country`, as stored."""

    id: int
    code: str
    name: str
    capital: str
    geonameid: int
    lat_e4: int | None
    lon_e4: int | None
    radius_km: int
    population: int
    zone: str


class GazetteerFile:
    """Read access to one gazetteer file. Raises StoreError where it is missing or strange."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise StoreError(str(path), "no gazetteer is there")
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
                isolation_level=None,
            )
            self._connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise StoreError(str(path), "is not a gazetteer") from error
        expected = {"layout_version": str(LAYOUT_VERSION), "key_version": str(KEY_VERSION)}
        if any(meta.get(key) != value for key, value in expected.items()):
            raise StoreError(str(path), "was built by another version; build it again")
        self.attribution: str = meta["attribution"]
        self.zones: dict[int, str] = dict(self._connection.execute("SELECT id, name FROM zone"))
        self.features: dict[int, str] = dict(
            self._connection.execute("SELECT id, code FROM feature")
        )
        rows = self._connection.execute("SELECT * FROM country").fetchall()
        self.countries: dict[int, CountryRow] = {row[0]: CountryRow(*row) for row in rows}

    def close(self) -> None:
        """Close the file; every later call fails."""
        self._connection.close()

    def ids(self, key: str) -> list[int]:
        """Numbers of the places of a key, most important first."""
        row = self._connection.execute("SELECT places FROM name WHERE key = ?", (key,)).fetchone()
        return unpack_ids(row[0]) if row is not None else []

    def place(self, number: int) -> PlaceRow:
        """One place. Raises KeyError where the number is none."""
        row = self._connection.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return PlaceRow(*row)

    def places_of(self, numbers: Sequence[int]) -> list[PlaceRow]:
        """Places by number, most important first; numbers that are none are left out."""
        if not numbers:
            return []
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            f"SELECT * FROM place WHERE id IN ({marks}) ORDER BY id",  # noqa: S608 - counts numbers
            tuple(numbers),
        )
        return [PlaceRow(*row) for row in rows]

    def names_in(self, country: int) -> list[tuple[int, str]]:
        """Numbers and names of all places of a country, most important first: a full scan."""
        return self._connection.execute(
            "SELECT id, name FROM place WHERE country = ? ORDER BY id", (country,)
        ).fetchall()

    def places(self) -> list[PlaceRow]:
        """Every place, most important first: a full scan."""
        rows = self._connection.execute("SELECT * FROM place ORDER BY id").fetchall()
        return [PlaceRow(*row) for row in rows]
