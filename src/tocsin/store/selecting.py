"""Which snapshots a filter means, and in which order: of the record as it is, or as it was.

The record as it is stands in short in `listed`, whose narrow rows and indexes answer quickly; the
record as it was is read from the snapshots themselves. Both are asked the same by the same code,
over `Columns`: the past and the present cannot be filtered differently.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Row,
    Select,
    TextClause,
    and_,
    case,
    func,
    or_,
    select,
    text,
    type_coerce,
)

from tocsin.records.vocab import ActorRole, IncidentStatus, WeaponType
from tocsin.store import schema
from tocsin.store.base import BoundingBox, IncidentFilter, Listing, ListPosition
from tocsin.store.search import SearchIndex

_H = schema.incident_history.c
_L = schema.listed.c

WIDE_DEG2 = 50.0
"""Square degrees, some seven on a side. Of a wider box the index gives so many keys that gathering
them takes longer than walking the present record in the order of the list until a page is full."""

Column = ColumnElement[Any]
Condition = ColumnElement[bool] | TextClause


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the values stand that a filter asks for and a list shows."""

    key: Column
    incident_id: Column
    day: Column
    """The day an incident is listed under; NULL where it has none."""
    first_day: Column
    last_day: Column
    type: Column
    status: Column
    country: Column
    place_names: Column
    """The names of its place and of the divisions around it, casefolded."""
    lat: Column
    lon: Column
    precision: Column
    uncertainty_km: Column
    lineages: Column
    is_recap: Column
    title: Column
    recorded_at: Column
    base: ColumnElement[bool]
    """What makes a row a snapshot of the record at all."""

    def acted(self, name: str, role: ActorRole | None) -> Condition:
        """That someone of such a name has a role in it."""
        raise NotImplementedError

    def armed(self, weapon: WeaponType) -> Condition:
        """That such a weapon was used."""
        raise NotImplementedError


class Present(Columns):
    """The record as it is."""

    __slots__ = ()

    def acted(self, name: str, role: ActorRole | None) -> Condition:
        """From the names beside `listed`."""
        actors = schema.listed_actors.c
        found = select(actors.key).where(func.instr(actors.name, name.casefold()) > 0)
        return self.key.in_(found if role is None else found.where(actors.role == role.value))

    def armed(self, weapon: WeaponType) -> Condition:
        """From the kinds beside `listed`."""
        weapons = schema.listed_weapons.c
        return self.key.in_(select(weapons.key).where(weapons.type == weapon.value))


class Past(Columns):
    """The record as it was."""

    __slots__ = ()

    def acted(self, name: str, role: ActorRole | None) -> Condition:
        """From the snapshots' own JSON."""
        values = {"acted_name": name.casefold(), "acted_role": role.value if role else None}
        return _ACTED.bindparams(**values)

    def armed(self, weapon: WeaponType) -> Condition:
        """From the snapshots' own JSON."""
        return _ARMED.bindparams(armed_type=weapon.value)


_ACTED = text(
    "EXISTS (SELECT 1 FROM json_each(incident_history.record, '$.actors') e"
    " WHERE instr(casefold(json_extract(e.value, '$.value.name')), :acted_name) > 0"
    " AND (:acted_role IS NULL OR json_extract(e.value, '$.value.role') = :acted_role))"
)
_ARMED = text(
    "EXISTS (SELECT 1 FROM json_each(incident_history.record, '$.weapons') e"
    " WHERE json_extract(e.value, '$.value.type') = :armed_type)"
)

_JSON = type_coerce(_H.record, JSON)
_PLACE = ("place", "value")
_NAMES = [
    func.coalesce(_JSON[(*_PLACE, name)].as_string(), "") for name in ("name", "admin1", "admin2")
]

PRESENT = Present(
    key=_L.key,
    incident_id=_L.incident_id,
    day=_L.day,
    first_day=_L.first_day,
    last_day=_L.last_day,
    type=_L.type,
    status=_L.status,
    country=_L.country,
    place_names=_L.place_names,
    lat=_L.lat,
    lon=_L.lon,
    precision=_L.precision,
    uncertainty_km=_L.uncertainty_km,
    lineages=_L.lineages,
    is_recap=_L.is_recap,
    title=_L.title,
    recorded_at=_L.recorded_at,
    base=_L.key.is_not(None),
)


