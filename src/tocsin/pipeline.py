"""The way of a report, all steps joined. The first file to read.

    inputs ─ read ─▶ Article ─ extract ─▶ Reading ─ ground ─▶ Extraction ─ keep ─▶ store
    store ─▶ reports not yet resolved ─ resolve ─▶ clusters ─ fuse ─▶ Incidents ─ keep ─▶ store
                     review decisions ─────┴───────────────────┘ (replayed each time)

`extract_all` is the first line: it needs no store and works article by article, so memory stays
flat. `run` adds the second: every article is kept in the store before it counts as done, and what
was kept but not yet resolved (a killed run, say) is resolved by the next one.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import structlog

from tocsin.config import Settings
from tocsin.errors import EndpointFailed, RecordError, RefusedInput
from tocsin.extract import Extractor, open_extractor
from tocsin.fuse import check_tally, fuse, relate, retitle, share_origins
from tocsin.ground import ground
from tocsin.read import GivenMetadata, editorial_status, read_inputs
from tocsin.records import (
    READABLE_REGIONS,
    Article,
    Descendant,
    Extraction,
    Incident,
    Report,
    ReportAnchor,
    ReportInContext,
    ReviewDecision,
    TallyCheck,
    content_id,
)
from tocsin.records.vocab import TO_ASIDES, DecisionKind, IncidentStatus, TallyKind
from tocsin.resolve import (
    BLOCK_VERSION,
    Cluster,
    PairMemory,
    bands,
    block_keys,
    descend,
    is_near_copy,
    resolve,
    signature,
    sketch_keys,
    sketch_of,
    sought_keys,
)
from tocsin.review import NOTHING_STANDS, Standing, decided, find_again, replay
from tocsin.store import (
    Clock,
    KeepOutcome,
    Kept,
    Store,
    StoredRun,
    StoredTally,
    StoreView,
    system_clock,
)
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

log = structlog.get_logger()

BATCH_ARTICLES = 32
"""Articles kept in one transaction. They count as kept only after it: a kill loses at most these,
none of which was reported."""
RESOLVE_ARTICLES = 1_000
"""Articles kept between two resolutions: reports wait in memory for resolution, so this bounds it
however long the input is. The record depends on the set of reports alone, not on this number."""
AHEAD_PER_JOB = 8
"""Articles handed to each process in advance: enough to keep it busy, memory still flat."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that turn an article into reports. Opened once per process."""

    extractor: Extractor
    gazetteer: Gazetteer
    actors: ActorCatalogue

    @classmethod
    def open(cls, settings: Settings) -> Parts:
        """The parts that ship with Tocsin, and the user's gazetteer where one is named."""
        user = Path(settings.where.gazetteer) if settings.where.gazetteer else None
        gazetteer, actors = Gazetteer.open(user=user), ActorCatalogue.open()
        model = Path(settings.extract.model) if settings.extract.model else None
        extractor = open_extractor(
            settings.extract.reader,
            gazetteer=gazetteer,
            actors=actors,
            model=model,
            endpoint=settings.extract.endpoint,
        )
        return cls(extractor, gazetteer, actors)

    def extract(self, article: Article) -> Extraction:
        """What one article reports, values as meant. An unsupported language yields nothing."""
        if not article.is_supported_language:
            return Extraction(article.id, self.extractor.version)
        return ground(article, self.extractor.read(article), self.gazetteer, self.actors)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article and what it reports; None where the store already holds it unchanged."""

    article: Article
    extraction: Extraction | None


def extract_guarded(parts: Parts, article: Article) -> Extracted | RefusedInput:
    """What one article reports; a refusal where it breaks the reader."""
    try:
        return Extracted(article, parts.extract(article))
    except EndpointFailed as error:
        return RefusedInput(article.source or article.id, str(error))
    # Any fault in the rules on hostile text must cost that article alone, not the run; the
    # traceback is logged, the article is named and counted as refused.
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        log.error("extraction failed", article=article.id, source=article.source, exc_info=error)
        return RefusedInput(
            article.source or article.id,
            f"could not be extracted ({type(error).__name__}: {error}); please report this",
            locator=f"article {article.id}",
        )


def extract_all(
    inputs: Sequence[str],
    settings: Settings,
    *,
    given: GivenMetadata | None = None,
    jobs: int = 1,
    is_kept: Callable[[Article, str], bool] | None = None,
) -> Iterator[Extracted | RefusedInput]:
    """Read and extract every input, lazily and in input order, whatever `jobs` is.

    `is_kept(article, extractor_version)` says whether a store already holds this very text as read
    by this version: such an article comes back with `extraction` None and costs no more.
    """
    parts = Parts.open(settings)
    known = is_kept or (lambda _article, _version: False)
    items = read_inputs(inputs, settings.read, given=given or GivenMetadata())
    if jobs == 1:
        for item in items:
            if isinstance(item, RefusedInput):
                yield item
            elif known(item, parts.extractor.version):
                yield Extracted(item, None)
            else:
                yield extract_guarded(parts, item)
        return
    yield from _extract_parallel(items, parts.extractor.version, known, jobs, settings)


_parts_of_process: Parts | None = None


def _open_in_process(settings: Settings) -> None:
    global _parts_of_process  # noqa: PLW0603 (one set of parts per worker process)
    _parts_of_process = Parts.open(settings)


def _extract_in_process(article: Article) -> Extracted | RefusedInput:
    assert _parts_of_process is not None  # noqa: S101 (set by the pool's initializer)
    return extract_guarded(_parts_of_process, article)


def _extract_parallel(
    items: Iterable[Article | RefusedInput],
    version: str,
    known: Callable[[Article, str], bool],
    jobs: int,
    settings: Settings,
) -> Iterator[Extracted | RefusedInput]:
    """As `extract_all`, in `jobs` processes; order is kept and the queue is bounded."""
    waiting: deque[Extracted | RefusedInput | Future[Extracted | RefusedInput]] = deque()
    # spawn: forking a process that holds threads and an open store is asking for trouble
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs,
        mp_context=context,
        initializer=_open_in_process,
        initargs=(settings,),
    ) as pool:
        try:
            for item in items:
                if isinstance(item, RefusedInput):
                    waiting.append(item)
                elif known(item, version):
                    waiting.append(Extracted(item, None))
                else:
                    waiting.append(pool.submit(_extract_in_process, item))
                while len(waiting) > jobs * AHEAD_PER_JOB:
                    yield _settled(waiting.popleft())
            while waiting:
                yield _settled(waiting.popleft())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _settled(
    item: Extracted | RefusedInput | Future[Extracted | RefusedInput],
) -> Extracted | RefusedInput:
    return item.result() if isinstance(item, Future) else item


@dataclass(slots=True)
class RunSummary:
    """What one run did. Grows while it runs; `kept` counts only what is safely in the store."""

    read: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    reports: int = 0
    tallies: int = 0
    other_language: int = 0
    refused: list[RefusedInput] = field(default_factory=list)
    changed_incidents: list[str] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Articles that are in the store, newly or already."""
        return self.new + self.revised + self.unchanged

    def counts(self) -> dict[str, int]:
        """The figures of the run, by name."""
        return {
            "read": self.read,
            "new": self.new,
            "revised": self.revised,
            "unchanged": self.unchanged,
            "reports": self.reports,
            "tallies": self.tallies,
            "other_language": self.other_language,
            "incidents_changed": len(self.changed_incidents),
            "refused": len(self.refused),
        }


