"""Keys of sessions and API tokens: random, shown once, kept as digests.

A key has 256 random bits, so a plain digest hides it as well as a slow hash would, and a look-up by
digest tells nothing by the time it takes.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

KEY_BYTES: Final = 32
KEY_PREFIX: Final = "tocsin_"
"""Begins every API token, so that scanners for leaked secrets know one."""
TOKEN_ID_BYTES: Final = 5


def new_key(prefix: str = "") -> str:
    """A fresh key, fit for a header or a cookie."""
    return prefix + secrets.token_urlsafe(KEY_BYTES)


def new_token_id() -> str:
    """A name for a token that opens nothing: `tok_` and ten digits."""
    return f"tok_{secrets.token_hex(TOKEN_ID_BYTES)}"


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
