"""What, when and where: one type, one time and one place of many (rules 5 and 6 of section 6).

Each starts from the statement most voices are compatible with, and narrows it by every statement
that still fits: the finest time inside the others, the most specific place inside the others, the
type that refines the others. What does not fit becomes the other side of a conflict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from tocsin.fuse.conflicts import classed
from tocsin.fuse.stated import (
    EVER,
    NEVER,
    Stated,
    alternatives,
    collect,
    named_rule,
    reports_of,
    support,
    words_of,
)
from tocsin.records import (
    Conflict,
    FusedField,
    Place,
    ReportInContext,
    TimeInterval,
)
from tocsin.records.vocab import (
    LOCATING_ROLES,
    Agreement,
    ConflictVerdict,
    IncidentType,
    PlacePrecision,
    PlaceRole,
    TimeBasis,
    TimePrecision,
    ZoneBasis,
)
from tocsin.where import place_distance_km, uncertainty_km

T = TypeVar("T")

ZONE_SHIFT = dt.timedelta(hours=14)
"""The widest shift between a clock at the place and one at an outlet's desk."""
PLACE_SLACK_KM = 5.0
_NEARBY = LOCATING_ROLES | {PlaceRole.NEAR_LANDMARK}
_TIME_FINENESS = {precision: rank for rank, precision in enumerate(TimePrecision)}
_PLACE_FINENESS = {precision: rank for rank, precision in enumerate(PlacePrecision)}

_I = IncidentType
_REFINES: dict[IncidentType, frozenset[IncidentType]] = {
    _I.SUICIDE_BOMBING: frozenset({_I.BOMBING}),
    _I.GRENADE_ATTACK: frozenset({_I.BOMBING}),
    _I.VIOLENT_DEMONSTRATION: frozenset({_I.PROTEST}),
    _I.VIOLENCE_AGAINST_PROTEST: frozenset({_I.PROTEST, _I.ARMED_ATTACK}),
    _I.EXECUTION: frozenset({_I.ARMED_ATTACK}),
    _I.HOSTAGE_SIEGE: frozenset({_I.ABDUCTION, _I.ARMED_ATTACK}),
    _I.CBRN_ATTACK: frozenset({_I.AIR_STRIKE, _I.INDIRECT_FIRE}),
    _I.TERRITORY_TAKEN_STATE: frozenset({_I.ARMED_CLASH}),
    _I.TERRITORY_TAKEN_NONSTATE: frozenset({_I.ARMED_CLASH}),
}
"""A type and those it says more than; every type says more than `other_attack`."""


@dataclass(frozen=True, slots=True)
class Fused(Generic[T]):
    """A fused field and how its statements differ."""

    field: FusedField[T]
    conflicts: tuple[Conflict, ...] = ()
    is_tied: bool = False
    """No side of a dispute has more independent voices than another: no rule resolves it."""


def _field(
    value: T,
    agreeing: Sequence[Stated[T]],
    opposed: Sequence[Stated[T]],
    *,
    note: Callable[[Stated[T]], str],
    rule: str = "5",
) -> FusedField[T]:
    if opposed and any(note(one) == ConflictVerdict.OPEN.value for one in opposed):
        agreement, rule = Agreement.CONFLICT, "6"
    elif len(agreeing) + len(opposed) == 1:
        agreement = Agreement.SINGLE
    else:
        same = not opposed and len({one.value for one in agreeing}) == 1
        agreement = Agreement.AGREE if same else Agreement.COMPATIBLE
    others = [one for one in (*agreeing, *opposed) if one.value != value]
    return FusedField(
        value=value,
        rule=named_rule(rule, agreeing),
        agreement=agreement,
        report_ids=reports_of(agreeing),
        evidence=words_of(agreeing),
        alternatives=alternatives(others, note),
    )


# ------------------------------------------------------------------ type


