"""A body in bounded portions: never larger than the limit, packed or unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from tocsin.errors import FetchFailed, FetchFault
from tocsin.fetch.config import FetchSettings

PORTION_BYTES = 64 * 2**10
UNPACKED_FREELY = 2**20
"""Unpacked bytes below which a ratio says nothing: a short page of repeated markup packs well."""
PLAIN = frozenset({"", "identity"})
WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def bounded_body(
    portions: Iterable[bytes], coding: str, settings: FetchSettings, url: str
) -> bytes:
    """The body freed of its coding (gzip or deflate). Raises FetchFailed above a limit, for
    another coding, and where the packed stream is damaged or cut."""
    if coding in PLAIN:
        return _gathered(portions, settings, url)
    if coding not in WBITS:
        raise FetchFailed(url, FetchFault.MALFORMED, f"is encoded as {coding!r}")
    unpacked: list[bytes] = []
    packed_bytes = unpacked_bytes = 0
    decoder = zlib.decompressobj(WBITS[coding])
    try:
        for portion in portions:
            packed_bytes += len(portion)
            _check(packed_bytes, settings, url, "is")
            rest = portion
            while rest and not decoder.eof:
                part = decoder.decompress(rest, PORTION_BYTES)
                rest = decoder.unconsumed_tail
                unpacked.append(part)
                unpacked_bytes += len(part)
                _check(unpacked_bytes, settings, url, "unpacks to")
                allowed = max(UNPACKED_FREELY, packed_bytes * settings.max_ratio)
                if unpacked_bytes > allowed:
                    reason = f"unpacks to more than {settings.max_ratio} times its size"
                    raise FetchFailed(url, FetchFault.OVERSIZED, reason)
    except zlib.error as error:
        raise FetchFailed(url, FetchFault.MALFORMED, f"is damaged {coding}") from error
    if packed_bytes and not decoder.eof:
        raise FetchFailed(url, FetchFault.MALFORMED, f"ends within its {coding}")
    return b"".join(unpacked)


def _gathered(portions: Iterable[bytes], settings: FetchSettings, url: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    for portion in portions:
        size += len(portion)
        _check(size, settings, url, "is")
        parts.append(portion)
    return b"".join(parts)


def _check(size: int, settings: FetchSettings, url: str, verb: str) -> None:
    if size > settings.max_bytes:
        reason = f"{verb} larger than {settings.max_bytes:,} bytes (read.fetch.max_bytes)"
        raise FetchFailed(url, FetchFault.OVERSIZED, reason)