def past(as_of: dt.datetime) -> Past:
    """Of each incident the last snapshot that was kept by then."""
    newest = select(func.max(_H.key)).where(_H.recorded_at <= as_of).group_by(_H.incident_id)
    names = func.casefold(_NAMES[0] + "\n" + _NAMES[1] + "\n" + _NAMES[2])
    return Past(
        key=_H.key,
        incident_id=_H.incident_id,
        day=func.coalesce(
            _H.first_day, _H.last_day, type_=schema.incident_history.c.first_day.type
        ),
        first_day=_H.first_day,
        last_day=_H.last_day,
        type=_H.type,
        status=_H.status,
        country=_H.country,
        place_names=case((_JSON["place"].as_string().is_not(None), names)),
        lat=_H.lat,
        lon=_H.lon,
        precision=_JSON[(*_PLACE, "precision")].as_string(),
        uncertainty_km=case((_H.lat.is_not(None), _JSON[(*_PLACE, "uncertainty_km")].as_float())),
        lineages=_H.lineages,
        is_recap=func.coalesce(_JSON["background_only"].as_boolean(), False),
        title=_H.title,
        recorded_at=_H.recorded_at,
        base=and_(_H.key.in_(newest), _H.record.is_not(None)),
    )


def columns_at(as_of: dt.datetime | None) -> Columns:
    """Where the record of an instant stands; the present one where it is None."""
    return PRESENT if as_of is None else past(as_of)


def conditions(
    chosen: IncidentFilter, index: SearchIndex, columns: Columns
) -> list[Condition] | None:
    """What a snapshot must fulfil; None where nothing can."""
    at = columns
    wanted: list[Condition] = [at.base]
    if chosen.since is not None or chosen.until is not None:
        wanted.append(or_(at.first_day.is_not(None), at.last_day.is_not(None)))
    if chosen.since is not None:
        wanted.append(or_(at.last_day.is_(None), at.last_day >= chosen.since))
    if chosen.until is not None:
        wanted.append(or_(at.first_day.is_(None), at.first_day <= chosen.until))
    if chosen.country is not None:
        wanted.append(at.country == chosen.country)
    if chosen.type is not None:
        wanted.append(at.type == chosen.type.value)
    if chosen.status is not None:
        wanted.append(at.status == chosen.status.value)
    elif chosen.id_prefix is None:
        wanted.append(at.status != IncidentStatus.REJECTED.value)
    if chosen.min_lineages > 0:
        wanted.append(at.lineages >= chosen.min_lineages)
    if not chosen.recaps:
        wanted.append(at.is_recap.is_(False))
    if chosen.place is not None:
        wanted.append(func.instr(at.place_names, chosen.place.casefold()) > 0)
    if chosen.actor is not None or chosen.role is not None:
        wanted.append(at.acted(chosen.actor or "", chosen.role))
    if chosen.weapon is not None:
        wanted.append(at.armed(chosen.weapon))
    if chosen.id_prefix is not None:
        wanted.append(at.incident_id.startswith(chosen.id_prefix, autoescape=True))
    if chosen.bbox is not None:
        box = chosen.bbox
        if not (isinstance(at, Present) and _is_wide(box)):
            wanted.append(at.key.in_(index.snapshots_within(box)))
        wanted.append(at.lat.between(box.south, box.north))
        sides = (at.lon >= box.west, at.lon <= box.east)
        wanted.append(and_(*sides) if box.west <= box.east else or_(*sides))
    if chosen.text is not None:
        found = index.snapshots_with(chosen.text)
        if found is None:
            return None
        wanted.append(at.key.in_(found))
    return wanted


def _is_wide(box: BoundingBox) -> bool:
    """True where the narrow rows are sooner compared than looked up."""
    across = box.east - box.west if box.west <= box.east else box.east - box.west + 360
    return across * (box.north - box.south) > WIDE_DEG2


def ordered_rows(
    connection: Connection,
    query: Select[Any],
    columns: Columns,
    listing: Listing,
) -> Iterator[Row[Any]]:
    """The rows of a query in the order of a listing: dated ones first, then the undated.

    Two statements, each in the order of an index: one for both would have to sort everything.
    """
    left = listing.limit
    for condition, order in _parts(columns, listing):
        if left == 0:
            return
        statement = query.where(condition).order_by(*order).limit(left)
        for row in connection.execution_options(yield_per=500).execute(statement):
            if left is not None:
                left -= 1
            yield row


def _parts(
    columns: Columns, listing: Listing
) -> Iterator[tuple[ColumnElement[bool], Sequence[Column]]]:
    after, day, id_ = listing.after, columns.day, columns.incident_id
    if after is None or after.day is not None:
        dated: ColumnElement[bool] = day.is_not(None)
        if after is not None:
            dated = and_(dated, _beyond(after, columns, newest_first=listing.newest_first))
        yield dated, (day.desc() if listing.newest_first else day.asc(), id_.asc())
    undated: ColumnElement[bool] = day.is_(None)
    if after is not None and after.day is None:
        undated = and_(undated, id_ > after.incident_id)
    yield undated, (id_.asc(),)


def _beyond(after: ListPosition, columns: Columns, *, newest_first: bool) -> ColumnElement[bool]:
    """Past a dated position. The first half alone lets an index begin there."""
    day = columns.day
    if newest_first:
        return and_(day <= after.day, or_(day < after.day, columns.incident_id > after.incident_id))
    return and_(day >= after.day, or_(day > after.day, columns.incident_id > after.incident_id))