def fuse_type(contexts: Sequence[ReportInContext]) -> Fused[IncidentType]:
    """The type with most voices, refined by those that say more of the same thing."""
    stated = collect(contexts, lambda c: (c.report.type,))
    if not stated:  # every report's type is denied or hypothetical; the words still stand
        stated = [_founding_type(contexts)]
    told = [one for one in stated if one.value is not _I.OTHER_ATTACK] or stated

    def rank(type_: IncidentType) -> tuple[object, ...]:
        backed = [one for one in told if one.value is type_ or one.value in _refined_by(type_)]
        saying = [one for one in told if one.value is type_]
        return -support(backed), -support(saying), saying[0].order

    chosen = min({one.value for one in told}, key=rank)
    agreeing = [one for one in stated if one.value is chosen]
    others = [one for one in stated if one.value is not chosen]

    def verdict(one: Stated[IncidentType]) -> ConflictVerdict:
        is_finer = one.value in _refined_by(chosen) or chosen in _refined_by(one.value)
        return ConflictVerdict.PRECISION if is_finer else ConflictVerdict.WORDING

    return Fused(
        _field(chosen, agreeing, others, note=lambda one: verdict(one).value),
        classed(
            "type", chosen.value, agreeing, [(one.value.value, one, verdict(one)) for one in others]
        ),
    )


def _founding_type(contexts: Sequence[ReportInContext]) -> Stated[IncidentType]:
    first = min(contexts, key=lambda c: c.report.id)
    bare = replace(
        first, report=replace(first.report, type=replace(first.report.type, attributions=()))
    )
    return collect([bare], lambda c: (c.report.type,))[0]


def is_same_form(one: IncidentType, other: IncidentType) -> bool:
    """True where two types are one, or one says more of the other."""
    return one is other or one in _REFINES.get(other, ()) or other in _REFINES.get(one, ())


def _refined_by(type_: IncidentType) -> frozenset[IncidentType]:
    return _REFINES.get(type_, frozenset()) | {_I.OTHER_ATTACK}


# ------------------------------------------------------------------ time


def fuse_date(contexts: Sequence[ReportInContext]) -> Fused[TimeInterval] | None:
    """The finest time inside the others. Times the words give outrank those of publication."""
    stated = collect(contexts, lambda c: (c.report.date,) if c.report.date else ())
    if not stated:
        return None
    from_words = [one for one in stated if one.value.basis is TimeBasis.TEXT]
    weak = [one for one in stated if one not in from_words] if from_words else []
    current = from_words or stated
    zone = _zone_of_event(current)
    anchor = min(current, key=lambda one: _time_rank(one, current, zone))
    value, agreeing, opposed = anchor.value, [anchor], []
    for one in sorted(current, key=lambda s: _time_fineness(s.value)):
        if one is anchor:
            continue
        met = _meet_times(value, one.value, zone)
        if met is None:
            opposed.append(one)
        else:
            value = met
            agreeing.append(one)
    agreeing.sort(key=lambda one: one.order)
    verdicts = {id(one): _time_verdict(value, one.value, zone) for one in (*agreeing, *opposed)}

    def note(one: Stated[TimeInterval]) -> str:
        verdict = verdicts.get(id(one))
        return verdict.value if verdict else "published"

    disputed = [one for one in opposed if verdicts[id(one)] is ConflictVerdict.OPEN]
    chosen = _time_words(value)
    saying = [one for one in agreeing if _time_words(one.value) == chosen]
    if not saying:
        chosen, saying = _time_words(anchor.value), [anchor]
    differing = [
        (_time_words(one.value), one, verdicts[id(one)])
        for one in (*agreeing, *opposed)
        if _time_words(one.value) != chosen
    ]
    differing += [
        (_time_words(one.value), one, ConflictVerdict.ZONE_READING)
        for one in _other_clocks(contexts, stated, value, zone)
    ]
    field = _field(value, agreeing, [*opposed, *weak], note=note)
    tied = bool(disputed) and support(disputed) >= support(agreeing)
    return Fused(field, classed("date", chosen, saying, differing), tied)


