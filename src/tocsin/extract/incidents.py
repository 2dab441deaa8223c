"""Incidents: events gathered into the distinct happenings that an article tells of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tocsin.extract.events import Event, has_violence
from tocsin.extract.places import PlacePhrase
from tocsin.extract.timing import RECENT_DAYS
from tocsin.records.vocab import IncidentType as Type
from tocsin.where import place_distance_km

_KIN = (
    {Type.ARMED_CLASH, Type.ARMED_ATTACK},
    {Type.BOMBING, Type.SUICIDE_BOMBING, Type.GRENADE_ATTACK},
    {Type.INDIRECT_FIRE, Type.AIR_STRIKE},
    {Type.AIR_STRIKE, Type.BOMBING},
    {Type.INDIRECT_FIRE, Type.ARMED_CLASH},
    {Type.ARMED_ATTACK, Type.EXECUTION},
    {Type.ARMED_ATTACK, Type.VIOLENCE_AGAINST_PROTEST},
    {Type.ABDUCTION, Type.HOSTAGE_SIEGE, Type.EXECUTION, Type.HIJACKING},
    {Type.MELEE_ATTACK, Type.MOB_VIOLENCE},
    {Type.VIOLENT_DEMONSTRATION, Type.MOB_VIOLENCE, Type.VIOLENCE_AGAINST_PROTEST},
    {Type.CBRN_ATTACK, Type.AIR_STRIKE},
    {Type.CBRN_ATTACK, Type.INDIRECT_FIRE},
    {Type.SUICIDE_BOMBING, Type.ARMED_ATTACK},
    {Type.SUICIDE_BOMBING, Type.ARMED_CLASH},
)
"""Types that the sentences of one incident may bear."""

LEAD_SENTENCES = 4


MAX_OPEN_DRAFTS = 60
"""An event joins one of so many incidents told last: no article needs more, and a text of
megabytes must not compare every event with every other."""

MAX_COMPARED_PLACES = 24
"""Places of an incident that a new event is compared with."""


@dataclass(slots=True)
class Draft:
    """An incident being gathered."""

    events: list[Event] = field(default_factory=list)
    is_main: bool = False
    type: Type = Type.OTHER_ATTACK
    """The founder's type if it names one, else that of the first event that does."""
    names_type: bool = False
    days: tuple[dt.date, dt.date] | None = None
    """Days of the first event that names some."""
    counted_for: Draft | None = None
    """The incident that is dated from this one: "It comes a day after ..."."""
    places: list[PlacePhrase] = field(default_factory=list)
    """Places of all events in order of telling, each name once."""

    @property
    def founder(self) -> Event:
        """The event that opened it."""
        return self.events[0]

    def add(self, event: Event) -> None:
        """Take in an event that goes on about it."""
        self.events.append(event)
        if event.is_explicit and not self.names_type:
            self.type, self.names_type = event.type, True
        self.days = self.days or event_days(event)
        if len(self.places) < MAX_COMPARED_PLACES:
            known = {place.key for place in self.places}
            self.places.extend(place for place in event.places if place.key not in known)


def are_kin(one: Type, other: Type) -> bool:
    """Whether events of both types may be one incident."""
    return (
        one is other
        or Type.OTHER_ATTACK in (one, other)
        or any(one in kin and other in kin for kin in _KIN)
    )


def event_days(event: Event) -> tuple[dt.date, dt.date] | None:
    """The days the event's own words name."""
    for time in event.times:
        if time.tells_day and time.earliest and time.latest:
            return time.earliest, time.latest
    return None


