"""Review decisions, as they stand over the reports that are current now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from tocsin.fuse import retitle
from tocsin.records import Incident, ReportAnchor, ReviewDecision
from tocsin.records.vocab import DecisionKind
from tocsin.resolve import Cluster
from tocsin.review import NOTHING_STANDS, Standing, decided, find_again, replay
from tocsin.store import Store, StoreView


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


def apply_decisions(
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