def _other_clocks(
    contexts: Sequence[ReportInContext],
    stated: Sequence[Stated[TimeInterval]],
    value: TimeInterval,
    zone: str | None,
) -> list[Stated[TimeInterval]]:
    """Further times that reports give for it, on the clock of another place.

    A report that says "Wednesday afternoon" and "just after midnight local time" gives its desk's
    time and that of the event. Its other times mostly date something else, and are left out.
    """
    known = {words for one in stated for words in one.evidence}
    further = collect(contexts, lambda c: c.report.times)
    return [
        one
        for one in further
        if one.value.basis is TimeBasis.TEXT
        and not known & {*one.evidence}
        and _time_verdict(value, one.value, zone) is ConflictVerdict.ZONE_READING
    ]


def _zone_of_event(stated: Sequence[Stated[TimeInterval]]) -> str | None:
    """The zone that the times are compared in: that of the place where one report knows it."""
    zoned = [one for one in stated if one.value.zone]
    if not zoned:
        return None
    bases = (ZoneBasis.STATED, ZoneBasis.PLACE_OF_EVENT)
    return min(zoned, key=lambda one: (one.value.zone_basis not in bases, one.order)).value.zone


def _time_fineness(time: TimeInterval) -> tuple[int, float, str]:
    bounded = time.earliest is not None and time.latest is not None
    width = (time.latest - time.earliest).total_seconds() if bounded else float("inf")  # type: ignore[operator]
    return _TIME_FINENESS[time.precision], width, str(time.earliest)


def _time_rank(
    one: Stated[TimeInterval], stated: Sequence[Stated[TimeInterval]], zone: str | None
) -> tuple[object, ...]:
    meets = [s for s in stated if _meet_times(one.value, s.value, zone) is not None]
    return -support(meets), not one.is_main, *_time_fineness(one.value), one.order


def _local(time: TimeInterval, zone: str | None) -> tuple[dt.datetime, dt.datetime]:
    """The bounds on the clock of `zone`; open bounds are the ends of time.

    Only a time with a clock is moved: "Wednesday" at one desk is not a day at another's.
    """
    low, high = time.earliest or EVER, time.latest or NEVER
    is_clock = _TIME_FINENESS[time.precision] < _TIME_FINENESS[TimePrecision.DAY]
    if zone and time.zone and time.zone != zone and is_clock and time.earliest and time.latest:
        there, here = ZoneInfo(time.zone), ZoneInfo(zone)
        low = low.replace(tzinfo=there).astimezone(here).replace(tzinfo=None)
        high = high.replace(tzinfo=there).astimezone(here).replace(tzinfo=None)
    return low, high


def _meet_times(a: TimeInterval, b: TimeInterval, zone: str | None) -> TimeInterval | None:
    """The finer of two times, narrowed by the other; None where they exclude each other."""
    finer, wider = sorted((a, b), key=_time_fineness)
    low, high = _local(finer, zone)
    other_low, other_high = _local(wider, zone)
    met_low, met_high = max(low, other_low), min(high, other_high)
    if met_low >= met_high:
        return None
    if (met_low, met_high) == (low, high):
        return finer
    return replace(
        finer,
        earliest=None if met_low == EVER else met_low,
        latest=None if met_high == NEVER else met_high,
        zone=zone or finer.zone,
    )


def _time_verdict(chosen: TimeInterval, other: TimeInterval, zone: str | None) -> ConflictVerdict:
    low, high = _local(chosen, zone)
    other_low, other_high = _local(other, zone)
    if max(low, other_low) < min(high, other_high):
        own_low, own_high = _local(other, None)
        apart = max(low, own_low) >= min(high, own_high)
        return ConflictVerdict.ZONE_READING if apart else ConflictVerdict.PRECISION
    gap = max(low, other_low) - min(high, other_high)
    day = _TIME_FINENESS[TimePrecision.DAY]
    is_clock = min(_TIME_FINENESS[chosen.precision], _TIME_FINENESS[other.precision]) < day
    told = ZoneBasis.STATED
    if is_clock and gap <= ZONE_SHIFT and not (chosen.zone_basis is other.zone_basis is told):
        return ConflictVerdict.ZONE_READING
    return ConflictVerdict.OPEN


