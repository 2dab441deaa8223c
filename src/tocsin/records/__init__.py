"""The records that travel between the steps. This room imports no other."""

from __future__ import annotations

from tocsin.records.account import (
    Account,
    ApiToken,
    AuditAct,
    AuditEntry,
    Role,
    account_name,
)
from tocsin.records.article import (
    READABLE_REGIONS,
    Article,
    Dateline,
    Outlet,
    Published,
    Region,
)
from tocsin.records.candidate import CandidateReport
from tocsin.records.claim import (
    Attribution,
    Claim,
)
from tocsin.records.context import ReportInContext
from tocsin.records.decision import (
    ReportAnchor,
    ReviewDecision,
    anchors_of,
)
from tocsin.records.descent import Descendant, DescentKind, Edit, EditKind
from tocsin.records.explanation import CandidateIncident, Explanation, ScoredSpan
from tocsin.records.ids import (
    ID_HEX_CHARS,
    content_id,
)
from tocsin.records.incident import (
    Alternative,
    Conflict,
    ConflictSide,
    Corroboration,
    FusedField,
    Incident,
    IncidentRelation,
    MemberReport,
    PrimarySource,
)
from tocsin.records.mention import (
    ActorMention,
    CasualtyMention,
    DamageMention,
    EffectMention,
    PlaceMention,
    Reading,
    RelationMention,
    ReportMention,
    SourceMention,
    StatementMention,
    TallyMention,
    TargetMention,
    TimeMention,
    WeaponMention,
)
from tocsin.records.report import (
    Extraction,
    Report,
    ReportRelation,
    Statement,
    TallyClaim,
    report_id,
)
from tocsin.records.rulings import NO_RULINGS, Rulings
from tocsin.records.span import (
    Evidence,
    Span,
)
from tocsin.records.tally_check import NearMiss, TallyCheck, TallyVerdict
from tocsin.records.tie import KnownTies, Tie
from tocsin.records.values import (
    Actor,
    Casualties,
    Damage,
    Effect,
    GazetteerRef,
    Place,
    Quantity,
    Source,
    Target,
    TimeInterval,
    Weapon,
)

__all__ = [
    "ID_HEX_CHARS",
    "NO_RULINGS",
    "READABLE_REGIONS",
    "Account",
    "Actor",
    "ActorMention",
    "Alternative",
    "ApiToken",
    "Article",
    "Attribution",
    "AuditAct",
    "AuditEntry",
    "CandidateIncident",
    "CandidateReport",
    "Casualties",
    "CasualtyMention",
    "Claim",
    "Conflict",
    "ConflictSide",
    "Corroboration",
    "Damage",
    "DamageMention",
    "Dateline",
    "Descendant",
    "DescentKind",
    "Edit",
    "EditKind",
    "Effect",
    "EffectMention",
    "Evidence",
    "Explanation",
    "Extraction",
    "FusedField",
    "GazetteerRef",
    "Incident",
    "IncidentRelation",
    "KnownTies",
    "MemberReport",
    "NearMiss",
    "Outlet",
    "Place",
    "PlaceMention",
    "PrimarySource",
    "Published",
    "Quantity",
    "Reading",
    "Region",
    "RelationMention",
    "Report",
    "ReportAnchor",
    "ReportInContext",
    "ReportMention",
    "ReportRelation",
    "ReviewDecision",
    "Role",
    "Rulings",
    "ScoredSpan",
    "Source",
    "SourceMention",
    "Span",
    "Statement",
    "StatementMention",
    "TallyCheck",
    "TallyClaim",
    "TallyMention",
    "TallyVerdict",
    "Target",
    "TargetMention",
    "Tie",
    "TimeInterval",
    "TimeMention",
    "Weapon",
    "WeaponMention",
    "account_name",
    "anchors_of",
    "content_id",
    "report_id",
]
