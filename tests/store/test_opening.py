"""Opening: what is not a store is refused in plain words, what is old is brought up to date."""

from __future__ import annotations

import gzip
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from tests.store.factory import contents, incident, kept
from tocsin.errors import StoreError, StoreTooNew
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings
from tocsin.store.opening import known_revisions
from tocsin.store.schema import REVISION, metadata

FIRST_STORE = Path(__file__).parent / "data" / "store-0001.db.gz"
"""A store as schema 0001 left it: `python -m tests.store.make_old_store` wrote it."""


def refused(url: object, *, create: bool = True, read_only: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(str(url), StoreSettings(), create=create, read_only=read_only)
    assert type(caught.value) is StoreError
    return caught.value.reason


def test_a_path_and_a_url_are_one_store(tmp_path: Path, settings: StoreSettings) -> None:
    path = tmp_path / "a store %20 é.db"
    with open_store(str(path), settings) as store:
        store.keep(kept(1))
    quoted = str(path).replace("%", "%25")
    with open_store(f"sqlite:///{quoted}", settings, create=False) as store:
        assert store.counts().articles == 1


def test_a_relative_url_is_relative(
    tmp_path: Path, settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///near.db", settings).close()
    assert (tmp_path / "near.db").exists()


@pytest.mark.parametrize(
    "url",
    ["postgresql://joe:s3cret@db.example/news", "postgresql+psycopg://joe:s3cret@db/news?x=s3cret"],
)
def test_postgresql_is_not_there_yet_and_the_password_not_shown(url: str) -> None:
    with pytest.raises(StoreError, match="not supported yet") as caught:
        open_store(url, StoreSettings())
    assert "s3cret" not in str(caught.value)
    assert "joe" in str(caught.value)


@pytest.mark.parametrize("url", ["", ":memory:", "sqlite://", "sqlite:///", "mysql://u:s3cret@h/d"])
def test_no_file_no_store(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url, StoreSettings())
    assert "s3cret" not in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "no") in refused(tmp_path / "no" / "s.db")


def test_a_missing_store_is_not_made_unasked(tmp_path: Path) -> None:
    assert "no such store" in refused(tmp_path / "s.db", create=False)
    assert "no such store" in refused(tmp_path / "s.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database\n" * 500)
    assert "not a Tocsin store" in refused(path)
    assert path.read_text() == "not a database\n" * 500


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.close()
    before = path.read_bytes()
    assert "another program" in refused(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store_only_for_a_writer(
    tmp_path: Path, settings: StoreSettings
) -> None:
    path = tmp_path / "s.db"
    path.touch()
    assert "is empty" in refused(path, read_only=True)
    with open_store(str(path), settings) as store:
        assert store.counts().articles == 0


def test_a_newer_schema_is_refused_and_left_alone(path: Path, store: Store) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match="9999"):
            open_store(str(path), StoreSettings(), read_only=read_only)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [REVISION])
    connection.close()


def read_all(path: Path, settings: StoreSettings) -> None:
    with open_store(str(path), settings) as store:
        assert len(list(store.articles())) == 40


def test_a_damaged_file_is_said_to_be(path: Path, settings: StoreSettings) -> None:
    with open_store(str(path), settings) as store:
        store.keep_many([kept(n) for n in range(40)])
    raw = bytearray(path.read_bytes())
    for at in range(4096 * 3, len(raw), 4096):
        raw[at : at + 200] = b"\xff" * 200
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged"):
        read_all(path, settings)


def test_read_only_reads_and_writes_nothing(path: Path, settings: StoreSettings) -> None:
    with open_store(str(path), settings) as store:
        store.keep(kept(1))
    before = path.read_bytes()
    with open_store(str(path), settings, read_only=True) as store:
        assert store.article("art_0001") == kept(1).article
        with pytest.raises(StoreError, match="read-only"):
            store.keep(kept(2))
    assert path.read_bytes() == before


def test_a_store_without_write_permission_can_be_read(
    tmp_path: Path, settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    path = folder / "s.db"
    with open_store(str(path), settings) as store:
        store.keep(kept(1))
    path.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    # The superuser may write anywhere; the question is asked as anyone else would get it answered.
    monkeypatch.setattr(os, "access", lambda *_: False)
    try:
        with open_store(str(path), settings, read_only=True) as store:
            assert store.counts().articles == 1
        assert [file.name for file in folder.iterdir()] == ["s.db"]
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_full_disk_keeps_nothing_of_the_batch(store: Store, path: Path) -> None:
    from sqlalchemy import text

    from tocsin.store.sqlite import SqliteStore

    assert isinstance(store, SqliteStore)
    store.keep(kept(1))
    with store._writing() as connection:  # the page limit stands for the disk's end
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + 4}"))
    with pytest.raises(StoreError, match="disk is full"):
        store.keep_many([kept(n) for n in range(2, 60)])
    assert [article.id for article in store.articles()] == ["art_0001"]
    with store._writing() as connection:
        connection.execute(text("PRAGMA max_page_count = 1073741823"))
    store.keep_many([kept(n) for n in range(2, 60)])


def test_the_newest_migration_is_the_schema_this_code_reads(store: Store, path: Path) -> None:
    assert max(known_revisions()) == REVISION
    engine = create_engine(f"sqlite:///{path}")
    ours = set(metadata.tables)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda thing, name, kind, *_: kind != "table" or name in ours,
                "compare_type": False,
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_store_of_schema_0001_opens(tmp_path: Path, settings: StoreSettings) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(FIRST_STORE.read_bytes()))
    with open_store(str(path), settings) as store:
        assert store.check() == []
        assert store.article("art_0001") == kept(1).article
        assert store.extraction("art_0001") == kept(1).extraction
        assert [i.incident for i in store.incidents()] == [incident(1, *kept(1).extraction.reports)]
        assert [hit.article_id for hit in store.search_articles("number2")] == ["art_0002"]
        store.keep(kept(3))
        assert len(contents(store)["articles"]) == 3
