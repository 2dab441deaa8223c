"""Serving the board at an address: this machine's own unless a login guards it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from tocsin.errors import SettingsError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8400
SHUTDOWN_S = 2
"""How long open streams may go on after Ctrl-C."""


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches: `localhost`, 127.0.0.0/8, ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Tls:
    """Files of a certificate with its chain, and of its key (PEM)."""

    certificate: Path
    key: Path

    def check(self) -> None:
        """Raises SettingsError for a file that is not there."""
        for option, path in (("--tls-cert", self.certificate), ("--tls-key", self.key)):
            if not path.is_file():
                raise SettingsError(option, f"{path} is no file")


def check_host(host: str, *, has_login: bool) -> None:
    """Raises SettingsError for an address that others reach, without a login to guard it."""
    if not (has_login or is_loopback(host)):
        raise SettingsError(
            "--host",
            f"{host} can be reached by others, and no login is configured; make an account"
            " (`tocsin users add NAME`) or serve 127.0.0.1, ::1 or localhost",
        )


def address_words(host: str, port: int, *, is_tls: bool = False) -> str:
    """`http://127.0.0.1:8400/`."""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http{'s' if is_tls else ''}://{shown}:{port}/"


def is_free(host: str, port: int) -> bool:
    """True where nothing has the port now."""
    try:
        listen(host, port).close()
    except SettingsError:
        return False
    return True


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises SettingsError where it is taken."""
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((bare, port))
    except OSError as error:
        bound.close()
        reason = error.strerror or str(error)
        raise SettingsError("--port", f"{host}:{port} cannot be used: {reason}") from error
    return bound


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    has_login: bool = False,
    tls: Tls | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until interrupted. `ready` gets the address once it can be asked.

    Raises SettingsError for an address that others reach without a login, or one that is taken.
    """
    check_host(host, has_login=has_login)
    with listen(host, port) as bound:
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ssl_certfile=tls.certificate if tls else None,
            ssl_keyfile=tls.key if tls else None,
            timeout_graceful_shutdown=SHUTDOWN_S,
        )
        bound.listen()
        ready(address_words(host, bound.getsockname()[1], is_tls=tls is not None))
        uvicorn.Server(config).run(sockets=[bound])
