"""Upkeep: a store copied while it is in use, brought back, checked, brought to the newest schema.

    backup("tocsin.db", Path("monday.db"))     a whole store, as it was at one instant
    restore(Path("monday.db"), "tocsin.db")    never over a store that is there

Copies are made beside their target, checked, put on the disk, and only then given their name.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tocsin.errors import StoreError, StoreTooNew
from tocsin.store.config import StoreSettings
from tocsin.store.failures import translated
from tocsin.store.location import store_path, without_password
from tocsin.store.opening import file_uri, known_revisions, open_engine, stored_revision
from tocsin.store.schema import REVISION
from tocsin.store.sqlite import open_store

PAGES_AT_ONCE = 2_000
"""Pages copied before other processes get their turn: 8 MB of the usual size."""
PAUSE_S = 0.01
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file. Left from another store, it would be read into a new one."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was made and checked."""

    path: Path
    revision: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did; equal revisions where there was nothing to do."""

    before: str
    after: str
    backup: Path | None
    """The store as it was."""


def backup(url: str, target: Path, settings: StoreSettings) -> Copied:
    """Copy the store to a file that must not exist, while others read and write it.

    The copy is the store of one instant: a batch kept meanwhile is in it whole or not at all.
    Raises StoreError where the target is there or the copy turns out to be damaged.
    """
    source, shown = store_path(url), without_password(url)
    revision = _revision(source, shown, settings)
    return _copy(source, shown, target, revision, settings)


def restore(source: Path, url: str, settings: StoreSettings) -> Copied:
    """Make a store of a backup, where there is none yet.

    Raises StoreError where a store is there, StoreTooNew for a backup of a newer Tocsin.
    """
    revision = _revision(source, str(source), settings)
    if revision not in known_revisions():
        raise StoreTooNew(str(source), f"was written by a newer version of Tocsin ({revision})")
    return _copy(source, str(source), store_path(url), revision, settings)


def upgrade(url: str, settings: StoreSettings) -> Upgraded:
    """Bring the store to the newest schema, keeping a backup of what it was beside it.

    A kill on the way leaves the old schema and the backup; run again to go on.
    """
    path, shown = store_path(url), without_password(url)
    before = _revision(path, shown, settings)
    if before == REVISION:
        return Upgraded(before, before, None)
    if before not in known_revisions():
        raise StoreTooNew(shown, f"was written by a newer version of Tocsin (schema {before})")
    kept = path.with_name(f"{path.name}.before-{REVISION}")
    if not kept.exists():
        _copy(path, shown, kept, before, settings)
    open_store(url, settings, create=False).close()
    return Upgraded(before, _revision(path, shown, settings), kept)


def _revision(path: Path, shown: str, settings: StoreSettings) -> str:
    """The schema of a file that must be a store."""
    if not path.is_file():
        raise StoreError(shown, "there is no such store")
    engine = open_engine(path, settings, read_only=True)
    try:
        with translated(shown), engine.connect() as connection:
            found = stored_revision(connection, shown)
    finally:
        engine.dispose()
    if found is None:
        raise StoreError(shown, "is empty")
    return found


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    return sqlite3.connect(file_uri(path, read_only=read_only), uri=True)


def _copy(source: Path, shown: str, target: Path, revision: str, settings: StoreSettings) -> Copied:
    for there in (target, *(target.with_name(target.name + end) for end in BESIDE)):
        if there.exists():
            raise StoreError(str(there), "is there already; nothing is overwritten")
    if not target.parent.is_dir():
        raise StoreError(str(target), f"the folder {target.parent} does not exist")
    with _partial(target) as partial:
        with (
            translated(shown),
            contextlib.closing(_connect(source, read_only=True)) as old,
            contextlib.closing(_connect(partial, read_only=False)) as new,
        ):
            old.execute(f"PRAGMA busy_timeout = {int(settings.busy_timeout_s * 1000)}")
            # One read transaction around the copying: what is written meanwhile does not begin it
            # anew, and readers hold up no writer.
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            old.backup(new, pages=PAGES_AT_ONCE, sleep=PAUSE_S)
            old.rollback()
            said = [str(row[0]) for row in new.execute("PRAGMA integrity_check(5)")]
            if said != ["ok"]:
                raise StoreError(shown, f"cannot be copied, it is damaged: {said[0]}")
        _to_disk(partial)
        try:
            _name(partial, target)
        except FileExistsError:
            raise StoreError(str(target), "is there already; nothing is overwritten") from None
        except OSError as error:
            raise StoreError(str(target), f"cannot be written: {error.strerror}") from error
    _to_disk(target.parent)
    return Copied(target, revision, target.stat().st_size)


@contextlib.contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A name beside the target for as long as the copy is not whole."""
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    leftovers = [partial, *(partial.with_name(partial.name + end) for end in BESIDE)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    try:
        yield partial
    finally:
        for path in leftovers:
            path.unlink(missing_ok=True)


def _name(partial: Path, target: Path) -> None:
    """Give the copy its name. A link fails where the name was taken meanwhile; a rename, for disks
    that know no links, would overwrite."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError from None
        partial.rename(target)


def _to_disk(path: Path) -> None:
    """Wait until the disk has the file, or the folder its names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
