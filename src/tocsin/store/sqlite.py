"""The embedded store: one SQLite file, many readers, one writer at a time.

What each method promises stands on `Store` and `StoreView` in `base`.
"""

# ruff: noqa: D102 (documented on the protocols)

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Self

from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, Engine, func, select, text

from tocsin.errors import RecordError, RefusedInput, StoreError
from tocsin.records import (
    Article,
    CandidateReport,
    Extraction,
    Incident,
    KnownTies,
    ReportInContext,
    ReviewDecision,
)
from tocsin.store import contexts, keying, logs, reading, record, schema, tying, watching
from tocsin.store.alerting import Outbox
from tocsin.store.base import (
    DEFAULT_BAND_MATCHES,
    DEFAULT_CANDIDATES,
    ArticleHit,
    ArticleVersion,
    Assignment,
    BlockKeys,
    FoundTies,
    Glance,
    IncidentFilter,
    IncidentSummary,
    IncidentVersion,
    IsCopy,
    KeepOutcome,
    Kept,
    Listing,
    OutletCounts,
    Store,
    StoreCounts,
    StoredIncident,
    StoredRun,
    StoredTally,
)
from tocsin.store.clock import Clock, system_clock
from tocsin.store.config import StoreSettings
from tocsin.store.failures import translated
from tocsin.store.invariants import record_faults
from tocsin.store.keeping import Keeper, block_number, join_lineages, mark_pending
from tocsin.store.location import store_path, without_password
from tocsin.store.opening import WRITES, open_engine, prepare, set_synchronous
from tocsin.store.outbox import SqliteOutbox
from tocsin.store.recording import Recorder, end_unreported, history_instant
from tocsin.store.search import SearchIndex
from tocsin.store.watched import (
    FeedGap,
    FeedState,
    HostState,
    InboxCounts,
    InboxItem,
    Received,
    WatchedItem,
)


def open_store(
    url: str,
    settings: StoreSettings,
    *,
    create: bool = True,
    read_only: bool = False,
    clock: Clock = system_clock,
) -> Store:
    """Open the store at a path or `sqlite:///` URL, bringing an older schema up to date.

    `create` False wants it to be there already; `read_only` promises not to write and needs no
    right to. Raises StoreTooNew for a newer schema, StoreBusy where another process holds it
    longer than `settings.busy_timeout_s`, StoreError for anything that is not a store.
    """
    path = store_path(url)
    shown = without_password(url)
    engine = open_engine(path, settings, read_only=read_only)
    try:
        prepare(engine, path, shown, settings, create=create, read_only=read_only)
    except BaseException:
        engine.dispose()
        raise
    return SqliteStore(engine, shown, clock, read_only=read_only)


