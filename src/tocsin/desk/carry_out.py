"""Carrying a decision out: into the log, and through the record, as one thing."""

from __future__ import annotations

from tocsin.config import Settings
from tocsin.pipeline import resolve_pending
from tocsin.records import ReviewDecision
from tocsin.store import Store

MAX_ROUNDS = 100
"""Resolutions after one decision. What an incident leaves behind is resolved in the next round, so
two or three are usual; the bound only keeps a fault from running for ever."""


def settle(store: Store, settings: Settings) -> list[str]:
    """Resolve until nothing is left to resolve; ids of the incidents that changed, sorted."""
    changed: set[str] = set()
    for _ in range(MAX_ROUNDS):
        if not store.unresolved():
            break
        changed.update(resolve_pending(store, settings))
    return sorted(changed)


def carry_out(store: Store, settings: Settings, *decisions: ReviewDecision) -> list[str]:
    """Log decisions and recompute what they touch; ids of the incidents that changed, sorted.

    All of them or none are logged. Killed in between, the store knows what is to be recomputed, and
    the next run does it.
    """
    store.decide_many([(decision, _touched(store, decision)) for decision in decisions])
    return settle(store, settings)


def _touched(store: Store, decision: ReviewDecision) -> list[str]:
    """The reports that a decision speaks of, and those that stand with them now."""
    named = {anchor.report_id for anchor in decision.anchors}
    homes = set(store.incidents_of_reports(named).values())
    stored = (store.incident(incident_id) for incident_id in sorted(homes))
    told = {m.report_id for found in stored if found for m in found.incident.reports}
    for anchor in decision.anchors:
        extraction = None if anchor.report_id in told else store.extraction(anchor.article_id)
        told.update(report.id for report in (extraction.reports if extraction else ()))
    return sorted(named | told)
