"""Copies of a store in use, faults that are found, old stores brought forward without loss."""

from __future__ import annotations

import gzip
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.factory import contents, incident, kept
from tests.store.test_opening import FIRST_STORE
from tocsin.errors import StoreError, StoreTooNew
from tocsin.store import Store, backup, open_store, restore, upgrade
from tocsin.store.config import StoreSettings
from tocsin.store.schema import REVISION


@pytest.fixture
def full(store: Store) -> Store:
    store.keep_many([kept(n) for n in range(4)])
    reports = kept(1).extraction.reports
    store.write_incidents(
        [incident(1, *reports)], gone={}, resolved_report_ids=[r.id for r in reports]
    )
    return store


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def test_a_backup_is_the_store(full: Store, path: Path, settings: StoreSettings) -> None:
    target = path.with_name("monday.db")
    copied = backup(str(path), target, settings)
    assert (copied.path, copied.revision) == (target, REVISION)
    with open_store(str(target), settings, create=False) as copy:
        assert contents(copy) == contents(full)
        assert copy.history("inc_0001") == full.history("inc_0001")
        assert copy.check(records=True) == []
    assert not [one.name for one in path.parent.iterdir() if "part" in one.name]


def test_a_backup_is_taken_while_others_write(
    store: Store, path: Path, settings: StoreSettings
) -> None:
    batches = [[kept(n) for n in range(at, at + 5)] for at in range(0, 60, 5)]
    store.keep_many(batches[0])
    began = threading.Event()

    def keep() -> None:
        with open_store(str(path), settings) as other:
            for batch in batches[1:]:
                other.keep_many(batch)
                began.set()

    writer = threading.Thread(target=keep)
    writer.start()
    began.wait()
    copies = [path.with_name(f"{n}.db") for n in range(4)]
    for copy in copies:
        backup(str(path), copy, settings)
    writer.join()
    for copy in copies:
        with open_store(str(copy), settings, create=False) as opened:
            assert opened.counts().articles % 5 == 0, "a batch is in a copy whole or not at all"
            assert opened.check(records=True) == []


def test_nothing_is_overwritten(full: Store, path: Path, settings: StoreSettings) -> None:
    target = path.with_name("monday.db")
    backup(str(path), target, settings)
    before = target.read_bytes()
    with pytest.raises(StoreError, match="nothing is overwritten"):
        backup(str(path), target, settings)
    with pytest.raises(StoreError, match="nothing is overwritten"):
        restore(target, str(path), settings)
    other = path.with_name("other.db")
    path.with_name("other.db-wal").touch()
    with pytest.raises(StoreError, match=r"other\.db-wal"):
        restore(target, str(other), settings)
    assert target.read_bytes() == before
    assert not other.exists()


def test_a_backup_is_restored(full: Store, path: Path, settings: StoreSettings) -> None:
    expected = contents(full)
    target = path.with_name("monday.db")
    backup(str(path), target, settings)
    again = path.with_name("again.db")
    restore(target, f"sqlite:///{again}", settings)
    with open_store(str(again), settings, create=False) as store:
        assert contents(store) == expected
        store.keep(kept(9))


@pytest.mark.parametrize("content", [b"", b"not a store\n" * 400])
def test_what_is_no_store_is_not_restored(
    tmp_path: Path, settings: StoreSettings, content: bytes
) -> None:
    source = tmp_path / "letter"
    source.write_bytes(content)
    with pytest.raises(StoreError):
        restore(source, str(tmp_path / "s.db"), settings)
    assert [one.name for one in tmp_path.iterdir()] == ["letter"]


def test_a_damaged_store_is_not_copied(path: Path, settings: StoreSettings, tmp_path: Path) -> None:
    with open_store(str(path), settings) as store:
        store.keep_many([kept(n) for n in range(40)])
    raw = bytearray(path.read_bytes())
    for at in range(4096 * 30, len(raw), 4096 * 3):
        raw[at : at + 300] = b"\xff" * 300
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged"):
        backup(str(path), tmp_path / "copy.db", settings)
    assert not list(tmp_path.glob("copy*"))


def test_a_newer_backup_is_refused(full: Store, path: Path, settings: StoreSettings) -> None:
    target = path.with_name("monday.db")
    backup(str(path), target, settings)
    change(target, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew):
        restore(target, str(path.with_name("s.db")), settings)


def test_a_sound_store_has_no_faults(full: Store) -> None:
    assert full.check(records=True) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE article_versions SET text = replace(text, 'rocket', 'locket')",
            "not the one that was kept",
        ),
        (
            """UPDATE claims SET evidence = replace(evidence, 'rocket', 'locket')
               WHERE field = 'weapons'""",
            "are others",
        ),
        ("UPDATE reports SET record = replace(record, '\"hit\"', '\"hot\"')", "are others"),
        (
            "UPDATE incident_history SET record = replace(record, '\"hit\"', '\"hot\"')",
            "does not stand at",
        ),
        ("UPDATE articles SET current_version = 1 WHERE id = 'art_0002'", "no version of it"),
        (
            "UPDATE articles SET current_extraction = NULL, current_version = 99 WHERE key = 1",
            "no version of it",
        ),
        ("UPDATE incident_members SET incident_id = 'inc_none'", "ended or is unknown"),
    ],
)
def test_what_no_database_sees_is_found(
    tmp_path: Path, settings: StoreSettings, statement: str, fault: str
) -> None:
    path = tmp_path / "broken.db"
    with open_store(str(path), settings) as store:
        store.keep_many([kept(1), kept(2)])
        reports = kept(1).extraction.reports
        store.write_incidents(
            [incident(1, *reports)], gone={}, resolved_report_ids=[r.id for r in reports]
        )
    change(path, statement)
    with open_store(str(path), settings) as store:
        assert any(fault in one for one in store.check(records=True))


def test_an_old_store_is_upgraded_without_loss(tmp_path: Path, settings: StoreSettings) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(FIRST_STORE.read_bytes()))
    done = upgrade(str(path), settings)
    assert (done.before, done.after) == ("0001", REVISION)
    assert done.backup is not None
    with closing(sqlite3.connect(done.backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
    with open_store(str(path), settings) as store:
        assert store.check(records=True) == []
        assert store.article("art_0001") == kept(1).article
        assert store.extraction("art_0001") == kept(1).extraction
        assert [i.incident for i in store.incidents()] == [incident(1, *kept(1).extraction.reports)]
        assert [step.incident_id for step in store.outbox.steps(0, limit=9)] == ["inc_0001"]
    again = upgrade(str(path), settings)
    assert (again.before, again.after, again.backup) == (REVISION, REVISION, None)


def test_an_upgrade_that_was_cut_off_goes_on(tmp_path: Path, settings: StoreSettings) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(FIRST_STORE.read_bytes()))
    kept_before = path.with_name(f"old.db.before-{REVISION}")
    backup(str(path), kept_before, settings)
    assert upgrade(str(path), settings).backup == kept_before


def test_nothing_is_made_where_there_is_no_store(tmp_path: Path, settings: StoreSettings) -> None:
    path = tmp_path / "none.db"
    for act in (
        lambda: backup(str(path), tmp_path / "copy.db", settings),
        lambda: restore(path, str(tmp_path / "s.db"), settings),
        lambda: upgrade(str(path), settings),
    ):
        with pytest.raises(StoreError, match="no such store"):
            act()
    assert list(tmp_path.iterdir()) == []
