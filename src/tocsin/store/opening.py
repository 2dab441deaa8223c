"""Opening a store: connections set up alike, an unfit file refused, an old schema brought forward.

Transactions are ours, not the driver's: readers BEGIN, writers BEGIN IMMEDIATE, so that a writer
waits at its start and never fails half-way because another one was quicker.
"""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

from tocsin.errors import StoreBusy, StoreError, StoreTooNew
from tocsin.store.config import StoreSettings
from tocsin.store.failures import store_error, translated
from tocsin.store.schema import APPLICATION_ID, REVISION

if TYPE_CHECKING:
    from alembic.config import Config

WRITES = "tocsin_writes"
"""Execution option of connections whose transactions begin as a writer's."""

CACHE_KIB = 32 * 1024
MIGRATIONS = Path(__file__).parent / "migrations"
WAL_RETRY_S = 0.05


def open_engine(path: Path, settings: StoreSettings, *, read_only: bool) -> Engine:
    """An engine on a file that must exist already when `read_only`. Opens nothing yet."""
    busy_ms = int(settings.busy_timeout_s * 1000)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            file_uri(path, read_only=read_only),
            uri=True,
            timeout=settings.busy_timeout_s,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            connection.execute("PRAGMA temp_store = MEMORY")
            # SQLite's own lower() knows no letters but those of ASCII.
            connection.create_function("casefold", 1, _casefold, deterministic=True)
            if not read_only:
                # docs/decisions/0004-store.md: what this means for a kill and for a power cut.
                connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=-1
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _casefold(words: str | None) -> str | None:
    return None if words is None else words.casefold()


def set_synchronous(connection: Connection, level: str) -> None:
    """How far the connection's commits reach before they return: `NORMAL` or `FULL`.

    To be called between transactions; it goes past SQLAlchemy, which would begin one.
    """
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 (an open connection has one)
    driver.execute(f"PRAGMA synchronous = {level}")


def file_uri(path: Path, *, read_only: bool) -> str:
    """How SQLite is told which file to open, and what for."""
    uri = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
    # Readers of a WAL file share an index beside it. Where the folder cannot hold one and none is
    # there, no writer can be at work either, and the file may be read as it lies.
    if (
        read_only
        and not path.with_name(path.name + "-wal").exists()
        and not os.access(path.parent, os.W_OK)
    ):
        uri += "&immutable=1"
    return uri


def prepare(
    engine: Engine, path: Path, url: str, settings: StoreSettings, *, create: bool, read_only: bool
) -> None:
    """Check the file and bring its schema to `REVISION`, creating it where allowed.

    Raises StoreTooNew, StoreBusy, or StoreError saying what the file is instead of a store.
    """
    is_there = path.exists()
    if path.is_dir():
        raise StoreError(url, "is a folder; name a file")
    if not is_there and (read_only or not create):
        raise StoreError(url, "there is no such store; `tocsin run INPUT...` makes one")
    if not is_there and not path.parent.is_dir():
        raise StoreError(url, f"the folder {path.parent} does not exist")
    with translated(url):
        with engine.connect() as connection:
            found = stored_revision(connection, url)
        if found == REVISION:
            return
        if found is not None and found not in known_revisions():
            raise StoreTooNew(
                url,
                f"was written by a newer version of Tocsin (schema {found}, this one knows"
                f" {REVISION}); upgrade Tocsin",
            )
        if read_only or (found is None and not create):
            reason = "is empty" if found is None else f"has the older schema {found}"
            raise StoreError(url, f"{reason}; open it once for writing (`tocsin run`) first")
        _use_wal(engine, url, settings)
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            # Another process may have been quicker while this one waited.
            if stored_revision(connection, url) != REVISION:
                migrate(connection)


def stored_revision(connection: Connection, url: str) -> str | None:
    """The schema revision of the file; None for an empty file. Raises StoreError for another's."""
    names = set(
        connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
    )
    if not names:
        return None
    owner = connection.execute(text("PRAGMA application_id")).scalar_one()
    if owner != APPLICATION_ID or "alembic_version" not in names:
        raise StoreError(url, "is an SQLite database of another program, not a Tocsin store")
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _use_wal(engine: Engine, url: str, settings: StoreSettings) -> None:
    """Make the file a write-ahead-logged one, so that readers and the writer never block."""
    until = time.monotonic() + settings.busy_timeout_s
    while True:
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA journal_mode = WAL")
            (mode,) = cursor.fetchone() or ("unknown",)
            if mode == "wal":
                return
            raise StoreError(url, f"its disk does not support write-ahead logging ({mode})")
        except sqlite3.OperationalError as error:
            # SQLite does not wait for this one lock by itself.
            failure = store_error(url, error)
            if not isinstance(failure, StoreBusy) or time.monotonic() > until:
                raise failure from error
        finally:
            raw.close()
        time.sleep(WAL_RETRY_S)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to `revision` inside the connection's open transaction."""
    # Alembic is slow to import and wanted only when there is something to do.
    from alembic import command  # noqa: PLC0415

    config = _alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def known_revisions() -> frozenset[str]:
    """Every schema revision this version can read or bring forward."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory.from_config(_alembic_config())
    return frozenset(step.revision for step in script.walk_revisions())


def _alembic_config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
