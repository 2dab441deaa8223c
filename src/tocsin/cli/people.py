"""`tocsin users` and `tocsin tokens`: accounts of a store's board, keys of programs, the log."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.config import load_settings
from tocsin.errors import AccountError, RecordError
from tocsin.people.keys import KEY_PREFIX, digest_of, new_key, new_token_id
from tocsin.people.passwords import check_password, hash_password
from tocsin.publish.exports import write_jsonl
from tocsin.publish.phrasing import plain
from tocsin.records import Account, ApiToken, Role, account_name
from tocsin.store import AccountStore, open_accounts, open_store
from tocsin.store.clock import Clock, system_clock

MAX_LABEL_CHARS = 200
Row = Mapping[str, str | bool | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose accounts: the store named, or the one of the settings."""

    db: str | None
    config: Path | None
    clock: Clock = system_clock


@contextmanager
def _opened(place: Place, *, create: bool = False) -> Iterator[AccountStore]:
    settings = load_settings(place.config)
    url = place.db or settings.store.url
    if create:
        open_store(url, settings.store).close()
    with open_accounts(url, settings.store) as accounts:
        yield accounts


def add_user_command(name: str, role: str, *, password_stdin: bool, place: Place) -> None:
    """Make an account, and the store where there is none: one may come before the other."""
    account = Account(_name(name), _role(role), place.clock())
    hashed = _asked_password(account.name, from_input=password_stdin)
    with _opened(place, create=True) as accounts:
        accounts.add_account(account, hashed)
    typer.echo(f"{account.name} may sign in as {account.role.value}")


def list_users_command(output_format: str, place: Place) -> None:
    """Every account."""
    with _opened(place) as accounts:
        rows: list[Row] = [
            {
                "name": one.name,
                "role": one.role.value,
                "created_at": one.created_at.isoformat(timespec="seconds"),
                "disabled": one.is_disabled,
            }
            for one in accounts.accounts()
        ]
    _print(rows, output_format, nothing="no accounts; `tocsin users add NAME` makes one")


def role_command(name: str, role: str, place: Place) -> None:
    """Change what an account may do."""
    wanted = _role(role)
    with _opened(place) as accounts:
        accounts.set_role(_name(name), wanted, place.clock())
    typer.echo(f"{_name(name)} is a {wanted.value} now")


def disable_command(name: str, *, is_disabled: bool, place: Place) -> None:
    """Shut an account out, or let it in again."""
    with _opened(place) as accounts:
        accounts.set_disabled(_name(name), is_disabled, place.clock())
    typer.echo(f"{_name(name)} {'can no longer' if is_disabled else 'can'} sign in")


def password_command(name: str, *, password_stdin: bool, place: Place) -> None:
    """Change a password."""
    known = _name(name)
    with _opened(place) as accounts:
        if accounts.account(known) is None:
            raise AccountError(known, "there is no such account")
        hashed = _asked_password(known, from_input=password_stdin)
        accounts.set_password_hash(known, hashed, place.clock())
    typer.echo(f"the password of {known} is changed, and its sessions have ended")


def log_command(limit: int, output_format: str, place: Place) -> None:
    """The audit log, newest first."""
    with _opened(place) as accounts:
        rows: list[Row] = [
            {
                "at": line.at.isoformat(timespec="seconds"),
                "act": line.act.value,
                "who": line.who,
                "about": line.about,
                "address": line.address,
            }
            for line in accounts.audit(limit)
        ]
    _print(rows, output_format, nothing="nothing yet")


def add_token_command(name: str, label: str, role: str, days: int | None, place: Place) -> None:
    """Make a token; its key goes to standard output alone, so that it can be piped on."""
    if not label.strip() or len(label) > MAX_LABEL_CHARS:
        raise typer.BadParameter(f"1 to {MAX_LABEL_CHARS} characters", param_hint="--label")
    now = place.clock()
    ends = now + dt.timedelta(days=days) if days is not None else None
    token = ApiToken(new_token_id(), _name(name), label.strip(), _role(role), now, ends)
    key = new_key(KEY_PREFIX)
    with _opened(place) as accounts:
        account = accounts.account(token.account)
        if account is not None and not account.role.may(token.role):
            raise AccountError(account.name, f"is a {account.role.value} and grants no more")
        accounts.add_token(token, digest_of(key))
    typer.echo(f"{token.id}: the key below is shown this once", err=True)
    typer.echo(key)


def list_tokens_command(output_format: str, place: Place) -> None:
    """Every token ever made."""
    now = place.clock()
    with _opened(place) as accounts:
        rows: list[Row] = [
            {
                "id": one.id,
                "account": one.account,
                "role": one.role.value,
                "label": one.label,
                "created_at": one.created_at.isoformat(timespec="seconds"),
                "state": _state(one, now),
            }
            for one in accounts.tokens()
        ]
    _print(rows, output_format, nothing="no tokens")


def revoke_token_command(token_id: str, place: Place) -> None:
    """End a token."""
    with _opened(place) as accounts:
        token = accounts.revoke_token(token_id, place.clock())
    typer.echo(f"{token.id} of {token.account} opens nothing any more")


def _state(token: ApiToken, now: dt.datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at is None:
        return "in force"
    ended = token.expires_at <= now
    return f"{'ended' if ended else 'until'} {token.expires_at.isoformat(timespec='seconds')}"


def _name(typed: str) -> str:
    try:
        return account_name(typed)
    except RecordError as error:
        raise typer.BadParameter(error.reason, param_hint="NAME") from None


def _role(typed: str) -> Role:
    try:
        return Role(typed.strip().lower())
    except ValueError:
        names = ", ".join(Role)
        raise typer.BadParameter(f"{typed!r} is none of {names}", param_hint="ROLE") from None


def _asked_password(name: str, *, from_input: bool) -> str:
    """The hash of a password typed twice unseen, or of the first line of standard input."""
    if from_input:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True)
    check_password(name, password)
    return hash_password(password)


def _print(rows: Sequence[Row], output_format: str, *, nothing: str) -> None:
    if output_format == "jsonl":
        sys.stdout.writelines(write_jsonl(dict(row) for row in rows))
    elif output_format != "table":
        raise typer.BadParameter(
            f"{output_format!r} is none of table, jsonl", param_hint="--format"
        )
    elif rows:
        Console().print(_table(rows))
    else:
        typer.echo(nothing)


def _table(rows: Iterable[Row]) -> Table:
    table = Table(box=None, pad_edge=False)
    for number, row in enumerate(rows):
        if number == 0:
            for name in row:
                table.add_column(name.replace("_", " "))
        # Text, not str: a name that was tried is shown, never obeyed as markup.
        table.add_row(*(Text(plain(_cell(value))) for value in row.values()))
    return table


def _cell(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value or ""
