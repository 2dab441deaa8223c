"""A network of our own: names and addresses that lead nowhere but into this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import httpcore

from tocsin.fetch import FetchSettings
from tocsin.fetch.client import Fetcher

PUBLIC = "93.184.216.34"
OTHER_PUBLIC = "2606:2800:220:1:248:1893:25c8:1946"


def response(body: bytes = b"found", status: int = 200, **headers: str) -> bytes:
    """An answer as it comes over the wire."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    names.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in names.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str) -> bytes:
    return response(b"", 302, Location=location)


class Wire(httpcore.NetworkStream):
    """One connection: what is sent is remembered, what comes was written beforehand."""

    def __init__(self, answer: bytes, sent: list[bytes]) -> None:
        self._answer = answer
        self._sent = sent

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        part, self._answer = self._answer[:max_bytes], self._answer[max_bytes:]
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sent.append(buffer)

    def close(self) -> None:
        """Nothing to let go of."""


@dataclass
class Network(httpcore.NetworkBackend):
    """Answers by address; every connection that is tried is written down."""

    answers: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    """What an address answers, one for each connection, the last one again and again."""
    silent: frozenset[str] = frozenset()
    dialled: list[tuple[str, int]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        tried = sum(1 for address, _ in self.dialled if address == host)
        self.dialled.append((host, port))
        if host in self.silent:
            raise httpcore.ConnectError("refused")
        answers = self.answers.get(host, [response()])
        return Wire(answers[min(tried, len(answers) - 1)], self.sent)


@dataclass
class Names:
    """A resolver: each name's answers, one for each time it is asked, the last again and again."""

    answers: Mapping[str, Sequence[Sequence[str]]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        tried = self.asked.count(host)
        self.asked.append(host)
        if host not in self.answers:
            if host.replace(".", "").isdigit() or ":" in host:
                return [host]  # as a resolver answers an address
            raise OSError(f"no such name: {host}")
        answers = self.answers[host]
        return answers[min(tried, len(answers) - 1)]


def fetcher(
    network: Network, names: Mapping[str, Sequence[Sequence[str]]] | None = None, **settings: object
) -> Fetcher:
    known = {"news.example": [[PUBLIC]], "other.example": [[OTHER_PUBLIC]]} | dict(names or {})
    limits = FetchSettings.model_validate({"timeout_s": 5} | settings)
    return Fetcher(limits, resolve=Names(known), inner=network)
