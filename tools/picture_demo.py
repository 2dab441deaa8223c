"""Draw docs/demo.svg for the README: part of the shipped corpus's record, and one incident opened.

python tools/picture_demo.py
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from pathlib import Path

from rich.console import Console

from tocsin.cli.record import print_incident
from tocsin.config import Settings
from tocsin.corpus import corpus_paths
from tocsin.pipeline import run
from tocsin.publish.table import incident_table
from tocsin.store import IncidentFilter, open_store

WIDTH = 118
PICTURE = Path(__file__).parents[1] / "docs" / "demo.svg"
CHOSEN = IncidentFilter(country="IQ", since=dt.date(2020, 3, 1), until=dt.date(2021, 12, 31))
WEB_FONTS = re.compile(r"@font-face \{[^}]*\}\s*")
"""Rich's picture names a web font; a page that shows ours asks no other host for anything."""


def main() -> None:
    """Read the corpus, draw the table and the best-told incident of it."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    settings = Settings()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(str(Path(folder) / "demo.db"), settings.store) as store,
    ):
        run([str(path) for path in corpus_paths()], store, settings)
        chosen = [stored.incident for stored in store.incidents(CHOSEN)]
        news = [incident for incident in chosen if not incident.background_only]
        console.print("$ tocsin incidents --country IQ --since 2020-03-01 --no-recaps", style="dim")
        console.print(incident_table(news, width=WIDTH))
        best = max(news, key=lambda incident: (incident.corroboration.articles, incident.id))
        console.print(f"$ tocsin show {best.id[:12]}", style="dim")
        print_incident(store, best, console)
    picture = console.export_svg(title="tocsin")
    PICTURE.write_text(WEB_FONTS.sub("", picture), encoding="utf-8")


if __name__ == "__main__":
    main()
