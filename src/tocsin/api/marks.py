"""Marks: the words of an article that a value rests on, and the way back from words to values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.publish.wording import conflict_label, side_words, spaced, spoken, told_apart
from tocsin.records import Conflict, Evidence, FusedField, Incident, IncidentRelation, Report
from tocsin.records.vocab import ActorRole, Outcome

ACTOR_SLOTS = {
    ActorRole.PERPETRATOR: "who",
    ActorRole.CLAIMED: "claims",
    ActorRole.DENIED: "denies",
    ActorRole.BLAMED: "blamed",
    ActorRole.SUSPECTED: "suspected",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that feed a value. `key` names the value on its page, `slot` its kind."""

    evidence: Evidence
    slot: str
    key: str
    words: str
    """The value in words."""
    is_chosen: bool = True
    """False where the words speak for another value than the one chosen."""


@dataclass(frozen=True, slots=True)
class KeyedField:
    """A fused field with its name on the page: `killed`, `actor-2`."""

    key: str
    slot: str
    field: FusedField[Any]
    by: str | None = None
    """The accuser, claimer or denier of an actor."""


def fields_of(incident: Incident) -> Iterator[KeyedField]:
    """Every fused field of an incident, in the order people ask: what, when, where, harm, who."""
    single: tuple[tuple[str, FusedField[Any] | None], ...] = (
        ("what", incident.type),
        ("when", incident.date),
        ("where", incident.place),
        ("killed", incident.killed),
        ("injured", incident.injured),
        ("attackers-killed", incident.attackers_killed),
    )
    yield from (KeyedField(slot, slot, field) for slot, field in single if field)
    yield from _numbered("harm", incident.other_casualties)
    yield from _numbered("weapon", incident.weapons)
    yield from _numbered("target", incident.targets)
    for number, field in enumerate(incident.actors, start=1):
        by = incident.actor_by[number - 1] if number <= len(incident.actor_by) else None
        slot = ACTOR_SLOTS.get(field.value.role, "who")
        yield KeyedField(f"actor-{number}", slot, field, by)
    yield from _numbered("damage", incident.damage)
    yield from _numbered("effect", incident.effects)


def _numbered(slot: str, fields: Sequence[FusedField[Any]]) -> Iterator[KeyedField]:
    for number, field in enumerate(fields, start=1):
        yield KeyedField(f"{slot}-{number}", slot, field)


def conflicts_of(incident: Incident) -> Iterator[tuple[str, Conflict]]:
    """The conflicts that a page shows, disputes first, each with its name there: `conflict-2`."""
    disputes, explained = told_apart(incident.conflicts)
    for number, conflict in enumerate((*disputes, *explained), start=1):
        yield f"conflict-{number}", conflict


def relations_of(incident: Incident) -> Iterator[tuple[str, IncidentRelation]]:
    """The relations of an incident, each with its name on the page: `relation-1`."""
    for number, relation in enumerate(incident.relations, start=1):
        yield f"relation-{number}", relation


def incident_marks(incident: Incident) -> Iterator[Mark]:
    """Every piece of evidence of an incident with the value it speaks for.

    Words of a conflict that speak for no value (a doubt, a statement) are marked for the conflict.
    """
    told: set[Evidence] = set()
    for mark in (*_field_marks(incident), *_relation_marks(incident)):
        told.add(mark.evidence)
        yield mark
    for key, conflict in conflicts_of(incident):
        for side in conflict.sides:
            words = f"{conflict_label(conflict)}: {side_words(side.value)}"
            for evidence in side.evidence:
                if evidence not in told:
                    yield Mark(evidence, "conflict", key, words)


def _field_marks(incident: Incident) -> Iterator[Mark]:
    for keyed in fields_of(incident):
        words = spoken(keyed.field.value)
        for evidence in keyed.field.evidence:
            yield Mark(evidence, keyed.slot, keyed.key, words)
        for other in keyed.field.alternatives:
            for evidence in other.evidence:
                yield Mark(evidence, keyed.slot, keyed.key, spoken(other.value), is_chosen=False)


def _relation_marks(incident: Incident) -> Iterator[Mark]:
    for key, relation in relations_of(incident):
        for evidence in relation.evidence:
            yield Mark(evidence, "relation", key, spaced(relation.kind.value))


def report_marks(report: Report, key: str) -> Iterator[Mark]:
    """Every span of one report, as the reader found it; all under the report's own `key`."""

    def mark(span: Any, slot: str, words: str) -> Mark:
        return Mark(Evidence(report.article_id, span), slot, key, words)

    yield mark(report.trigger, "what", spoken(report.type.value))
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("when", [report.date] if report.date else []),
        ("where", [report.place] if report.place else []),
        ("weapon", report.weapons),
        ("target", report.targets),
        ("damage", report.damage),
        ("effect", report.effects),
    )
    for slot, claims in groups:
        for claim in claims:
            yield from (mark(span, slot, spoken(claim.value)) for span in claim.evidence)
    for claim in report.casualties:
        outcome = claim.value.outcome
        slot = outcome.value if outcome in {Outcome.KILLED, Outcome.INJURED} else "harm"
        yield from (mark(span, slot, spoken(claim.value)) for span in claim.evidence)
    for claim in report.actors:
        slot = ACTOR_SLOTS.get(claim.value.role, "who")
        yield from (mark(span, slot, spoken(claim.value)) for span in claim.evidence)