def gather(events: list[Event], today: dt.date | None) -> list[Draft]:
    """Events in the order of telling to incidents."""
    drafts: list[Draft] = []
    told_last: Draft | None = None
    for event in events:
        is_other = event.dates_previous is not None
        draft = _home(event, [d for d in drafts if not (is_other and d is told_last)])
        if draft is not None:
            draft.add(event)
        elif _may_found(event, drafts):
            draft = Draft()
            draft.add(event)
            drafts.append(draft)
        if draft is not None and is_other and told_last is not None:
            draft.counted_for = told_last
        told_last = draft or told_last
    for draft in drafts:
        draft.is_main = _is_main(draft, today)
    drafts = _join_leads(drafts)
    if drafts and not any(draft.is_main for draft in drafts):
        _promote(drafts)
    return [draft for draft in drafts if _can_be_told_apart(draft)]


JOIN_SENTENCES = 3
"""A lead and the sentences after it that may tell the same incident in other words."""


def _join_leads(drafts: list[Draft]) -> list[Draft]:
    """Main incidents that open the article one after the other, of kin types, on days and at
    places that do not exclude each other, are one: the headline and its story."""
    kept: list[Draft] = []
    leads: list[Draft] = []
    for draft in drafts:
        home = next((one for one in leads if _is_retold(one, draft)), None)
        if home is None:
            kept.append(draft)
            if draft.founder.sentence.index < LEAD_SENTENCES:
                leads.append(draft)
            continue
        for event in draft.events:
            home.add(event)
    return kept


def _is_retold(one: Draft, other: Draft) -> bool:
    founder = other.founder
    distance = founder.sentence.index - one.founder.sentence.index
    if not (one.is_main and other.is_main and are_kin(one.type, other.type)):
        return False
    if not 0 < distance <= JOIN_SENTENCES:
        return False
    if founder.is_apart or founder.is_linked or founder.sentence.get("context.new_event"):
        return False
    if one.days and other.days:
        gap = max((other.days[0] - one.days[1]).days, (one.days[0] - other.days[1]).days)
        if gap > 0:
            return False
    return _compare_places(tuple(other.places), one.places) >= 0


def _home(event: Event, drafts: list[Draft]) -> Draft | None:
    """The incident that the event goes on about; None where it opens one."""
    best: tuple[float, int] | None = None
    oldest = max(0, len(drafts) - MAX_OPEN_DRAFTS)
    for index, draft in enumerate(drafts[oldest:], oldest):
        score = _affinity(event, draft)
        if score is None or (event.is_apart and _told_just_before(event, draft)):
            continue
        score += index / 100  # the later told is the nearer
        if best is None or score > best[0]:
            best = (score, index)
    if best is None or best[0] < 1.0:
        return None
    return drafts[best[1]]


def _told_just_before(event: Event, draft: Draft) -> bool:
    return any(
        other.sentence.index == event.sentence.index and other.first < event.first
        for other in draft.events[-3:]
    )


def _affinity(event: Event, draft: Draft) -> float | None:
    """How well the event fits; None where it cannot be the same incident."""
    if not are_kin(event.type, draft.type):
        return None
    score = 1.0 if event.type is draft.type else 0.5
    if not event.is_explicit:
        score += 0.5
    own, known = event_days(event), draft.days
    if own and known:
        gap = max((own[0] - known[1]).days, (known[0] - own[1]).days)
        if gap > 1 or (gap == 1 and (event.places or event.sentence.get("context.new_event"))):
            return None
        score += 0.5 if gap <= 0 else 0.0
    elif own and not known and not _is_near(draft, event):
        score -= 0.3
    elif event.is_linked and not own and not known:
        score -= 0.6
    places = _compare_places(event.places, draft.places)
    if places < 0 and not event.is_anaphoric:
        if not _may_be_detail(event, draft):
            return None
        places = 0.0
    score += places
    if event.is_anaphoric:
        score += 1.0
    if event.sentence.index == draft.events[-1].sentence.index and not event.is_linked:
        score += 1.0
    return score


NEAR_KM = 40.0
"""Two named places so close may be the town and its quarter."""


