"""Web archives: the pages, feeds and texts that the records of a WARC file hold."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

from tocsin.errors import RefusedInput
from tocsin.read.config import ReadSettings
from tocsin.read.draft import GivenMetadata
from tocsin.read.page import Payload, read_payload
from tocsin.read.stream import CHUNK_BYTES, STREAM_ERRORS, broken, over_limit
from tocsin.records import Article

T = TypeVar("T")

READABLE_TYPES = ("html", "xml", "rss", "atom", "text/plain", "json")
MAX_HEADER_BYTES = 2**16


class _Forward:
    """A stream as the archive reader takes it: read onwards, position counted, never sought."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def read_web_archive(
    stream: BinaryIO, source: str, settings: ReadSettings
) -> Iterator[Article | RefusedInput]:
    """Articles of a WARC stream, compressed or not, in order.

    Responses other than 2xx and content that is no text (images, scripts) are passed over. A record
    that cannot be read is a refusal; one that breaks the archive ends it.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - slow to import

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        archive = _ask(
            # typed for whole files, of which it uses these two methods
            lambda: ArchiveIterator(
                _Forward(stream),  # type: ignore[arg-type]
                record_types=kinds,
                parse_http=True,
                max_header_len=MAX_HEADER_BYTES,
            ),
            source,
            "record 1",
        )
        while record := _ask(lambda: next(archive, None), source, f"record {number + 1}"):
            number += 1
            yield from _read_record(record, number, source, settings)
    except RefusedInput as refusal:
        yield refusal
        return
    if number == 0:
        yield RefusedInput(source, "holds no web page")


def _ask(ask: Callable[[], T], source: str, locator: str) -> T:
    """What the compiled archive reader answers. Raises RefusedInput for whatever it raises."""
    try:
        return ask()
    # which of these comes of damage depends on the codec and on where it breaks
    except (*STREAM_ERRORS, ValueError, RuntimeError) as error:
        raise RefusedInput(source, broken(error), locator=locator) from error
    # what the reader took for impossible it raises outside Exception
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        reason = "cannot be read to its end: the archive is malformed"
        raise RefusedInput(source, reason, locator=locator) from error


def _read_record(
    record: Any, number: int, source: str, settings: ReadSettings
) -> Iterator[Article | RefusedInput]:
    http = record.http_headers
    if http is not None and http.status_code is None:
        yield RefusedInput(source, "is cut short or malformed", locator=f"record {number}")
        return
    if http is not None and not 200 <= http.status_code < 300:
        return
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
    if kind and not any(readable in kind for readable in READABLE_TYPES):
        return
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    locator = f"record {number}"
    try:
        data = _body(record, http, settings.max_document_bytes, source, locator)
    except RefusedInput as refusal:
        yield refusal
        return
    if data.strip():
        payload = Payload(
            data, source, locator, GivenMetadata(url=url), kind=kind, charset=record.http_charset
        )
        yield from read_payload(payload, settings)
    elif http is None:
        yield RefusedInput(source, "is empty or cut short", locator=locator)


def _body(record: Any, http: Any, limit: int, source: str, locator: str) -> bytes:
    """The decoded body of a record. Raises RefusedInput above the limit before or after."""
    stated: int = record.content_length
    raw: bytes = _ask(lambda: record.reader.read(limit + 1), source, locator)
    if len(raw) > limit:
        raise RefusedInput(source, over_limit("is", limit), locator=locator)
    if len(raw) < stated:
        reason = f"is cut short: {len(raw):,} of {stated:,} bytes"
        raise RefusedInput(source, reason, locator=locator)
    coding = str(http.get("Content-Encoding") or "").strip().lower() if http else ""
    if "chunked" in str((http.get("Transfer-Encoding") if http else None) or "").lower():
        raw = dechunk(raw)
    return decode_content(raw, coding, limit, source, locator)


def dechunk(raw: bytes) -> bytes:
    """The body of a chunked message; `raw` itself where it was stored already joined."""
    parts: list[bytes] = []
    at = 0
    while at < len(raw):
        line_end = raw.find(b"\r\n", at, at + 32)
        if line_end < 0:
            return raw if not parts else b"".join(parts)
        try:
            size = int(raw[at:line_end].split(b";")[0].strip() or b"x", 16)
        except ValueError:
            return raw if not parts else b"".join(parts)
        if size <= 0:
            break
        parts.append(raw[line_end + 2 : line_end + 2 + size])
        at = line_end + 2 + size + 2
    return b"".join(parts)


def decode_content(raw: bytes, coding: str, limit: int, source: str, locator: str | None) -> bytes:
    """The body freed of its Content-Encoding (gzip or deflate), never above the limit."""
    if coding in {"", "identity", "none", "utf-8"}:
        return raw
    if coding in {"gzip", "x-gzip"}:
        if not raw.startswith(b"\x1f\x8b"):
            return raw  # archivers store bodies decoded and leave the header in place
        wbits = 31
    elif coding == "deflate":
        wbits = 15 if raw[:1] == b"\x78" else -15
    elif raw.lstrip()[:1] in (b"<", b"{"):
        return raw
    else:
        raise RefusedInput(source, f"is encoded as {coding!r}", locator=locator)
    parts: list[bytes] = []
    size = 0
    decoder = zlib.decompressobj(wbits=wbits)
    try:
        while raw and not decoder.eof:
            part = decoder.decompress(raw, CHUNK_BYTES)
            parts.append(part)
            size += len(part)
            if size > limit:
                raise RefusedInput(source, over_limit("unpacks to", limit), locator=locator)
            raw = decoder.unconsumed_tail
            if not part and not raw:
                break
    except zlib.error as error:
        raise RefusedInput(source, broken(error), locator=locator) from error
    return b"".join(parts)
