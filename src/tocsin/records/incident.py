"""Incident: what is concluded from all reports of one real happening, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from tocsin.errors import EvidenceError
from tocsin.records.claim import Attribution
from tocsin.records.span import Evidence
from tocsin.records.values import (
    Actor,
    Casualties,
    Damage,
    Effect,
    Place,
    Quantity,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    Agreement,
    ConflictVerdict,
    IncidentStatus,
    IncidentType,
    RelationKind,
    SourceKind,
    Stage,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alternative(Generic[T]):
    """What another report says instead, and its words."""

    value: T
    report_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    source: str | None = None
    """The cited speaker, where one was named."""
    note: str = ""
    """Why it was not chosen: a rule's name or a ConflictVerdict."""


@dataclass(frozen=True, slots=True)
class FusedField(Generic[T]):
    """One field of an incident: the value, the rule that chose it, what others say.

    Raises EvidenceError for a value without words, named inference rule or review decision.
    """

    value: T
    rule: str
    """Number of the reconciliation rule of the incident model, or a named inference rule."""
    agreement: Agreement
    report_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative[T], ...] = ()
    pinned_by: str | None = None
    """Id of the review decision that fixed the value."""

    def __post_init__(self) -> None:
        if not self.evidence and not self.pinned_by and not self.rule.startswith("inferred:"):
            raise EvidenceError("FusedField", "evidence", "a value needs words, a rule or a review")


@dataclass(frozen=True, slots=True)
class PrimarySource:
    """A speaker behind the reports, and in how many lineages it is quoted."""

    name: str
    kind: SourceKind
    lineages: int


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How many pages, and how many independent origins, an incident rests on."""

    articles: int
    reports: int
    lineages: int
    primary_sources: tuple[PrimarySource, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictSide:
    value: str
    report_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more sides of one field, kept side by side, and why they differ."""

    field: str
    sides: tuple[ConflictSide, ...]
    verdict: ConflictVerdict


@dataclass(frozen=True, slots=True)
class IncidentRelation:
    """A relation someone states between this incident and another, a threat or a tally."""

    kind: RelationKind
    to: str
    """Id of an incident; of a statement for a threat, of an aggregate claim for a tally."""
    evidence: tuple[Evidence, ...]
    by: Attribution | None = None
    hedged: bool = False
    decided_by: str | None = None
    """Id of the review decision that says so, where no report does."""


@dataclass(frozen=True, slots=True)
class MemberReport:
    """A report that tells this incident."""

    article_id: str
    report_id: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """One real happening. Recomputed from reports and decisions, so it can always be rebuilt."""

    id: str
    title: str
    type: FusedField[IncidentType]
    status: IncidentStatus
    stage: Stage
    corroboration: Corroboration
    reports: tuple[MemberReport, ...]
    provisional: bool = False
    reviewed: bool = False
    background_only: bool = False
    """No report tells it as news: it is known from recaps alone."""
    date: FusedField[TimeInterval] | None = None
    place: FusedField[Place] | None = None
    weapons: tuple[FusedField[Weapon], ...] = ()
    targets: tuple[FusedField[Target], ...] = ()
    killed: FusedField[Quantity] | None = None
    injured: FusedField[Quantity] | None = None
    other_casualties: tuple[FusedField[Casualties], ...] = ()
    """Missing, abducted, arrested."""
    attackers_killed: FusedField[Quantity] | None = None
    """Kept apart: totals are over non-attackers."""
    damage: tuple[FusedField[Damage], ...] = ()
    effects: tuple[FusedField[Effect], ...] = ()
    actors: tuple[FusedField[Actor], ...] = ()
    actor_by: tuple[str | None, ...] = ()
    """The accuser, claimer or denier of each actor, in the order of `actors`."""
    conflicts: tuple[Conflict, ...] = ()
    relations: tuple[IncidentRelation, ...] = ()
    confidence: float = 0.5
    decisions: tuple[str, ...] = ()
    """Ids of the review decisions that its values, status or relations rest on, in log order."""
