"""Acts of review: from incidents as a person sees them to a `ReviewDecision` that stands by itself.

Nothing is written here. Each act raises ReviewError where it cannot be meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from tocsin.errors import ReviewError
from tocsin.fuse import fuse
from tocsin.records import (
    Evidence,
    Incident,
    ReportInContext,
    ReviewDecision,
    anchors_of,
    content_id,
)
from tocsin.records.context import incident_id_of
from tocsin.records.vocab import DecisionKind, IncidentStatus, RelationKind
from tocsin.review import FieldName, active, parse_value, value_text, withdrawn
from tocsin.review.fields import KEY_FIELDS
from tocsin.store import StoreView


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, when, and why. `at` has an offset."""

    reviewer: str
    at: dt.datetime
    reason: str = ""


def merge(store: StoreView, incidents: Sequence[Incident], by: By) -> ReviewDecision:
    """Two or more incidents are one."""
    distinct = {incident.id: incident for incident in incidents}
    if len(distinct) < 2:
        raise ReviewError("merge", "takes two different incidents or more")
    _none_rejected("merge", distinct.values())
    told = [_reports(store, incident) for incident in distinct.values()]
    return _decision(
        by,
        DecisionKind.MERGE,
        inputs=tuple(distinct),
        outputs=(incident_id_of(context for reports in told for context in reports),),
        subjects=told,
    )


def split(store: StoreView, incident: Incident, members: Collection[str], by: By) -> ReviewDecision:
    """Some reports of an incident, named by report or article ids, tell another one."""
    _none_rejected("split", [incident])
    reports = _reports(store, incident)
    named = frozenset(members)
    leaving = [context for context in reports if not named.isdisjoint(_names(context))]
    unknown = named - {name for context in reports for name in _names(context)}
    if unknown:
        raise ReviewError("split", f"{incident.id} has no report or article {min(unknown)}")
    staying = [context for context in reports if context not in leaving]
    if not leaving or not staying:
        raise ReviewError("split", "takes some of the incident's reports, and not all")
    return _decision(
        by,
        DecisionKind.SPLIT,
        inputs=(incident.id,),
        outputs=(incident_id_of(staying), incident_id_of(leaving)),
        subjects=[staying, leaving],
    )


def keep_apart(store: StoreView, one: Incident, other: Incident, by: By) -> ReviewDecision:
    """Two incidents that are alike are two: nothing joins their reports until that is undone."""
    if one.id == other.id:
        raise ReviewError("keep apart", "takes two different incidents")
    _none_rejected("keep apart", [one, other])
    return _decision(
        by,
        DecisionKind.SPLIT,
        inputs=(one.id, other.id),
        outputs=(one.id, other.id),
        subjects=[_reports(store, one), _reports(store, other)],
    )


def confirm(store: StoreView, incident: Incident, by: By) -> ReviewDecision:
    """The incident is as it stands. Lifts a rejection."""
    reports = _reports(store, incident)
    plain = fuse(reports)
    return _decision(
        by,
        DecisionKind.CONFIRM,
        inputs=(incident.id,),
        outputs=(incident.id,),
        subjects=[reports],
        evidence={name.value: value_text(plain, name) for name in KEY_FIELDS},
    )


def reject(store: StoreView, incident: Incident, by: By) -> ReviewDecision:
    """What the reports tell is no incident."""
    _none_rejected("reject", [incident])
    return _decision(
        by, DecisionKind.REJECT, inputs=(incident.id,), subjects=[_reports(store, incident)]
    )


def edit(
    store: StoreView,
    incident: Incident,
    values: Mapping[FieldName, str],
    by: By,
    words: Mapping[FieldName, Evidence] = MappingProxyType({}),
) -> ReviewDecision:
    """Fields of the incident have these values (JSON text), whatever reports say.

    `words` are those of an article that the reviewer showed for a field. Raises RecordError naming
    the field where a text is no value of it.
    """
    if not values:
        raise ReviewError("edit", "takes a field and its value")
    for name, text in values.items():
        parse_value(name, text)
    if not words.keys() <= values.keys():
        raise ReviewError("edit", "takes words only for a field that it sets")
    return _setting(store, incident, DecisionKind.EDIT, values, by, words=words)


def pin(
    store: StoreView, incident: Incident, names: Collection[FieldName], by: By
) -> ReviewDecision:
    """Fields of the incident keep the values they have now, whatever later reports say."""
    if not names:
        raise ReviewError("pin", "takes the name of a field")
    values = {name: value_text(incident, name) for name in names}
    return _setting(store, incident, DecisionKind.PIN, values, by)


def relate(
    store: StoreView, incident: Incident, kind: RelationKind, other: Incident, by: By
) -> ReviewDecision:
    """The incident stands in a relation to another one."""
    if incident.id == other.id:
        raise ReviewError("relate", "takes two different incidents")
    _none_rejected("relate", [incident, other])
    return _decision(
        by,
        DecisionKind.RELATE,
        inputs=(incident.id, other.id),
        outputs=(incident.id,),
        subjects=[_reports(store, incident), _reports(store, other)],
        relation=kind,
    )


