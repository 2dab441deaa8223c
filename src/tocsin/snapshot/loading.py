"""A snapshot back into a store: the same record, without reading or resolving anything anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from tocsin.errors import DataError, RefusedInput
from tocsin.pipeline import is_copy, to_keep
from tocsin.records import Article, Extraction, Incident, ReviewDecision
from tocsin.records.codec import from_json
from tocsin.snapshot.archive import ARTICLES, DECISIONS, RECORDS, Snapshot
from tocsin.store import Kept, Store

BATCH = 1_000
"""Articles, and then incidents, of one transaction."""

T = TypeVar("T")


def load(snapshot: Snapshot, store: Store) -> int:
    """Bring the record of a snapshot into an empty store; returns the number of its incidents.

    The incidents are those of the snapshot, to the last word; only the store's own dates (first
    seen, last changed) are new. A killed load leaves a store that is not empty: begin anew. Raises
    DataError for a snapshot without texts, or a damaged one, and for a store that holds something.
    """
    name = str(snapshot.path)
    if not snapshot.has_texts:
        raise DataError(name, "holds no texts; create it with --with-texts to load it")
    if store.counts().articles:
        raise DataError(store.url, "is not empty; a snapshot is loaded into a fresh store")
    snapshot.verify()
    for batch in _batches(_kept(snapshot)):
        store.keep_many(batch, is_copy=is_copy)
    for line in snapshot.lines(DECISIONS):
        store.decide(from_json(ReviewDecision, line))
    store.unresolved()
    written = 0
    for incidents in _batches(from_json(Incident, line) for line in snapshot.lines(RECORDS)):
        reports = [member.report_id for one in incidents for member in one.reports]
        store.write_incidents(incidents, gone={}, resolved_report_ids=reports)
        written += len(incidents)
    return written


def _kept(snapshot: Snapshot) -> Iterator[Kept]:
    for line in snapshot.lines(ARTICLES):
        held = json.loads(line)
        article = from_json(Article, json.dumps(held["article"]))
        kept = to_keep(article, from_json(Extraction, json.dumps(held["extraction"])))
        if isinstance(kept, RefusedInput):
            raise DataError(str(snapshot.path), str(kept))
        yield kept


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch
