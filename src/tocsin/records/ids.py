"""Ids made from content: the same input gives the same id, so that a rerun changes nothing."""

from __future__ import annotations

import hashlib

ID_HEX_CHARS = 24
"""96 bits: a collision among 10 million records has odds of about 6e-16."""


def content_id(prefix: str, *parts: str) -> str:
    """`prefix_` and 24 hex digits of the SHA-256 of the parts, each preceded by its length.

    The lengths keep ("ab", "c") and ("a", "bc") apart.
    """
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(raw)}:".encode())
        digest.update(raw)
    return f"{prefix}_{digest.hexdigest()[:ID_HEX_CHARS]}"
