"""Relations between reports, lifted to the incidents that the reports tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tocsin.records import (
    Attribution,
    Evidence,
    Incident,
    IncidentRelation,
    ReportInContext,
    ReportRelation,
)
from tocsin.records.vocab import RelationKind


def relate(
    incidents: Iterable[Incident],
    contexts: Iterable[ReportInContext],
    elsewhere: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """The incidents, in the order given, each with the relations its reports state.

    `elsewhere` gives the incident ids of reports that tell none of `incidents`. A relation between
    two reports of one incident, or to a report of no known one, is left out.
    Statements of one relation are one, hedged only where all are, by whom the first one names.
    """
    kept = tuple(incidents)
    owner = dict(elsewhere or {})
    owner |= {member.report_id: incident.id for incident in kept for member in incident.reports}
    stated: dict[str, dict[tuple[RelationKind, str], list[tuple[str, ReportRelation]]]] = (
        defaultdict(lambda: defaultdict(list))
    )
    for context in sorted(contexts, key=lambda c: c.report.id):
        for relation in context.relations:
            source, target = owner.get(relation.source), owner.get(relation.target)
            if source is None or target is None or source == target:
                continue
            stated[source][relation.kind, target].append((context.report.article_id, relation))
    return tuple(
        replace(
            incident,
            relations=tuple(
                _lift(kind, target, members)
                for (kind, target), members in sorted(stated[incident.id].items())
            ),
        )
        for incident in kept
    )


def _lift(
    kind: RelationKind, target: str, members: list[tuple[str, ReportRelation]]
) -> IncidentRelation:
    by: Attribution | None = next((relation.by for _, relation in members if relation.by), None)
    evidence = dict.fromkeys(Evidence(article, relation.span) for article, relation in members)
    hedged = all(relation.hedged for _, relation in members)
    return IncidentRelation(kind, target, tuple(evidence), by, hedged)