def undo(store: StoreView, decision: ReviewDecision, by: By) -> ReviewDecision:
    """A decision is withdrawn; an undo too, which brings back what it had withdrawn."""
    if decision.id in withdrawn(store.decisions()):
        raise ReviewError("undo", f"{decision.id} was undone already")
    made = _decision(by, DecisionKind.UNDO, inputs=(decision.id,), subjects=())
    return replace(made, subjects=decision.subjects)


def made_together(
    log: Sequence[ReviewDecision], decision: ReviewDecision
) -> tuple[ReviewDecision, ...]:
    """The decisions that one reviewer made in one go with this one, in log order, itself among
    them: they share the instant."""
    return tuple(one for one in log if one.at == decision.at and one.reviewer == decision.reviewer)


def undo_together(store: StoreView, decision: ReviewDecision, by: By) -> tuple[ReviewDecision, ...]:
    """All that was decided in one go is withdrawn, where it is not yet."""
    log = store.decisions()
    gone = withdrawn(log)
    left = [one for one in made_together(log, decision) if one.id not in gone]
    if not left:
        raise ReviewError("undo", f"{decision.id} was undone already")
    return tuple(undo(store, one, by) for one in left)


def renew(store: StoreView, decision: ReviewDecision, by: By) -> ReviewDecision:
    """A decision that was offered anew stands: someone has looked at what came since."""
    if decision.id not in {known.id for known in active(store.decisions())}:
        raise ReviewError("confirm", f"{decision.id} is not in force")
    homes = store.incidents_of_reports(anchor.report_id for anchor in decision.anchors)
    found = {id_: store.incident(id_) for id_ in sorted(set(homes.values()))}
    told = [_reports(store, stored.incident) for stored in found.values() if stored]
    if not told:
        raise ReviewError("confirm", f"no report of {decision.id} is in the record")
    evidence: dict[str, str] = {}
    if decision.evidence:
        home = homes.get(decision.anchors[0].report_id)
        seen = store.incident(home) if home else None
        plain = fuse(_reports(store, seen.incident)) if seen else fuse(told[0])
        evidence = {name: value_text(plain, FieldName(name)) for name in decision.evidence}
    return _decision(
        by, DecisionKind.CONFIRM, inputs=(decision.id,), subjects=told, evidence=evidence
    )


def _setting(
    store: StoreView,
    incident: Incident,
    kind: DecisionKind,
    values: Mapping[FieldName, str],
    by: By,
    *,
    words: Mapping[FieldName, Evidence] = MappingProxyType({}),
) -> ReviewDecision:
    _none_rejected(kind.value, [incident])
    reports = _reports(store, incident)
    plain = fuse(reports)
    return _decision(
        by,
        kind,
        inputs=(incident.id,),
        outputs=(incident.id,),
        subjects=[reports],
        field_values={name.value: text for name, text in values.items()},
        evidence={name.value: value_text(plain, name) for name in values},
        words={name.value: shown for name, shown in words.items()},
    )


def _decision(
    by: By,
    kind: DecisionKind,
    *,
    inputs: tuple[str, ...],
    subjects: Sequence[Sequence[ReportInContext]],
    outputs: tuple[str, ...] = (),
    field_values: dict[str, str] | None = None,
    evidence: dict[str, str] | None = None,
    relation: RelationKind | None = None,
    words: dict[str, Evidence] | None = None,
) -> ReviewDecision:
    values, shown = field_values or {}, words or {}
    at = by.at.astimezone(dt.UTC)
    told = tuple(anchors_of(reports) for reports in subjects)
    parts = [kind.value, at.isoformat(), by.reviewer, by.reason, *inputs]
    parts += [text for pair in sorted(values.items()) for text in pair]
    parts += [anchor.report_id for subject in told for anchor in subject]
    parts += [relation.value] if relation else []
    for name, place in sorted(shown.items()):
        parts += [name, place.article_id, str(place.span.start), str(place.span.end)]
    return ReviewDecision(
        id=content_id("dec", *parts),
        at=at,
        reviewer=by.reviewer,
        kind=kind,
        inputs=inputs,
        outputs=outputs,
        reason=by.reason,
        field_values=values,
        subjects=told,
        evidence=evidence or {},
        relation=relation.value if relation else None,
        words=shown,
    )


def _reports(store: StoreView, incident: Incident) -> list[ReportInContext]:
    return store.reports_in_context(member.report_id for member in incident.reports)


def _names(context: ReportInContext) -> tuple[str, str]:
    return context.report.id, context.report.article_id


def _none_rejected(act: str, incidents: Iterable[Incident]) -> None:
    for incident in incidents:
        if incident.status is IncidentStatus.REJECTED:
            raise ReviewError(act, f"{incident.id} was rejected; undo that or confirm it first")
