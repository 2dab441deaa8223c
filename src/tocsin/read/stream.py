"""Bytes in, in bounded portions: gzip unwrapped, lines never longer than the limit, bombs refused.

Whatever the size of an input, no more than one document of it is held in memory.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tocsin.errors import RefusedInput
from tocsin.read.charset import wide_encoding

HEAD_BYTES = 64 * 2**10
"""What is looked at to tell a format."""
CHUNK_BYTES = 2**20
MAX_SKIPPED_DOCUMENTS = 32
"""A line this many times over the limit is not waited for: the rest of its input is given up, so
that a bomb of one endless line ends."""
GZIP_MAGIC = b"\x1f\x8b"

STREAM_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a damaged or vanished stream raises."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An input opened for reading, unwrapped, its first bytes known and not yet consumed."""

    stream: BinaryIO
    head: bytes
    raw: BinaryIO
    """The same input before it was unwrapped: what a reader that unwraps by itself takes."""
    is_gzip: bool = False


class _Rewound(io.RawIOBase):
    """A stream whose first bytes, already read, are given again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Transcoded(io.RawIOBase):
    """A stream in UTF-16 or UTF-32 as UTF-8, so that its lines can be told by their bytes."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._encoding = encoding
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._stream.read(HEAD_BYTES)
            try:
                self._ready = self._decoder.decode(data, final=not data).encode()
            except UnicodeError as error:
                raise OSError(f"is not the {self._encoding} its first bytes say") from error
            if not data:
                break
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def open_stream(stream: BinaryIO, source: str) -> Opened:
    """Unwrap one layer of gzip, and wide encodings, if there are any.

    Raises RefusedInput for what is damaged from its first bytes.
    """
    opened = _unzipped(stream, source)
    if encoding := wide_encoding(opened.head):
        try:
            narrow = io.BufferedReader(_Transcoded(opened.stream, encoding))
            rewound, head = _with_head(narrow)
        except STREAM_ERRORS as error:
            raise RefusedInput(source, broken(error)) from error
        return Opened(rewound, head, opened.raw, opened.is_gzip)
    return opened


def _unzipped(stream: BinaryIO, source: str) -> Opened:
    raw, head = _with_head(stream)
    if not head.startswith(GZIP_MAGIC):
        return Opened(raw, head, raw)
    try:
        inner = zlib.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
    except zlib.error as error:
        raise RefusedInput(source, f"is damaged gzip: {error}") from error
    if inner.startswith(GZIP_MAGIC):
        raise RefusedInput(source, "is gzip inside gzip")
    unwrapped = io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if not inner:
        # nothing came of it so far: empty, or broken in a way that only reading on tells
        try:
            inner = unwrapped.peek(1)
        except STREAM_ERRORS as error:
            raise RefusedInput(source, f"is damaged gzip: {error}") from error
    return Opened(unwrapped, inner, raw, is_gzip=True)


def _with_head(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    parts: list[bytes] = []
    missing = HEAD_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    head = b"".join(parts)
    rewound = io.BufferedReader(_Rewound(head, stream), HEAD_BYTES)
    return rewound, head


def read_document(
    stream: BinaryIO, limit: int, source: str, *, locator: str | None = None
) -> bytes:
    """All bytes of one document. Raises RefusedInput above the limit or where reading fails."""
    parts: list[bytes] = []
    size = 0
    try:
        while part := stream.read(min(CHUNK_BYTES, limit + 1 - size)):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise RefusedInput(source, over_limit("is", limit), locator=locator)
    except STREAM_ERRORS as error:
        raise RefusedInput(source, broken(error), locator=locator) from error
    return b"".join(parts)


def over_limit(verb: str, limit: int) -> str:
    """The reason given for what is larger than the limit."""
    return f"{verb} larger than {limit:,} bytes (read.max_document_bytes)"


def broken(error: BaseException) -> str:
    """The reason given for a stream that ends in an error."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be read to its end: {words}"


class Lines(Iterator[tuple[int, bytes]]):
    """Numbered lines of a stream, line ends left on.

    `next` raises RefusedInput for a line over the limit, and goes on with the line after it; it
    raises RefusedInput once, and then ends, where the stream breaks.
    """

    def __init__(self, stream: BinaryIO, limit: int, source: str) -> None:
        self._stream = stream
        self._limit = limit
        self._source = source
        self.number = 0
        """Number of the line last given, from 1."""
        self._is_over = False

    def __next__(self) -> tuple[int, bytes]:
        if self._is_over:
            raise StopIteration
        self.number += 1
        locator = f"line {self.number}"
        try:
            line = self._stream.readline(self._limit + 1)
            if len(line) > self._limit:
                del line
                raise RefusedInput(self._source, self._skip_line(), locator=locator)
        except STREAM_ERRORS as error:
            self._is_over = True
            raise RefusedInput(self._source, broken(error), locator=locator) from error
        if not line:
            raise StopIteration
        return self.number, line

    def _skip_line(self) -> str:
        """Pass over the rest of a long line; the reason for refusing it."""
        reason = over_limit("is", self._limit)
        for _ in range(max(1, MAX_SKIPPED_DOCUMENTS * self._limit // CHUNK_BYTES)):
            part = self._stream.readline(CHUNK_BYTES)
            if not part or part.endswith(b"\n"):
                return reason
        self._is_over = True
        return f"{reason}; the rest of the input was given up"
