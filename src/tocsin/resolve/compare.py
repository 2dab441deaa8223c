"""Comparison: what speaks for and against two reports telling one incident, feature by feature.

A `Profile` holds what is compared of one report, computed once. `find_veto` answers the hard
vetoes of section 7 of the incident model and is cheap; `compare` answers the graded features.
A feature has a name, a level and the two values compared; weights live in `score.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from tocsin.records import Casualties, Claim, Quantity, ReportInContext, TimeInterval, Weapon
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
from tocsin.resolve.details import MIN_NAME_LETTERS, Details, read_details, sentences_text
from tocsin.resolve.geo import FINE, uncertainty_km
from tocsin.resolve.words import normalise, similarity, weighted_words
from tocsin.where.distance import place_distance_km

PLACE_SLACK_KM = 5.0
"""Beyond the sum of both uncertainties (section 7)."""
ZONE_SHIFT = dt.timedelta(hours=12)
"""The widest gap between two clock readings that a zone left unsaid explains."""
SHORT_SPAN = dt.timedelta(days=4)
"""Two reports that name the same few days say as much as two that name one day."""
SAME_NAME = 80
"""Likeness, 0..100, from which two names of places are spellings of one."""
NEAR_HOURS = dt.timedelta(hours=3)
"""Witnesses, police and desks give clock times this far apart for one attack."""
PUBLISHED_LAG = dt.timedelta(days=2)
"""How long before the day of publication "news of the day" may have happened."""

_T = IncidentType
_ATTACKS = frozenset(_T) - {
    _T.PROTEST,
    _T.VIOLENT_DEMONSTRATION,
    _T.ARREST_RAID,
}
_REFINEMENTS = frozenset(
    frozenset(pair)
    for pair in (
        (_T.PROTEST, _T.VIOLENT_DEMONSTRATION),
        (_T.PROTEST, _T.VIOLENCE_AGAINST_PROTEST),
        (_T.VIOLENT_DEMONSTRATION, _T.VIOLENCE_AGAINST_PROTEST),
        (_T.VIOLENT_DEMONSTRATION, _T.MOB_VIOLENCE),
        (_T.BOMBING, _T.SUICIDE_BOMBING),
        (_T.BOMBING, _T.GRENADE_ATTACK),
        (_T.ARMED_ATTACK, _T.ARMED_CLASH),
        (_T.ARMED_ATTACK, _T.VIOLENCE_AGAINST_PROTEST),
        # beyond section 7's list, on its own principle that one refines the other
        (_T.ARMED_ATTACK, _T.EXECUTION),
        (_T.ARMED_ATTACK, _T.HOSTAGE_SIEGE),
        (_T.ABDUCTION, _T.HOSTAGE_SIEGE),
        (_T.ABDUCTION, _T.EXECUTION),
        (_T.CBRN_ATTACK, _T.AIR_STRIKE),
        (_T.CBRN_ATTACK, _T.INDIRECT_FIRE),
        (_T.TERRITORY_TAKEN_STATE, _T.ARMED_CLASH),
        (_T.TERRITORY_TAKEN_NONSTATE, _T.ARMED_CLASH),
        (_T.TERRITORY_TAKEN_NONSTATE, _T.ARMED_ATTACK),
        (_T.INTERCEPTION, _T.INDIRECT_FIRE),
        (_T.INTERCEPTION, _T.AIR_STRIKE),
    )
)
_FIRE_OR_STRIKE = frozenset({_T.INDIRECT_FIRE, _T.AIR_STRIKE})
_ANY_MUNITION = frozenset({"missile", "drone", "explosive", "unknown"})
"""Weapon families that ground launchers and aircraft share."""

_ANOTHER = re.compile(
    r"\b(?:another|separate(?:ly)?|a second|the second|a third|the third|a further)\b"
    r"(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
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
    country: str | None
    admin1: str
    place_name: str
    place_precision: PlacePrecision
    lat: float | None
    lon: float | None
    uncertainty_km: float | None
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
    says_another: bool

    @property
    def is_fine(self) -> bool:
        """The place names one town or something inside it."""
        return self.place_precision in FINE

    @property
    def veto_key(self) -> tuple[object, ...]:
        """Equal for reports that the pairwise vetoes cannot tell apart."""
        return (
            self.type,
            self.weapons if self.type in _FIRE_OR_STRIKE else None,
            self.time,
            self.country,
            self.lat,
            self.lon,
            self.uncertainty_km,
            self.says_another,
        )


@dataclass(frozen=True, slots=True)
class Feature:
    """One comparison: `time same_day (9 Jan 2020)`. `score.py` gives each level its weight."""

    name: str
    level: str
    detail: str = ""

    def __str__(self) -> str:
        words = f"{self.name}: {self.level.replace('_', ' ')}"
        return f"{words} ({self.detail})" if self.detail else words


def profile(context: ReportInContext) -> Profile:
    """What is compared of one report in its context."""
    report = context.report
    time = report.date.value if report.date else None
    place = report.place.value if report.place else None
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
        country=place.country if place else None,
        admin1=normalise(place.admin1) if place and place.admin1 else "",
        place_name=normalise(place.name) if place else "",
        place_precision=place.precision if place else PlacePrecision.UNKNOWN,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        uncertainty_km=uncertainty_km(place) if place and place.lat is not None else None,
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
        says_another=_says_another(context),
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


def find_veto(a: Profile, b: Profile) -> str | None:
    """The first hard veto against one incident, in words, or None. Symmetric."""
    if a.article_id == b.article_id:
        return "two reports of one article"
    if not types_compatible(a, b):
        return f"types exclude each other: {' / '.join(sorted((a.type.value, b.type.value)))}"
    if time_level(a, b) == "disjoint":
        return "times exclude each other"
    if places_disjoint(a, b):
        return "places exclude each other"
    if a.is_main and b.is_main and a.outlet and a.outlet == b.outlet and _days_differ(a, b):
        return "one outlet tells them as news of different days"
    if a.says_another != b.says_another and not _same_day(a, b):
        return "one says it is another attack, and no day joins them"
    return None


def types_compatible(a: Profile, b: Profile) -> bool:
    """True where one type refines the other."""
    if a.type is b.type:
        return True
    pair = frozenset((a.type, b.type))
    if pair in _REFINEMENTS:
        return True
    if _T.OTHER_ATTACK in pair:
        return pair <= _ATTACKS
    if pair == _FIRE_OR_STRIKE:
        return any(
            all(weapon.family in _ANY_MUNITION for weapon in side.weapons) for side in (a, b)
        )
    return False


def time_level(a: Profile, b: Profile) -> str:
    """How the times of two reports stand to each other.

    `same_hours` (both finer than a day), `same_day`, `same_days` (the same two to four days),
    `overlap_days` (within a week), `overlap_wide`, `near_hours` (apart by few hours at most),
    `zone_reading` (apart by less than a zone left unsaid explains), `published_lag` (one rests on
    the day of publication alone, and the other is of the days before), `before_publication` (of
    longer before: a later story that dates nothing), `unknown`, `disjoint`.
    """
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return _open_level(a, b)
    gap = max(a.start, b.start) - min(a.end, b.end)
    if gap < dt.timedelta(0):
        wider = max(a.end - a.start, b.end - b.start)
        if wider <= dt.timedelta(days=1):
            finer_than_day = wider < dt.timedelta(days=1)
            return "same_hours" if finer_than_day else "same_day"
        if wider <= SHORT_SPAN and (a.start, a.end) == (b.start, b.end):
            return "same_days"
        return "overlap_days" if wider <= dt.timedelta(days=7) else "overlap_wide"
    is_clock = min(a.end - a.start, b.end - b.start) < dt.timedelta(days=1)
    if is_clock and gap <= NEAR_HOURS:
        return "near_hours"
    if is_clock and not (a.has_stated_zone and b.has_stated_zone) and gap <= ZONE_SHIFT:
        return "zone_reading"
    for inferred, other in ((a, b), (b, a)):
        if inferred.has_stated_date or inferred.start is None or other.end is None:
            continue
        if other.end <= inferred.start:
            # the day of publication bounds what happened from above only
            return "published_lag" if gap < PUBLISHED_LAG else "before_publication"
    return "disjoint"


def _open_level(a: Profile, b: Profile) -> str:
    """Times of which at least one bound is open."""
    for one, other in ((a, b), (b, a)):
        if one.end is not None and other.start is not None and one.end <= other.start:
            return "disjoint"
    if a.time is None or b.time is None:
        return "unknown"
    return "overlap_wide"


def _same_day(a: Profile, b: Profile) -> bool:
    return time_level(a, b) in {"same_hours", "same_day", "same_days", "near_hours"}


def _days_differ(a: Profile, b: Profile) -> bool:
    if a.time is None or b.time is None or not (a.has_stated_date and b.has_stated_date):
        return False
    one, other = a.time.local_date, b.time.local_date
    return one is not None and other is not None and one != other


def places_disjoint(a: Profile, b: Profile) -> bool:
    """True where the places cannot be one, beyond both uncertainties and `PLACE_SLACK_KM`."""
    apart = place_distance_km(a, b)
    if apart is not None and a.uncertainty_km is not None and b.uncertainty_km is not None:
        return apart > a.uncertainty_km + b.uncertainty_km + PLACE_SLACK_KM
    return a.country is not None and b.country is not None and a.country != b.country


def compare(a: Profile, b: Profile) -> tuple[Feature, ...]:
    """The graded features of a pair, in a fixed order. Symmetric in levels."""
    return tuple(_features(a, b))


def _features(a: Profile, b: Profile) -> Iterator[Feature]:
    yield Feature("time", time_level(a, b), _day_words(a, b))
    if a.time is not None and b.time is not None:
        inferred = (not a.has_stated_date) + (not b.has_stated_date)
        yield Feature("date_basis", ("stated", "one_inferred", "both_inferred")[inferred])
    yield Feature("place", place_level(a, b), _place_words(a, b))
    yield Feature("type", "same" if a.type is b.type else "compatible")
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        level = count_level(a.counts.get(outcome), b.counts.get(outcome))
        yield Feature(outcome.value, level, _count_words(a, b, outcome))
    yield Feature("weapon", _weapon_level(a, b))
    yield Feature("projectiles", count_level(a.projectiles, b.projectiles))
    yield Feature("target", _target_level(a, b))
    yield Feature("actor", _set_level(a.actors, b.actors))
    shared = sorted(a.details.persons & b.details.persons)
    yield Feature("person", _set_level(a.details.persons, b.details.persons), ", ".join(shared))
    shared = sorted(a.details.streets & b.details.streets)
    yield Feature("street", _set_level(a.details.streets, b.details.streets), ", ".join(shared))
    ages = sorted(a.details.ages & b.details.ages)
    level = _set_level(a.details.ages, b.details.ages)
    yield Feature("age", "several" if len(ages) > 1 else level, ", ".join(map(str, ages)))
    yield Feature("distance", _set_level(a.details.distances_m, b.details.distances_m))
    yield Feature("text", _text_level(similarity(a.words, b.words)))
    yield Feature("lineage", "same" if a.lineage == b.lineage else "different")
    if a.says_another != b.says_another:
        yield Feature("another", "one_side")
    if a.is_low or b.is_low:
        yield Feature("specificity", "low")
    if a.is_main != b.is_main:
        yield Feature("recap", "one_side")
    elif not a.is_main:
        yield Feature("recap", "both")


def place_level(a: Profile, b: Profile) -> str:
    """`same_site`, `same_town`, `near`, `inside` (one names the wider area), `same_country`, ..."""
    if _names_place_of(a, b) or _names_place_of(b, a):
        return "named"
    if (not a.place_name and not a.country) or (not b.place_name and not b.country):
        return "unknown"
    apart = place_distance_km(a, b)
    both_fine = a.is_fine and b.is_fine
    same_name = bool(a.place_name) and a.place_name == b.place_name
    if both_fine and apart is not None:
        if same_name or apart <= 2:
            inside = PlacePrecision.SETTLEMENT not in (a.place_precision, b.place_precision)
            return "same_site" if inside else "same_town"
        reach = (a.uncertainty_km or 0.0) + (b.uncertainty_km or 0.0)
        return "near" if apart <= reach else "beyond"
    if both_fine:
        if same_name or fuzz.ratio(a.place_name, b.place_name) >= SAME_NAME:
            return "same_town"
        related = a.place_name in b.place_names or b.place_name in a.place_names
        return "inside" if related or _one_names_other(a, b) else "different_name"
    if same_name:
        return "same_area" if a.place_precision is not PlacePrecision.COUNTRY else "same_country"
    if a.admin1 and a.admin1 == b.admin1:
        return "inside"
    if (a.place_name and a.place_name in b.place_names) or (
        b.place_name and b.place_name in a.place_names
    ):
        return "inside"
    if _one_names_other(a, b):
        return "inside"
    if a.country and a.country == b.country:
        is_country = PlacePrecision.COUNTRY in (a.place_precision, b.place_precision)
        return "same_country" if is_country or not (a.admin1 and b.admin1) else "different_area"
    return "unknown"


def _names_place_of(unplaced: Profile, placed: Profile) -> bool:
    """True where the words of a report without a fine place name the town of the other."""
    if unplaced.is_fine or not placed.is_fine:
        return False
    words = [word for word in placed.place_name.split() if len(word) >= MIN_NAME_LETTERS]
    return bool(words) and all(word in unplaced.words for word in words)


def _one_names_other(a: Profile, b: Profile) -> bool:
    """True where all words of one name, or of its division, stand in the other's name."""
    one, other = set(a.place_name.split()), set(b.place_name.split())
    if one and other and (one <= other or other <= one):
        return True
    return any(
        bool(words) and words <= {*names.split()}
        for words, names in (
            (set(a.admin1.split()), b.place_name if not b.is_fine else ""),
            (set(b.admin1.split()), a.place_name if not a.is_fine else ""),
        )
    )


