"""Freezing the record of a store into a file."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tocsin import __version__
from tocsin.errors import DataError, StoreBusy
from tocsin.pipeline import with_current_relations
from tocsin.publish.contract import SCHEMA_VERSION, Json, article_json, incident_json
from tocsin.records import Article, Incident
from tocsin.records.codec import to_json
from tocsin.records.vocab import IncidentStatus
from tocsin.snapshot.archive import (
    ARTICLES,
    DECISIONS,
    INCIDENTS,
    RECORDS,
    SOURCES,
    SnapshotWriter,
)
from tocsin.snapshot.manifest import FORMAT_VERSION, Dataset, Manifest
from tocsin.store import IncidentFilter, StoredIncident, StoreView

REJECTED = IncidentFilter(status=IncidentStatus.REJECTED)
_SOURCE_FIELDS = ("id", "sha256", "url", "outlet", "title", "language", "published")


def create(
    store: StoreView,
    path: Path,
    dataset: Dataset,
    *,
    as_of: dt.datetime | None = None,
    with_texts: bool = False,
) -> Manifest:
    """Write a snapshot of the record, as it is or as it was at `as_of`; it appears whole.

    `with_texts` adds every kept article with its reports, so that it can be loaded into a store;
    such a snapshot can only be of the present. Raises DataError where the file is there already,
    StoreBusy where the present changed while it was written.
    """
    if path.exists():
        raise DataError(str(path), "is there already; a snapshot is never overwritten")
    if with_texts and as_of is not None:
        raise DataError(str(path), "a snapshot of the past cannot hold the texts")
    partial = path.with_name(path.name + ".part")
    mark = store.record_mark()
    try:
        with zipfile.ZipFile(partial, "w") as archive, tempfile.TemporaryDirectory() as folder:
            manifest = _write(
                SnapshotWriter(archive),
                store,
                Path(folder),
                dataset=dataset,
                as_of=as_of,
                with_texts=with_texts,
            )
        # The parts are read one after the other. The past does not change between them.
        if as_of is None and store.record_mark() != mark:
            raise StoreBusy(store.url, "the record changed meanwhile: try again, or --as-of")
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(path)
    return manifest


def _write(
    writer: SnapshotWriter,
    store: StoreView,
    folder: Path,
    *,
    dataset: Dataset,
    as_of: dt.datetime | None,
    with_texts: bool,
) -> Manifest:
    with (folder / INCIDENTS).open("w+b") as told, (folder / RECORDS).open("w+b") as kept:
        seen = _Seen(Sorted(told), Sorted(kept))
        for stored in store.incidents(as_of=as_of):
            seen.note(stored, with_current_relations(store, stored.incident, as_of=as_of))
        for stored in store.incidents(REJECTED, as_of=as_of):
            seen.note_rejected(stored.incident)
        writer.write_part(INCIDENTS, seen.told.lines())
        writer.write_part(RECORDS, seen.kept.lines())
    extractors: set[str] = set()
    wanted = None if with_texts else seen.article_ids
    articles = _articles(store, wanted, as_of)
    writer.write_part(SOURCES, _sources(store, articles, extractors))
    decisions = (d for d in store.decisions() if as_of is None or d.at <= as_of)
    writer.write_part(DECISIONS, (to_json(decision) for decision in decisions))
    if with_texts:
        writer.write_part(ARTICLES, _kept(store, _articles(store, None, None)))
    manifest = Manifest(
        format=FORMAT_VERSION,
        dataset=dataset,
        code_version=__version__,
        schema_version=SCHEMA_VERSION,
        extractors=tuple(sorted(extractors)),
        as_of=as_of.isoformat() if as_of else None,
        last_changed=seen.last_changed.isoformat() if seen.last_changed else None,
        parts=writer.parts,
    )
    writer.write_manifest(manifest)
    return manifest


class Sorted:
    """Lines put down in any order and read back by id; only where they lie is held in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: list[tuple[str, int, int]] = []

    def add(self, id_: str, line: str) -> None:
        """Put a line down under its id."""
        raw = line.encode()
        self._places.append((id_, self._file.tell(), len(raw)))
        self._file.write(raw)

    def lines(self) -> Iterator[str]:
        """All of them, by id. Nothing is added after that."""
        for _, start, length in sorted(self._places):
            self._file.seek(start)
            yield self._file.read(length).decode()


@dataclass(slots=True)
class _Seen:
    """What the one pass over the incidents leaves for the other parts."""

    told: Sorted
    kept: Sorted
    article_ids: set[str] = field(default_factory=set)
    last_changed: dt.datetime | None = None

    def note(self, stored: StoredIncident, incident: Incident) -> None:
        first, last = stored.first_seen, stored.last_changed
        told = incident_json(incident, first_seen=first, last_changed=last)
        self.told.add(incident.id, _line(told))
        # The store's own form, with the relations as they were written: what load brings back.
        self.kept.add(incident.id, to_json(stored.incident))
        self.article_ids.update(member.article_id for member in incident.reports)
        self.last_changed = max(last, self.last_changed or last)

    def note_rejected(self, incident: Incident) -> None:
        """No incident for a reader, and part of the record all the same."""
        self.kept.add(incident.id, to_json(incident))


def _line(row: Json) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _articles(
    store: StoreView, wanted: set[str] | None, as_of: dt.datetime | None
) -> Iterator[Article]:
    """The articles wanted, by id, each in its latest version or that of `as_of`."""
    if wanted is None:
        yield from store.articles()
        return
    for id_ in sorted(wanted):
        article = store.article(id_) if as_of is None else _version(store, id_, as_of)
        if article is not None:
            yield article


def _version(store: StoreView, article_id: str, as_of: dt.datetime) -> Article | None:
    known = [v for v in store.article_versions(article_id) if v.recorded_at <= as_of]
    return max(known, key=lambda version: version.number).article if known else None


def _sources(store: StoreView, articles: Iterable[Article], extractors: set[str]) -> Iterator[str]:
    """Which texts the record rests on, by hash; never the texts."""
    for article in articles:
        extraction = store.extraction(article.id)
        version = extraction.extractor_version if extraction else None
        if version:
            extractors.add(version)
        told = article_json(article)
        yield _line({**{name: told[name] for name in _SOURCE_FIELDS}, "extractor_version": version})


def _kept(store: StoreView, articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        extraction = store.extraction(article.id)
        if extraction is not None:
            yield f'{{"article":{to_json(article)},"extraction":{to_json(extraction)}}}'
