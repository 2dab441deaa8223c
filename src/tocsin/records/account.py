"""Accounts of people who may ask the board, and the log of what they did there.

No secret is in any of these: a password's hash and a token's digest never leave the store.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.errors import RecordError

MAX_NAME_CHARS: Final = 64
_NAME = re.compile(r"\w[\w.@+-]*")


class Role(StrEnum):
    """What an account may do; each role may do what the ones before it may."""

    VIEWER = "viewer"
    """Reads."""
    REVIEWER = "reviewer"
    """Decides."""
    ADMIN = "admin"
    """Reads the audit log."""

    def may(self, wanted: Role) -> bool:
        """True where this role covers `wanted`."""
        order = list(Role)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account. Names are compared as `account_name` writes them."""

    name: str
    role: Role
    created_at: dt.datetime
    is_disabled: bool = False

    def __post_init__(self) -> None:
        if account_name(self.name) != self.name:
            raise RecordError("Account", "name", f"{self.name!r} is not in its normal form")


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program's key to the API, in the name of an account. `id` names it and opens nothing."""

    id: str
    account: str
    label: str
    """What it is for, in the words of whoever made it."""
    role: Role
    """What it may do at most; never more than its account."""
    created_at: dt.datetime
    expires_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None


class AuditAct(StrEnum):
    """What the audit log tells of."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    WROTE = "wrote"
    """A write was let through; `about` is its method and path. What a decision said stands in the
    log of decisions, under the same name."""
    ACCOUNT_ADDED = "account_added"
    ROLE_CHANGED = "role_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (the name of an act)
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    TOKEN_ADDED = "token_added"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log."""

    at: dt.datetime
    act: AuditAct
    who: str
    """The account; for a refused sign-in the name that was tried."""
    about: str = ""
    address: str | None = None
    """The network address it came from; None for the command line."""


def account_name(typed: str) -> str:
    """A name in its normal form (NFKC, no case): letters, digits and `_ . @ + -`.

    Raises RecordError for any other.
    """
    name = unicodedata.normalize("NFKC", typed.strip()).casefold()
    if not _NAME.fullmatch(name) or len(name) > MAX_NAME_CHARS:
        raise RecordError(
            "Account",
            "name",
            f"{typed[:MAX_NAME_CHARS]!r} is not 1 to {MAX_NAME_CHARS} letters, digits or _ . @ + -",
        )
    return name
