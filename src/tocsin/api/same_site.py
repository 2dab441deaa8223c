"""The one check against forged writes: no page elsewhere makes a browser write here.

Browsers say where a request comes from: `Sec-Fetch-Site`, older ones `Origin` on every write. A
page cannot change either. Together with a session cookie that browsers send from our own pages
alone (`SameSite=Strict`) and with our refusal of foreign host names, that is what a token in each
form would give, without a form that can forget it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from tocsin.api.errors import ApiError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, 9.2.1); no route of ours breaks that."""


def check_same_site(request: Request, *, has_cookie: bool) -> None:
    """Raises ApiError (403) for a write that another site's page may have made a browser send.

    A program sends neither header, and needs none. With a session's cookie it must: only
    browsers hold those, and one that says nothing cannot be told from one that is misused.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_ours = site == "same-origin"
    elif origin is not None:
        # Hosts, not schemes: behind a proxy that speaks TLS the two need not be the same.
        is_ours = _host_of(origin) == request.headers.get("host", "").lower()
    else:
        is_ours = not has_cookie
    if not is_ours:
        raise ApiError(403, "forbidden", "comes from another site than this board")


def _host_of(origin: str) -> str:
    """Host and port of an `Origin`; empty for "null"."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
