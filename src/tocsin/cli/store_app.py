"""The commands of `tocsin store` and their options. Bodies live in `upkeep`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import ConfigFile, Db

store_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@store_app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; must not exist.")],
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Copy the store while it is in use.

    The copy is the store of one instant, checked before it gets its name.
    """
    from tocsin.cli.upkeep import backup_command

    backup_command(target, db=db, config=config)


@store_app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Make a store of a backup.

    A store that is there is never overwritten: move it away first.
    """
    from tocsin.cli.upkeep import restore_command

    restore_command(source, db=db, config=config)


@store_app.command()
def check(db: Db = None, config: ConfigFile = None) -> None:
    """Look for faults: files, indexes, and every quoted word.

    Exit code 0 where the store is sound, 1 where faults were found.
    """
    from tocsin.cli.upkeep import check_command

    check_command(db=db, config=config)


@store_app.command()
def upgrade(db: Db = None, config: ConfigFile = None) -> None:
    """Bring the store to this version's schema.

    A backup of the store as it was is kept beside it. Other commands bring a store forward too when
    they open it for writing, without a backup.
    """
    from tocsin.cli.upkeep import upgrade_command

    upgrade_command(db=db, config=config)
