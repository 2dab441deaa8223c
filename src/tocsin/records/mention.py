"""Mentions: what an extractor finds, values as written. Grounding turns them into claims.

A mention is a place in the text and its part in an incident. It says nothing yet of calendar days,
coordinates or bounds: that is the grounding room's work. `confidence` (0..1) is how likely the
words belong to that incident in that part; 1 from a reader that does not weigh them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records.claim import Attribution
from tocsin.records.span import Span
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    DamageLevel,
    EffectKind,
    IncidentType,
    IncludesCurrent,
    Modifier,
    Outcome,
    PlaceRole,
    SourceKind,
    Specificity,
    Stage,
    StatementKind,
    TallyKind,
    TargetKind,
    VictimGroup,
    WeaponType,
)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that date an incident. The first of a report is its best."""

    span: Span
    anchor: int | None = None
    """Index, within the same Reading, of the report that "a day after X" counts from."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    span: Span
    role: PlaceRole = PlaceRole.IMPACT
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class WeaponMention:
    span: Span
    """Covers the counting words too: "two Katyusha rockets"."""
    type: WeaponType
    name: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TargetMention:
    span: Span
    kind: TargetKind
    aimed_at: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """The number phrase and its noun: "at least 31 people", "No injuries", "a soldier"."""

    span: Span
    outcome: Outcome
    group: VictimGroup = VictimGroup.UNKNOWN
    is_part: bool = False
    attribution: Attribution | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ActorMention:
    span: Span
    role: ActorRole
    level: ActorLevel = ActorLevel.INCIDENT
    name: str | None = None
    """Usual name where the words differ ("Washington" for the United States)."""
    by: Attribution | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class SourceMention:
    span: Span
    kind: SourceKind
    cue: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class DamageMention:
    span: Span
    level: DamageLevel
    what: str | None = None


@dataclass(frozen=True, slots=True)
class EffectMention:
    span: Span
    kind: EffectKind


@dataclass(frozen=True, slots=True)
class ReportMention:
    """One incident as one article tells it, values as written."""

    is_main: bool
    type: IncidentType
    trigger: Span
    specificity: Specificity = Specificity.HIGH
    stage: Stage = Stage.ACCOMPLISHED
    modifiers: tuple[Modifier, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()
    targets: tuple[TargetMention, ...] = ()
    casualties: tuple[CasualtyMention, ...] = ()
    damage: tuple[DamageMention, ...] = ()
    effects: tuple[EffectMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    sources: tuple[SourceMention, ...] = ()
    hedges: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sentences: tuple[Span, ...] = ()
    """The sentences the report was read from: context for grounding and for relations."""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class TallyMention:
    """ "the 19th attack since October": an aggregate or ordinal claim over many incidents."""

    span: Span
    kind: TallyKind
    count: Span
    """The number words alone: "19th", "11", "fourth"."""
    noun: str
    is_ordinal: bool = False
    window: Span | None = None
    """The words that bound the period: "since October", "in two days"."""
    scope: Span | None = None
    """The words that narrow it: "to target either the embassy or ..."."""
    includes_current: IncludesCurrent = IncludesCurrent.UNKNOWN
    by: Attribution | None = None


@dataclass(frozen=True, slots=True)
class StatementMention:
    """A threat, vow, denial ...: said, and not an incident."""

    span: Span
    kind: StatementKind
    speaker: Span | None = None
    about: int | None = None
    """Index, within the same Reading, of the report it is about."""
    is_before: bool = False
    """The words say that it was made before what it is about happened."""


@dataclass(frozen=True, slots=True)
class RelationMention:
    """Words that tie two reports of one article: "in retaliation for"."""

    span: Span
    kind: str
    """A RelationKind value."""
    source: int
    """Index of the report that follows, answers, belongs ..."""
    target: int
    by: Attribution | None = None
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All an extractor found in one article."""

    extractor_version: str
    reports: tuple[ReportMention, ...] = ()
    tallies: tuple[TallyMention, ...] = ()
    statements: tuple[StatementMention, ...] = ()
    relations: tuple[RelationMention, ...] = ()
