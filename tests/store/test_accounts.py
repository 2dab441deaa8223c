"""Accounts, sessions, tokens: what ends ends at once, and nothing happens without a line of it."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.errors import AccountError, StoreError
from tocsin.records import Account, ApiToken, AuditAct, AuditEntry, Role
from tocsin.store import AccountStore, open_accounts, open_store
from tocsin.store.config import StoreSettings

NOW = dt.datetime(2026, 11, 27, 20, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ADA = Account("ada", Role.REVIEWER, NOW)


@pytest.fixture
def accounts(path: Path, settings: StoreSettings) -> Iterator[AccountStore]:
    open_store(str(path), settings).close()
    with open_accounts(str(path), settings) as opened:
        opened.add_account(ADA, "hash of ada")
        yield opened


def signed_in(accounts: AccountStore, digest: str, *, name: str = "ada", ends: dt.datetime) -> None:
    accounts.open_session(digest, ends, AuditEntry(NOW, AuditAct.SIGNED_IN, name, address="::1"))


def token(role: Role = Role.REVIEWER, *, ends: dt.datetime | None = None) -> ApiToken:
    return ApiToken("tok_1", "ada", "a script", role, NOW, ends)


def test_an_account_comes_back_as_it_was(accounts: AccountStore) -> None:
    assert accounts.accounts() == [ADA]
    assert accounts.account("ada") == ADA
    assert accounts.account("bob") is None
    assert accounts.password_hash("ada") == "hash of ada"
    assert accounts.password_hash("bob") is None


def test_a_name_is_taken_once(accounts: AccountStore) -> None:
    with pytest.raises(AccountError, match="already"):
        accounts.add_account(ADA, "another")
    assert accounts.password_hash("ada") == "hash of ada"
    assert len(accounts.audit()) == 1, "what did not happen is not in the log"


def test_a_store_must_be_there(tmp_path: Path, settings: StoreSettings) -> None:
    with pytest.raises(StoreError, match="no such store"):
        open_accounts(str(tmp_path / "none.db"), settings)
    assert not list(tmp_path.iterdir())


def test_a_session_ends_by_itself(accounts: AccountStore) -> None:
    signed_in(accounts, "d1", ends=NOW + HOUR)
    assert accounts.session_holder("d1", NOW) == ADA
    assert accounts.session_holder("d1", NOW + HOUR) is None
    assert accounts.session_holder("d2", NOW) is None


@pytest.mark.parametrize("way", ["sign out", "password", "disable"])
def test_a_session_is_ended(accounts: AccountStore, way: str) -> None:
    signed_in(accounts, "d1", ends=NOW + HOUR)
    if way == "sign out":
        accounts.close_session("d1", AuditEntry(NOW, AuditAct.SIGNED_OUT, "ada"))
    elif way == "password":
        accounts.set_password_hash("ada", "new hash", NOW)
    else:
        accounts.set_disabled("ada", True, NOW)
    assert accounts.session_holder("d1", NOW) is None


def test_a_disabled_account_is_shut_out_and_comes_back_without_its_sessions(
    accounts: AccountStore,
) -> None:
    signed_in(accounts, "d1", ends=NOW + HOUR)
    accounts.add_token(token(), "t1")
    accounts.set_disabled("ada", True, NOW)
    assert accounts.password_hash("ada") is None
    assert accounts.token_holder("t1", NOW) is None
    accounts.set_disabled("ada", False, NOW)
    assert accounts.password_hash("ada") == "hash of ada"
    assert accounts.session_holder("d1", NOW) is None
    assert accounts.token_holder("t1", NOW) is not None


def test_a_role_changes_at_the_next_request(accounts: AccountStore) -> None:
    signed_in(accounts, "d1", ends=NOW + HOUR)
    accounts.set_role("ada", Role.ADMIN, NOW)
    holder = accounts.session_holder("d1", NOW)
    assert holder is not None
    assert holder.role is Role.ADMIN


def test_a_token_grants_the_lesser_of_two_roles(accounts: AccountStore) -> None:
    accounts.add_token(token(Role.REVIEWER), "t1")
    holder = accounts.token_holder("t1", NOW)
    assert holder is not None
    assert holder.role is Role.REVIEWER
    accounts.set_role("ada", Role.VIEWER, NOW)
    lowered = accounts.token_holder("t1", NOW)
    assert lowered is not None
    assert lowered.role is Role.VIEWER


def test_a_token_ends(accounts: AccountStore) -> None:
    accounts.add_token(token(ends=NOW + HOUR), "t1")
    assert accounts.token_holder("t1", NOW) is not None
    assert accounts.token_holder("t1", NOW + HOUR) is None
    accounts.revoke_token("tok_1", NOW)
    assert accounts.token_holder("t1", NOW) is None
    assert [one.revoked_at for one in accounts.tokens()] == [NOW]
    with pytest.raises(AccountError, match="in force"):
        accounts.revoke_token("tok_1", NOW)


def test_unknown_names_are_named(accounts: AccountStore) -> None:
    with pytest.raises(AccountError, match="bob"):
        accounts.set_role("bob", Role.ADMIN, NOW)
    with pytest.raises(AccountError, match="bob"):
        accounts.add_token(ApiToken("tok_2", "bob", "x", Role.VIEWER, NOW), "t2")
    with pytest.raises(AccountError, match="bob"):
        signed_in(accounts, "d9", name="bob", ends=NOW + HOUR)


def test_everything_leaves_a_line(accounts: AccountStore) -> None:
    signed_in(accounts, "d1", ends=NOW + HOUR)
    accounts.set_role("ada", Role.ADMIN, NOW)
    accounts.add_token(token(), "t1")
    accounts.revoke_token("tok_1", NOW)
    accounts.set_password_hash("ada", "new", NOW)
    accounts.set_disabled("ada", True, NOW)
    accounts.note(AuditEntry(NOW, AuditAct.WROTE, "ada", "POST /x", "203.0.113.7"))
    lines = accounts.audit()
    assert [line.act.value for line in reversed(lines)] == [
        "account_added", "signed_in", "role_changed", "token_added", "token_revoked",
        "password_changed", "account_disabled", "wrote",
    ]  # fmt: skip
    assert lines[0] == AuditEntry(NOW, AuditAct.WROTE, "ada", "POST /x", "203.0.113.7")
    assert len(accounts.audit(limit=2)) == 2


def test_sessions_that_ran_out_are_forgotten(accounts: AccountStore, path: Path) -> None:
    signed_in(accounts, "old", ends=NOW - HOUR)
    signed_in(accounts, "new", ends=NOW + HOUR)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT digest FROM sessions").fetchall() == [("new",)]
    connection.close()


def test_many_threads_use_one(accounts: AccountStore) -> None:
    def work(number: int) -> None:
        signed_in(accounts, f"d{number}", ends=NOW + HOUR)
        assert accounts.session_holder(f"d{number}", NOW) == ADA

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(accounts.audit()) == 9
