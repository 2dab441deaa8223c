"""Bytes to text: byte order mark, declared encoding, UTF-8, then the most likely of the others.

A byte order mark selects the encoding and is no part of the text. Nothing else is changed: line
ends, tabs and odd characters stay as they are, so that offsets mean what they meant in the file.
"""

from __future__ import annotations

import codecs

from tocsin.errors import RefusedInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_CHARSETS = frozenset(
    # codecs of Python that are no encodings of text
    {"base64", "bz2", "hex", "idna", "punycode", "quopri", "rot13", "undefined", "uu", "zlib"}
    | {"raw_unicode_escape", "unicode_escape", "mbcs", "oem"}
)
MAX_WESTERN_SHARE = 0.25
"""Above this share of bytes beyond ASCII a text without declaration is hardly Western European."""
SAMPLE_BYTES = 2**16


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 where a byte order mark says so; decoding by this name drops the mark."""
    for mark, name in _MARKS[1:]:
        if head.startswith(mark):
            return name.removesuffix("-le").removesuffix("-be")
    return None


def decode_text(
    data: bytes, source: str, *, declared: str | None = None, locator: str | None = None
) -> str:
    """The text of `data`. Raises RefusedInput for what is binary or in no encoding known."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], name, source, locator)
    if looks_binary(data[:SAMPLE_BYTES]):
        raise RefusedInput(source, "is binary, not text", locator=locator)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    if declared and (text := _declared(data, declared)) is not None:
        return text
    if (text := _western(data)) is not None or (text := _guessed(data)) is not None:
        return text
    reason = f"is neither UTF-8 (byte {at}) nor in an encoding that could be told"
    raise RefusedInput(source, reason, locator=locator)


def looks_binary(sample: bytes) -> bool:
    """Whether a sample without byte order mark holds NULs or other control bytes of no text."""
    controls = sum(sample.count(byte) for byte in (1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20))
    return b"\0" in sample or controls > len(sample) // 50


def _decode(data: bytes, name: str, source: str, locator: str | None) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        reason = f"is not the {name} its byte order mark says, from byte {error.start}"
        raise RefusedInput(source, reason, locator=locator) from error


def _declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        if name in _NOT_CHARSETS:
            return None
        # browsers read both as Windows-1252, and pages are written for browsers
        name = "cp1252" if name in {"iso8859-1", "ascii"} else name
        return data.decode(name)
    except (LookupError, ValueError):
        return None


def _western(data: bytes) -> str | None:
    high = sum(1 for byte in data[:SAMPLE_BYTES] if byte >= 0x80)
    if high > MAX_WESTERN_SHARE * min(len(data), SAMPLE_BYTES):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str | None:
    # rarely needed, and slow to import
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    return _declared(data, best.encoding) if best is not None else None
