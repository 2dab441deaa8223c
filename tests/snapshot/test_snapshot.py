"""Snapshots: the same for the same record, checked to the byte, and loaded as they were."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.snapshot.conftest import COUNT, DATASET, Frozen, fill
from tests.store.factory import SteppingClock, incident, kept
from tocsin.errors import DataError, StoreBusy, StoreError
from tocsin.records import Quantity, ReviewDecision
from tocsin.records.vocab import DecisionKind, IncidentStatus
from tocsin.snapshot import Kind, Snapshot, compare, create, load, open_snapshot
from tocsin.snapshot.archive import PARTS
from tocsin.store import IncidentFilter, Store, open_store
from tocsin.store.config import StoreSettings


def rows(snapshot: Snapshot, part: str = "incidents.jsonl") -> list[Any]:
    return [json.loads(line) for line in snapshot.lines(part)]


def told(store: Store) -> list[Any]:
    listed = list(store.incidents()) + list(
        store.incidents(IncidentFilter(status=IncidentStatus.REJECTED))
    )
    return sorted((stored.incident for stored in listed), key=lambda one: one.id)


def decision(number: int, *inputs: str) -> ReviewDecision:
    at = dt.datetime(2021, 3, 1, 13, number, tzinfo=dt.UTC)
    return ReviewDecision(f"dec_{number}", at, "ana", DecisionKind.CONFIRM, inputs)


def test_it_says_what_it_holds_by_which_code_and_of_which_sources(
    store: Store, frozen: Frozen
) -> None:
    store.decide(decision(1, "inc_0001"))
    snapshot = frozen(store)
    assert [row["id"] for row in rows(snapshot)] == [f"inc_{n:04}" for n in range(COUNT)]
    manifest = snapshot.manifest
    assert (manifest.dataset, manifest.extractors) == (DATASET, ("rules-1",))
    sources = {row["id"]: row for row in rows(snapshot, "sources.jsonl")}
    for article in store.articles():
        assert sources[article.id]["sha256"] == article.sha256
        assert article.text not in json.dumps(sources[article.id])
    assert [row["id"] for row in rows(snapshot, "decisions.jsonl")] == ["dec_1"]
    assert manifest.id in manifest.citation()
    assert f"{COUNT} incidents" in manifest.citation()


def test_the_same_record_gives_the_same_bytes(store: Store, tmp_path: Path, frozen: Frozen) -> None:
    one, two = frozen(store, "one"), frozen(store, "two")
    assert one.path.read_bytes() == two.path.read_bytes()
    with open_store(str(tmp_path / "b.db"), StoreSettings(), clock=SteppingClock()) as other:
        fill(other)
        assert frozen(other, "three").path.read_bytes() == one.path.read_bytes()
        other.decide(decision(1, "inc_0001"))
        assert frozen(other, "four").manifest.id != one.manifest.id


def test_load_gives_the_same_record(store: Store, tmp_path: Path, frozen: Frozen) -> None:
    store.decide(decision(1, "inc_0001"))
    rejected = replace(told(store)[2], status=IncidentStatus.REJECTED)
    store.write_incidents([rejected], gone={}, resolved_report_ids=[])
    snapshot = frozen(store, with_texts=True)
    path = tmp_path / "again.db"
    with open_store(str(path), StoreSettings(), clock=SteppingClock()) as again:
        assert load(snapshot, again) == COUNT
        assert told(again) == told(store)
        assert again.decisions() == store.decisions()
        assert list(again.articles()) == list(store.articles())
        assert [again.extraction(a.id) for a in again.articles()] == [
            store.extraction(a.id) for a in store.articles()
        ]
        assert not again.unresolved()
        with pytest.raises(DataError, match="not empty"):
            load(snapshot, again)


def test_only_one_with_texts_can_be_loaded(store: Store, tmp_path: Path, frozen: Frozen) -> None:
    with (
        open_store(str(tmp_path / "again.db"), StoreSettings()) as again,
        pytest.raises(DataError, match="with-texts"),
    ):
        load(frozen(store), again)


def test_the_past_is_shown_as_it_was_known(store: Store, tmp_path: Path, frozen: Frozen) -> None:
    last = max(stored.last_changed for stored in store.incidents())
    grown = replace(told(store)[0], title="Another title")
    store.write_incidents([grown], gone={}, resolved_report_ids=[])
    then, now = frozen(store, "then", as_of=last), frozen(store, "now")
    assert rows(then)[0]["title"] == "Rocket attack 0 in Harran"
    assert rows(now)[0]["title"] == "Another title"
    early = frozen(store, "early", as_of=dt.datetime(1999, 1, 1, tzinfo=dt.UTC))
    assert rows(early) == rows(early, "sources.jsonl") == []
    with pytest.raises(DataError, match="past"):
        create(store, tmp_path / "x.zip", DATASET, as_of=last, with_texts=True)


def test_nothing_is_overwritten_and_nothing_half_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.zip"
    there.write_text("mine")
    with pytest.raises(DataError, match="there already"):
        create(store, there, DATASET)
    assert there.read_text() == "mine"

    def fails(_: object) -> None:
        raise StoreError("a.db", "the disk is gone")

    monkeypatch.setattr(type(store), "decisions", fails)
    with pytest.raises(StoreError):
        create(store, tmp_path / "new.zip", DATASET)
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["there.zip"]


def test_a_record_that_changes_meanwhile_is_not_frozen(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = iter((7, 8, 9))
    monkeypatch.setattr(type(store), "record_mark", lambda _: next(marks))
    with pytest.raises(StoreBusy, match="changed meanwhile"):
        create(store, tmp_path / "new.zip", DATASET)
    assert not list(tmp_path.glob("*.zip*"))
    create(store, tmp_path / "past.zip", DATASET, as_of=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))


def test_differences_by_incident_and_field(store: Store, frozen: Frozen) -> None:
    old = frozen(store, "old")
    first, second, third, *_ = told(store)
    assert first.killed is not None
    raised = replace(first, killed=replace(first.killed, value=Quantity(5, 5, 5)))
    surer = replace(second, confidence=0.75)
    batch = kept(40)
    store.keep(batch)
    new_one = incident(40, *batch.extraction.reports)
    joined = replace(
        new_one,
        reports=new_one.reports + third.reports,
    )
    store.unresolved()
    reports = [member.report_id for member in joined.reports]
    store.write_incidents(
        [raised, surer, joined], gone={third.id: joined.id}, resolved_report_ids=reports
    )
    found = list(compare(old, frozen(store, "new")))
    assert [(one.incident_id, one.kind) for one in found] == [
        (first.id, Kind.CHANGED),
        (second.id, Kind.GROUNDS),
        (joined.id, Kind.ADDED),
        (third.id, Kind.REMOVED),
    ]
    assert [(c.field, c.was, c.now) for c in found[0].changes] == [("killed", "3", "5")]
    assert found[-1].into == (joined.id,)
    assert list(compare(old, old)) == []


def rewritten(path: Path, target: Path, change: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, change.get(name, source.read(name)))
    return target


@pytest.mark.parametrize("part", [part for part in PARTS if part != "articles.jsonl"])
def test_a_changed_part_is_found(store: Store, frozen: Frozen, tmp_path: Path, part: str) -> None:
    path = frozen(store).path
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    for changed in (content + b"{}\n", content[:-1], content.replace(b"Harran", b"Harram", 1)):
        if changed == content:
            continue
        bad = rewritten(path, tmp_path / "bad.zip", {part: changed})
        with open_snapshot(bad) as opened, pytest.raises(DataError, match=part):
            opened.verify()


def test_a_changed_manifest_is_found(store: Store, frozen: Frozen, tmp_path: Path) -> None:
    path = frozen(store).path
    with zipfile.ZipFile(path) as archive:
        content = archive.read("manifest.json")
    for changed in (
        content.replace(b"2021.1", b"2021.2"),
        content.replace(b'"format": 1', b'"format": 9'),
        b"[]",
        b"{",
        b"",
    ):
        with pytest.raises(DataError):
            open_snapshot(rewritten(path, tmp_path / "bad.zip", {"manifest.json": changed}))


def test_other_files_are_no_snapshots(tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_text("hello")
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "hello")
    for path in (text, empty, tmp_path / "none.zip", tmp_path):
        with pytest.raises(DataError, match="no snapshot"):
            open_snapshot(path)


@hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_flipped_byte_goes_unseen(tmp_path_factory: Any, data: st.DataObject) -> None:
    content = snapshot_bytes(tmp_path_factory)
    at = data.draw(st.integers(0, len(content) - 1))
    flipped = bytearray(content)
    flipped[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.getbasetemp() / "flipped.zip"
    path.write_bytes(bytes(flipped))
    try:
        with open_snapshot(path) as opened:
            opened.verify()
            held = {name: list(opened.lines(name)) for name in opened.manifest.parts}
    except DataError:
        return
    # A byte that nothing depends on (a time, a right, an unused field of ZIP) leaves all as it was.
    assert held == _HELD


_BYTES: list[bytes] = []
_HELD: dict[str, list[bytes]] = {}


def snapshot_bytes(factory: Any) -> bytes:
    """A small snapshot, made once."""
    if not _BYTES:
        folder = factory.mktemp("flip")
        with open_store(str(folder / "a.db"), StoreSettings(), clock=SteppingClock()) as store:
            fill(store, 2)
            create(store, folder / "a.zip", DATASET)
        with open_snapshot(folder / "a.zip") as opened:
            _HELD.update({name: list(opened.lines(name)) for name in opened.manifest.parts})
        _BYTES.append((folder / "a.zip").read_bytes())
    return _BYTES[0]
