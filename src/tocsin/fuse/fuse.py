"""Fusing: the reports of one cluster to one Incident, field by field.

The order of the reports does not matter, and a verbatim copy in a known lineage changes no value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tocsin.errors import RecordError
from tocsin.fuse.doubts import doubt_conflicts
from tocsin.fuse.happening import fuse_date, fuse_place, fuse_type
from tocsin.fuse.numbers import FusedCount, fuse_casualties
from tocsin.fuse.origins import share_origins
from tocsin.fuse.people import fuse_actors
from tocsin.fuse.retractions import standing
from tocsin.fuse.said import said_conflicts
from tocsin.fuse.sources import source_conflicts
from tocsin.fuse.standing import confidence, corroborate, denial, is_provisional, status_of
from tocsin.fuse.stated import collect, support
from tocsin.fuse.things import (
    fuse_damage,
    fuse_effects,
    fuse_other_casualties,
    fuse_targets,
    fuse_weapons,
)
from tocsin.fuse.title import write_title
from tocsin.records import Claim, Incident, MemberReport, ReportInContext
from tocsin.records.context import incident_id_of
from tocsin.records.vocab import LOCATING_ROLES, Outcome, Stage


def fuse(cluster: Sequence[ReportInContext]) -> Incident:
    """The incident that the reports of one cluster tell. `relations` are left to `relate`.

    Raises RecordError for an empty cluster: nothing founds no incident.
    """
    if not cluster:
        raise RecordError("Incident", "reports", "an incident needs at least one report")
    every = share_origins(sorted(cluster, key=lambda c: c.report.id))
    left = standing(every)
    contexts = left or every
    type_ = fuse_type(contexts)
    date = fuse_date(contexts)
    place = fuse_place(contexts)
    weapons, weapon_conflicts = fuse_weapons(contexts)
    targets, target_conflicts = fuse_targets(contexts)
    killed = fuse_casualties(contexts, Outcome.KILLED)
    injured = fuse_casualties(contexts, Outcome.INJURED)
    attackers = fuse_casualties(contexts, Outcome.KILLED, attackers=True)
    others, other_conflicts = fuse_other_casualties(contexts)
    actors, actor_by, actor_conflicts = fuse_actors(contexts)
    stage = _stage(contexts)
    happened = denial(contexts)
    conflicts = (
        *([happened] if happened else ()),
        *type_.conflicts,
        *(date.conflicts if date else ()),
        *(place.conflicts if place else ()),
        *(
            conflict
            for count in (killed, injured, attackers)
            if count
            for conflict in count.conflicts
        ),
        *weapon_conflicts,
        *target_conflicts,
        *other_conflicts,
        *actor_conflicts,
        *source_conflicts(contexts),
        *doubt_conflicts(contexts),
        *said_conflicts(contexts),
    )
    key_fact_open = (place is not None and place.is_tied) or _is_far_apart(killed)
    return Incident(
        id=incident_id_of(every),
        title=write_title(
            is_withdrawn=not left,
            type_=type_.field.value,
            stage=stage,
            place=place.field.value if place else None,
            weapons=weapons,
            targets=targets,
            killed=killed.field.value if killed else None,
            injured=injured.field.value if injured else None,
            actors=actors,
            actor_by=actor_by,
            country=None if place else _only_country(contexts),
        ),
        type=type_.field,
        status=status_of(left, key_fact_open=key_fact_open),
        stage=stage,
        corroboration=corroborate(every, left),
        reports=tuple(
            MemberReport(c.report.article_id, c.report.id, c.report.is_main) for c in every
        ),
        provisional=is_provisional(contexts),
        background_only=not any(c.report.is_main for c in every),
        date=date.field if date else None,
        place=place.field if place else None,
        weapons=weapons,
        targets=targets,
        killed=killed.field if killed else None,
        injured=injured.field if injured else None,
        other_casualties=others,
        attackers_killed=attackers.field if attackers else None,
        damage=fuse_damage(contexts),
        effects=fuse_effects(contexts),
        actors=actors,
        actor_by=actor_by,
        conflicts=conflicts,
        confidence=confidence(contexts),
    )


def _stage(contexts: Sequence[ReportInContext]) -> Stage:
    """The stage most voices give; of equals the one that went further."""
    stated = collect(
        contexts,
        lambda c: [
            Claim(c.report.stage, c.report.type.evidence or (c.report.trigger,), (), "stage")
        ],
    )
    order = (Stage.ACCOMPLISHED, Stage.ATTEMPTED, Stage.FOILED)
    votes = Counter({stage: support(s for s in stated if s.value is stage) for stage in order})
    return max(order, key=lambda stage: (votes[stage], -order.index(stage)))


def _only_country(contexts: Sequence[ReportInContext]) -> str | None:
    """The country of every place where the reports say it happened, if that is one alone."""
    countries = {
        claim.value.country
        for c in contexts
        for claim in c.report.places
        if claim.value.role in LOCATING_ROLES
    }
    countries.discard(None)
    return countries.pop() if len(countries) == 1 else None


def _is_far_apart(killed: FusedCount | None) -> bool:
    """Rival tolls with equal backing, of which one is half again the other or more."""
    if killed is None or not killed.is_disputed or not killed.is_tied:
        return False
    value = killed.field.value
    low, high = value.min or 0, value.max
    return high is None or high > max(low + 1, round(1.5 * low))


def retitle(incident: Incident, cluster: Sequence[ReportInContext]) -> Incident:
    """The incident with its title written from the values it now has: review may have set some."""
    return replace(
        incident,
        title=write_title(
            type_=incident.type.value,
            stage=incident.stage,
            place=incident.place.value if incident.place else None,
            weapons=incident.weapons,
            targets=incident.targets,
            killed=incident.killed.value if incident.killed else None,
            injured=incident.injured.value if incident.injured else None,
            actors=incident.actors,
            actor_by=incident.actor_by,
            country=None if incident.place else _only_country(cluster),
        ),
    )
