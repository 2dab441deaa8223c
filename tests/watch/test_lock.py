"""One watch for one store, and no lock that outlives its process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.errors import StoreBusy, StoreError
from tocsin.watch.lock import SUFFIX, only_watch

HOLDS = """
import sys, time
from tocsin.watch.lock import only_watch
with only_watch(sys.argv[1]):
    print("held", flush=True)
    time.sleep(600)
"""


def refused(url: str, words: str = "watches into it") -> None:
    with pytest.raises(StoreBusy, match=words), only_watch(url):
        pytest.fail(f"{url} is held twice")


def test_a_second_watch_is_told_who_holds_the_store(tmp_path: Path) -> None:
    url = str(tmp_path / "record.db")
    with only_watch(url):
        refused(url, f"process {os.getpid()} on ")
    with only_watch(url):
        pass


def test_other_stores_and_other_names(tmp_path: Path) -> None:
    store, other, link = (tmp_path / name for name in ("record.db", "other.db", "link.db"))
    link.symlink_to(store)
    with only_watch(str(store)):
        with only_watch(str(other)):
            pass
        for name in (f"sqlite:///{store}", str(link), str(tmp_path / "x" / ".." / store.name)):
            refused(name)


@pytest.mark.parametrize("said", [b"", b"{", b"[1]", b'{"process": "x"}', b"\xff" * 5_000])
def test_a_lock_that_says_nothing_still_holds(tmp_path: Path, said: bytes) -> None:
    path = tmp_path / "record.db"
    with only_watch(str(path)):
        path.with_name(path.name + SUFFIX).write_bytes(said)
        refused(str(path), "another process watches into it")


def test_a_killed_watch_leaves_no_lock(tmp_path: Path) -> None:
    url = str(tmp_path / "record.db")
    with subprocess.Popen([sys.executable, "-c", HOLDS, url], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        refused(url, f"process {holder.pid} on ")
        holder.kill()
        holder.wait()
    with only_watch(url):
        pass


def test_a_store_without_a_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="cannot be locked"),
        only_watch(str(tmp_path / "none" / "record.db")),
    ):
        pytest.fail("held")
