"""`tocsin snapshot`: create, verify, diff, load."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import typer

from tocsin.cli.moments import typed_as_of
from tocsin.config import load_settings
from tocsin.publish.exports import write_jsonl
from tocsin.publish.phrasing import NOT_STATED, plain
from tocsin.snapshot import Dataset, Difference, Kind, Manifest, compare, open_snapshot
from tocsin.snapshot import create as create_snapshot
from tocsin.snapshot import load as load_snapshot
from tocsin.snapshot.compare import difference_json
from tocsin.store import open_store

_MARKS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~", Kind.GROUNDS: "."}


def create_command(
    target: Path,
    *,
    db: str | None,
    name: str,
    version: str,
    as_of: str | None,
    with_texts: bool,
    config: Path | None,
) -> None:
    """Write the snapshot and how to cite it."""
    moment = typed_as_of(as_of)
    if with_texts and moment is not None:
        raise typer.BadParameter("a snapshot of the past has no texts", param_hint="--with-texts")
    settings = load_settings(config)
    with open_store(
        db or settings.store.url, settings.store, create=False, read_only=True
    ) as store:
        dataset = Dataset(name, version)
        manifest = create_snapshot(store, target, dataset, as_of=moment, with_texts=with_texts)
    sys.stdout.write(f"{plain(manifest.citation())}\n")


def verify_command(path: Path) -> None:
    """Read all of it and say what it is."""
    with open_snapshot(path) as snapshot:
        snapshot.verify()
        sys.stdout.writelines(f"{plain(line)}\n" for line in _described(snapshot.manifest))


def _described(manifest: Manifest) -> list[str]:
    readers = ", ".join(manifest.extractors) or NOT_STATED
    parts = [
        f"{name}: {part.lines:,} lines, SHA-256 {part.sha256}"
        for name, part in sorted(manifest.parts.items())
    ]
    return [manifest.citation(), f"read by {readers}", *parts, "sound"]


def diff_command(old: Path, new: Path, *, output_format: str) -> None:
    """Each difference; in words, with a line that counts them."""
    if output_format not in {"text", "jsonl"}:
        raise typer.BadParameter(f"{output_format!r} is none of text, jsonl", param_hint="--format")
    with open_snapshot(old) as before, open_snapshot(new) as after:
        differences = compare(before, after)
        if output_format == "jsonl":
            sys.stdout.writelines(write_jsonl(difference_json(one) for one in differences))
            return
        counted: Counter[Kind] = Counter()
        for one in differences:
            counted[one.kind] += 1
            sys.stdout.writelines(f"{plain_line}\n" for plain_line in _told(one))
    summary = ", ".join(f"{counted[kind]} {_SUMMARY[kind]}" for kind in Kind)
    sys.stdout.write(f"{summary}\n")


_SUMMARY = {
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
    Kind.CHANGED: "changed",
    Kind.GROUNDS: "with other evidence alone",
}


def _told(one: Difference) -> list[str]:
    went = f" -> {', '.join(one.into)}" if one.into else ""
    head = f"{_MARKS[one.kind]} {one.incident_id}  {plain(one.title)}{went}"
    if one.kind is not Kind.CHANGED:
        return [head]
    return [head, *(f"    {c.field}: {_words(c.was)} -> {_words(c.now)}" for c in one.changes)]


def _words(words: str) -> str:
    return plain(words) or NOT_STATED


def load_command(path: Path, *, db: str | None, config: Path | None) -> None:
    """Make the store, and say how many incidents it holds."""
    settings = load_settings(config)
    with (
        open_snapshot(path) as snapshot,
        open_store(db or settings.store.url, settings.store) as store,
    ):
        written = load_snapshot(snapshot, store)
        sys.stdout.write(f"{plain(store.url)}: {written:,} incidents of {snapshot.manifest.id}\n")