def run(
    inputs: Sequence[str],
    store: Store,
    settings: Settings,
    *,
    given: GivenMetadata | None = None,
    jobs: int = 1,
    on_progress: Callable[[RunSummary], None] = lambda _summary: None,
    clock: Clock = system_clock,
) -> RunSummary:
    """Read every input into the store and bring the record up to date.

    A bad input is refused by name and stops nothing. Raises StoreError when the store fails.
    """
    summary = RunSummary()
    started_at = clock()
    batch: list[Kept] = []
    changed: set[str] = set()
    memory = PairMemory()
    resolved_at = 0

    def is_kept(article: Article, version: str) -> bool:
        return store.is_kept(article.id, article.sha256, version)

    try:
        for item in extract_all(inputs, settings, given=given, jobs=jobs, is_kept=is_kept):
            if isinstance(item, RefusedInput):
                _refuse(summary, store, item)
            elif item.extraction is None:
                summary.read += 1
                summary.unchanged += 1
            else:
                clash = _id_clash(store, batch, item.article)
                if clash is not None:
                    _refuse(summary, store, clash)
                    continue
                summary.read += 1
                kept = to_keep(item.article, item.extraction)
                if isinstance(kept, RefusedInput):
                    _refuse(summary, store, kept)
                    continue
                batch.append(kept)
                if len(batch) >= BATCH_ARTICLES:
                    _keep(summary, store, batch)
                    batch = []
                if summary.new + summary.revised - resolved_at >= RESOLVE_ARTICLES:
                    resolved_at = summary.new + summary.revised
                    changed.update(resolve_pending(store, settings, memory=memory))
            on_progress(summary)
    finally:
        # Also when interrupted: what was extracted is kept, and the next run resolves it.
        _keep(summary, store, batch)
    on_progress(summary)
    changed.update(resolve_pending(store, settings, memory=memory))
    current = (store.incident(incident_id) for incident_id in changed)
    summary.changed_incidents = sorted({stored.incident.id for stored in current if stored})
    store.record_run(StoredRun(started_at, clock(), {"inputs": list(inputs), **summary.counts()}))
    return summary


