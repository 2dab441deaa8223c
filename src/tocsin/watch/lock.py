"""One watch for one store: two would ask every site twice, each within its own pauses.

The lock is the operating system's, on a file beside the store. It ends with the process that holds
it, however that ends, so that none is ever left behind; the file stays and says who held it last.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tocsin.errors import StoreBusy, StoreError
from tocsin.store.clock import system_clock
from tocsin.store.location import store_path, without_password

SUFFIX = "-watch"
"""Of the lock's file, beside the store's own `-wal` and `-shm`."""
MAX_OWNER_BYTES = 1_000


@contextlib.contextmanager
def only_watch(url: str) -> Iterator[None]:
    """Hold the store at `url` against other watches.

    Raises StoreBusy naming the process that watches into it, StoreError where no lock can be kept
    beside the store.
    """
    shown = without_password(url)
    # what links lead to: two names of one store are one store
    store = store_path(url).resolve()
    path = store.with_name(store.name + SUFFIX)
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(shown, f"cannot be locked: {path}: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(shown, _refusal(path)) from error
        except OSError as error:
            raise StoreError(shown, f"cannot be locked: {path}: {error.strerror}") from error
        _sign(file)
        yield


def _sign(file: IO[str]) -> None:
    """Say who holds the lock. A full disk costs the words, not the lock."""
    owner = {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": system_clock().isoformat(timespec="seconds"),
    }
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.write(json.dumps(owner))
        file.flush()


def _refusal(path: Path) -> str:
    """Who watches, as far as the file says."""
    who = "another process"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError), path.open("rb") as file:
        owner = json.loads(file.read(MAX_OWNER_BYTES))
        who = f"process {int(owner['process'])} on {owner['host']}, since {owner['since']},"
    return f"{who} watches into it already; end that one first, or use it"
