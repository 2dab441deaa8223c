"""The client: one document by GET, redirects followed by hand so that each hop is checked."""

from __future__ import annotations

import functools
import ssl
import typing
from collections.abc import Iterator, Mapping

import httpcore
import httpx

from tocsin.errors import FetchFailed, FetchFault
from tocsin.fetch.addresses import Allowed, parse_address
from tocsin.fetch.answer import Answer
from tocsin.fetch.body import bounded_body
from tocsin.fetch.config import FetchSettings
from tocsin.fetch.network import CheckedNetwork, Deadline, Resolve, system_resolve
from tocsin.fetch.showing import shown
from tocsin.fetch.target import checked_target, port_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@functools.cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Transport(httpx.BaseTransport):
    """httpx over connections of our own making: one per request, none kept, no proxy."""

    def __init__(self, network: CheckedNetwork) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=network,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and give the answer with its body still to be read."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        sent = httpcore.Request(request.method, url, headers=request.headers.raw, content=b"")
        answer = self._pool.handle_request(sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from typing.cast("typing.Iterable[bytes]", self._answer.stream)

    def close(self) -> None:
        self._answer.close()


class Fetcher:
    """Fetches documents. Safe to use from several threads: each document is a client of its own."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        resolve: Resolve = system_resolve,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        """`resolve` and `inner` stand in for the system's names and sockets, in tests."""
        self._settings = settings
        self._allowed = Allowed.parse(settings.allow)
        self._resolve = resolve
        self._inner = inner

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """The answer at a URL; with what was sent last time, maybe a 304.

        Raises FetchFailed, whose words are free of secrets.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept-Encoding": "gzip",
            "Accept": "*/*",
        } | {name: value for name, value in asked.items() if value and _is_header(value)}
        deadline = Deadline(self._settings.timeout_s)
        network = CheckedNetwork(deadline, self._allowed, self._resolve, self._inner)
        try:
            with httpx.Client(transport=_Transport(network), trust_env=False) as client:
                return self._follow(client, url, headers)
        except FetchFailed as failure:
            # whatever host stood in the way, the document asked for is what failed
            raise FetchFailed(shown(url), failure.fault, failure.reason) from failure
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            reason = f"took longer than {self._settings.timeout_s:g} s (read.fetch.timeout_s)"
            raise FetchFailed(shown(url), FetchFault.SLOW, reason) from error
        except (httpcore.ConnectError, httpcore.NetworkError, OSError) as error:
            said = f"cannot be reached: {str(error) or type(error).__name__}"
            raise FetchFailed(shown(url), FetchFault.UNREACHABLE, said) from error
        except (httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            said = f"answers with what is no HTTP: {type(error).__name__}"
            raise FetchFailed(shown(url), FetchFault.MALFORMED, said) from error

    def _follow(self, client: httpx.Client, url: str, headers: Mapping[str, str]) -> Answer:
        at = url
        for _ in range(self._settings.max_redirects + 1):
            target = self._target(at)
            request = client.build_request("GET", target, headers=headers)
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                leads_to = response.headers.get("location")
                if response.status_code in REDIRECTS and leads_to:
                    at = str(target.join(leads_to))
                    continue
                return self._answer(response, str(target), url)
            finally:
                response.close()
        reason = f"redirects more than {self._settings.max_redirects} times"
        raise FetchFailed(shown(url), FetchFault.MALFORMED, reason)

    def _target(self, url: str) -> httpx.URL:
        """The next hop, its form checked; its address is checked as the socket is opened."""
        target = checked_target(url, is_port_open=True)
        try:
            is_named = self._allowed.covers(parse_address(target.host), port_of(target))
        except ValueError:
            is_named = False
        return checked_target(url, is_port_open=is_named)

    def _answer(self, response: httpx.Response, at: str, asked: str) -> Answer:
        sent = response.headers
        data = b""
        if 200 <= response.status_code < 300:
            coding = sent.get("content-encoding", "").strip().lower()
            data = bounded_body(response.iter_raw(), coding, self._settings, shown(asked))
        return Answer(
            status=response.status_code,
            url=at,
            data=data,
            kind=sent.get("content-type", "").lower(),
            charset=response.charset_encoding,
            etag=sent.get("etag"),
            last_modified=sent.get("last-modified"),
            retry_after=sent.get("retry-after"),
        )


def _is_header(value: str) -> bool:
    """Whether a validator may be sent back: a line of plain ASCII."""
    return value.isascii() and value.isprintable()