def _may_be_detail(event: Event, draft: Draft) -> bool:
    """Whether a new place may only say more exactly where: unknown to the gazetteer or close by."""
    if event.sentence.get("context.new_event"):
        return False
    new = [place for place in event.places if place.is_local and not place.is_origin]
    old = [place for place in draft.places if place.is_local and not place.is_origin]
    countries = (
        {p.country for p in event.places if p.country},
        {p.country for p in draft.places if p.country},
    )
    if countries[0] and countries[1] and not countries[0] & countries[1]:
        return False
    if not new or not old:
        return False
    distances = [
        distance
        for one in new
        for other in old
        if (distance := place_distance_km(one, other)) is not None
    ]
    if distances:
        return min(distances) <= NEAR_KM
    return _is_near(draft, event) and event.sentence.index - draft.founder.sentence.index <= 3


def _is_near(draft: Draft, event: Event) -> bool:
    return event.sentence.index - draft.events[-1].sentence.index <= 2


def _compare_places(new: tuple[PlacePhrase, ...], old: list[PlacePhrase]) -> float:
    """1 for a place in common, -1 for places that exclude each other, 0 when nothing tells."""
    new_places = [place for place in new if not place.is_origin]
    old_places = [place for place in old if not place.is_origin]
    if not new_places or not old_places:
        return 0.0
    old_keys = {place.key for place in old_places}
    local_new = [place for place in new_places if place.is_local]
    local_old = [place for place in old_places if place.is_local]
    if any(place.key in old_keys for place in local_new):
        return 1.0
    if any(place.key in old_keys for place in new_places if not place.is_local) and not (
        local_new and local_old
    ):
        return 0.7
    countries_new = {place.country for place in new_places if place.country}
    countries_old = {place.country for place in old_places if place.country}
    if countries_new and countries_old and not countries_new & countries_old:
        return -1.0
    if local_new and local_old:
        return -1.0
    admins_new = {p.admin1 for p in new_places if p.admin1}
    admins_old = {p.admin1 for p in old_places if p.admin1}
    if admins_new and admins_old and not admins_new & admins_old:
        return -1.0
    return 0.2


def _may_found(event: Event, drafts: list[Draft]) -> bool:
    if any(time.is_long_window for time in event.times) and event_days(event) is None:
        return False
    has_day = event_days(event) is not None or event.is_apart
    has_place = any(not place.is_origin for place in event.places)
    is_lead = event.sentence.index < LEAD_SENTENCES
    if event.is_anaphoric and drafts and not (has_day and has_place):
        return False
    if not event.is_explicit and not has_violence(event.sentence):
        return is_lead and not drafts and bool(event.casualties) and has_place
    has_local = any(p.is_local and not p.is_origin for p in event.places)
    if event.is_explicit:
        if event.type is Type.ARMED_CLASH and "noun" in event.trigger.category:
            return has_day or has_local or (is_lead and has_place)
        if not (has_day or has_local or is_lead or event.casualties):
            return False
        if event.type is Type.ARREST_RAID:
            return has_place and is_lead and not event.is_past_frame
        return has_day or has_place or (is_lead and not drafts)
    if event.casualties:
        return has_place or has_day or (is_lead and not drafts)
    return is_lead and has_place and not event.is_past_frame


def _is_main(draft: Draft, today: dt.date | None) -> bool:
    days = draft.days
    if days is not None and today is not None:
        return (today - days[0]).days <= RECENT_DAYS + 1 and (
            not draft.founder.is_linked or draft.founder.sentence.index < LEAD_SENTENCES
        )
    founder = draft.founder
    return not (founder.is_linked or founder.is_past_frame or founder.is_apart)


def _promote(drafts: list[Draft]) -> None:
    """Nothing qualifies as main: an undated lead incident is."""
    first = drafts[0]
    if first.days is None and first.founder.sentence.index < 2 and not first.founder.is_past_frame:
        first.is_main = True


def _can_be_told_apart(draft: Draft) -> bool:
    """A background incident needs a date or a named place; a main one a place, date or toll."""
    if draft.is_main:
        return True
    return bool(
        draft.days
        or draft.founder.is_apart
        or [place for place in draft.places if not place.is_origin]
    )
