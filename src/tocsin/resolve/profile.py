"""Profile: what is compared of one report, computed once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.records import (
    Casualties,
    Claim,
    Place,
    Quantity,
    Report,
    ReportInContext,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    IncidentType,
    Outcome,
    PlacePrecision,
    Specificity,
    TimeBasis,
    VictimGroup,
    WeaponType,
    ZoneBasis,
)
from tocsin.resolve.details import Details, read_details, sentences_text
from tocsin.resolve.geo import FINE
from tocsin.resolve.sketch import unpack
from tocsin.resolve.words import normalise, weighted_words
from tocsin.where import uncertainty_km

FIRE_OR_STRIKE = frozenset({IncidentType.INDIRECT_FIRE, IncidentType.AIR_STRIKE})
_ANOTHER = re.compile(
    r"\b(?:another|separate(?:ly)?|a second|the second|a third|the third|a further)\b"
    r"(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_NAMED_DAY_RULES = frozenset(
    {"weekday", "last_weekday", "part_of_day", "clock", "deictic", "publication_day"}
)
"""Rules that place words on the day of publication or just before it: "Tuesday", "this morning"."""

TOLD_WITHIN_DAYS = 2
"""A day that close to its article's publication may be the day of the charge, the hearing or the
statement that the article tells, and not of the attack behind it."""

UNSURE_PLACE_RULES = frozenset({"from-article", "in-parent", "in-sentence", "home-town"})
"""A place that rests on what the article says around the words, not on the words."""

FIRM_PLACE = 0.7
"""Confidence from which a place is what the words say."""

_NO_SPECIFIC_WEAPON = frozenset({WeaponType.UNKNOWN, WeaponType.NONE, WeaponType.OTHER})


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one report."""

    id: str
    article_id: str
    lineage: str
    outlet: str
    is_main: bool
    is_low: bool
    type: IncidentType
    time: TimeInterval | None
    start: dt.datetime | None
    """Local wall clock; None where that side is open."""
    end: dt.datetime | None
    has_stated_date: bool
    has_stated_zone: bool
    may_be_telling_day: bool
    """The date may be that of the telling: a day named without its date, close to publication."""
    published: dt.date | None
    country: str | None
    admin1: str
    place_name: str
    place_precision: PlacePrecision
    lat: float | None
    lon: float | None
    uncertainty_km: float | None
    place_is_firm: bool
    """The words themselves name the place, and hardly another of the name."""
    place_names: frozenset[str]
    weapons: frozenset[WeaponType]
    projectiles: tuple[int | None, int | None] | None
    """(min, max) of the weapon count, where one is told."""
    counts: dict[Outcome, tuple[int | None, int | None]]
    """(min, max) over the total claims of non-attackers, for killed and injured."""
    targets: frozenset[str]
    """Kinds of target."""
    target_words: dict[str, float]
    actors: frozenset[str]
    details: Details
    words: dict[str, float]
    sketch: bytes
    says_another: bool

    @property
    def terms(self) -> Mapping[int, float]:
        """The sketch as a vector of length one; empty where the report does not lead its
        article."""
        return unpack(self.sketch)

    @property
    def is_fine(self) -> bool:
        """The place names one town or something inside it."""
        return self.place_precision in FINE

    @property
    def veto_key(self) -> tuple[object, ...]:
        """Equal for reports that the pairwise vetoes cannot tell apart."""
        return (
            self.type,
            self.weapons if self.type in FIRE_OR_STRIKE else None,
            self.time,
            self.country,
            self.lat,
            self.lon,
            self.uncertainty_km,
            self.sketch,
            self.says_another,
        )


def profile(context: ReportInContext) -> Profile:
    """What is compared of one report in its context."""
    report = context.report
    time = report.date.value if report.date else None
    place = report.place.value if report.place else None
    published = context.published.date if context.published else None
    return Profile(
        id=report.id,
        article_id=report.article_id,
        lineage=context.lineage_id,
        outlet=normalise(context.outlet or ""),
        is_main=report.is_main,
        is_low=report.specificity is Specificity.LOW,
        type=report.type.value,
        time=time,
        start=time.earliest if time else None,
        end=time.latest if time else None,
        has_stated_date=time is not None and time.basis is TimeBasis.TEXT,
        has_stated_zone=time is not None and time.zone_basis is ZoneBasis.STATED,
        may_be_telling_day=_may_be_telling_day(report, published),
        published=published,
        country=place.country if place else None,
        admin1=normalise(place.admin1) if place and place.admin1 else "",
        place_name=normalise(place.name) if place else "",
        place_precision=place.precision if place else PlacePrecision.UNKNOWN,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        uncertainty_km=uncertainty_km(place) if place and place.lat is not None else None,
        place_is_firm=_place_is_firm(report.place),
        place_names=frozenset(normalise(claim.value.name) for claim in report.places),
        weapons=frozenset(claim.value.type for claim in report.weapons) - _NO_SPECIFIC_WEAPON,
        projectiles=_projectiles(report.weapons),
        counts={
            outcome: bounds
            for outcome in (Outcome.KILLED, Outcome.INJURED)
            if (bounds := _bounds(report.counts(outcome))) is not None
        },
        targets=frozenset(claim.value.kind.value for claim in report.targets),
        target_words={
            word: weight
            for claim in report.targets
            for word, weight in weighted_words(claim.value.name).items()
        },
        actors=frozenset(
            claim.value.canonical_id or normalise(claim.value.name)
            for claim in report.actors
            if claim.value.level is ActorLevel.INCIDENT
            and claim.value.role not in {ActorRole.RESPONDER, ActorRole.DENIED}
        ),
        details=read_details(report),
        words=weighted_words(sentences_text(report)),
        sketch=context.sketch,
        says_another=_says_another(context),
    )


def _may_be_telling_day(report: Report, published: dt.date | None) -> bool:
    if report.date is None or published is None or report.date.value.first_day is None:
        return False
    rules = re.split(r"[+&]", report.date.rule or "")
    days = (published - report.date.value.first_day).days
    return _NAMED_DAY_RULES.issuperset(rules) and -1 <= days <= TOLD_WITHIN_DAYS


def _place_is_firm(place: Claim[Place] | None) -> bool:
    return (
        place is not None
        and place.rule not in UNSURE_PLACE_RULES
        and place.confidence >= FIRM_PLACE
    )


def _projectiles(weapons: tuple[Claim[Weapon], ...]) -> tuple[int | None, int | None] | None:
    counted = [c.value.count for c in weapons if c.value.count and _is_known(c.value.count)]
    return (counted[0].min, counted[0].max) if len(counted) == 1 else None


def _is_known(count: Quantity) -> bool:
    return count.min is not None or count.max is not None


def _bounds(claims: tuple[Claim[Casualties], ...]) -> tuple[int | None, int | None] | None:
    """Bounds that hold every total figure told; parts only where no total is."""
    values = [c.value for c in claims if c.value.group is not VictimGroup.ATTACKER]
    values = [v for v in values if not v.is_part] or values
    counts = [v.count for v in values if _is_known(v.count)]
    if not counts:
        return None
    lows = [c.min if c.min is not None else 0 for c in counts]
    highs = [c.max for c in counts]
    if any(high is None for high in highs):
        return min(lows), None
    return min(lows), max(high for high in highs if high is not None)


def _says_another(context: ReportInContext) -> bool:
    trigger = context.report.trigger
    for sentence in context.report.sentences:
        if sentence.contains(trigger):
            before = sentence.text[: trigger.start - sentence.start][-80:]
            return bool(_ANOTHER.search(before))
    return False


Bounds = tuple[int | None, int | None]