def _id_clash(store: Store, batch: Sequence[Kept], article: Article) -> RefusedInput | None:
    """The refusal of an article whose id another article has; None where it may be kept."""
    known = next((k.article for k in reversed(batch) if k.article.id == article.id), None)
    known = known or store.article(article.id)
    if known is None or known.sha256 == article.sha256 or not _is_other_article(known, article):
        return None
    return RefusedInput(
        article.source or article.id,
        f"the id {article.id!r} is taken by another article, from {known.source or 'elsewhere'}",
    )


def keep_extracted(store: Store, extracted: Extracted) -> KeepOutcome | RefusedInput:
    """Keep one extracted article in a transaction of its own; its reports are then unresolved."""
    article = extracted.article
    if extracted.extraction is None:
        return KeepOutcome.UNCHANGED
    clash = _id_clash(store, (), article)
    if clash is not None:
        return clash
    kept = to_keep(article, extracted.extraction)
    return kept if isinstance(kept, RefusedInput) else store.keep(kept, is_copy=is_copy)


def _refuse(summary: RunSummary, store: Store, refusal: RefusedInput) -> None:
    summary.refused.append(refusal)
    store.record_refusal(refusal)


def readable_text(article: Article) -> str:
    """The article without its furniture: what near-copies are recognised by."""
    if not article.regions:
        return article.text
    return "\n".join(
        article.text[region.start : region.end]
        for region in article.regions
        if region.kind in READABLE_REGIONS
    )


def _sketches(article: Article, text: str, extraction: Extraction) -> dict[str, bytes]:
    """The article's sketch, by the report that leads it: its first main one, else its first.

    Others are told in passing; that the articles are alike says nothing of them.
    """
    leads = [report.id for report in extraction.reports if report.is_main]
    leads = leads or [report.id for report in extraction.reports]
    return {id_: sketch_of(article.title, text) for id_ in leads[:1]}


def kept_keys(report: Report, sketch: bytes) -> tuple[str, ...]:
    """All keys under which a report is found."""
    return (*block_keys(report), *sketch_keys(sketch))


def candidate_keys(context: ReportInContext) -> tuple[str, ...]:
    """All keys under which candidates for a report are looked for."""
    return (*sought_keys(context.report), *sketch_keys(context.sketch))


def to_keep(article: Article, extraction: Extraction) -> Kept | RefusedInput:
    """All that is kept of an article, with the keys by which its like are found."""
    status = editorial_status(article)
    text = readable_text(article)
    sketches = _sketches(article, text, extraction)
    keys = {
        report.id: kept_keys(report, sketches.get(report.id, b"")) for report in extraction.reports
    }
    try:
        return Kept(
            article=article,
            extraction=extraction,
            lineage_bands=bands(signature(text)),
            block_keys=keys,
            sketches=sketches,
            is_provisional=status.is_provisional,
            is_correction=status.is_correction or status.is_retraction,
        )
    except RecordError as error:
        return RefusedInput(article.source or article.id, f"its reports are unsound: {error}")


