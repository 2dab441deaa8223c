"""What is worked out when the record is looked at: relations, lineages, tallies as they stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tocsin.fuse import check_tally, share_origins
from tocsin.records import Article, Descendant, Incident, TallyCheck
from tocsin.records.vocab import TO_ASIDES, IncidentStatus, TallyKind
from tocsin.resolve import descend
from tocsin.store import StoredTally, StoreView


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
