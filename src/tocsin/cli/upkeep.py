"""`tocsin store`: backup, restore, check, upgrade."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from tocsin.cli import EXIT_SOME_REFUSED
from tocsin.config import load_settings
from tocsin.publish.phrasing import plain
from tocsin.store import Copied, backup, open_store, restore, upgrade

MEGABYTE = 1_000_000


def backup_command(target: Path, *, db: str | None, config: Path | None) -> None:
    """Copy the store and say how large the copy is."""
    settings = load_settings(config)
    _say(backup(db or settings.store.url, target, settings.store))


def restore_command(source: Path, *, db: str | None, config: Path | None) -> None:
    """Make the store of the settings out of a backup."""
    settings = load_settings(config)
    _say(restore(source, db or settings.store.url, settings.store))


def _say(copied: Copied) -> None:
    size = f"{copied.size_bytes / MEGABYTE:,.1f} MB"
    sys.stdout.write(f"{plain(str(copied.path))}: {size}, schema {copied.revision}, checked\n")


def check_command(*, db: str | None, config: Path | None) -> None:
    """Print each fault on a line."""
    settings = load_settings(config)
    with open_store(db or settings.store.url, settings.store, create=False) as store:
        faults = store.check(records=True)
        counts = store.counts()
    for fault in faults:
        sys.stdout.write(f"{plain(fault)}\n")
    if faults:
        raise typer.Exit(EXIT_SOME_REFUSED)
    sys.stdout.write(f"sound: {counts.articles:,} articles, {counts.incidents:,} incidents\n")


def upgrade_command(*, db: str | None, config: Path | None) -> None:
    """Bring the schema forward and say what was kept."""
    settings = load_settings(config)
    done = upgrade(db or settings.store.url, settings.store)
    if done.backup is None:
        sys.stdout.write(f"schema {done.after}: nothing to do\n")
        return
    sys.stdout.write(
        f"schema {done.before} is now {done.after}; as it was: {plain(str(done.backup))}\n"
    )
