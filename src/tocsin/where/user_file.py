"""The user's own gazetteer: country dumps imported beside the shipped file, which never changes.

    place   one row per place of an imported dump, by GeoNames number
    name    (look-up key, place): the names and spellings it is found by

One transaction imports one file: a killed or failing import leaves what was there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from tocsin.errors import StoreError
from tocsin.where.names import KEY_VERSION

LAYOUT_VERSION = 1
BATCH_ROWS = 2_000

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL,
    admin1 TEXT, admin2 TEXT, lat REAL NOT NULL, lon REAL NOT NULL,
    population INTEGER NOT NULL, zone TEXT NOT NULL, class TEXT NOT NULL, code TEXT NOT NULL
);
CREATE INDEX place_country ON place (country);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place))
    WITHOUT ROWID;
CREATE INDEX name_place ON name (place);
"""
_VERSIONS = {"layout_version": str(LAYOUT_VERSION), "key_version": str(KEY_VERSION)}


class UserRow(NamedTuple):
    """One row of `place`, as stored."""

    id: int
    name: str
    country: str
    admin1: str | None
    """Name of the first-level division."""
    admin2: str | None
    lat: float
    lon: float
    population: int
    zone: str
    feature_class: str
    feature_code: str


class UserFile:
    """One user gazetteer. Made by `open` or `open_to_write`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read-only. Raises StoreError where the file is missing or strange."""
        if not path.is_file():
            raise StoreError(str(path), "no gazetteer is there")
        uri = f"{path.resolve().as_uri()}?mode=ro"
        return cls._checked(path, uri)

    @classmethod
    def open_to_write(cls, path: Path) -> Self:
        """To import into; made where it is missing. Raises StoreError where it cannot be."""
        is_new = not path.exists()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if is_new:
                with sqlite3.connect(path) as connection:
                    connection.executescript(_SCHEMA)
                    connection.executemany("INSERT INTO meta VALUES (?, ?)", _VERSIONS.items())
                connection.close()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(str(path), f"cannot be made: {error}") from error
        return cls._checked(path, f"{path.resolve().as_uri()}?mode=rw")

    @classmethod
    def _checked(cls, path: Path, uri: str) -> Self:
        try:
            connection = sqlite3.connect(
                uri, uri=True, check_same_thread=False, isolation_level=None
            )
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise StoreError(str(path), "is not a gazetteer of imported dumps") from error
        if any(meta.get(key) != value for key, value in _VERSIONS.items()):
            raise StoreError(str(path), "was made by another version; import the dumps again")
        return cls(path, connection)

    def close(self) -> None:
        """Close the file; every later call fails."""
        self._connection.close()

    def rows(self, key: str) -> list[UserRow]:
        """Places of a look-up key, most people first."""
        found = self._connection.execute(
            "SELECT place.* FROM name JOIN place ON place.id = name.place WHERE name.key = ?"
            " ORDER BY place.population DESC, place.id",
            (key,),
        )
        return [UserRow(*row) for row in found]

    def countries(self) -> dict[str, int]:
        """Country code to the number of places imported for it."""
        return dict(
            self._connection.execute("SELECT country, count(*) FROM place GROUP BY country")
        )

    def begin(self) -> None:
        """Begin an import. Raises StoreError where another one is at work."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreError(str(self.path), f"cannot be written: {error}") from error

    def commit(self) -> None:
        """End an import; what it wrote is kept."""
        self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        """End an import; what it wrote is forgotten."""
        self._connection.execute("ROLLBACK")

    def forget(self, country: str) -> int:
        """Delete the places of a country; how many there were."""
        self._connection.execute(
            "DELETE FROM name WHERE place IN (SELECT id FROM place WHERE country = ?)", (country,)
        )
        return self._connection.execute("DELETE FROM place WHERE country = ?", (country,)).rowcount

    def add(self, rows: Sequence[UserRow], names: Iterable[tuple[str, int]]) -> None:
        """Add places and their (key, place) names. A number already there is replaced."""
        self._connection.executemany(
            f"INSERT OR REPLACE INTO place VALUES ({', '.join('?' * len(UserRow._fields))})",  # noqa: S608 - counts columns
            rows,
        )
        self._connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", names)
