"""`tocsin gazetteer`: import country dumps, show what a name means and why."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.cli import EXIT_NOTHING_DONE, EXIT_SOME_REFUSED
from tocsin.config import load_settings
from tocsin.errors import InputError, RefusedInput
from tocsin.publish.contract import place_json
from tocsin.publish.phrasing import plain
from tocsin.records import Span
from tocsin.where import (
    Gazetteer,
    PlaceContext,
    PlaceQuery,
    PlaceReading,
    resolve_places,
)
from tocsin.where.choose import address
from tocsin.where.config import user_gazetteer
from tocsin.where.importing import ImportSummary, import_dump
from tocsin.where.user_file import UserFile

MAX_LINES_SHOWN = 20
"""Malformed lines named on the screen; the rest are counted."""


def import_command(files: Sequence[Path], *, gazetteer: Path | None, config: Path | None) -> None:
    """Import dumps one after another; a bad one is named and stops no other."""
    path = gazetteer or _configured(config)
    if path is None:
        raise typer.BadParameter("no data folder is known; name a file", param_hint="--gazetteer")
    target = UserFile.open_to_write(path)
    shipped = Gazetteer.open()
    refused = imported = 0
    for file in files:
        try:
            summary = import_dump(file, target, shipped)
        except InputError as error:
            refused += 1
            sys.stderr.write(f"refused: {error}\n")
            continue
        imported += 1
        refused += summary.malformed_count
        _report(file, summary)
    typer.echo(f"{path}: {_counts(target.countries())}")
    target.close()
    if not imported:
        raise typer.Exit(EXIT_NOTHING_DONE)
    if refused:
        raise typer.Exit(EXIT_SOME_REFUSED)


def _configured(config: Path | None) -> Path | None:
    named = load_settings(config).where.gazetteer
    return Path(named) if named else user_gazetteer(os.environ)


def _report(file: Path, summary: ImportSummary) -> None:
    for country, places in sorted(summary.places.items()):
        before = summary.replaced[country]
        instead = f", instead of {before:,}" if before else ""
        typer.echo(f"{file}: {places:,} places of {country}{instead}")
    for line in summary.malformed[:MAX_LINES_SHOWN]:
        refusal = RefusedInput(str(file), line.reason, locator=f"line {line.number}")
        sys.stderr.write(f"refused: {plain(str(refusal))}\n")
    more = summary.malformed_count - MAX_LINES_SHOWN
    if more > 0:
        sys.stderr.write(f"refused: {more:,} more lines of {file}\n")


def _counts(countries: dict[str, int]) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in sorted(countries.items())) or "empty"


def show_command(
    name: str,
    *,
    near: str | None,
    context: str | None,
    limit: int,
    output_format: str,
    gazetteer: Path | None,
    config: Path | None,
) -> None:
    """Rank the places of a name, as an article would that says `context`, or names `near`."""
    if output_format not in {"table", "json"}:
        raise typer.BadParameter(f"{output_format!r} is none of table, json", param_hint="--format")
    opened = open_gazetteer(gazetteer, config)
    text, span = _text_of(name, near, context)
    (reading,) = resolve_places([PlaceQuery(span, is_name=True)], PlaceContext(text), opened)
    if not reading.scores:
        sys.stderr.write(f"tocsin: no place named {plain(name)} is known\n")
        raise typer.Exit(EXIT_NOTHING_DONE)
    if output_format == "json":
        typer.echo(json.dumps(reading_json(reading, limit=limit), ensure_ascii=False))
        return
    console = Console()
    console.print(_table(reading, limit))
    sentence = f"{plain(name)} is {plain(address(reading.candidates[0]))}: {reading.explanation}."
    console.print(Text(sentence))


def open_gazetteer(user: Path | None, config: Path | None) -> Gazetteer:
    """The shipped gazetteer with the user's: the one named, else the settings'."""
    named = load_settings(config).where.gazetteer
    return Gazetteer.open(user=user or (Path(named) if named else None))


def _text_of(name: str, near: str | None, context: str | None) -> tuple[str, Span]:
    """A text that names the place, and the name in it: the context's own words where it does."""
    if context is not None and name in context:
        return context, Span.of(context, context.index(name), context.index(name) + len(name))
    parts = [part for part in (near, context) if part]
    text = "\n".join([name, *parts])
    return text, Span.of(text, 0, len(name))


def reading_json(reading: PlaceReading, *, limit: int) -> dict[str, Any]:
    """The choice, why, and the ranked candidates with their scores."""
    return {
        "name": reading.span.text,
        "confidence": reading.confidence,
        "explanation": reading.explanation,
        "candidates": candidates_json(reading, limit=limit),
    }


def candidates_json(reading: PlaceReading, *, limit: int) -> list[dict[str, Any]]:
    """Candidates, best first; `score` is the likelihood 0..1 among places of the name."""
    scores: Sequence[float | None] = reading.scores or [None] * len(reading.candidates)
    pairs = zip(reading.candidates[:limit], scores, strict=False)
    return [
        {
            **place_json(entry.place()),
            "feature_code": entry.feature_code,
            "population": entry.population or None,
            "score": score,
        }
        for entry, score in pairs
    ]


def _table(reading: PlaceReading, limit: int) -> Table:
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("score", "place", "kind", "people", "at", "id"):
        justify: Literal["right", "left"] = "right" if column in {"score", "people"} else "left"
        table.add_column(column, justify=justify, overflow="fold")
    for entry, score in zip(reading.candidates[:limit], reading.scores, strict=False):
        within = "" if entry.uncertainty_km is None else f" ± {entry.uncertainty_km:g} km"
        cells = (
            f"{score:.3f}",
            address(entry),
            f"{entry.precision.value} {entry.feature_code}",
            f"{entry.population:,}" if entry.population else "",
            "" if entry.lat is None else f"{entry.lat:.2f}, {entry.lon:.2f}{within}",
            f"{entry.source} {entry.id}",
        )
        table.add_row(*map(Text, map(plain, cells)))
    return table
