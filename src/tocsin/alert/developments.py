"""Developments: what a step of the record changed that someone waits for.

    developments(step)    toll_up killed 3 -> 5, denial_issued ...

A function of two snapshots and nothing else: the same step gives the same developments, whenever
it is read. More articles that say the same are no development.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tocsin.alert.records import Development, DevelopmentKind, Side
from tocsin.publish.wording import conflict_label, side_words, spoken
from tocsin.records import Actor, Evidence, FusedField, Incident, Place, Quantity, TimeInterval
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    ConflictVerdict,
    IncidentStatus,
    IncidentType,
)
from tocsin.store import SnapshotStep
from tocsin.where import place_distance_km, uncertainty_km

WITHDRAWN = frozenset({IncidentStatus.RETRACTED, IncidentStatus.REJECTED})
"""What stands so is told as no incident."""
CONFIRMING_ORIGINS = 2
"""Independent origins from which an incident counts as confirmed."""
AUTHOR_ROLES = frozenset(
    {
        ActorRole.PERPETRATOR,
        ActorRole.CLAIMED,
        ActorRole.BLAMED,
        ActorRole.SUSPECTED,
        ActorRole.ORDERED,
    }
)
"""Roles that say who is behind an incident. A denial is a development of its own."""


def developments(step: SnapshotStep) -> tuple[Development, ...]:
    """What the step changed, in a fixed order; nothing for an incident that only got a new id."""
    before, after = step.before, step.after
    if after is None:
        if before is None or step.is_renamed or before.status in WITHDRAWN:
            return ()
        return (_ended(before, step.forwarded_to),)
    if before is None or before.status in WITHDRAWN:
        if after.status in WITHDRAWN:
            return ()
        return (*_begun(before, after), *_confirmed(None, after))
    if after.status in WITHDRAWN:
        return (
            Development(
                DevelopmentKind.RETRACTED,
                "status",
                Side(_standing(before), before.type.evidence),
                Side(_standing(after), after.type.evidence),
            ),
        )
    return (
        *_confirmed(before, after),
        *_tolls(before, after),
        *_attribution(before, after),
        *_denials(before, after),
        *_disputes(before, after),
        *_corrections(before, after),
    )


def figure(quantity: Quantity | None) -> int | None:
    """The number a count is compared by: best, else least, else most."""
    if quantity is None:
        return None
    known = (n for n in (quantity.best, quantity.min, quantity.max) if n is not None)
    return next(known, None)


def _ended(before: Incident, forwarded_to: str | None) -> Development:
    was = Side(before.title, before.type.evidence)
    if forwarded_to is None:
        return Development(
            DevelopmentKind.RETRACTED, "incident", was, Side("no report tells it any more")
        )
    return Development(DevelopmentKind.MERGED, "incident", was, Side(f"told under {forwarded_to}"))


def _begun(before: Incident | None, after: Incident) -> Iterator[Development]:
    now = Side(after.title, after.type.evidence)
    if before is None:
        yield Development(DevelopmentKind.FIRST_REPORT, "incident", None, now)
    else:
        was = Side(_standing(before), before.type.evidence)
        yield Development(
            DevelopmentKind.CORRECTED, "status", was, Side(_standing(after), after.type.evidence)
        )


def _standing(incident: Incident) -> str:
    return f"{incident.title} ({incident.status.value})"


def _confirmed(before: Incident | None, after: Incident) -> Iterator[Development]:
    had = before.corroboration.lineages if before else 0
    has = after.corroboration.lineages
    if had < CONFIRMING_ORIGINS <= has:
        was = Side(_origins(had), before.type.evidence) if before else None
        yield Development(
            DevelopmentKind.CONFIRMED, "origins", was, Side(_origins(has), after.type.evidence)
        )


def _origins(count: int) -> str:
    return f"{count} independent origin{'' if count == 1 else 's'}"


def _tolls(before: Incident, after: Incident) -> Iterator[Development]:
    for name in ("killed", "injured"):
        was, now = getattr(before, name), getattr(after, name)
        had, has = figure(was.value if was else None), figure(now.value if now else None)
        if has is not None and has > (had or 0):
            yield Development(DevelopmentKind.TOLL_UP, name, _side(was), _known(now))
        elif had is not None and has is not None and has < had:
            yield Development(DevelopmentKind.CORRECTED, name, _side(was), _known(now))


def _known(field: FusedField[Any]) -> Side:
    return Side(spoken(field.value), field.evidence)


def _side(field: FusedField[Any] | None) -> Side | None:
    return _known(field) if field is not None else None


def _authors(incident: Incident) -> dict[tuple[str, str], FusedField[Actor]]:
    return {
        (actor.value.canonical_id or actor.value.name.casefold(), actor.value.role.value): actor
        for actor in incident.actors
        if actor.value.role in AUTHOR_ROLES and actor.value.level is ActorLevel.INCIDENT
    }


def _attribution(before: Incident, after: Incident) -> Iterator[Development]:
    was, now = _authors(before), _authors(after)
    if was.keys() != now.keys():
        yield Development(
            DevelopmentKind.ATTRIBUTION_CHANGED,
            "actors",
            _together(was.values()) if was else None,
            _together(now.values()) if now else Side("nobody is named any more"),
        )


def _together(fields: Iterable[FusedField[Actor]]) -> Side:
    listed = list(fields)
    return Side(
        "; ".join(spoken(field.value) for field in listed),
        tuple(evidence for field in listed for evidence in field.evidence),
    )


def _denials(before: Incident, after: Incident) -> Iterator[Development]:
    """Actors that deny it now and did not; each with what was said of them before."""

    def denying(incident: Incident) -> dict[str, FusedField[Actor]]:
        return {
            actor.value.canonical_id or actor.value.name.casefold(): actor
            for actor in incident.actors
            if actor.value.role is ActorRole.DENIED
        }

    earlier, said = denying(before), _authors(before)
    for key, actor in denying(after).items():
        if key not in earlier:
            accused = [field for (who, _), field in said.items() if who == key]
            yield Development(
                DevelopmentKind.DENIAL_ISSUED,
                "actors",
                _together(accused) if accused else None,
                _known(actor),
            )


def _disputes(before: Incident, after: Incident) -> Iterator[Development]:
    """Fields on which accounts exclude each other now and did not."""
    disputed = {c.field for c in before.conflicts if c.verdict is ConflictVerdict.OPEN}
    for conflict in after.conflicts:
        if conflict.verdict is not ConflictVerdict.OPEN or conflict.field in disputed:
            continue
        disputed.add(conflict.field)
        yield Development(
            DevelopmentKind.DISPUTE_OPENED,
            conflict_label(conflict),
            _field_side(before, conflict.field),
            Side(
                " / ".join(side_words(side.value) for side in conflict.sides),
                _one_of_each([side.evidence for side in conflict.sides]),
            ),
        )


def _field_side(incident: Incident, name: str) -> Side | None:
    field = getattr(incident, name, None)
    return _known(field) if isinstance(field, FusedField) else None


def _one_of_each(sides: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """The evidence of several sides in turn, so that a cut leaves some of each."""
    longest = max(map(len, sides), default=0)
    return tuple(side[at] for at in range(longest) for side in sides if at < len(side))


def _corrections(before: Incident, after: Incident) -> Iterator[Development]:
    if _is_other_type(before.type.value, after.type.value):
        yield Development(
            DevelopmentKind.CORRECTED, "type", _known(before.type), _known(after.type)
        )
    yield from _replaced("date", before.date, after.date, are_disjoint)
    yield from _replaced("place", before.place, after.place, are_apart)


def _is_other_type(before: IncidentType, after: IncidentType) -> bool:
    """True unless the new type only says more."""
    return before is not after and before is not IncidentType.OTHER_ATTACK


def _replaced(
    name: str,
    before: FusedField[TimeInterval] | FusedField[Place] | None,
    after: FusedField[TimeInterval] | FusedField[Place] | None,
    exclude: Callable[..., bool],
) -> Iterator[Development]:
    if before is not None and after is not None and exclude(before.value, after.value):
        yield Development(
            DevelopmentKind.CORRECTED,
            name,
            Side(spoken(before.value), before.evidence),
            Side(spoken(after.value), after.evidence),
        )


def are_disjoint(one: TimeInterval, other: TimeInterval) -> bool:
    """True where the local days of two times exclude each other. An open side reaches on."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: TimeInterval, other: TimeInterval) -> bool:
    return (
        one.last_day is not None and other.first_day is not None and one.last_day < other.first_day
    )


def are_apart(one: Place, other: Place) -> bool:
    """True where two places exclude each other: other countries, or too far for their extents."""
    if one.country and other.country and one.country != other.country:
        return True
    distance_km = place_distance_km(one, other)
    if distance_km is None:
        return False
    reach = (uncertainty_km(one), uncertainty_km(other))
    return None not in reach and distance_km > sum(km for km in reach if km is not None)
