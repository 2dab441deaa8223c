"""`tocsin demo`: the shipped corpus read into a fresh store, the record it makes, and the board."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tocsin.cli.record import print_incident, tally_rows
from tocsin.config import Settings
from tocsin.corpus import corpus_paths
from tocsin.errors import StoreError
from tocsin.log import configure_log
from tocsin.pipeline import check_tallies, run
from tocsin.publish.phrasing import plain
from tocsin.publish.table import incident_table
from tocsin.store import open_store

MAX_PAGES = 2
"""Incidents shown in full: the ones told by the most articles."""


def demo_command(*, db: str | None, quiet: bool, board: bool | None) -> None:
    """Read the corpus into a fresh store, print what it makes, and serve it until interrupted.

    `board` None serves where someone sits at a terminal: a script is never left waiting.
    """
    configure_log(json=False, quiet=True)
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as folder:
        path = Path(db) if db else Path(folder) / "demo.db"
        if path.exists():
            raise StoreError(str(path), "exists already; the demo wants a fresh store")
        print_demo(path, Console(), pages=0 if quiet else MAX_PAGES)
        if board if board is not None else _has_terminal() and not quiet:
            serve_demo(path)


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def serve_demo(path: Path) -> None:
    """The board of the demo's store, at the usual port or, where that is taken, at a free one."""
    # The web room is slow to load and wanted only here.
    from tocsin.cli.serving import Address, serve_store
    from tocsin.web.serving import DEFAULT_HOST, DEFAULT_PORT, is_free

    port = DEFAULT_PORT if is_free(DEFAULT_HOST, DEFAULT_PORT) else 0
    serve_store(str(path), Settings(), Address(DEFAULT_HOST, port))


def print_demo(path: Path, console: Console, *, pages: int) -> None:
    """The record of the corpus, its aggregate claims, and `pages` incidents in full."""
    settings = Settings()
    with open_store(str(path), settings.store) as store:
        inputs = [str(file) for file in corpus_paths()]
        summary = run(inputs, store, settings)
        for refusal in summary.refused:
            console.print(f"refused: {plain(str(refusal))}", markup=False)
        incidents = [stored.incident for stored in store.incidents()]
        news = [incident for incident in incidents if not incident.background_only]
        outlets = len({article.outlet for article in store.articles() if article.outlet})
        console.print(
            f"{summary.read} articles of {outlets} outlets, {summary.reports} reports,"
            f" {len(incidents)} incidents ({len(incidents) - len(news)} known from recaps only)\n"
        )
        console.print(incident_table(news, title="The record", width=console.width))
        if pages == 0:
            return
        checked = check_tallies(store)
        if checked:
            console.print(tally_rows(checked))
        told = sorted(news, key=lambda i: (-i.corroboration.articles, i.id))
        for incident in told[:pages]:
            console.rule()
            print_incident(store, incident, console)
