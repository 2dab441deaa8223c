"""Relations between reports, lifted to the incidents that the reports tell.

Beside them stand two ties to what is no incident: a threat made before it, and a count of attacks
that includes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tocsin.fuse.origins import share_origins
from tocsin.fuse.retractions import standing
from tocsin.fuse.stated import published_at
from tocsin.records import (
    Attribution,
    Evidence,
    Incident,
    IncidentRelation,
    ReportInContext,
    ReportRelation,
)
from tocsin.records.vocab import IncludesCurrent, RelationKind, StatementKind, TallyKind

_THREATS = frozenset({StatementKind.THREAT, StatementKind.VOW})


def relate(
    incidents: Iterable[Incident],
    contexts: Sequence[ReportInContext],
    elsewhere: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """The incidents, in the order given, each with the relations its reports state.

    `elsewhere` gives the incident ids of reports that tell none of `incidents`. A relation between
    two reports of one incident, or to a report of no known one, is left out.
    Statements of one relation are one, hedged only where all are, by whom the first one names. What
    was taken back ties nothing.
    """
    kept = tuple(incidents)
    owner = dict(elsewhere or {})
    owner |= {member.report_id: incident.id for incident in kept for member in incident.reports}
    stated: dict[str, dict[tuple[RelationKind, str], list[tuple[str, ReportRelation]]]] = (
        defaultdict(lambda: defaultdict(list))
    )
    telling: dict[str, list[ReportInContext]] = defaultdict(list)
    for context in contexts:
        if context.report.id in owner:
            telling[owner[context.report.id]].append(context)
    telling = {id_: standing(share_origins(members)) for id_, members in telling.items()}
    left = [context for members in telling.values() for context in members]
    for context in sorted(left, key=lambda c: c.report.id):
        for relation in context.relations:
            source, target = owner.get(relation.source), owner.get(relation.target)
            if source is None or target is None or source == target:
                continue
            stated[source][relation.kind, target].append((context.report.article_id, relation))
    return tuple(
        replace(
            incident,
            relations=(
                *(
                    _lift(kind, target, members)
                    for (kind, target), members in sorted(stated[incident.id].items())
                ),
                *_asides(telling.get(incident.id, ())),
            ),
        )
        for incident in kept
    )


def _asides(contexts: Iterable[ReportInContext]) -> list[IncidentRelation]:
    """Threats that reports put before the incident, and tallies that they count it in.

    Copies of one text say it once: the first of a lineage gives the id.
    """
    found: dict[tuple[RelationKind, str, str], IncidentRelation] = {}
    for context in sorted(contexts, key=lambda c: (published_at(c), c.report.id)):
        threats = (
            (RelationKind.PRECEDED_BY_THREAT, statement.id, statement.span)
            for statement in context.statements
            if statement.is_before and statement.kind in _THREATS
        )
        counts = (
            (RelationKind.IN_TALLY, tally.id, tally.span)
            for tally in context.tallies
            if tally.kind is TallyKind.INCIDENTS and tally.includes_current is IncludesCurrent.YES
        )
        for kind, target, span in (*threats, *counts):
            words = Evidence(context.report.article_id, span)
            key = (kind, context.lineage_id, " ".join(span.text.casefold().split()))
            known = found.setdefault(key, IncidentRelation(kind, target, (words,)))
            if words not in known.evidence:
                found[key] = replace(known, evidence=(*known.evidence, words))
    return sorted(found.values(), key=lambda one: (one.kind, one.to))


def _lift(
    kind: RelationKind, target: str, members: list[tuple[str, ReportRelation]]
) -> IncidentRelation:
    by: Attribution | None = next((relation.by for _, relation in members if relation.by), None)
    evidence = dict.fromkeys(Evidence(article, relation.span) for article, relation in members)
    hedged = all(relation.hedged for _, relation in members)
    return IncidentRelation(kind, target, tuple(evidence), by, hedged)
