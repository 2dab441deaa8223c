"""What `publish.contract` writes fits the published schemas: the barest record and the fullest."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tocsin.publish.contract import extraction_json, incident_json
from tocsin.publish.schemas import SchemaName, load_schema
from tocsin.records import (
    Actor,
    Alternative,
    Article,
    Attribution,
    Casualties,
    Claim,
    Conflict,
    ConflictSide,
    Corroboration,
    Damage,
    Dateline,
    Effect,
    Evidence,
    Extraction,
    FusedField,
    GazetteerRef,
    Incident,
    IncidentRelation,
    MemberReport,
    Place,
    PrimarySource,
    Published,
    Quantity,
    Region,
    Report,
    ReportRelation,
    Source,
    Span,
    Statement,
    TallyClaim,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    ActorClass,
    ActorRole,
    Agreement,
    ConflictVerdict,
    DamageLevel,
    EffectKind,
    IncidentStatus,
    IncidentType,
    IncludesCurrent,
    Modifier,
    Outcome,
    PlacePrecision,
    PlaceRole,
    PublishedBasis,
    QuantityStatus,
    RegionKind,
    RelationKind,
    SourceKind,
    Stage,
    StatementKind,
    TallyKind,
    TargetKind,
    TimePrecision,
    VictimGroup,
    WeaponType,
    ZoneBasis,
)

TEXT = (
    "ADEN, May 3 (Harbour News) - Two car bombs went off at the gate of Aden's port early on"
    " Monday and killed at least four dockers, the police said, the third attack in a week."
    " A separatist group denied it. Days before, gunmen had shot a customs officer."
)
NOON = dt.datetime(2021, 5, 3, 12, tzinfo=dt.timezone(dt.timedelta(hours=3)))
FEW = Quantity(4, None, None)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


POLICE = Attribution("the police", SourceKind.POLICE, span=span("the police"))
EARLY = TimeInterval(
    dt.datetime(2021, 5, 3),
    dt.datetime(2021, 5, 3, 9),
    TimePrecision.PART_OF_DAY,
    zone="Asia/Aden",
    zone_basis=ZoneBasis.PLACE_OF_EVENT,
    rule="part_of_day",
)
PORT = Place(
    "Aden port",
    PlacePrecision.SITE,
    country="YE",
    admin1="Aden",
    lat=12.79,
    lon=45.0,
    uncertainty_km=2.0,
    gazetteer=GazetteerRef("curated", 7),
    distance_m=100.0,
)


def article() -> Article:
    return Article(
        id="a1",
        sha256="f" * 64,
        text=TEXT,
        url="https://news.example.org/aden",
        outlet="Harbour News",
        published=Published(NOON.date(), PublishedBasis.METADATA, NOON, "input field"),
        published_doubts=(Published(dt.date(2021, 5, 4), PublishedBasis.DATELINE),),
        dateline=Dateline(span("ADEN, May 3"), "Aden", dt.date(2021, 5, 3), "Harbour News"),
        agencies=("Harbour News",),
        regions=(
            Region(0, 30, RegionKind.DATELINE),
            Region(30, len(TEXT), RegionKind.BODY),
        ),
        language="en",
    )


def full_extraction() -> Extraction:
    main = Report(
        id="rep_1",
        article_id="a1",
        extractor_version="rules-1",
        is_main=True,
        type=Claim(IncidentType.BOMBING, (span("went off"),)),
        trigger=span("went off"),
        modifiers=(Modifier.COMPLEX,),
        date=Claim(EARLY, (span("early on Monday"),)),
        place=Claim(PORT, (span("Aden's port"),)),
        places=(Claim(PORT, (span("Aden's port"),)),),
        weapons=(
            Claim(
                Weapon(WeaponType.VEHICLE_BOMB, None, Quantity(2, 2, 2, unit="device")),
                (span("Two car bombs"),),
            ),
            Claim(Weapon(WeaponType.UNKNOWN), (), rule="no_weapon_named"),
        ),
        targets=(Claim(Target("port", TargetKind.TRANSPORT), (span("Aden's port"),)),),
        casualties=(
            Claim(
                Casualties(Outcome.KILLED, FEW, VictimGroup.CIVILIAN),
                (span("at least four dockers"),),
                (POLICE,),
            ),
        ),
        damage=(Claim(Damage(DamageLevel.SOME, "gate"), (span("gate"),)),),
        effects=(Claim(Effect(EffectKind.EXPLOSIONS_HEARD), (span("went off"),)),),
        actors=(
            Claim(
                Actor("separatist group", ActorRole.DENIED, actor_class=ActorClass.REBEL),
                (span("A separatist group"),),
                (POLICE,),
            ),
        ),
        sources=(Claim(Source("the police", SourceKind.POLICE), (span("the police"),)),),
        hedges=(span("said"),),
    )
    bare = Report(
        id="rep_2",
        article_id="a1",
        extractor_version="rules-1",
        is_main=False,
        type=Claim(IncidentType.ARMED_ATTACK, (span("shot"),)),
        trigger=span("shot"),
        stage=Stage.ATTEMPTED,
    )
    week = TimeInterval(None, dt.datetime(2021, 5, 4), TimePrecision.WEEK)
    return Extraction(
        "a1",
        "rules-1",
        (main, bare),
        (
            TallyClaim(
                "tal_1",
                "a1",
                TallyKind.INCIDENTS,
                Quantity(3, 3, 3, unit="incident"),
                "attack",
                span("the third attack in a week"),
                ordinal=3,
                window=week,
                window_span=span("in a week"),
                scope_country="YE",
                includes_current=IncludesCurrent.YES,
                by=POLICE,
            ),
        ),
        (
            Statement(
                "sta_1",
                "a1",
                StatementKind.DENIAL,
                span("denied it"),
                span("A separatist group"),
                "rep_1",
            ),
        ),
        (ReportRelation(RelationKind.FOLLOWS, "rep_1", "rep_2", span("Days before")),),
    )


def evidence(words: str) -> tuple[Evidence, ...]:
    return (Evidence("a1", span(words)),)


def fused(value: Any, words: str) -> FusedField[Any]:
    return FusedField(value, "5", Agreement.SINGLE, ("rep_1",), evidence(words))


def bare_incident() -> Incident:
    return Incident(
        id="inc_1",
        title="Bombing",
        type=fused(IncidentType.BOMBING, "went off"),
        status=IncidentStatus.UNCONFIRMED,
        stage=Stage.ACCOMPLISHED,
        corroboration=Corroboration(1, 1, 1),
        reports=(MemberReport("a1", "rep_1", True),),
    )


def full_incident() -> Incident:
    denied = Actor("separatist group", ActorRole.DENIED)
    abducted = Casualties(Outcome.ABDUCTED, Quantity(1, 1, 1))
    return Incident(
        id="inc_1",
        title="Bombing of Aden port",
        type=fused(IncidentType.BOMBING, "went off"),
        status=IncidentStatus.DISPUTED,
        stage=Stage.ACCOMPLISHED,
        corroboration=Corroboration(2, 2, 1, (PrimarySource("the police", SourceKind.POLICE, 1),)),
        reports=(MemberReport("a1", "rep_1", True),),
        date=fused(EARLY, "early on Monday"),
        place=FusedField(PORT, "1", Agreement.AGREE, ("rep_1",), (), pinned_by="dec_1"),
        weapons=(fused(Weapon(WeaponType.VEHICLE_BOMB), "Two car bombs"),),
        targets=(fused(Target("port", TargetKind.TRANSPORT, aimed_at=True), "Aden's port"),),
        killed=FusedField(
            FEW,
            "7",
            Agreement.CONFLICT,
            ("rep_1",),
            evidence("at least four dockers"),
            (Alternative(Quantity(2, 2, 2), ("rep_3",), evidence("dockers"), "a doctor"),),
        ),
        injured=FusedField(
            Quantity(0, 0, None, status=QuantityStatus.NONE_REPORTED),
            "inferred:none_reported",
            Agreement.SINGLE,
            ("rep_1",),
            (),
        ),
        attackers_killed=fused(Quantity(1, 1, 1), "Two car bombs"),
        other_casualties=(fused(abducted, "a customs officer"),),
        damage=(fused(Damage(DamageLevel.SEVERE, "gate"), "gate"),),
        effects=(fused(Effect(EffectKind.SIRENS), "went off"),),
        actors=(fused(denied, "A separatist group"),),
        actor_by=("the police",),
        conflicts=(
            Conflict(
                "killed",
                (
                    ConflictSide("4+", ("rep_1",), evidence("at least four dockers")),
                    ConflictSide("2", ("rep_3",), evidence("dockers")),
                ),
                ConflictVerdict.OPEN,
            ),
        ),
        relations=(
            IncidentRelation(RelationKind.FOLLOWS, "inc_0", evidence("Days before"), POLICE),
        ),
    )


def errors(name: SchemaName, value: object) -> list[str]:
    """What the schema finds wrong with a value once it has been through JSON."""
    validator = Draft202012Validator(load_schema(name))
    found = validator.iter_errors(json.loads(json.dumps(value)))
    return [f"{error.json_path}: {error.message}" for error in found]


def test_a_full_extraction_fits() -> None:
    assert errors("extract", extraction_json(article(), full_extraction())) == []


def test_an_article_without_anything_fits() -> None:
    bare = Article(id="a2", sha256="0" * 64, text="Nothing happened.")
    assert errors("extract", extraction_json(bare, Extraction("a2", "rules-1"))) == []


@pytest.mark.parametrize(
    "interval",
    [
        EARLY,
        TimeInterval(None, None, TimePrecision.UNKNOWN),
        TimeInterval(dt.datetime(2021, 5, 1), None, TimePrecision.AFTER),
        TimeInterval(None, dt.datetime(2021, 5, 1), TimePrecision.BEFORE),
        TimeInterval(
            dt.datetime(2021, 5, 3, 7, 30), dt.datetime(2021, 5, 3, 7, 31), TimePrecision.MINUTE
        ),
        TimeInterval(
            dt.datetime(1899, 5, 3, 7),
            dt.datetime(1899, 5, 3, 8),
            TimePrecision.HOUR,
            zone="Europe/Paris",
        ),
        TimeInterval(
            dt.datetime(2021, 1, 1), dt.datetime(2022, 1, 1), TimePrecision.YEAR, zone="Asia/Aden"
        ),
    ],
    ids=lambda interval: interval.precision.value,
)
def test_times_of_every_precision_fit(interval: TimeInterval) -> None:
    report = Report(
        id="rep_1",
        article_id="a1",
        extractor_version="rules-1",
        is_main=True,
        type=Claim(IncidentType.BOMBING, (span("went off"),)),
        trigger=span("went off"),
        date=Claim(interval, (span("early on Monday"),)),
    )
    line = extraction_json(article(), Extraction("a1", "rules-1", (report,)))
    assert errors("extract", line) == []


@pytest.mark.parametrize("role", PlaceRole, ids=str)
def test_places_of_every_role_fit(role: PlaceRole) -> None:
    report = Report(
        id="rep_1",
        article_id="a1",
        extractor_version="rules-1",
        is_main=True,
        type=Claim(IncidentType.BOMBING, (span("went off"),)),
        trigger=span("went off"),
        places=(Claim(Place("Aden", PlacePrecision.UNKNOWN, role), (span("Aden"),)),),
    )
    line = extraction_json(article(), Extraction("a1", "rules-1", (report,)))
    assert errors("extract", line) == []


@pytest.mark.parametrize("incident", [bare_incident(), full_incident()], ids=["bare", "full"])
def test_incidents_fit(incident: Incident) -> None:
    line = incident_json(incident, first_seen=NOON, last_changed=NOON)
    assert errors("incident", line) == []
