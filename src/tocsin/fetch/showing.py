"""Addresses as messages and logs may show them."""

from __future__ import annotations

from urllib.parse import urlsplit

MAX_SHOWN_CHARS = 500


def shown(url: str) -> str:
    """A URL fit for messages and logs: names, passwords and queries may be secrets and go."""
    try:
        parts = urlsplit(url[:MAX_SHOWN_CHARS])
    except ValueError:
        return "an address that cannot be read"
    host = parts.netloc.rpartition("@")[2]
    query = "?..." if parts.query else ""
    scheme = f"{parts.scheme}://" if host else f"{parts.scheme}:" if parts.scheme else ""
    path = parts.path if host or not parts.scheme else "..."
    return "".join(sign for sign in f"{scheme}{host}{path}{query}" if sign.isprintable())
