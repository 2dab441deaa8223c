"""`tocsin run` and `tocsin extract`: the commands that read articles."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tocsin.cli import EXIT_INTERRUPTED, EXIT_NOTHING_DONE, EXIT_SOME_REFUSED
from tocsin.cli.alerts import alert_summary, begin_alerts, send_alerts
from tocsin.cli.output import output
from tocsin.config import Settings, load_settings
from tocsin.desk import offers
from tocsin.errors import RefusedInput
from tocsin.log import configure_log
from tocsin.pipeline import RunSummary, extract_all, run
from tocsin.publish.contract import extraction_json
from tocsin.publish.phrasing import plain
from tocsin.publish.table import incident_table
from tocsin.read import GivenMetadata
from tocsin.records import Incident
from tocsin.store import open_store

MAX_TABLE_ROWS = 40
"""Incidents listed after a run; the rest are counted, and `tocsin incidents` shows all."""
MAX_REFUSALS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of the inputs."""

    published: str | None
    outlet: str | None
    url: str | None

    def metadata(self) -> GivenMetadata:
        """The same, as the reading room takes it."""
        return GivenMetadata(published=self.published, outlet=self.outlet, url=self.url)


def with_options(settings: Settings, *, reader: str | None, gazetteer: Path | None) -> Settings:
    """The settings with the reader and the user's gazetteer that the command line names."""
    if reader is not None:
        extract = settings.extract.model_copy(update={"reader": reader})
        settings = settings.model_copy(update={"extract": extract})
    if gazetteer is None:
        return settings
    where = settings.where.model_copy(update={"gazetteer": str(gazetteer)})
    return settings.model_copy(update={"where": where})


class Meter:
    """Articles so far, and how many a second, on standard error; silent where nobody looks."""

    def __init__(self, *, quiet: bool) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.completed:,.0f} articles"),
            TextColumn("{task.fields[detail]}"),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._progress.add_task("", total=None, detail="", rate="")

    def __enter__(self) -> Meter:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, articles: int, detail: str) -> None:
        """Set the count and the words beside it."""
        elapsed = self._progress.tasks[0].elapsed or 0
        rate = f"{articles / elapsed:,.1f}/s" if elapsed > 1 else ""
        self._progress.update(self._task, completed=articles, detail=detail, rate=rate)


def run_command(
    inputs: Sequence[str],
    *,
    db: str | None,
    given: Given,
    jobs: int,
    reader: str | None,
    gazetteer: Path | None,
    alerts: Path | None,
    config: Path | None,
    quiet: bool,
    json_log: bool,
) -> None:
    """Read the inputs into the store and print the incidents that changed."""
    configure_log(json=json_log, quiet=quiet)
    settings = with_options(load_settings(config), reader=reader, gazetteer=gazetteer)
    with open_store(db or settings.store.url, settings.store) as store:
        alerting = begin_alerts(store, alerts) if alerts else None
        summary = RunSummary()
        with Meter(quiet=quiet or json_log) as meter:

            def show(now: RunSummary) -> None:
                nonlocal summary
                summary = now
                meter.show(now.read, f"{now.kept:,} kept, {len(now.refused):,} refused")

            try:
                summary = run(
                    inputs,
                    store,
                    settings,
                    given=given.metadata(),
                    jobs=jobs,
                    on_progress=show,
                )
            except KeyboardInterrupt:
                sys.stderr.write(
                    f"\ntocsin: interrupted; {summary.kept} articles are kept, run again to go on\n"
                )
                raise typer.Exit(EXIT_INTERRUPTED) from None
        told = alert_summary(*send_alerts(store, alerting)) if alerting else None
        changed = summary.changed_incidents
        if not quiet and not json_log and changed:
            rows = [s.incident for s in map(store.incident, changed) if s]
            rows = sorted(rows, key=_order)
            console = Console()
            console.print(incident_table(rows[:MAX_TABLE_ROWS], width=console.width))
            if len(rows) > MAX_TABLE_ROWS:
                console.print(f"and {len(rows) - MAX_TABLE_ROWS} more: tocsin incidents shows all")
        again = len(offers(store, settings)) if changed and not quiet and not json_log else 0
    if told and not quiet and not json_log:
        sys.stderr.write(f"{told}\n")
    if again:
        sys.stderr.write(f"{again} to look at again: tocsin review offers\n")
    _end(summary, quiet=quiet, json_log=json_log)


