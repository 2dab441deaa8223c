"""The options that several commands share, named once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs, URLs or - for standard input: "
        ".txt .html .jsonl .csv .parquet .warc(.gz), RSS/Atom/JSON feeds.",
    ),
]
Db = Annotated[
    str | None,
    typer.Option("--db", metavar="FILE", help="The store. Default: tocsin.db, or store.url."),
]
Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE|TIME",
        help="Publication time of text files that have no sidecar NAME.json.",
    ),
]
OutletName = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="Outlet of the text files given.")
]
Url = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="Address of the text file given.")
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=1, max=256, help="Processes that read articles."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, warnings only.")]
JsonLog = Annotated[
    bool, typer.Option("--json-log", help="Logs and the summary as JSON lines on standard error.")
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="A TOML file of settings (docs/settings.md)."),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here, not to the screen.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="The record as it was known then (ISO 8601)."),
]
UserGazetteer = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer", metavar="FILE", help="Your imported places (`tocsin gazetteer import`)."
    ),
]
Reader = Annotated[
    str | None,
    typer.Option(
        "--reader", metavar="NAME", help="Who reads: learned, rules, or endpoint (docs/readers.md)."
    ),
]
Alerts = Annotated[
    Path | None,
    typer.Option("--alerts", metavar="RULES", help="Send what changes (docs/alerts.md)."),
]
