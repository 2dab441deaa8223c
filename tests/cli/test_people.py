"""Accounts and tokens as whoever runs the board makes them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tocsin.people.keys import KEY_PREFIX, digest_of
from tocsin.records import Role
from tocsin.store import open_accounts, system_clock
from tocsin.store.config import StoreSettings

PASSWORD = "a tall lamp in the hall"


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))


@pytest.fixture
def db(tocsin: Command, tmp_path: Path, typed: None) -> Path:
    path = tmp_path / "store.db"
    said = tocsin("users", "add", "Ada", "--role", "reviewer", "--password-stdin", "--db", path)
    assert said.stdout == "ada may sign in as reviewer\n"
    return path


def test_accounts_are_listed_changed_and_shut_out(tocsin: Command, db: Path) -> None:
    tocsin("users", "role", "ada", "admin", "--db", db)
    tocsin("users", "disable", "ADA", "--db", db)
    (row,) = rows(tocsin("users", "list", "-f", "jsonl", "--db", db).stdout)
    assert (row["name"], row["role"], row["disabled"]) == ("ada", "admin", True)
    tocsin("users", "enable", "ada", "--db", db)
    assert "ada" in tocsin("users", "list", "--db", db).stdout
    acts = [row["act"] for row in rows(tocsin("users", "log", "-f", "jsonl", "--db", db).stdout)]
    assert acts == ["account_enabled", "account_disabled", "role_changed", "account_added"]
    assert "role changed" not in tocsin("users", "log", "--db", db, "-n", 1).stdout


def test_the_same_name_twice_is_refused(tocsin: Command, db: Path, typed: None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
        said = tocsin("users", "add", "ada", "--password-stdin", "--db", db, code=2)
    assert "already" in said.stderr


def test_a_poor_password_makes_no_account(
    tocsin: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("secret\n"))
    said = tocsin("users", "add", "ada", "--password-stdin", "--db", tmp_path / "s.db", code=2)
    assert "15 to 256 characters" in said.stderr
    assert not (tmp_path / "s.db").exists()


def test_a_password_is_changed(tocsin: Command, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_accounts(str(db), StoreSettings()) as accounts:
        before = accounts.password_hash("ada")
        monkeypatch.setattr(sys, "stdin", io.StringIO("another lamp in the hall\n"))
        tocsin("users", "password", "ada", "--password-stdin", "--db", db)
        assert accounts.password_hash("ada") not in {before, None}


def test_a_token_is_shown_once_and_ends(tocsin: Command, db: Path) -> None:
    made = tocsin("tokens", "add", "ada", "--label", "a script", "--days", 30, "--db", db)
    key = made.stdout.strip()
    assert key.startswith(KEY_PREFIX)
    assert key not in made.stderr
    with open_accounts(str(db), StoreSettings()) as accounts:
        holder = accounts.token_holder(digest_of(key), system_clock())
        assert holder is not None
        assert (holder.account.name, holder.role) == ("ada", Role.VIEWER)
    (row,) = rows(tocsin("tokens", "list", "-f", "jsonl", "--db", db).stdout)
    assert str(row["state"]).startswith("until ")
    assert key not in json.dumps(row)
    tocsin("tokens", "revoke", row["id"], "--db", db)
    assert "revoked" in tocsin("tokens", "list", "--db", db).stdout
    assert "in force" in tocsin("tokens", "revoke", row["id"], "--db", db, code=2).stderr


def test_a_token_grants_no_more_than_its_account(tocsin: Command, db: Path) -> None:
    said = tocsin("tokens", "add", "ada", "--label", "x", "--role", "admin", "--db", db, code=2)
    assert "reviewer" in said.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["users", "role", "bob", "admin"], 2),
        (["users", "role", "ada", "king"], 2),
        (["users", "password", "bob", "--password-stdin"], 2),
        (["users", "disable", "a b"], 2),
        (["tokens", "add", "bob", "--label", "x"], 2),
        (["tokens", "add", "ada", "--label", " "], 2),
        (["users", "list", "-f", "xml"], 2),
    ],
)
def test_what_cannot_be_is_said(tocsin: Command, db: Path, arguments: list[str], code: int) -> None:
    said = tocsin(*arguments, "--db", db, code=code)
    assert said.stderr
    assert "Traceback" not in said.stderr


def test_a_board_for_others_wants_an_account_that_can_sign_in(tocsin: Command, db: Path) -> None:
    tocsin("users", "disable", "ada", "--db", db)
    refused = tocsin("serve", "--db", db, "--host", "0.0.0.0", code=2)
    assert "no login is configured" in refused.stderr
    assert "no account" in tocsin("serve", "--db", db, "--login", code=2).stderr
    assert "no account" in tocsin("serve", "--db", db, "--name", "board.example", code=2).stderr


def test_a_certificate_goes_with_its_key(tocsin: Command, db: Path, tmp_path: Path) -> None:
    cert = tmp_path / "cert.pem"
    assert "--tls-key" in tocsin("serve", "--db", db, "--tls-cert", cert, code=2).stderr
    both = ("--tls-cert", cert, "--tls-key", cert)
    assert "is no file" in tocsin("serve", "--db", db, *both, code=2).stderr
