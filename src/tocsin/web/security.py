"""What a browser is told to refuse, and which hosts are answered at all.

The policy allows no inline script or style, no frame, no form elsewhere and no request to another
host. A page asked for under a foreign name (DNS rebinding) gets nothing. An IP address is nobody's
name: it cannot be pointed elsewhere.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DIRECTIVES: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",  # the map draws its symbols into such images
    "connect-src 'self'",
    "worker-src 'self' blob:",  # the map's worker
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
CONTENT_SECURITY_POLICY: Final = "; ".join(DIRECTIVES)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not "no-referrer": a browser would then say of the board's own forms that they come from
    # nowhere (`Origin: null`). Other sites learn nothing either way.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Names a browser on this machine may call the board by, ports aside."""


class Guard:
    """Answers only to the names given, and sets the headers on every answer, errors too."""

    def __init__(self, app: ASGIApp, names: Collection[str], *, any_address: bool = False) -> None:
        self._app = app
        self._any_address = any_address
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if not self._goes_by(host_name(Headers(scope=scope).get("host", ""))):
            refusal = PlainTextResponse("this board does not go by that name\n", status_code=421)
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)

    def _goes_by(self, name: str) -> bool:
        return name in self._names or (self._any_address and is_address(name))


def is_address(name: str) -> bool:
    """True for an IP address as it stands in a URL."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def host_name(host: str) -> str:
    """The name in a Host header, without its port: `[::1]` for "[::1]:8400"."""
    host = host.strip().lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