def _keep(summary: RunSummary, store: Store, batch: Sequence[Kept]) -> None:
    """Keep a batch in one transaction, each near-copy in the lineage of what it copies."""
    if not batch:
        return
    for kept, outcome in zip(batch, store.keep_many(batch, is_copy=is_copy), strict=True):
        if outcome is KeepOutcome.UNCHANGED:
            summary.unchanged += 1
            continue
        if outcome is KeepOutcome.NEW:
            summary.new += 1
        else:
            summary.revised += 1
        summary.reports += len(kept.extraction.reports)
        summary.tallies += len(kept.extraction.tallies)
        summary.other_language += not kept.article.is_supported_language


def is_copy(one: Article, other: Article) -> bool:
    """True where two articles share origin text, furniture aside."""
    return is_near_copy(readable_text(one), readable_text(other))


def _is_other_article(known: Article, article: Article) -> bool:
    """True where an id is taken by what is plainly another article, not by an earlier version.

    A revision has the outlet and address of the first version, or most of its words.
    """
    same_place = (known.outlet, known.url) == (article.outlet, article.url)
    return not (same_place and (known.outlet or known.url)) and not is_copy(known, article)


def resolve_pending(
    store: Store, settings: Settings, *, memory: PairMemory | None = None
) -> list[str]:
    """Bring incidents up to date with every report not yet resolved; ids of those that changed.

    Only the neighbourhood of new reports is touched, and the outcome depends on the set of reports
    and on the log of decisions alone, not on when each report arrived. Whoever resolves one store
    often passes the same `memory` each time, which saves time.
    """
    store.key_blocks(BLOCK_VERSION, lambda context: kept_keys(context.report, context.sketch))
    seeds = store.unresolved()
    if not seeds:
        return []
    standing = standing_decisions(store)

    def neighbours(report: ReportInContext) -> Iterable[ReportInContext]:
        return store.reports_sharing(candidate_keys(report))

    clusters = resolve(
        seeds,
        neighbours,
        settings.resolve,
        rulings=standing.rulings,
        fetch=store.reports_in_context,
        memory=memory,
    )
    incidents = _fused(store, clusters, standing)
    return _write(store, incidents)


def standing_decisions(store: StoreView) -> Standing:
    """The log of review decisions, replayed over the reports that are current now."""
    decisions = store.decisions()
    if not decisions:
        return NOTHING_STANDS
    anchors = {anchor for decision in decisions for anchor in decision.anchors}
    present = [_with_present_words(store, decision) for decision in decisions]
    return replay(present, _current_reports(store, anchors))


def _with_present_words(store: StoreView, decision: ReviewDecision) -> ReviewDecision:
    """The decision without the words that a revision of their article moved or took away: the
    value was decided and stays; what stands at those offsets now may say something else."""
    if not decision.words:
        return decision
    kept = {}
    for name, words in decision.words.items():
        article = store.article(words.article_id)
        if article and article.text[words.span.start : words.span.end] == words.span.text:
            kept[name] = words
    return decision if len(kept) == len(decision.words) else replace(decision, words=kept)


def _current_reports(
    store: StoreView, anchors: Collection[ReportAnchor]
) -> dict[ReportAnchor, str]:
    """The current report of each anchor; an article that was revised is looked through again."""
    current = store.current_among(anchor.report_id for anchor in anchors)
    found = {a: a.report_id for a in anchors if a.report_id in current}
    lost = sorted(anchors - found.keys(), key=lambda a: (a.article_id, a.report_id))
    for article_id, group in groupby(lost, key=lambda anchor: anchor.article_id):
        extraction = store.extraction(article_id)
        reports = extraction.reports if extraction else ()
        for anchor in group:
            report_id = find_again(anchor, reports)
            if report_id is not None:
                found[anchor] = report_id
    return found


def _fused(store: Store, clusters: Sequence[Cluster], standing: Standing) -> tuple[Incident, ...]:
    contexts = _with_withdrawals(store, [c for cluster in clusters for c in cluster.reports])
    known = {context.report.id: context for context in contexts}
    targets = {relation.target for context in contexts for relation in context.relations}
    incidents = relate(
        (fuse([known[c.report.id] for c in cluster.reports]) for cluster in clusters),
        contexts,
        elsewhere=store.incidents_of_reports(targets - known.keys()),
    )
    return _decided(store, incidents, clusters, standing) if standing.decisions else incidents


