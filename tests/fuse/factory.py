"""Reports of one attack, each telling only what a test needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tocsin.records import (
    Actor,
    Attribution,
    Casualties,
    Claim,
    Place,
    Published,
    Quantity,
    Report,
    ReportInContext,
    Source,
    Span,
    Target,
    TimeInterval,
    Weapon,
    report_id,
)
from tocsin.records.vocab import (
    ActorClass,
    ActorRole,
    IncidentType,
    Outcome,
    PlacePrecision,
    Polarity,
    PublishedBasis,
    QuantityStatus,
    SourceKind,
    Specificity,
    Stage,
    TimePrecision,
    VictimGroup,
)

TEXT = "Shells struck the mill quarter, a captain said, and eleven workers were taken to a clinic."
SPAN = Span.of(TEXT, 0, 6)
DAY = TimeInterval(
    dt.datetime(2021, 3, 9),
    dt.datetime(2021, 3, 10),
    TimePrecision.DAY,
)
QUARTER = Place(
    "Mill Quarter",
    PlacePrecision.ZONE,
    country="XK",
    admin1="Lower Valley",
    lat=42.6,
    lon=21.1,
    uncertainty_km=2.0,
)

Figure = int | tuple[int | None, int | None, int | None] | Quantity


def count(figure: Figure) -> Quantity:
    """A figure, a (min, best, max), or a quantity as it is."""
    if isinstance(figure, Quantity):
        return figure
    if isinstance(figure, int):
        return Quantity(figure, figure, figure)
    return Quantity(*figure)


NONE_REPORTED = Quantity(0, 0, None, status=QuantityStatus.NONE_REPORTED)
NONE_STATED = Quantity(0, 0, 0, status=QuantityStatus.NONE_STATED)


def said_by(
    name: str,
    kind: SourceKind = SourceKind.OFFICIAL,
    *,
    polarity: Polarity = Polarity.AFFIRMED,
) -> Attribution:
    """Who says so."""
    return Attribution(name, kind, polarity=polarity)


def harm(
    outcome: Outcome,
    figure: Figure,
    *,
    group: VictimGroup = VictimGroup.UNKNOWN,
    is_part: bool = False,
    by: str | None = None,
) -> Claim[Casualties]:
    """One casualty claim."""
    value = Casualties(outcome, count(figure), group, is_part)
    return Claim(value, (SPAN,), (said_by(by),) if by else ())


def killed(
    figure: Figure,
    *,
    group: VictimGroup = VictimGroup.UNKNOWN,
    is_part: bool = False,
    by: str | None = None,
) -> Claim[Casualties]:
    """A claim of persons killed."""
    return harm(Outcome.KILLED, figure, group=group, is_part=is_part, by=by)


def who(
    name: str, role: ActorRole, *, by: str | None = None, canonical_id: str | None = None
) -> Claim[Actor]:
    """An actor in a role, by a speaker."""
    actor = Actor(name, role, actor_class=ActorClass.REBEL, canonical_id=canonical_id)
    return Claim(actor, (SPAN,), (said_by(by),) if by else ())


def tell(
    article: str,
    *,
    type_: IncidentType = IncidentType.INDIRECT_FIRE,
    denied_by: str | None = None,
    stage: Stage = Stage.ACCOMPLISHED,
    time: TimeInterval | None = DAY,
    place: Place | None = QUARTER,
    casualties: Sequence[Claim[Casualties]] = (),
    weapons: Sequence[Weapon] = (),
    targets: Sequence[Target] = (),
    actors: Sequence[Claim[Actor]] = (),
    sources: Sequence[tuple[str, SourceKind]] = (),
    lineage: str | None = None,
    outlet: str | None = None,
    day: int = 10,
    is_main: bool = True,
    is_provisional: bool = False,
    is_correction: bool = False,
    specificity: Specificity = Specificity.HIGH,
    agencies: tuple[str, ...] = (),
) -> ReportInContext:
    """One report in its context; every value rests on the same word."""
    denial = (said_by(denied_by, polarity=Polarity.DENIED),) if denied_by else ()
    report = Report(
        id=report_id(article, "1", SPAN, type_),
        article_id=article,
        extractor_version="1",
        is_main=is_main,
        type=Claim(type_, (SPAN,), denial),
        trigger=SPAN,
        specificity=specificity,
        stage=stage,
        date=Claim(time, (SPAN,)) if time else None,
        place=Claim(place, (SPAN,)) if place else None,
        weapons=tuple(Claim(weapon, (SPAN,)) for weapon in weapons),
        targets=tuple(Claim(target, (SPAN,)) for target in targets),
        casualties=tuple(casualties),
        actors=tuple(actors),
        sources=tuple(Claim(Source(name, kind), (SPAN,)) for name, kind in sources),
        sentences=(Span.of(TEXT, 0, len(TEXT)),),
    )
    return ReportInContext(
        report,
        lineage or article,
        outlet or f"outlet of {article}",
        Published(dt.date(2021, 3, day), PublishedBasis.METADATA),
        is_provisional=is_provisional,
        is_correction=is_correction,
        agencies=agencies,
    )
