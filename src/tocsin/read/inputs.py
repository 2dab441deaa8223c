"""read_inputs: files, folders, globs, standard input and URLs in, articles and refusals out.

Lazy and in order: one document at a time is held in memory, and a refusal stands in the place of
what it refuses.
"""

from __future__ import annotations

import contextlib
import glob
import sys
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from tocsin.errors import FetchFailed, RefusedInput
from tocsin.read.build import build_article
from tocsin.read.charset import decode_text
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft, GivenMetadata
from tocsin.read.json_lines import parse_json, read_json_lines, string_field
from tocsin.read.page import Payload, read_json, read_payload
from tocsin.read.published import read_published
from tocsin.read.sniff import SUFFIXES, Format, sniff, suffix_format
from tocsin.read.stream import STREAM_ERRORS, broken, open_stream, read_document
from tocsin.read.tables import read_csv, read_parquet
from tocsin.read.web_archive import read_web_archive
from tocsin.records import Article

STANDARD_INPUT = "-"
URL_SCHEMES = ("http://", "https://")
SIDECAR_SUFFIX = ".json"
SIDECAR_FIELDS = ("id", "title", "published", "outlet", "url")
GIVEN_ORIGIN = "given with the input"
_GLOB_CHARACTERS = frozenset("*?[")


def read_inputs(
    inputs: Sequence[str],
    settings: ReadSettings,
    *,
    given: GivenMetadata = GivenMetadata(),  # noqa: B008 - frozen
) -> Iterator[Article | RefusedInput]:
    """Articles of all inputs, in order, lazily. What cannot be read is a RefusedInput in its
    place; nothing an input holds raises.

    `given` is what the command line says of text files and pages. A sidecar `NAME.json` beside
    `NAME.txt`, `{"id", "title", "published", "outlet", "url"}`, says it of one file and wins over
    `given`.
    """
    for name in inputs:
        try:
            if name == STANDARD_INPUT:
                yield from _read_stream(sys.stdin.buffer, name, None, settings, given)
            elif name.lower().startswith(URL_SCHEMES):
                yield from _read_url(name, settings, given)
            else:
                for path in _files(name):
                    yield from _read_file(path, settings, given)
        except RefusedInput as refusal:
            yield refusal
        except STREAM_ERRORS as error:
            yield RefusedInput(name, broken(error))


def _files(name: str) -> Iterator[Path]:
    """The files an input names: itself, those below a folder, or those that match a glob, sorted.

    Raises RefusedInput where there is none.
    """
    path = Path(name)
    try:
        if path.is_dir():
            yield from _files_below(path)
            return
        if path.exists():
            yield path
            return
    except (OSError, ValueError) as error:
        raise RefusedInput(name, broken(error)) from error
    if not _GLOB_CHARACTERS & set(name):
        raise RefusedInput(name, "there is no such file or folder")
    matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the pattern may be absolute
    if not matches:
        raise RefusedInput(name, "matches no file")
    for match in map(Path, matches):
        if match.is_dir():
            continue
        yield match


def _files_below(folder: Path) -> Iterator[Path]:
    """Readable files below a folder, sorted, sidecars and hidden files left out.

    Files of other kinds (images, scripts) are passed over: only what was named is refused.
    """
    count = 0
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") for part in inside) or not path.is_file():
            continue
        if suffix_format(path.name) is None or _is_sidecar(path):
            continue
        count += 1
        yield path
    if not count:
        raise RefusedInput(str(folder), "holds no file that can be read")


def _is_sidecar(path: Path) -> bool:
    return path.suffix == SIDECAR_SUFFIX and any(
        path.with_suffix(suffix).is_file()
        for suffix, form in SUFFIXES.items()
        if form in {Format.TEXT, Format.HTML}
    )


def _read_file(
    path: Path, settings: ReadSettings, given: GivenMetadata
) -> Iterator[Article | RefusedInput]:
    name = str(path)
    try:
        if not path.is_file():
            raise RefusedInput(name, "is no regular file")
        promised = suffix_format(path.name)
        if promised in {Format.TEXT, Format.HTML}:
            given = yield from _with_sidecar(path, given, settings)
        with path.open("rb") as stream:
            yield from _read_stream(stream, name, promised, settings, given)
    except RefusedInput as refusal:
        yield refusal
    except STREAM_ERRORS as error:
        yield RefusedInput(name, broken(error))


