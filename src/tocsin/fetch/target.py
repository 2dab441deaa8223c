"""Addresses of documents: which may be asked for at all."""

from __future__ import annotations

import httpx

from tocsin.errors import FetchFailed, FetchFault
from tocsin.fetch.showing import shown

PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 4_000
LAST_PORT = 2**16 - 1
FIRST_FREE_PORT = 1024
"""Ports below it belong to services of their own (mail, name service, shells), which a request with
words of a stranger's choosing must not reach; but for the web's two."""


def checked_target(url: str, *, is_port_open: bool = False) -> httpx.URL:
    """The URL taken apart. Raises FetchFailed for what is not plainly an http(s) document.

    `is_port_open` lifts the rule on ports, for a server that was allowed by name.
    """
    if len(url) > MAX_URL_CHARS:
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, "has an overlong address")
    if any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in url):
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, "has control characters in its address")
    try:
        target = httpx.URL(url)
        host = target.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, "is no address of the web") from error
    if target.scheme not in PORTS or not host:
        reason = f"leads to a {target.scheme or 'nameless'} address, not http or https"
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, reason)
    if target.userinfo:
        reason = "carries a user name or password, which is sent to nobody"
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, reason)
    port = target.port or PORTS[target.scheme]
    if port > LAST_PORT:
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, f"leads to port {port}: there is none")
    if port < FIRST_FREE_PORT and port not in PORTS.values() and not is_port_open:
        reason = f"leads to port {port}, which belongs to another service"
        raise FetchFailed(shown(url), FetchFault.FORBIDDEN, reason)
    return target


def port_of(target: httpx.URL) -> int:
    """The port a target is reached at."""
    return target.port or PORTS[target.scheme]
