"""The commands of `tocsin alerts` and their options. Bodies live in `alerts`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import ConfigFile, Db

alert_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Rules = Annotated[Path, typer.Argument(metavar="RULES", help="A TOML file of rules and receivers.")]
OutputFormat = Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")]


@alert_app.command()
def run(
    rules: Rules,
    db: Db = None,
    revive: Annotated[
        bool, typer.Option("--revive", help="Try again what was given up before.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Send what changed since the last time.

    A rule begins with what changes after it is first seen. Run it after each reading, or every few
    minutes: what waits for quiet hours, a digest or a receiver that was away goes out too.
    """
    from tocsin.cli.alerts import run_command

    run_command(rules, db=db, revive=revive, config=config)


@alert_app.command("list")
def list_(
    db: Db = None,
    state: Annotated[
        str | None, typer.Option("--state", help="waiting, queued, sent or dead.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 40,
    output_format: OutputFormat = "table",
    config: ConfigFile = None,
) -> None:
    """What was sent, what waits, what failed and why; newest first."""
    from tocsin.cli.alerts import list_command

    list_command(db=db, state=state, limit=limit, output_format=output_format, config=config)


@alert_app.command()
def preview(
    rules: Rules,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Changes recorded then or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="Changes recorded before then.")
    ] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="NAME", help="One rule only.")] = (
        None
    ),
    output_format: Annotated[
        str, typer.Option("--format", "-f", help="table, text or jsonl.")
    ] = "table",
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """What rules would have sent of past changes. Sends and keeps nothing."""
    from tocsin.cli.alerts import preview_command

    preview_command(
        rules,
        since=since,
        until=until,
        rule=rule,
        output_format=output_format,
        db=db,
        config=config,
    )


@alert_app.command("test")
def try_receivers(
    rules: Rules,
    receiver: Annotated[
        str | None, typer.Option("--receiver", metavar="NAME", help="One receiver only.")
    ] = None,
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Send a trial alert, marked as such, to each receiver."""
    from tocsin.cli.alerts import trial_command

    trial_command(rules, receiver=receiver, db=db, config=config)
