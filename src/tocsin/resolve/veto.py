"""Vetoes: what two reports of one incident cannot be. Cheap, asked before anything is graded.

Section 7 of the incident model: times, places or types that exclude each other, and explicit words.
"""

from __future__ import annotations

import datetime as dt

from tocsin.records.vocab import IncidentType
from tocsin.resolve.profile import FIRE_OR_STRIKE, Profile
from tocsin.resolve.sketch import likeness
from tocsin.where.distance import place_distance_km

PLACE_SLACK_KM = 5.0
"""Beyond the sum of both uncertainties (section 7)."""

ZONE_SHIFT = dt.timedelta(hours=12)
"""The widest gap between two clock readings that a zone left unsaid explains."""

SHORT_SPAN = dt.timedelta(days=4)
"""Two reports that name the same few days say as much as two that name one day."""

NEAR_HOURS = dt.timedelta(hours=3)
"""Witnesses, police and desks give clock times this far apart for one attack."""

PUBLISHED_LAG = dt.timedelta(days=2)
"""How long before the day of publication "news of the day" may have happened."""

TELLING_LAG = dt.timedelta(days=7)
"""A follow-up's own day is at most that far from the day it tells of."""

AKIN = 0.24
"""Likeness of two articles (sketch.py) from which a value may well be misread: of pairs of train
that differ in a place which words do not name, or in type, 130 of 130 tell one incident from there
on, and 9 of 282 below half of it."""
ALIKE = 0.3
"""From which the day of a follow-up may be misread as well."""

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
_ANY_MUNITION = frozenset({"missile", "drone", "explosive", "unknown"})
"""Weapon families that ground launchers and aircraft share."""


def find_veto(a: Profile, b: Profile) -> str | None:
    """The first hard veto against one incident, in words, or None. Symmetric.

    A veto needs firm values. Two articles can be so alike that what sets their reports apart is
    more likely misread than true (docs/decisions/0017-likeness.md); it then speaks against one
    incident and forbids nothing.
    """
    if a.article_id == b.article_id:
        return "two reports of one article"
    if not types_compatible(a, b) and not _are_akin(a, b):
        return f"types exclude each other: {' / '.join(sorted((a.type.value, b.type.value)))}"
    if time_level(a, b) == "disjoint":
        return "times exclude each other"
    if places_disjoint(a, b) and ((a.place_is_firm and b.place_is_firm) or not _are_akin(a, b)):
        return "places exclude each other"
    if a.is_main and b.is_main and a.outlet and a.outlet == b.outlet and _days_differ(a, b):
        return "one outlet tells them as news of different days"
    if a.says_another != b.says_another and not _same_day(a, b) and not _are_akin(a, b):
        return "one says it is another attack, and no day joins them"
    return None


def _are_akin(a: Profile, b: Profile) -> bool:
    """Whether the articles are so alike that a value may well be misread. Asked last: it costs more
    than all else here."""
    return likeness(a.terms, b.terms) >= AKIN


def is_soft_veto(a: Profile, b: Profile) -> bool:
    """True where a pair with a veto differs only in places, and words named but one at most."""
    return (
        a.article_id != b.article_id
        and types_compatible(a, b)
        and time_level(a, b) != "disjoint"
        and not (a.place_is_firm and b.place_is_firm)
        and places_disjoint(a, b)
    )


def types_compatible(a: Profile, b: Profile) -> bool:
    """True where one type refines the other."""
    if a.type is b.type:
        return True
    pair = frozenset((a.type, b.type))
    if pair in _REFINEMENTS:
        return True
    if _T.OTHER_ATTACK in pair:
        return pair <= _ATTACKS
    if pair == FIRE_OR_STRIKE:
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
    longer before: a later story that dates nothing), `told_later` (apart, in articles so alike that
    one of the days must be that of a follow-up), `unknown`, `disjoint`.
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
    return "told_later" if _one_is_the_tellings(a, b, gap) else "disjoint"


def _one_is_the_tellings(a: Profile, b: Profile, gap: dt.timedelta) -> bool:
    """True where articles are so alike, and name one person or street, that one of two days must be
    that of a follow-up. Words alone say less: bulletins tell each day's shelling in the same ones.

    A weekday close to the day of publication is often that of the charge or the hearing told, but
    in news of daily attacks also that of the next one: it takes more likeness. Days further apart
    are firm: even of the most alike articles half tell of two events.
    """
    if gap > TELLING_LAG or a.start is None or b.start is None:
        return False
    if not (a.details.persons & b.details.persons or a.details.streets & b.details.streets):
        return False
    later = a if a.start > b.start else b
    return likeness(a.terms, b.terms) >= (ALIKE if later.may_be_telling_day else AKIN)


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
    if time_level(a, b) == "told_later":
        return False
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
