"""One URL given as an input: fetched once, within bounds of size and time.

Before each request the host is resolved and every address checked, and the connection goes to the
address that was checked: a name that leads into a private network is refused, also when it does so
only the second time it is asked, or after a redirect.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass

from tocsin.errors import RefusedInput
from tocsin.read.config import ReadSettings
from tocsin.read.stream import over_limit
from tocsin.read.web_archive import decode_content

MAX_REDIRECTS = 5
USER_AGENT = "tocsin (reads one page on request)"
_SCHEMES = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body of a page, its content free of transfer encodings."""

    data: bytes
    url: str
    """Where it was found after redirects."""
    kind: str
    charset: str | None


def fetch(url: str, settings: ReadSettings) -> Fetched:
    """The document at an http or https URL. Raises RefusedInput, naming the URL as given."""
    import httpx  # noqa: PLC0415 - slow to import

    deadline = time.monotonic() + settings.fetch_timeout_s
    at = url
    try:
        # proxies of the environment are left aside: the address checked must be the one reached
        with httpx.Client(trust_env=False, follow_redirects=False) as client:
            for _ in range(MAX_REDIRECTS + 1):
                target = httpx.URL(at)
                address = _checked_address(target.scheme, target.host, target.port, url, settings)
                request = client.build_request(
                    "GET",
                    target.copy_with(host=address),
                    headers={
                        "Host": target.netloc.decode("ascii"),
                        "User-Agent": USER_AGENT,
                        "Accept-Encoding": "gzip",
                    },
                    extensions={"sni_hostname": target.raw_host.decode("ascii")},
                    timeout=max(0.1, deadline - time.monotonic()),
                )
                response = client.send(request, stream=True)
                try:
                    if response.is_redirect:
                        at = str(target.join(response.headers["location"]))
                        continue
                    if response.status_code != 200:
                        raise RefusedInput(url, f"answers with status {response.status_code}")
                    data = _bounded_body(response, deadline, url, settings)
                finally:
                    response.close()
                kind = response.headers.get("content-type", "").lower()
                return Fetched(data, at, kind, response.charset_encoding)
    except httpx.TimeoutException as error:
        raise RefusedInput(url, _too_slow(settings)) from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError, KeyError) as error:
        reason = f"cannot be fetched: {str(error) or type(error).__name__}"
        raise RefusedInput(url, reason) from error
    raise RefusedInput(url, f"redirects more than {MAX_REDIRECTS} times")


def _bounded_body(response: object, deadline: float, url: str, settings: ReadSettings) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():  # type: ignore[attr-defined]
        parts.append(part)
        size += len(part)
        if size > settings.max_document_bytes:
            raise RefusedInput(url, over_limit("is", settings.max_document_bytes))
        if time.monotonic() > deadline:
            raise RefusedInput(url, _too_slow(settings))
    coding = response.headers.get("content-encoding", "").strip().lower()  # type: ignore[attr-defined]
    return decode_content(b"".join(parts), coding, settings.max_document_bytes, url, None)


def _too_slow(settings: ReadSettings) -> str:
    return f"took longer than {settings.fetch_timeout_s:g} s (read.fetch_timeout_s)"


def _checked_address(
    scheme: str, host: str, port: int | None, url: str, settings: ReadSettings
) -> str:
    """The first address of the host, all of them checked. Raises RefusedInput."""
    if scheme not in _SCHEMES or not host:
        raise RefusedInput(url, f"leads to a {scheme or 'nameless'} address, not http or https")
    try:
        found = socket.getaddrinfo(host, port or _SCHEMES[scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedInput(url, f"the host {host} is not known") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not settings.allow_private_addresses and not _is_public(address):
            reason = f"{host} has the private address {address} (read.allow_private_addresses)"
            raise RefusedInput(url, reason)
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_global) and not (mapped or parsed).is_multicast