def _order(incident: Incident) -> tuple[str, str]:
    day = incident.date.value.first_day if incident.date else None
    return (day.isoformat() if day else "", incident.id)


def _end(summary: RunSummary, *, quiet: bool, json_log: bool) -> None:
    """Say what was done and what was refused, and leave with the matching code."""
    if json_log:
        counts = {
            "event": "run finished",
            **summary.counts(),
            "refused": [str(refusal) for refusal in summary.refused],
        }
        sys.stderr.write(json.dumps(counts, ensure_ascii=False) + "\n")
    elif not quiet:
        parts = [f"{summary.read:,} articles read", f"{summary.new:,} new"]
        parts += [f"{summary.revised:,} revised"] if summary.revised else []
        parts += [f"{summary.unchanged:,} unchanged"] if summary.unchanged else []
        parts += (
            [f"{summary.other_language:,} in other languages"] if summary.other_language else []
        )
        parts += [
            f"{summary.reports:,} reports",
            f"{len(summary.changed_incidents):,} incidents changed",
        ]
        sys.stderr.write(", ".join(parts) + "\n")
    _refusals(summary.refused, json_log=json_log)
    if summary.refused:
        raise typer.Exit(EXIT_SOME_REFUSED if summary.read else EXIT_NOTHING_DONE)


def _refusals(refused: Sequence[RefusedInput], *, json_log: bool) -> None:
    if not refused or json_log:
        return
    sys.stderr.write(f"{len(refused)} refused:\n")
    for refusal in refused[:MAX_REFUSALS_SHOWN]:
        sys.stderr.write(f"  {plain(str(refusal))}\n")
    if len(refused) > MAX_REFUSALS_SHOWN:
        sys.stderr.write(f"  and {len(refused) - MAX_REFUSALS_SHOWN} more\n")


def extract_command(
    inputs: Sequence[str],
    *,
    out: Path | None,
    given: Given,
    jobs: int,
    explain: bool,
    explain_html: Path | None,
    reader: str | None,
    gazetteer: Path | None,
    config: Path | None,
    quiet: bool,
    json_log: bool,
) -> None:
    """One contract line per article, in input order."""
    configure_log(json=json_log, quiet=quiet)
    settings = with_options(load_settings(config), reader=reader, gazetteer=gazetteer)
    if explain:
        from tocsin.cli.explaining import explain_command

        explain_command(inputs, settings, given=given.metadata(), out=out, page=explain_html)
        return
    summary = RunSummary()
    with Meter(quiet=quiet or json_log) as meter, output(out) as stream:
        for item in extract_all(inputs, settings, given=given.metadata(), jobs=jobs):
            if isinstance(item, RefusedInput):
                summary.refused.append(item)
                continue
            if item.extraction is not None:
                line = json.dumps(
                    extraction_json(item.article, item.extraction),
                    ensure_ascii=False,
                    separators=(",", ":"),
                )
                stream.write(line + "\n")
                summary.read += 1
                summary.reports += len(item.extraction.reports)
            meter.show(
                summary.read, f"{summary.reports:,} reports, {len(summary.refused):,} refused"
            )
    if not quiet and not json_log:
        sys.stderr.write(f"{summary.read:,} articles, {summary.reports:,} reports\n")
    _refusals(summary.refused, json_log=False)
    if summary.refused:
        raise typer.Exit(EXIT_SOME_REFUSED if summary.read else EXIT_NOTHING_DONE)