class SqliteStore(Store):
    """`Store` on an SQLite file. Get one from `open_store`; use it from one thread at a time."""

    def __init__(self, engine: Engine, url: str, clock: Clock, *, read_only: bool) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._url = url
        self._clock = clock
        self._read_only = read_only
        self._index = SearchIndex()
        self._reports = contexts.ReportReader()
        self._seen_mark: int | None = None
        self._outbox = SqliteOutbox(self._reading, partial(self._writing, through=True))

    @property
    def url(self) -> str:
        return self._url

    @property
    def outbox(self) -> Outbox:
        return self._outbox

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self, *, through: bool = False) -> Iterator[Connection]:
        """A writer's transaction; with `through`, its commit waits until the disk has it."""
        if self._read_only:
            raise StoreError(self._url, "was opened read-only")
        with translated(self._url):
            try:
                with self._writer.connect() as connection:
                    if through:
                        set_synchronous(connection, "FULL")
                    try:
                        with connection.begin():
                            yield connection
                    finally:
                        if through:
                            set_synchronous(connection, "NORMAL")
            # Half a surrogate pair is no text: neither SQLite nor JSON can hold it.
            except (UnicodeEncodeError, PydanticSerializationError) as error:
                raise RecordError("text", "encoding", f"cannot be stored: {error}") from error

    def _now(self) -> dt.datetime:
        return self._clock().astimezone(dt.UTC)

    # articles

    def keep(self, kept: Kept, *, is_copy: IsCopy | None = None) -> KeepOutcome:
        return self.keep_many([kept], is_copy=is_copy)[0]

    def keep_many(
        self, batch: Sequence[Kept], *, is_copy: IsCopy | None = None
    ) -> list[KeepOutcome]:
        if not batch:
            return []
        with self._writing() as connection:
            keeper = Keeper(connection, self._now(), self._index, end_unreported(self._index))
            outcomes = [keeper.keep(kept, is_copy) for kept in batch]
            keeper.flush()
            return outcomes

    def is_kept(self, article_id: str, sha256: str, extractor_version: str) -> bool:
        with self._reading() as connection:
            return reading.is_kept(connection, article_id, sha256, extractor_version)

    def article(self, article_id: str) -> Article | None:
        with self._reading() as connection:
            return reading.latest_article(connection, article_id)

    def articles(self, *, after: str | None = None) -> Iterator[Article]:
        with self._reading() as connection:
            yield from reading.latest_articles(connection, after)

    def outlets(self) -> list[OutletCounts]:
        with self._reading() as connection:
            return reading.outlets(connection)

    def article_versions(self, article_id: str) -> list[ArticleVersion]:
        with self._reading() as connection:
            return reading.article_versions(connection, article_id)

    def extraction(self, article_id: str) -> Extraction | None:
        with self._reading() as connection:
            return contexts.current_extraction(connection, article_id)

    def search_articles(self, query: str, limit: int = 20) -> list[ArticleHit]:
        with self._reading() as connection:
            return self._index.articles(connection, query, limit)

    # lineages

    def band_matches(
        self,
        bands: Sequence[int],
        *,
        exclude: str | None = None,
        limit: int = DEFAULT_BAND_MATCHES,
    ) -> list[str]:
        with self._reading() as connection:
            matches = reading.version_matches(connection, bands, exclude=exclude, limit=limit)
        return list(dict.fromkeys(match.article_id for match in matches))

    def lineage_of(self, article_ids: Iterable[str]) -> dict[str, str]:
        with self._reading() as connection:
            return reading.lineages_of(connection, article_ids)

    def withdrawn_lineages(self, lineage_ids: Iterable[str]) -> set[str]:
        with self._reading() as connection:
            return reading.withdrawn_lineages(connection, lineage_ids)

    def join_lineages(self, article_ids: Iterable[str]) -> str:
        with self._writing() as connection:
            lineage = join_lineages(connection, article_ids)
            if lineage is None:
                raise StoreError(self._url, "an article whose lineage was to be joined is unknown")
            return lineage

    # reports

    def all_report_ids(self) -> list[str]:
        with self._reading() as connection:
            return reading.current_report_ids(connection)

    def current_among(self, report_ids: Iterable[str]) -> frozenset[str]:
        with self._reading() as connection:
            return frozenset(reading.current_keys(connection, report_ids).values())

    def reports_in_context(self, report_ids: Iterable[str]) -> list[ReportInContext]:
        asked = list(report_ids)
        with self._reading() as connection:
            keys = reading.keys_by_id(connection, asked)
            wanted = [keys[id_] for id_ in asked if id_ in keys]
            return list(self._reports.contexts(connection, wanted))

    def reports_sharing(
        self, block_keys: Collection[str], *, limit: int = DEFAULT_CANDIDATES
    ) -> Iterator[ReportInContext]:
        blocks = {block_number(key) for key in block_keys}
        with self._reading() as connection:
            keys = reading.keys_sharing(connection, blocks, limit)
            yield from self._reports.contexts(connection, keys)

    def candidates(
        self, block_keys: Collection[str], *, limit: int = DEFAULT_CANDIDATES
    ) -> list[CandidateReport]:
        blocks = {block_number(key) for key in block_keys}
        with self._reading() as connection:
            return reading.candidates(connection, blocks, limit)

    def key_blocks(self, version: int, keys_of: BlockKeys) -> bool:
        with self._reading() as connection:
            if keying.keyed_by(connection) == version:
                return False
        with self._writing() as connection:
            # Another process may have been quicker while this one waited.
            if keying.keyed_by(connection) == version:
                return False
            keying.key_anew(connection, version, keys_of, self._reports)
            return True

    def unresolved(self) -> list[ReportInContext]:
        with self._reading() as connection:
            self._seen_mark = connection.execute(
                select(func.coalesce(func.max(schema.pending.c.mark), 0))
            ).scalar_one()
            keys = reading.pending_keys(connection)
            return list(self._reports.contexts(connection, keys))

    def ties_of(self, report_ids: Iterable[str], version: str) -> KnownTies:
        with self._reading() as connection:
            return tying.ties_of(connection, report_ids, version)

    def tallies(self, *, as_of: dt.datetime | None = None) -> Iterator[StoredTally]:
        with self._reading() as connection:
            yield from contexts.tallies_as_of(connection, as_of)

    # incidents

    def incidents_of_reports(self, report_ids: Iterable[str]) -> dict[str, str]:
        with self._reading() as connection:
            return reading.incidents_of_reports(connection, report_ids)

    def members_of(self, incident_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        with self._reading() as connection:
            return reading.members_of(connection, incident_ids)

    def write_incidents(
        self,
        incidents: Sequence[Incident],
        *,
        gone: Mapping[str, str | None],
        resolved_report_ids: Iterable[str],
        causes: Mapping[str, Sequence[str]] | None = None,
        found_ties: FoundTies | None = None,
    ) -> list[str]:
        with self._writing() as connection:
            if found_ties is not None:
                tying.write_ties(connection, found_ties.ties, found_ties.version)
            now = history_instant(connection, self._now())
            recorder = Recorder(connection, now, self._index)
            return recorder.write(incidents, gone, resolved_report_ids, causes, self._seen_mark)

    def incident(
        self, incident_id: str, *, as_of: dt.datetime | None = None
    ) -> StoredIncident | None:
        with self._reading() as connection:
            return record.stored_incident(connection, incident_id, as_of)

    def incidents(
        self,
        chosen: IncidentFilter | None = None,
        *,
        as_of: dt.datetime | None = None,
        listing: Listing | None = None,
    ) -> Iterator[StoredIncident]:
        with self._reading() as connection:
            yield from record.stored_incidents(
                connection, chosen or IncidentFilter(), as_of, self._index, listing or Listing()
            )

    def summaries(
        self,
        chosen: IncidentFilter | None = None,
        *,
        as_of: dt.datetime | None = None,
        listing: Listing | None = None,
    ) -> Iterator[IncidentSummary]:
        with self._reading() as connection:
            yield from record.incident_summaries(
                connection, chosen or IncidentFilter(), as_of, self._index, listing or Listing()
            )

    def glances(
        self, chosen: IncidentFilter | None = None, *, as_of: dt.datetime | None = None
    ) -> list[Glance]:
        with self._reading() as connection:
            return record.glances(connection, chosen or IncidentFilter(), as_of, self._index)

    def summaries_of(
        self, keys: Sequence[int], *, as_of: dt.datetime | None = None
    ) -> list[IncidentSummary]:
        with self._reading() as connection:
            return record.summaries_of(connection, keys, as_of)

    def record_mark(self) -> int:
        with self._reading() as connection:
            return record.record_mark(connection)

    def incidents_mark(self) -> int:
        with self._reading() as connection:
            return record.incidents_mark(connection)

    def incident_ids(self, beginning: str, *, limit: int = 20) -> list[str]:
        with self._reading() as connection:
            return record.incident_ids(connection, beginning, limit)

    def history(self, incident_id: str) -> list[IncidentVersion]:
        with self._reading() as connection:
            return record.incident_history(connection, incident_id)

    # logs

    def decide(self, decision: ReviewDecision, *, reopen: Iterable[str] = ()) -> None:
        self.decide_many([(decision, reopen)])

    def decide_many(self, made: Sequence[tuple[ReviewDecision, Iterable[str]]]) -> None:
        with self._writing(through=True) as connection:
            for decision, reopen in made:
                added = logs.add_decision(connection, decision, self._now())
                if added is None:
                    raise StoreError(
                        self._url, f"decision {decision.id} is a different one already"
                    )
                if added:
                    keys = reading.current_keys(connection, reopen)
                    mark_pending(connection, keys, decision.id)

    def assignments(self) -> dict[str, Assignment]:
        with self._reading() as connection:
            return logs.assignments(connection)

    def assign(self, items: Collection[str], reviewer: str | None) -> None:
        with self._writing() as connection:
            logs.assign(connection, items, reviewer, self._now())

    def decisions(self) -> list[ReviewDecision]:
        with self._reading() as connection:
            return logs.decisions(connection)

    def record_refusal(self, refusal: RefusedInput) -> None:
        with self._writing() as connection:
            logs.add_refusal(connection, refusal, self._now())

    def refusals(self) -> list[RefusedInput]:
        with self._reading() as connection:
            return logs.refusals(connection)

    def record_run(self, run: StoredRun) -> None:
        with self._writing() as connection:
            logs.add_run(connection, run)

    def runs(self) -> list[StoredRun]:
        with self._reading() as connection:
            return logs.runs(connection)

    # watched feeds and the inbox

    def feed_states(self) -> list[FeedState]:
        with self._reading() as connection:
            return watching.feed_states(connection)

    def feed_gaps(self, feed_url: str | None = None) -> list[FeedGap]:
        with self._reading() as connection:
            return watching.feed_gaps(connection, feed_url)

    def watched_items(self, keys: Iterable[str]) -> dict[str, WatchedItem]:
        with self._reading() as connection:
            return watching.watched_items(connection, keys)

    def items_due(self, now: dt.datetime) -> list[WatchedItem]:
        with self._reading() as connection:
            return watching.items_due(connection, now)

    def next_item_due(self) -> dt.datetime | None:
        with self._reading() as connection:
            return watching.next_item_due(connection)

    def host_states(self) -> list[HostState]:
        with self._reading() as connection:
            return watching.host_states(connection)

    def quarantined(self) -> list[InboxItem]:
        with self._reading() as connection:
            return watching.quarantined(connection)

    def inbox_counts(self) -> InboxCounts:
        with self._reading() as connection:
            return watching.inbox_counts(connection)

    def save_poll(
        self,
        state: FeedState | None,
        *,
        items: Sequence[WatchedItem] = (),
        received: Sequence[Received] = (),
        gap: FeedGap | None = None,
    ) -> None:
        with self._writing(through=bool(received or items)) as connection:
            watching.save_poll(
                connection, self._now(), state, items=items, received=received, gap=gap
            )

    def save_host(self, state: HostState) -> None:
        with self._writing() as connection:
            watching.save_host(connection, state)

    def take_inbox(self, limit: int) -> list[InboxItem]:
        with self._writing() as connection:
            return watching.take_inbox(connection, limit)

    def put_back(self, keys: Iterable[int]) -> None:
        with self._writing() as connection:
            watching.put_back(connection, keys)

    def leave_inbox(self, keys: Iterable[int]) -> None:
        with self._writing() as connection:
            watching.leave_inbox(connection, keys)

    def quarantine(self, key: int, stage: str, error: str) -> None:
        with self._writing() as connection:
            watching.quarantine(connection, key, stage, error)

    def release(self, keys: Iterable[int] | None = None) -> int:
        with self._writing() as connection:
            return watching.release(connection, keys)

    # the whole

    def counts(self) -> StoreCounts:
        with self._reading() as connection:
            return reading.counts(connection)

    def check(self, *, records: bool = False) -> list[str]:
        with self._writing() as connection:
            said = connection.execute(text("PRAGMA integrity_check")).scalars().all()
            found = [] if said == ["ok"] else [str(line) for line in said]
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            found += [f"{row[0]}: row {row[1]} points nowhere in {row[2]}" for row in broken]
            found += self._index.faults(connection)
        if records:
            with self._reading() as connection:
                found += record_faults(connection)
        return found

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
