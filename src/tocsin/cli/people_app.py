"""The commands of `tocsin users` and `tocsin tokens`, and their options. Bodies in `people`."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.options import ConfigFile, Db

users_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
tokens_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="An account.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
Format = Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")]
ROLES = "viewer, reviewer or admin."


@users_app.command("add")
def add_user(
    name: Name,
    role: Annotated[str, typer.Option("--role", help=ROLES)] = "viewer",
    password_stdin: FromInput = False,
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Make an account. Asks for its password."""
    from tocsin.cli.people import Place, add_user_command

    add_user_command(name, role, password_stdin=password_stdin, place=Place(db, config))


@users_app.command("list")
def list_users(db: Db = None, output_format: Format = "table", config: ConfigFile = None) -> None:
    """Every account and its role."""
    from tocsin.cli.people import Place, list_users_command

    list_users_command(output_format, Place(db, config))


@users_app.command("role")
def change_role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", help=ROLES)],
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Change what an account may do, from its next request on."""
    from tocsin.cli.people import Place, role_command

    role_command(name, role, Place(db, config))


@users_app.command("disable")
def disable_user(name: Name, db: Db = None, config: ConfigFile = None) -> None:
    """Shut an account out at once, its sessions and tokens with it. What it did stays."""
    from tocsin.cli.people import Place, disable_command

    disable_command(name, is_disabled=True, place=Place(db, config))


@users_app.command("enable")
def enable_user(name: Name, db: Db = None, config: ConfigFile = None) -> None:
    """Let a disabled account in again."""
    from tocsin.cli.people import Place, disable_command

    disable_command(name, is_disabled=False, place=Place(db, config))


@users_app.command("password")
def change_password(
    name: Name, password_stdin: FromInput = False, db: Db = None, config: ConfigFile = None
) -> None:
    """Change a password and end the account's sessions."""
    from tocsin.cli.people import Place, password_command

    password_command(name, password_stdin=password_stdin, place=Place(db, config))


@users_app.command("log")
def audit_log(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000)] = 50,
    db: Db = None,
    output_format: Format = "table",
    config: ConfigFile = None,
) -> None:
    """Sign-ins, writes and changes of accounts, newest first."""
    from tocsin.cli.people import Place, log_command

    log_command(limit, output_format, Place(db, config))


@tokens_app.command("add")
def add_token(
    name: Name,
    label: Annotated[str, typer.Option("--label", metavar="TEXT", help="What it is for.")],
    role: Annotated[str, typer.Option("--role", help=f"At most: {ROLES}")] = "viewer",
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3650, help="It ends after so many.")
    ] = None,
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """Make a token for a program. It is shown once, here."""
    from tocsin.cli.people import Place, add_token_command

    add_token_command(name, label, role, days, Place(db, config))


@tokens_app.command("list")
def list_tokens(db: Db = None, output_format: Format = "table", config: ConfigFile = None) -> None:
    """Every token ever made, without what it opens with."""
    from tocsin.cli.people import Place, list_tokens_command

    list_tokens_command(output_format, Place(db, config))


@tokens_app.command("revoke")
def revoke_token(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `tokens list` shows it.")],
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """End a token for good, at once."""
    from tocsin.cli.people import Place, revoke_token_command

    revoke_token_command(token_id, Place(db, config))
