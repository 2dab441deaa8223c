"""The only place where sockets are opened: resolve, check every address, connect to one of them.

A backend of httpcore, so that whatever the client above does (a redirect, a second connection) goes
through here. A name is resolved once for each connection, and the connection goes to an address of
that very answer: a name that answers otherwise the second time gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from tocsin.errors import FetchFailed, FetchFault
from tocsin.fetch.addresses import Allowed, parse_address, why_forbidden

Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a host, as text. Raises OSError where there are none."""

MIN_WAIT_S = 0.001


def system_resolve(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Deadline:
    """An instant after which nothing is waited for any more."""

    def __init__(self, timeout_s: float) -> None:
        self._at = time.monotonic() + timeout_s

    def left_s(self) -> float:
        """Seconds left. Raises httpcore.ReadTimeout where there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole time allowed is over")
        return max(MIN_WAIT_S, left)


class _Stream(httpcore.NetworkStream):
    """A stream each of whose steps ends with the deadline: a server that drips gains nothing."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        left = self._deadline.left_s()
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses only. One per document: it carries the deadline."""

    def __init__(
        self,
        deadline: Deadline,
        allowed: Allowed,
        resolve: Resolve,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._deadline = deadline
        self._allowed = allowed
        self._resolve = resolve
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address that answers, all of them having been checked."""
        addresses = self._checked(host, port)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, local_address, socket_options)

    def _connect(
        self,
        address: str,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left_s()
        stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
        return _Stream(stream, self._deadline)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never: a socket of this machine is no document."""
        raise FetchFailed(path, FetchFault.FORBIDDEN, "is a socket of this machine")

    def sleep(self, seconds: float) -> None:
        """Never asked for: nothing is retried down here."""
        raise NotImplementedError(f"sleep of {seconds} s")

    def _checked(self, host: str, port: int) -> list[str]:
        """Every address of the host. Raises FetchFailed where one of them is closed."""
        checked = []
        for text in self._resolved(host, port):
            try:
                address = parse_address(text)
            except ValueError as error:
                reason = f"{host} has no address that can be read"
                raise FetchFailed(host, FetchFault.UNREACHABLE, reason) from error
            kind = why_forbidden(address)
            if kind is not None and not self._allowed.covers(address, port):
                reason = f"{host} has the {kind} address {address} (read.fetch.allow)"
                raise FetchFailed(host, FetchFault.FORBIDDEN, reason)
            if str(address) not in checked:
                checked.append(str(address))
        if not checked:
            raise FetchFailed(host, FetchFault.UNREACHABLE, f"the host {host} is not known")
        return checked

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """The resolver's answer within the deadline; the system's own cannot be interrupted."""
        answer: list[Sequence[str]] = []

        def ask() -> None:
            try:
                answer.append(self._resolve(host, port))
            except (OSError, UnicodeError):
                answer.append(())

        asking = threading.Thread(target=ask, name="resolve", daemon=True)
        asking.start()
        asking.join(self._deadline.left_s())
        if not answer:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
        return answer[0]
