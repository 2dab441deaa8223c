"""Matching: does an incident pass a rule?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.alert.developments import figure
from tocsin.alert.rules import Alerting, Rule
from tocsin.records import Incident, Place
from tocsin.records.vocab import ActorRole, PlacePrecision
from tocsin.where import place_distance_km
from tocsin.who import ActorCatalogue

BYSTANDERS = frozenset({ActorRole.VICTIM, ActorRole.TARGET, ActorRole.RESPONDER, ActorRole.UNKNOWN})
"""Roles in which an actor does not make an incident one of theirs."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """A rule with its watch lists and its actors looked up."""

    rule: Rule
    actors: frozenset[str]
    """Canonical ids and case-folded names; empty where the rule asks for none."""
    watched_actors: frozenset[str]
    watched_places: frozenset[str]

    def passes(self, incident: Incident | None) -> bool:
        """True where every condition of the rule holds."""
        if incident is None or (incident.background_only and not self.rule.recaps):
            return False
        rule = self.rule
        return (
            (not rule.types or incident.type.value in rule.types)
            and (not rule.statuses or incident.status in rule.statuses)
            and incident.corroboration.lineages >= rule.min_origins
            and (rule.killed is None or rule.killed.hold(_count(incident, "killed")))
            and (rule.injured is None or rule.injured.hold(_count(incident, "injured")))
            and (not self.actors or bool(self.actors & _actor_keys(incident)))
            and self._is_watched(incident)
            and self._is_within(incident.place.value if incident.place else None)
        )

    def _is_watched(self, incident: Incident) -> bool:
        if not self.rule.watch:
            return True
        place = incident.place.value if incident.place else None
        return bool(
            self.watched_actors & _actor_keys(incident) or self.watched_places & _place_names(place)
        )

    def _is_within(self, place: Place | None) -> bool:
        rule = self.rule
        if rule.countries and (place is None or place.country not in rule.countries):
            return False
        if rule.places and not _folded(rule.places) & _place_names(place):
            return False
        if rule.bbox is not None and not _in_box(place, rule.bbox):
            return False
        if rule.near is None:
            return True
        centre = Place("", PlacePrecision.POINT, lat=rule.near.lat, lon=rule.near.lon)
        distance_km = place_distance_km(centre, place) if place else None
        return distance_km is not None and distance_km <= rule.near.radius_km


def matchers(alerting: Alerting) -> dict[str, Matcher]:
    """A matcher for each rule, by its name."""
    lists = alerting.watch_lists
    wants_actors = any(rule.actors for rule in alerting.rules.values()) or any(
        watched.actors for watched in lists.values()
    )
    catalogue = ActorCatalogue.open() if wants_actors else None
    return {
        name: Matcher(
            rule,
            _known(rule.actors, catalogue),
            _known((a for w in rule.watch for a in lists[w].actors), catalogue),
            _folded(p for w in rule.watch for p in lists[w].places),
        )
        for name, rule in alerting.rules.items()
    }


def _known(names: Iterable[str], catalogue: ActorCatalogue | None) -> frozenset[str]:
    """The names, and the ids of those that the catalogue knows under any spelling."""
    keys = set()
    for name in names:
        keys.add(name.casefold())
        entry = catalogue.look_up(name) if catalogue else None
        if entry is not None and entry.id is not None:
            keys.add(entry.id)
    return frozenset(keys)


def _actor_keys(incident: Incident) -> frozenset[str]:
    named = [f.value for f in incident.actors if f.value.role not in BYSTANDERS]
    keys = {actor.name.casefold() for actor in named}
    return frozenset(keys | {actor.canonical_id for actor in named if actor.canonical_id})


def _place_names(place: Place | None) -> frozenset[str]:
    if place is None:
        return frozenset()
    return _folded(name for name in (place.name, place.admin1, place.admin2) if name)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _count(incident: Incident, name: str) -> int | None:
    field = getattr(incident, name)
    return figure(field.value if field else None)


def _in_box(place: Place | None, box: tuple[float, float, float, float]) -> bool:
    if place is None or place.lat is None or place.lon is None:
        return False
    west, south, east, north = box
    is_between = (
        west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    )
    return south <= place.lat <= north and is_between
