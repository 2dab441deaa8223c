"""The file of a snapshot: a ZIP of JSON Lines, written in one fixed way and read with suspicion.

Parts: `manifest.json`; `incidents.jsonl` (contract JSON, for everyone), `records.jsonl` (the same
incidents in the store's own form, lossless, rejected ones too), `sources.jsonl`, `decisions.jsonl`
and, where texts were asked for, `articles.jsonl`. Lines are sorted by id; decisions as they were
made.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tocsin.errors import DataError, RecordError
from tocsin.snapshot.manifest import Manifest, PartDigest

MANIFEST: Final = "manifest.json"
INCIDENTS: Final = "incidents.jsonl"
RECORDS: Final = "records.jsonl"
SOURCES: Final = "sources.jsonl"
DECISIONS: Final = "decisions.jsonl"
ARTICLES: Final = "articles.jsonl"
REQUIRED: Final = (INCIDENTS, RECORDS, SOURCES, DECISIONS)
PARTS: Final = (*REQUIRED, ARTICLES)

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that ZIP knows, on every part: the file tells nothing of when it was written."""
UNIX: Final = 3
"""System and rights on every part, whatever wrote it."""
MODE: Final = 0o644 << 16
MAX_LINE_BYTES: Final = 64 * 2**20
"""An article of ten million characters with its reports fits; a bomb does not."""
MAX_MANIFEST_BYTES: Final = 2**20
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
)
"""What `zipfile` raises on files that are damaged or of a kind it does not read."""


class SnapshotWriter:
    """Writes the parts of a snapshot one after the other."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, PartDigest] = {}

    def write_part(self, name: str, lines: Iterable[str]) -> None:
        """A part of the lines given, in that order, without holding them."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._archive.open(_info(name), "w", force_zip64=True) as part:
            for line in lines:
                raw = line.encode() + b"\n"
                digest.update(raw)
                size += len(raw)
                count += 1
                part.write(raw)
        self.parts[name] = PartDigest(digest.hexdigest(), size, count)

    def write_manifest(self, manifest: Manifest) -> None:
        """The last part."""
        self._archive.writestr(_info(MANIFEST), manifest.to_bytes())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = UNIX
    info.external_attr = MODE
    return info


class Snapshot:
    """A snapshot that is open for reading. Get one from `open_snapshot`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self.manifest = self._read_manifest()

    def _read_manifest(self) -> Manifest:
        names = self._archive.namelist()
        if len(set(names)) != len(names):
            raise DataError(str(self.path), "holds two parts of one name")
        if MANIFEST not in names:
            raise DataError(str(self.path), f"is no snapshot: it has no {MANIFEST}")
        with self._archive.open(MANIFEST) as part:
            data = part.read(MAX_MANIFEST_BYTES + 1)
        if len(data) > MAX_MANIFEST_BYTES:
            raise DataError(str(self.path), f"{MANIFEST} is too large")
        try:
            manifest = Manifest.from_bytes(data)
        except RecordError as error:
            raise DataError(str(self.path), str(error)) from error
        held, listed = set(names) - {MANIFEST}, set(manifest.parts)
        if held != listed or not set(REQUIRED) <= listed <= set(PARTS):
            raise DataError(str(self.path), "its parts are not those of its manifest")
        return manifest

    @property
    def has_texts(self) -> bool:
        """True where it can be loaded into a store."""
        return ARTICLES in self.manifest.parts

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a part. Raises DataError, at the latest at its end, where the part is not
        what the manifest says."""
        stated, digest, size, count = self.manifest.parts[name], hashlib.sha256(), 0, 0
        try:
            with self._archive.open(name) as part:
                while line := part.readline(MAX_LINE_BYTES):
                    digest.update(line)
                    size += len(line)
                    count += 1
                    if size > stated.size_bytes or not line.endswith(b"\n"):
                        raise DataError(str(self.path), f"{name} is longer than its manifest says")
                    yield line
        except BROKEN as error:
            raise DataError(str(self.path), f"{name} is damaged: {error}") from error
        if PartDigest(digest.hexdigest(), size, count) != stated:
            raise DataError(str(self.path), f"{name} is not what its manifest says")

    def verify(self) -> None:
        """Read every part to its end. Raises DataError."""
        for name in self.manifest.parts:
            for _ in self.lines(name):
                pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()


def open_snapshot(path: Path) -> Snapshot:
    """Open a snapshot and read its manifest. Raises DataError for a file that is none."""
    archive = None
    try:
        archive = zipfile.ZipFile(path)
        return Snapshot(path, archive)
    except BROKEN as error:
        if archive is not None:
            archive.close()
        raise DataError(str(path), f"is no snapshot: {error}") from error
    except DataError:
        if archive is not None:
            archive.close()
        raise
