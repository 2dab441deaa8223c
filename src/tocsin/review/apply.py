"""Applying what stands to an incident that was fused from its reports alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.records import Incident, IncidentRelation, ReviewDecision
from tocsin.records.vocab import DecisionKind, IncidentStatus, RelationKind
from tocsin.review.fields import FieldName, with_value
from tocsin.review.replay import Standing

SETTING = frozenset({DecisionKind.EDIT, DecisionKind.PIN})
JUDGING = frozenset({DecisionKind.CONFIRM, DecisionKind.REJECT})


def decided(incident: Incident, standing: Standing, owner: Mapping[str, str]) -> Incident:
    """The incident with the values, verdict and relations that decisions give it.

    `owner` names the incident of every report that a relation may lead to. Of two decisions on one
    thing the later holds. The title is left as it was: it is for whoever fuses to write it anew.
    """
    bearing = standing.bearing_on(member.report_id for member in incident.reports)
    if not bearing:
        return incident
    setting = in_force(bearing)
    used: set[str] = set()
    for name, decision in setting.items():
        words = decision.words.get(name)
        incident = with_value(incident, name, decision.field_values[name], decision.id, words)
        used.add(decision.id)
    verdict = last_verdict(bearing)
    if verdict is not None:
        used.add(verdict.id)
        if verdict.kind is DecisionKind.CONFIRM:
            incident = replace(incident, reviewed=True)
        else:
            incident = replace(incident, status=IncidentStatus.REJECTED)
    for decision in bearing:
        if decision.kind is DecisionKind.RELATE:
            relation = _relation(decision, standing, owner)
            if relation is not None and relation.to != incident.id:
                incident = _related(incident, relation)
                used.add(decision.id)
    return replace(incident, decisions=tuple(d.id for d in bearing if d.id in used))


def in_force(bearing: Sequence[ReviewDecision]) -> dict[FieldName, ReviewDecision]:
    """Of each field the last decision that sets it, in the order of the fields."""
    found = {
        FieldName(name): decision
        for decision in bearing
        if decision.kind in SETTING
        for name in decision.field_values
    }
    return {name: found[name] for name in FieldName if name in found}


def last_verdict(bearing: Sequence[ReviewDecision]) -> ReviewDecision | None:
    """The last confirmation or rejection; None where there is none."""
    return next((d for d in reversed(bearing) if d.kind in JUDGING), None)


def _relation(
    decision: ReviewDecision, standing: Standing, owner: Mapping[str, str]
) -> IncidentRelation | None:
    _, *targets = standing.subjects[decision.id]
    to = next((owner[id_] for target in targets for id_ in target if id_ in owner), None)
    if to is None or decision.relation is None:
        return None
    return IncidentRelation(RelationKind(decision.relation), to, (), decided_by=decision.id)


def _related(incident: Incident, relation: IncidentRelation) -> Incident:
    """A relation that reports state too is theirs, and now without a hedge."""
    kept = []
    for known in incident.relations:
        if (known.kind, known.to) == (relation.kind, relation.to):
            relation = replace(known, hedged=False, decided_by=relation.decided_by)
        else:
            kept.append(known)
    ordered = sorted((*kept, relation), key=lambda r: (r.kind, r.to))
    return replace(incident, relations=tuple(ordered))
