"""Fuzz the web-archive reader."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

from fuzz.promise import SETTINGS, reader
from tocsin.errors import RefusedInput
from tocsin.read.web_archive import read_web_archive
from tocsin.records import Article

_BODY = b"<p>Two men were hurt in a blast near the mill.</p>"
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _BODY
_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    % len(_HTTP)
    + _HTTP
    + b"\r\n\r\n"
)
SEEDS = (_RECORD, _RECORD * 2, gzip.compress(_RECORD), _RECORD[:150])


def read(data: bytes) -> Iterator[Article | RefusedInput]:
    """Read the bytes as a web archive."""
    return read_web_archive(io.BytesIO(data), "fuzz", SETTINGS)


check = reader(read)
