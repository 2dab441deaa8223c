"""Report: what one article says of one incident, values as meant, each a claim with its words."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.errors import RecordError
from tocsin.records.claim import Attribution, Claim
from tocsin.records.ids import content_id
from tocsin.records.span import Span
from tocsin.records.values import (
    Actor,
    Casualties,
    Damage,
    Effect,
    Place,
    Quantity,
    Source,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    IncidentType,
    IncludesCurrent,
    Modifier,
    Outcome,
    RelationKind,
    Specificity,
    Stage,
    StatementKind,
    TallyKind,
)


@dataclass(frozen=True, slots=True)
class Report:
    """Immutable for one extractor version. `id` follows from the article, version and trigger."""

    id: str
    article_id: str
    extractor_version: str
    is_main: bool
    type: Claim[IncidentType]
    trigger: Span
    specificity: Specificity = Specificity.HIGH
    stage: Stage = Stage.ACCOMPLISHED
    modifiers: tuple[Modifier, ...] = ()
    date: Claim[TimeInterval] | None = None
    """The reading that dates the report; None where nothing tells."""
    times: tuple[Claim[TimeInterval], ...] = ()
    """Every time expression read for it, `date` among them where it came from one."""
    place: Claim[Place] | None = None
    """The place that locates the report; None where nothing tells."""
    places: tuple[Claim[Place], ...] = ()
    """Every place mention in its role, located or not."""
    weapons: tuple[Claim[Weapon], ...] = ()
    targets: tuple[Claim[Target], ...] = ()
    casualties: tuple[Claim[Casualties], ...] = ()
    damage: tuple[Claim[Damage], ...] = ()
    effects: tuple[Claim[Effect], ...] = ()
    actors: tuple[Claim[Actor], ...] = ()
    sources: tuple[Claim[Source], ...] = ()
    hedges: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    confidence: float = 0.5

    def counts(self, outcome: Outcome) -> tuple[Claim[Casualties], ...]:
        """The casualty claims of one outcome, in text order as found."""
        return tuple(c for c in self.casualties if c.value.outcome is outcome)


@dataclass(frozen=True, slots=True)
class TallyClaim:
    """An aggregate or ordinal claim. It never makes an incident and never adds casualties."""

    id: str
    article_id: str
    kind: TallyKind
    count: Quantity
    noun: str
    span: Span
    ordinal: int | None = None
    window: TimeInterval | None = None
    window_span: Span | None = None
    scope: str | None = None
    scope_country: str | None = None
    """ISO 3166-1 alpha-2 the claim is about, where the words or the main report tell."""
    includes_current: IncludesCurrent = IncludesCurrent.UNKNOWN
    by: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A threat, claim, denial ...: said by someone, not an incident."""

    id: str
    article_id: str
    kind: StatementKind
    span: Span
    speaker: Span | None = None
    about: str | None = None
    """Id of the report it is about."""
    is_before: bool = False
    """The words say that it was made before what it is about happened."""


@dataclass(frozen=True, slots=True)
class ReportRelation:
    """A relation one article states between two of its reports."""

    kind: RelationKind
    source: str
    """Report id."""
    target: str
    span: Span
    by: Attribution | None = None
    hedged: bool = False

    def __post_init__(self) -> None:
        if self.source == self.target:
            raise RecordError("ReportRelation", "target", "a report cannot relate to itself")


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article yields, grounded: one line of `tocsin extract`."""

    article_id: str
    extractor_version: str
    reports: tuple[Report, ...] = ()
    tallies: tuple[TallyClaim, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[ReportRelation, ...] = ()


def report_id(article_id: str, extractor_version: str, trigger: Span, type_: IncidentType) -> str:
    """The id of a report: stable for one article, extractor version, trigger and type."""
    return content_id("rep", article_id, extractor_version, str(trigger.start), type_.value)