Bounds = tuple[int | None, int | None]


def count_level(a: Bounds | None, b: Bounds | None) -> str:
    """`unknown`, `none` (both zero), `equal_one`, `equal_few`, `equal_many`, `overlap`, `near`,
    `apart` (up to twice), `far`, or `zero_differs` (some against none)."""
    if a is None or b is None:
        return "unknown"
    low_a, low_b = a[0] or 0, b[0] or 0
    high_a, high_b = a[1], b[1]
    if a == b and high_a is not None:
        if high_a == 0:
            return "none"
        if low_a == high_a:
            return "equal_one" if low_a == 1 else "equal_few" if low_a < 5 else "equal_many"
        return "overlap"
    if a == b and low_a >= 5:
        return "equal_few"
    if (high_a is None or high_a >= low_b) and (high_b is None or high_b >= low_a):
        return "overlap"
    top, bottom = (low_a, high_b) if low_a > low_b else (low_b, high_a)
    if bottom is None:
        return "overlap"
    if bottom == 0:
        return "zero_differs"
    if top - bottom <= max(1, bottom // 3):
        return "near"
    return "apart" if top <= 2 * bottom else "far"


def _set_level(
    a: frozenset[object] | frozenset[str] | frozenset[int],
    b: frozenset[object] | frozenset[str] | frozenset[int],
) -> str:
    if not a or not b:
        return "unknown"
    return "shared" if not a.isdisjoint(b) else "different"


def _weapon_level(a: Profile, b: Profile) -> str:
    if not a.weapons or not b.weapons:
        return "unknown"
    if not a.weapons.isdisjoint(b.weapons):
        return "same"
    families = {w.family for w in a.weapons} & {w.family for w in b.weapons}
    return "same_family" if families else "different"


def _target_level(a: Profile, b: Profile) -> str:
    if not a.targets or not b.targets:
        return "unknown"
    alike = similarity(a.target_words, b.target_words)
    if alike >= 0.35:
        return "same_name"
    return "same_kind" if not a.targets.isdisjoint(b.targets) else "different"


TEXT_LEVELS = ((0.6, "copy"), (0.4, "close"), (0.28, "alike"), (0.18, "some"), (0.08, "little"))


def _text_level(alike: float) -> str:
    return next((level for bound, level in TEXT_LEVELS if alike >= bound), "none")


def _day_words(a: Profile, b: Profile) -> str:
    return (
        ""
        if a.start is None or b.start is None
        else (
            f"{a.start.date()}"
            if a.start.date() == b.start.date()
            else " / ".join(sorted((f"{a.start.date()}", f"{b.start.date()}")))
        )
    )


def _place_words(a: Profile, b: Profile) -> str:
    return (
        a.place_name
        if a.place_name == b.place_name
        else " / ".join(sorted((a.place_name or "?", b.place_name or "?")))
    )


def _count_words(a: Profile, b: Profile, outcome: Outcome) -> str:
    one, other = a.counts.get(outcome), b.counts.get(outcome)
    if one is None or other is None:
        return ""
    return " / ".join(sorted(f"{low}-{high}" for low, high in (one, other)))
