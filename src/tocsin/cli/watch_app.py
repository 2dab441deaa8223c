"""The commands of `tocsin watch` and their options. Bodies live in `watching`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tocsin.cli.options import Alerts, ConfigFile, Db, JsonLog, Out, Quiet, Reader

DEFAULT = "run"


class WatchGroup(TyperGroup):
    """`tocsin watch config.toml` is `tocsin watch run config.toml`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before what names none."""
        if args and args[0] not in self.commands and args[0] not in {"-h", "--help"}:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


watch_app = typer.Typer(cls=WatchGroup, no_args_is_help=True, rich_markup_mode=None)
quarantine_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
opml_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
watch_app.add_typer(quarantine_app, name="quarantine", help="Documents that broke a stage.")
watch_app.add_typer(opml_app, name="opml", help="Lists of feeds, from and to other programs.")

Plan = Annotated[
    Path, typer.Argument(metavar="CONFIG", help="A TOML file with [[feeds]] (docs/watch.md).")
]


@watch_app.command(DEFAULT)
def run(
    plan: Plan,
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due, then end: for cron.")
    ] = False,
    db: Db = None,
    reader: Reader = None,
    alerts: Alerts = None,
    quiet: Quiet = False,
    json_log: JsonLog = False,
) -> None:
    """Poll the feeds of a configuration into the record, until interrupted.

    `tocsin watch CONFIG` is enough. Polls are polite (robots.txt, pauses, only what changed); what
    was fetched is kept before it is read, so that a kill at any moment loses nothing.
    """
    from tocsin.cli.watching import watch_command

    watch_command(
        plan, once=once, db=db, reader=reader, alerts=alerts, quiet=quiet, json_log=json_log
    )


@watch_app.command()
def status(
    db: Db = None,
    output_format: Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")] = "table",
    gaps: Annotated[
        bool, typer.Option("--gaps", help="The times in which a feed was not read.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """How each feed does: health, last success, lag, failures; what waits in the inbox."""
    from tocsin.cli.watching import status_command

    status_command(db=db, output_format=output_format, gaps=gaps, config=config)


@quarantine_app.command("list")
def quarantine_list(
    db: Db = None,
    output_format: Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")] = "table",
    config: ConfigFile = None,
) -> None:
    """Documents that broke a stage, with what they broke."""
    from tocsin.cli.watching import quarantine_list_command

    quarantine_list_command(db=db, output_format=output_format, config=config)


@quarantine_app.command("retry")
def quarantine_retry(
    keys: Annotated[
        list[int] | None, typer.Argument(metavar="[NUMBER...]", help="Left out: all of them.")
    ] = None,
    db: Db = None,
    reader: Reader = None,
    config: ConfigFile = None,
) -> None:
    """Take quarantined documents in again."""
    from tocsin.cli.watching import quarantine_retry_command

    quarantine_retry_command(keys, db=db, reader=reader, config=config)


@opml_app.command("import")
def opml_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.")],
    out: Out = None,
) -> None:
    """The feeds of an OPML file as [[feeds]] tables, to put into a configuration."""
    from tocsin.cli.watching import opml_import_command

    opml_import_command(file, out=out)


@opml_app.command("export")
def opml_export(plan: Plan, out: Out = None) -> None:
    """The feeds of a configuration as OPML."""
    from tocsin.cli.watching import opml_export_command

    opml_export_command(plan, out=out)
