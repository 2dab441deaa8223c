"""Where a store is: a URL or path taken apart, with anything secret taken out of what is shown."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from tocsin.errors import StoreError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
"""Two characters at least, so that a drive letter is no scheme."""


def without_password(url: str) -> str:
    """The URL fit for messages and logs: user, host and path stay, password and query go.

    A URL too broken to take apart keeps its scheme only.
    """
    scheme = _SCHEME.match(url)
    if scheme is None:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{scheme[1]}://..."
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    shown = f"{name}{':***' if colon else ''}{at}{host}"
    query = "..." if parts.query else ""
    return urlunsplit((parts.scheme, shown, parts.path, query, ""))


def store_path(url: str) -> Path:
    """The file a URL names: a plain path, or `sqlite:///relative`, `sqlite:////absolute`.

    Raises StoreError for another kind of store, an in-memory one, and an empty path.
    """
    scheme = _SCHEME.match(url)
    if scheme is None:
        path = url
    elif scheme[1].lower() in {"sqlite", "sqlite+pysqlite"}:
        host, slash, path = url[scheme.end() :].partition("/")
        if host or not slash:
            raise StoreError(without_password(url), "write sqlite:///FILE, with three slashes")
        path = unquote(path.partition("?")[0])
    elif scheme[1].lower().partition("+")[0] in {"postgresql", "postgres"}:
        raise StoreError(
            without_password(url), "PostgreSQL is not supported yet by this version; name a file"
        )
    else:
        raise StoreError(without_password(url), f"{scheme[1]} is no kind of store; name a file")
    if not path or path == ":memory:" or "\0" in path:
        raise StoreError(without_password(url), "a store needs a file of its own")
    return Path(path)
