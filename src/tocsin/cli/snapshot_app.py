"""The commands of `tocsin snapshot` and their options. Bodies live in `snapshots`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import AsOf, ConfigFile, Db

snapshot_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

SnapshotFile = Annotated[Path, typer.Argument(metavar="FILE", help="A snapshot.")]


@snapshot_app.command()
def create(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; must not exist.")],
    db: Db = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Name of the data set.")] = "",
    version: Annotated[
        str, typer.Option("--as", metavar="VERSION", help="Its version, e.g. 2026.1.")
    ] = "",
    as_of: AsOf = None,
    with_texts: Annotated[
        bool,
        typer.Option("--with-texts", help="With the articles, so that it can be loaded again."),
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Freeze the record into one file.

    Incidents, hashes of the articles behind them, decisions: everything to cite and to check a data
    set by. The same record gives the same file.
    """
    from tocsin.cli.snapshots import create_command

    create_command(
        target,
        db=db,
        name=name,
        version=version,
        as_of=as_of,
        with_texts=with_texts,
        config=config,
    )


@snapshot_app.command()
def verify(snapshot: SnapshotFile) -> None:
    """Check every part against its hash, and print what it is.

    Exit code 3 where it is damaged or was changed.
    """
    from tocsin.cli.snapshots import verify_command

    verify_command(snapshot)


@snapshot_app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A snapshot.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="A later one.")],
    output_format: Annotated[str, typer.Option("--format", "-f", help="text or jsonl.")] = "text",
) -> None:
    """What came, went and changed, by incident and field."""
    from tocsin.cli.snapshots import diff_command

    diff_command(old, new, output_format=output_format)


@snapshot_app.command()
def load(snapshot: SnapshotFile, db: Db = None, config: ConfigFile = None) -> None:
    """Make a store of a snapshot that has the texts.

    The same record, down to the words; only the store's own dates are new. A store that holds
    something is never touched.
    """
    from tocsin.cli.snapshots import load_command

    load_command(snapshot, db=db, config=config)
