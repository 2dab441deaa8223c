"""A run: every input read into the store, and the record brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tocsin.config import Settings
from tocsin.errors import RefusedInput
from tocsin.pipeline.extracting import extract_all
from tocsin.pipeline.keeping import id_clash, is_copy, to_keep
from tocsin.pipeline.resolving import resolve_pending
from tocsin.read import GivenMetadata
from tocsin.records import Article
from tocsin.resolve import PairMemory
from tocsin.store import Clock, KeepOutcome, Kept, Store, StoredRun, system_clock

BATCH_ARTICLES = 32
"""Articles kept in one transaction. They count as kept only after it: a kill loses at most these,
none of which was reported."""

RESOLVE_ARTICLES = 1_000
"""Articles kept between two resolutions: reports wait in memory for resolution, so this bounds it
however long the input is. The record depends on the set of reports alone, not on this number."""


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
                clash = id_clash(store, batch, item.article)
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


def _refuse(summary: RunSummary, store: Store, refusal: RefusedInput) -> None:
    summary.refused.append(refusal)
    store.record_refusal(refusal)


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
