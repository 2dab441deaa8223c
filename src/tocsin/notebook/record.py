"""Record: a store that is open for reading."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tocsin.area import MAX_RADIUS_KM, Circle
from tocsin.config import load_settings
from tocsin.errors import InputError
from tocsin.notebook.html import facts
from tocsin.notebook.one import OneIncident
from tocsin.notebook.selection import Incidents
from tocsin.records.vocab import IncidentStatus, IncidentType
from tocsin.store import IncidentFilter, StoreView, open_store
from tocsin.where import Gazetteer

E = TypeVar("E", bound=StrEnum)

Day = str | dt.date
"""`2021-03-04`, or a date."""
Moment = str | dt.date | dt.datetime
"""An ISO 8601 time, or a day, which means its last moment; UTC where no zone is given."""
Near = str | tuple[float, float]
"""A place name, or latitude and longitude in degrees."""
DEFAULT_WITHIN_KM = 50.0
"""A city with its surroundings."""


def open_record(url: str | Path) -> Record:
    """See `tocsin.open`."""
    settings = load_settings()
    store = open_store(str(url), settings.store, create=False, read_only=True)
    named = settings.where.gazetteer
    return Record(store, user_gazetteer=Path(named) if named else None)


class Record:
    """Incidents of one store. Use it from one thread at a time; close it, or use it in `with`."""

    def __init__(self, store: StoreView, *, user_gazetteer: Path | None = None) -> None:
        self._store = store
        self._user_gazetteer = user_gazetteer

    def incidents(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        near: Near | None = None,
        within_km: float = DEFAULT_WITHIN_KM,
        country: str | None = None,
        type: str | None = None,  # noqa: A002 (the field's own name)
        status: str | None = None,
        text: str | None = None,
        min_lineages: int = 0,
        recaps: bool = True,
        as_of: Moment | None = None,
    ) -> Incidents:
        """The incidents that pass every filter given, by day; nothing is read yet.

        `since` and `until` are local days, both included. `near` is a place name, of which the most
        important place is meant, or `(latitude, longitude)`; `within_km` is the distance from it.
        `country` is ISO 3166-1 alpha-2, `type` and `status` are values of docs/contract.md, `text`
        words of the title or of any evidence. `min_lineages` asks for independent origins, `recaps`
        False leaves out what is known from recaps alone, `as_of` asks for the record as it was
        known then. Raises InputError that names the filter.
        """
        circle = self._circle(near, within_km) if near is not None else None
        return Incidents(
            self._store,
            IncidentFilter(
                since=_day(since, "since"),
                until=_day(until, "until"),
                country=_country(country),
                type=_member(IncidentType, type, "type"),
                status=_member(IncidentStatus, status, "status"),
                bbox=circle.box() if circle else None,
                text=text,
                min_lineages=min_lineages,
            ),
            as_of=_moment(as_of),
            circle=circle,
            recaps=recaps,
        )

    def incident(self, beginning: str, *, as_of: Moment | None = None) -> OneIncident:
        """One incident, by its id or the beginning of one; ids that went into another lead there.

        Raises InputError where none, or more than one, begins so.
        """
        moment = _moment(as_of)
        exact = self._store.incident(beginning, as_of=moment)
        if exact is not None:
            return OneIncident(self._store, exact, moment)
        ids = self._store.incident_ids(beginning)
        found = filter(None, (self._store.incident(id_, as_of=moment) for id_ in ids))
        known = {stored.incident.id: stored for stored in found}
        if len(known) != 1:
            few = ", ".join(sorted(known)[:5])
            raise InputError(
                f"incident: {len(known)} begin with {beginning!r}: {few}"
                if known
                else f"incident: none begins with {beginning!r}"
            )
        return OneIncident(self._store, next(iter(known.values())), moment)

    def _circle(self, near: Near, within_km: float) -> Circle:
        if not 0 < within_km <= MAX_RADIUS_KM:
            raise InputError(f"within_km: {within_km} is not above 0 and at most {MAX_RADIUS_KM}")
        if isinstance(near, str):
            return self._around(near, within_km)
        lat, lon = near
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise InputError(f"near: ({lat}, {lon}) is no latitude and longitude")
        return Circle(lon, lat, within_km)

    def _around(self, name: str, within_km: float) -> Circle:
        gazetteer = Gazetteer.open(user=self._user_gazetteer)
        try:
            for entry in gazetteer.look_up(name):
                if entry.lat is not None and entry.lon is not None:
                    return Circle(entry.lon, entry.lat, within_km)
        finally:
            gazetteer.close()
        raise InputError(f"near: no place is called {name!r}; give (latitude, longitude)")

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = self._store.counts()
        return f"<Record {self._store.url}: {counts.incidents:,} incidents>"

    def _repr_html_(self) -> str:
        counts = self._store.counts()
        return facts(
            f"Record {self._store.url}",
            {
                "incidents": f"{counts.incidents:,}",
                "reports": f"{counts.reports:,}",
                "articles": f"{counts.articles:,}",
                "independent origins": f"{counts.lineages:,}",
            },
        )


def _day(value: Day | None, name: str) -> dt.date | None:
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"{name}: {value!r} is not a day (YYYY-MM-DD)") from None


def _moment(value: Moment | None) -> dt.datetime | None:
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            try:
                value = dt.datetime.fromisoformat(str(value))
            except ValueError:
                raise InputError(f"as_of: {value!r} is not an ISO 8601 day or time") from None
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time.max)
    return value.replace(tzinfo=value.tzinfo or dt.UTC).astimezone(dt.UTC)


def _country(value: str | None) -> str | None:
    if value is not None and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise InputError(f"country: {value!r} is not a two-letter code")
    return value.upper() if value else None


def _member(kind: type[E], value: str | None, name: str) -> E | None:
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError:
        values = ", ".join(member.value for member in kind)
        raise InputError(f"{name}: {value!r} is none of {values}") from None
