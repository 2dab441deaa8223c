"""AccountStore: who may ask the board, their sessions and tokens, and the audit log.

It lies in the store's file and is apart from `Store`: nothing of the record needs it, and it may be
used from many threads at once. Passwords come as hashes and keys as digests; what a session or a
token opens cannot be read back from here. Every change writes its line of the audit log in the same
transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Connection, Engine, RowMapping, Select, delete, insert, select, update

from tocsin.errors import AccountError
from tocsin.records import Account, ApiToken, AuditAct, AuditEntry, Role
from tocsin.store.config import StoreSettings
from tocsin.store.failures import translated
from tocsin.store.location import store_path, without_password
from tocsin.store.opening import WRITES, open_engine, prepare
from tocsin.store.schema import accounts, api_tokens, audit, sessions

MAX_AUDIT_ROWS = 1_000
"""Lines of the audit log read at once."""


class Holder(NamedTuple):
    """Whose key it is, and what it opens."""

    account: Account
    role: Role


def open_accounts(url: str, settings: StoreSettings) -> AccountStore:
    """The accounts in the store at a path or URL, which must be there.

    Raises as `open_store` does.
    """
    path, shown = store_path(url), without_password(url)
    engine = open_engine(path, settings, read_only=False)
    try:
        prepare(engine, path, shown, settings, create=False, read_only=False)
    except BaseException:
        engine.dispose()
        raise
    return AccountStore(engine, shown)


class AccountStore:
    """Accounts, sessions, tokens and the audit log of one store. Get one from `open_accounts`."""

    def __init__(self, engine: Engine, url: str) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._url = url

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self, note: AuditEntry) -> Iterator[Connection]:
        """One transaction that ends with a line of the audit log."""
        with translated(self._url), self._writer.begin() as connection:
            yield connection
            _add_note(connection, note)

    # accounts

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).mappings()
            return [_account(row) for row in rows]

    def account(self, name: str) -> Account | None:
        """The account of a name in its normal form."""
        with self._reading() as connection:
            row = connection.execute(_named(name)).mappings().first()
            return _account(row) if row else None

    def password_hash(self, name: str) -> str | None:
        """The hash of an account that may sign in; None for a disabled or unknown one."""
        wanted = select(accounts.c.password_hash).where(
            accounts.c.name == name, accounts.c.is_disabled.is_(False)
        )
        with self._reading() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def add_account(self, account: Account, password_hash: str) -> None:
        """Raises AccountError where the name is taken."""
        row = {
            "name": account.name,
            "role": account.role,
            "password_hash": password_hash,
            "is_disabled": account.is_disabled,
            "created_at": account.created_at,
        }
        note = AuditEntry(
            account.created_at, AuditAct.ACCOUNT_ADDED, account.name, account.role.value
        )
        with self._writing(note) as connection:
            if connection.execute(_named(account.name)).first() is not None:
                raise AccountError(account.name, "there is such an account already")
            connection.execute(insert(accounts), row)

    def set_role(self, name: str, role: Role, now: dt.datetime) -> None:
        """Change what an account may do, from its next request on."""
        note = AuditEntry(now, AuditAct.ROLE_CHANGED, name, role.value)
        with self._writing(note) as connection:
            _change(connection, name, role=role.value)

    def set_password_hash(self, name: str, password_hash: str, now: dt.datetime) -> None:
        """Change a password and end the account's sessions: they may be what it is changed for."""
        note = AuditEntry(now, AuditAct.PASSWORD_CHANGED, name)
        with self._writing(note) as connection:
            _end_sessions(connection, _change(connection, name, password_hash=password_hash))

    def set_disabled(self, name: str, is_disabled: bool, now: dt.datetime) -> None:
        """Shut an account out, its sessions and tokens with it; or let it in again."""
        act = AuditAct.ACCOUNT_DISABLED if is_disabled else AuditAct.ACCOUNT_ENABLED
        with self._writing(AuditEntry(now, act, name)) as connection:
            key = _change(connection, name, is_disabled=is_disabled)
            if is_disabled:
                _end_sessions(connection, key)

    # sessions

    def open_session(self, digest: str, expires_at: dt.datetime, note: AuditEntry) -> None:
        """Remember a session of the account `note.who`, and forget those that have run out."""
        with self._writing(note) as connection:
            connection.execute(delete(sessions).where(sessions.c.expires_at <= note.at))
            row = {
                "digest": digest,
                "account_key": _key_of(connection, note.who),
                "opened_at": note.at,
                "expires_at": expires_at,
            }
            connection.execute(insert(sessions), row)

    def session_holder(self, digest: str, now: dt.datetime) -> Account | None:
        """Whose session it is; None where it has ended or the account is disabled."""
        wanted = (
            select(accounts)
            .join(sessions, sessions.c.account_key == accounts.c.key)
            .where(
                sessions.c.digest == digest,
                sessions.c.expires_at > now,
                accounts.c.is_disabled.is_(False),
            )
        )
        with self._reading() as connection:
            row = connection.execute(wanted).mappings().first()
            return _account(row) if row else None

    def close_session(self, digest: str, note: AuditEntry) -> None:
        """End one session."""
        with self._writing(note) as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))

    # tokens

    def add_token(self, token: ApiToken, digest: str) -> None:
        """Raises AccountError where there is no such account."""
        about = f"{token.id} ({token.role.value}): {token.label}"
        note = AuditEntry(token.created_at, AuditAct.TOKEN_ADDED, token.account, about)
        with self._writing(note) as connection:
            row = {
                "id": token.id,
                "account_key": _key_of(connection, token.account),
                "label": token.label,
                "role": token.role,
                "digest": digest,
                "created_at": token.created_at,
                "expires_at": token.expires_at,
                "revoked_at": token.revoked_at,
            }
            connection.execute(insert(api_tokens), row)

    def token_holder(self, digest: str, now: dt.datetime) -> Holder | None:
        """Whose token it is and what it may do: the lesser of the token's role and the account's.

        None where it is unknown, revoked or run out, or the account is disabled.
        """
        wanted = (
            select(accounts, api_tokens.c.role.label("token_role"))
            .join(api_tokens, api_tokens.c.account_key == accounts.c.key)
            .where(
                api_tokens.c.digest == digest,
                api_tokens.c.revoked_at.is_(None),
                api_tokens.c.expires_at.is_(None) | (api_tokens.c.expires_at > now),
                accounts.c.is_disabled.is_(False),
            )
        )
        with self._reading() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            return None
        account, granted = _account(row), Role(row["token_role"])
        return Holder(account, granted if account.role.may(granted) else account.role)

    def tokens(self) -> list[ApiToken]:
        """Every token ever made, oldest first."""
        wanted = (
            select(api_tokens, accounts.c.name.label("account"))
            .join(accounts, api_tokens.c.account_key == accounts.c.key)
            .order_by(api_tokens.c.key)
        )
        with self._reading() as connection:
            return [_token(row) for row in connection.execute(wanted).mappings()]

    def revoke_token(self, token_id: str, now: dt.datetime) -> ApiToken:
        """End a token for good. Raises AccountError where there is none of that id in force."""
        known = next((one for one in self.tokens() if one.id == token_id), None)
        if known is None or known.revoked_at is not None:
            raise AccountError(token_id, "no such token is in force")
        with self._writing(AuditEntry(now, AuditAct.TOKEN_REVOKED, known.account, token_id)) as c:
            c.execute(update(api_tokens).where(api_tokens.c.id == token_id), {"revoked_at": now})
        return known

    # the log

    def note(self, entry: AuditEntry) -> None:
        """Add a line to the audit log."""
        with translated(self._url), self._writer.begin() as connection:
            _add_note(connection, entry)

    def audit(self, limit: int = MAX_AUDIT_ROWS) -> list[AuditEntry]:
        """The latest lines of the audit log, newest first."""
        wanted = select(audit).order_by(audit.c.key.desc()).limit(min(limit, MAX_AUDIT_ROWS))
        with self._reading() as connection:
            return [
                AuditEntry(row.at, AuditAct(row.act), row.who, row.about, row.address)
                for row in connection.execute(wanted)
            ]

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _named(name: str) -> Select[tuple[object, ...]]:
    return select(accounts).where(accounts.c.name == name)


def _key_of(connection: Connection, name: str) -> int:
    key = connection.execute(
        select(accounts.c.key).where(accounts.c.name == name)
    ).scalar_one_or_none()
    if key is None:
        raise AccountError(name, "there is no such account")
    return int(key)


def _change(connection: Connection, name: str, **values: object) -> int:
    """Set columns of an account; its key. Raises AccountError where there is none."""
    key = _key_of(connection, name)
    connection.execute(update(accounts).where(accounts.c.key == key), values)
    return key


def _end_sessions(connection: Connection, account_key: int) -> None:
    connection.execute(delete(sessions).where(sessions.c.account_key == account_key))


def _add_note(connection: Connection, entry: AuditEntry) -> None:
    row = {
        "at": entry.at,
        "act": entry.act.value,
        "who": entry.who,
        "about": entry.about,
        "address": entry.address,
    }
    connection.execute(insert(audit), row)


def _account(row: RowMapping) -> Account:
    return Account(row["name"], Role(row["role"]), row["created_at"], row["is_disabled"])


def _token(row: RowMapping) -> ApiToken:
    return ApiToken(
        row["id"],
        row["account"],
        row["label"],
        Role(row["role"]),
        row["created_at"],
        row["expires_at"],
        row["revoked_at"],
    )
