"""From reports not yet resolved to incidents: resolve, fuse, relate, decide, write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tocsin.config import Settings
from tocsin.fuse import fuse, relate
from tocsin.pipeline.deciding import apply_decisions, standing_decisions
from tocsin.pipeline.keeping import candidate_keys, kept_keys
from tocsin.records import CandidateReport, Incident, ReportInContext, content_id
from tocsin.resolve import (
    BLOCK_VERSION,
    SCORE_VERSION,
    Cluster,
    PairMemory,
    ResolveSettings,
    resolve_tied,
)
from tocsin.review import Standing
from tocsin.store import FoundTies, Store, StoreView


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

    def candidates(context: ReportInContext) -> Iterable[CandidateReport]:
        return store.candidates(candidate_keys(context))

    version = _ties_version(settings.resolve)
    resolution = resolve_tied(
        seeds,
        candidates,
        settings.resolve,
        rulings=standing.rulings,
        fetch=store.reports_in_context,
        recall=lambda report_ids: store.ties_of(report_ids, version),
        memory=memory,
    )
    seed_ids = frozenset(context.report.id for context in seeds)
    touched = _touched(store, resolution.clusters, seed_ids, standing)
    incidents = _fused(store, touched, standing)
    return _write(store, incidents, FoundTies(version, resolution.ties))


def _ties_version(settings: ResolveSettings) -> str:
    """Of all that decides which pairs are tied, the two reports aside."""
    return f"{SCORE_VERSION} {BLOCK_VERSION} {settings.join_above}"


def _touched(
    store: StoreView, clusters: Sequence[Cluster], seed_ids: frozenset[str], standing: Standing
) -> list[Cluster]:
    """The clusters whose incidents may be others than they were.

    An incident follows from its reports. One that was reached over ties, holds nothing new and has
    the reports it had is as it was, unless it names another one, whose id may have changed, or
    decisions have a say.
    """
    if standing.decisions:
        return list(clusters)
    same = [
        cluster
        for cluster in clusters
        if seed_ids.isdisjoint(cluster.report_ids)
        and not any(context.relations for context in cluster.reports)
    ]
    homes = store.incidents_of_reports(id_ for cluster in same for id_ in cluster.report_ids)
    members = store.members_of(set(homes.values()))
    kept = {
        cluster.report_ids
        for cluster in same
        if members.get(homes.get(cluster.report_ids[0], "")) == frozenset(cluster.report_ids)
    }
    return [cluster for cluster in clusters if cluster.report_ids not in kept]


def _fused(store: Store, clusters: Sequence[Cluster], standing: Standing) -> tuple[Incident, ...]:
    contexts = _with_withdrawals(store, [c for cluster in clusters for c in cluster.reports])
    known = {context.report.id: context for context in contexts}
    targets = {relation.target for context in contexts for relation in context.relations}
    incidents = relate(
        (fuse([known[c.report.id] for c in cluster.reports]) for cluster in clusters),
        contexts,
        elsewhere=store.incidents_of_reports(targets - known.keys()),
    )
    if not standing.decisions:
        return incidents
    return apply_decisions(store, incidents, clusters, standing)


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


def _write(store: Store, incidents: Sequence[Incident], ties: FoundTies) -> list[str]:
    report_ids = [member.report_id for incident in incidents for member in incident.reports]
    before = store.incidents_of_reports(report_ids)
    now = {member.report_id: i.id for i in incidents for member in i.reports}
    current = {incident.id for incident in incidents}
    gone: dict[str, str | None] = {}
    for report_id, old in sorted(before.items()):
        home, founded = now[report_id], content_id("inc", report_id)
        if home != old and founded not in current:
            # The id that a report founded leads to where it went, also if it ended long ago.
            gone[founded] = home
        if old not in current:
            gone.setdefault(old, home)
    return store.write_incidents(
        incidents, gone=gone, resolved_report_ids=report_ids, found_ties=ties
    )