def _time_words(time: TimeInterval) -> str:
    def bound(at: dt.datetime | None) -> str:
        return at.isoformat(timespec="minutes") if at else "open"

    if time.local_date and time.precision is TimePrecision.DAY:
        return time.local_date.isoformat()
    return f"{bound(time.earliest)}/{bound(time.latest)}"


# ------------------------------------------------------------------ place


def fuse_place(contexts: Sequence[ReportInContext]) -> Fused[Place] | None:
    """The most specific place that lies inside the others; most voices first."""
    stated = collect(contexts, lambda c: (c.report.place,) if c.report.place else ())
    if not stated:
        return None
    anchor = min(stated, key=lambda one: _place_rank(one, stated))
    agreeing = [one for one in stated if places_fit(anchor.value, one.value)]
    opposed = [one for one in stated if one not in agreeing]

    def note(one: Stated[Place]) -> str:
        if one in opposed:
            return ConflictVerdict.OPEN.value
        same = one.value.precision is anchor.value.precision
        return (ConflictVerdict.WORDING if same else ConflictVerdict.PRECISION).value

    chosen = _place_words(anchor.value)
    saying = [one for one in agreeing if _place_words(one.value) == chosen]
    differing = [
        (_place_words(one.value), one, ConflictVerdict(note(one)))
        for one in (*agreeing, *opposed)
        if _place_words(one.value) != chosen
    ]
    differing += [
        (_landmark_words(one.value), one, ConflictVerdict.PRECISION)
        for one in _nearer(contexts, stated, anchor.value)
    ]
    field = _field(anchor.value, agreeing, opposed, note=note)
    return Fused(
        field,
        classed("place", chosen, saying, differing),
        bool(opposed) and support(opposed) >= support(agreeing),
    )


def _nearer(
    contexts: Sequence[ReportInContext], stated: Sequence[Stated[Place]], place: Place
) -> list[Stated[Place]]:
    """Sites and landmarks at or near which reports say it was, finer than the place itself."""
    known = {words for one in stated for words in one.evidence}
    named = collect(
        contexts, lambda c: [claim for claim in c.report.places if claim.value.role in _NEARBY]
    )
    return [
        one
        for one in named
        if not known & {*one.evidence}
        and one.value.lat is not None
        and one.value.name != place.name
        and _PLACE_FINENESS[one.value.precision] < _PLACE_FINENESS[place.precision]
        and places_fit(place, one.value)
    ]


def _landmark_words(place: Place) -> str:
    near = "near " if place.role is PlaceRole.NEAR_LANDMARK else ""
    return near + _place_words(place)


def _place_rank(one: Stated[Place], stated: Sequence[Stated[Place]]) -> tuple[object, ...]:
    fits = [s for s in stated if places_fit(one.value, s.value)]
    same = [s for s in stated if s.value.name == one.value.name]
    place = one.value
    fineness = _PLACE_FINENESS[place.precision]
    return -support(fits), fineness, place.lat is None, -support(same), one.order


def places_fit(a: Place, b: Place) -> bool:
    """True where one place may lie inside the other or be the same under another name."""
    apart, reach_a, reach_b = place_distance_km(a, b), uncertainty_km(a), uncertainty_km(b)
    if apart is not None and reach_a is not None and reach_b is not None:
        return apart <= reach_a + reach_b + PLACE_SLACK_KM
    if a.country and b.country:
        return a.country == b.country
    return True


def _place_words(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.admin1, place.country) if part)