def _decided(
    store: Store, incidents: Sequence[Incident], clusters: Sequence[Cluster], standing: Standing
) -> tuple[Incident, ...]:
    """The incidents as review decisions have them, in the order given."""
    related = {
        report_id
        for decision in standing.decisions
        if decision.kind is DecisionKind.RELATE
        for report_id in standing.reports(decision.id)
    }
    owner = store.incidents_of_reports(related)
    owner |= {member.report_id: i.id for i in incidents for member in i.reports}
    found = []
    for incident, cluster in zip(incidents, clusters, strict=True):
        after = decided(incident, standing, owner)
        found.append(retitle(after, cluster.reports) if after.decisions else after)
    return tuple(found)


def _with_withdrawals(
    store: StoreView, contexts: Sequence[ReportInContext]
) -> list[ReportInContext]:
    """The reports, marked where a text of their lineage has been withdrawn: a notice may hold no
    report of its own and yet take back every copy."""
    withdrawn = store.withdrawn_lineages({context.lineage_id for context in contexts})
    return [
        replace(context, is_withdrawn=True) if context.lineage_id in withdrawn else context
        for context in contexts
    ]


def _write(store: Store, incidents: Sequence[Incident]) -> list[str]:
    report_ids = [member.report_id for incident in incidents for member in incident.reports]
    before = store.incidents_of_reports(report_ids)
    now = {member.report_id: i.id for i in incidents for member in i.reports}
    current = {incident.id for incident in incidents}
    gone: dict[str, str | None] = {}
    for report_id, old in sorted(before.items()):
        if old not in current and (old not in gone or old == content_id("inc", report_id)):
            # An id leads to where its founding report went, so long as that is still told.
            gone[old] = now[report_id]
    return store.write_incidents(incidents, gone=gone, resolved_report_ids=report_ids)


def with_current_relations(
    store: StoreView, incident: Incident, *, as_of: dt.datetime | None = None
) -> Incident:
    """The incident with its relations pointing to incidents as they are now, or were at `as_of`.

    A related incident may have grown into another one since; relations to what is gone, rejected,
    or has become this very incident, are left out. Ties to statements and tallies stay as they are.
    """
    current = []
    for relation in incident.relations:
        if relation.kind in TO_ASIDES:
            current.append(relation)
            continue
        target = store.incident(relation.to, as_of=as_of)
        if target is None or target.incident.status is IncidentStatus.REJECTED:
            continue
        if target.incident.id != incident.id:
            current.append(replace(relation, to=target.incident.id))
    return replace(incident, relations=tuple(current))


def lineages_of(store: StoreView, incident: Incident) -> list[tuple[Descendant, ...]]:
    """The origins behind an incident, the earliest text's first: how the texts of each descend from
    one another. Every kept version of an article is a text."""
    contexts = store.reports_in_context([member.report_id for member in incident.reports])
    groups: dict[str, list[tuple[int, Article]]] = {}
    seen: set[str] = set()
    for context in share_origins(contexts):
        article_id = context.report.article_id
        if article_id not in seen:
            seen.add(article_id)
            versions = store.article_versions(article_id)
            texts = ((one.number, one.article) for one in versions)
            groups.setdefault(context.lineage_id, []).extend(texts)
    first = {
        lineage: min((v.published.date if v.published else dt.date.max) for _, v in versions)
        for lineage, versions in groups.items()
    }
    return [
        descend(groups[lineage]) for lineage in sorted(groups, key=lambda id_: (first[id_], id_))
    ]


def check_tallies(
    store: StoreView, *, as_of: dt.datetime | None = None
) -> list[tuple[StoredTally, TallyCheck]]:
    """Each aggregate claim of the record beside the record's own count, in article order.

    Both as they are now, or as they were known at `as_of`. Strength figures ("5,200 troops") count
    no incidents and are left out.
    """
    incidents = [stored.incident for stored in store.incidents(as_of=as_of)]
    return [
        (stored, check_tally(stored.tally, incidents))
        for stored in store.tallies(as_of=as_of)
        if stored.tally.kind is not TallyKind.STRENGTH
    ]
