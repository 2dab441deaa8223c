"""What SQLite says when it fails, in words a user can act on. No driver error gets past here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from tocsin.errors import StoreBusy, StoreError

_REASONS = {
    sqlite3.SQLITE_NOTADB: "is not a Tocsin store (not an SQLite database)",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a backup or read the inputs again",
    sqlite3.SQLITE_FULL: "the disk is full; nothing of the last batch was kept",
    sqlite3.SQLITE_READONLY: "cannot be written: the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: no such folder, no permission, or not a file",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_TOOBIG: "a text is larger than the store can hold",
}

_PRIMARY_CODE = 0xFF
"""SQLite's extended error codes carry the primary one in the low byte."""


def store_error(url: str, error: BaseException | None) -> StoreError:
    """The StoreError that tells what `error`, raised by the driver, means for the user."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & _PRIMARY_CODE in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreBusy(url, "another process is writing to it; try again when it is done")
    reason = _REASONS.get(code & _PRIMARY_CODE) if code is not None else None
    return StoreError(url, reason or f"failed: {error}")


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Raise driver errors as StoreError, with the cause chained."""
    try:
        yield
    except DBAPIError as error:
        raise store_error(url, error.orig) from error
    except sqlite3.Error as error:
        raise store_error(url, error) from error