def _with_sidecar(
    path: Path, given: GivenMetadata, settings: ReadSettings
) -> Generator[RefusedInput, None, GivenMetadata]:
    """`given` overlaid with what the sidecar says; a bad sidecar is refused, its text is not."""
    stem = path.with_suffix("") if path.suffix == ".gz" else path
    sidecar = stem.with_suffix(SIDECAR_SUFFIX)
    if not sidecar.is_file():
        return given
    try:
        with sidecar.open("rb") as stream:
            data = read_document(stream, settings.max_document_bytes, str(sidecar))
        record = parse_json(decode_text(data, str(sidecar)), str(sidecar), None)
        if not isinstance(record, dict):
            raise RefusedInput(str(sidecar), "is not a JSON object")
        said: dict[str, str] = {}
        for field in SIDECAR_FIELDS:
            if value := string_field(record, field, str(sidecar), None):
                said[field] = value
        return replace(given, **said)
    except RefusedInput as refusal:
        yield refusal
    except OSError as error:
        yield RefusedInput(str(sidecar), broken(error))
    return given


def _read_stream(
    stream: BinaryIO,
    source: str,
    promised: Format | None,
    settings: ReadSettings,
    given: GivenMetadata,
) -> Iterator[Article | RefusedInput]:
    """Articles of one open file or of standard input. Raises RefusedInput for the whole of it."""
    opened = open_stream(stream, source)
    form = sniff(opened.head, promised)
    limit = settings.max_document_bytes
    match form:
        case Format.EMPTY:
            raise RefusedInput(source, "is empty")
        case Format.BINARY:
            raise RefusedInput(source, "is binary, in no format that can be read")
        case Format.JSON_LINES:
            yield from read_json_lines(opened.stream, source, settings)
        case Format.CSV | Format.TSV:
            delimiter = "\t" if form is Format.TSV else None
            yield from read_csv(opened.stream, source, settings, delimiter=delimiter)
        case Format.PARQUET:
            if opened.is_gzip or not stream.seekable():
                raise RefusedInput(source, "is Parquet, which can only be read from a plain file")
            stream.seek(0)
            yield from read_parquet(stream, source, settings)
        case Format.WARC:
            yield from read_web_archive(opened.raw, source, settings)
        case Format.TEXT:
            data = read_document(opened.stream, limit, source)
            yield build_article(_text_draft(data, source, given), settings)
        case Format.JSON:
            data = read_document(opened.stream, limit, source)
            record = parse_json(decode_text(data, source), source, None)
            yield from read_json(record, source, settings)
        case Format.HTML | Format.FEED:
            data = read_document(opened.stream, limit, source)
            payload = Payload(data, source, given=given, promised=form)
            yield from read_payload(payload, settings)


def _text_draft(data: bytes, source: str, given: GivenMetadata) -> Draft:
    """The draft of a text file: its decoded bytes, with nothing but a byte order mark removed."""
    published, extra = read_published(given.published, origin=GIVEN_ORIGIN)
    return Draft(
        text=decode_text(data, source),
        source=source,
        id=given.id,
        url=given.url,
        outlet=given.outlet,
        title=given.title,
        published=published,
        extra=extra,
    )


def _read_url(
    url: str, settings: ReadSettings, given: GivenMetadata
) -> Iterator[Article | RefusedInput]:
    from tocsin.fetch.client import Fetcher  # noqa: PLC0415 - slow to import

    try:
        fetched = Fetcher(settings.fetch).get(url)
    except FetchFailed as failure:
        raise RefusedInput(url, failure.reason) from failure
    if not fetched.is_ok:
        raise RefusedInput(url, f"answers with status {fetched.status}")
    path = ""
    with contextlib.suppress(ValueError):
        path = urlsplit(fetched.url).path
    payload = Payload(
        fetched.data,
        url,
        given=replace(given, url=given.url or fetched.url),
        kind=fetched.kind,
        charset=fetched.charset,
        promised=None if fetched.kind else suffix_format(path),
    )
    yield from read_payload(payload, settings)
