"""Passwords: argon2id hashes (RFC 9106, the profile for 64 MiB), and what a password must be."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from tocsin.errors import AccountError

MIN_PASSWORD_CHARS: Final = 15
"""NIST SP 800-63B-4, 3.1.1.2: for a password that is the only proof. Length is all that is asked;
rules about kinds of characters make passwords worse."""
MAX_PASSWORD_CHARS: Final = 256
"""More would only cost time."""
MIN_DIFFERENT: Final = 5
"""A row of one key is no password."""
AT_ONCE: Final = 2
"""Hashes worked out at the same time: each takes 64 MiB, and a flood must not take them all."""

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_turns = threading.BoundedSemaphore(AT_ONCE)


def check_password(name: str, password: str) -> None:
    """Raises AccountError for a password that is too short, too long or too plain."""
    length = len(_normal(password))
    if not MIN_PASSWORD_CHARS <= length <= MAX_PASSWORD_CHARS:
        raise AccountError(
            name, f"a password has {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters"
        )
    if len(set(password)) < MIN_DIFFERENT:
        raise AccountError(name, f"a password has at least {MIN_DIFFERENT} different characters")


def hash_password(password: str) -> str:
    """The hash to keep, with its salt and parameters in it."""
    with _turns:
        return _HASHER.hash(_normal(password))


def verify_password(kept: str | None, password: str) -> bool:
    """True for the password of the hash. `kept` None, where there is no such account, takes as
    long and is False, so that the time does not tell which names there are."""
    if len(password) > MAX_PASSWORD_CHARS:
        return False
    hash_ = kept or _nobodys_hash()
    with _turns:
        try:
            _HASHER.verify(hash_, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def _normal(password: str) -> bytes:
    """The same password however it was typed (NFKC)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash() -> str:
    return hash_password("nobody has this password")
