"""Incidents on their way into the tables: a snapshot where one changed, an end where one is gone.

Every function runs inside the caller's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text, update

from tocsin.records import Incident
from tocsin.records.codec import to_json
from tocsin.store import reading, schema
from tocsin.store.keeping import EndIncident, insert_row, mark_pending
from tocsin.store.listed import among, array_of
from tocsin.store.rows import (
    NO_INCIDENT,
    Row,
    ids_json,
    incident_row,
    listed_actors,
    listed_row,
    listed_weapons,
)
from tocsin.store.search import SearchIndex

_LAST = (
    select(
        schema.incident_history.c.number,
        schema.incident_history.c.first_seen,
        schema.incident_history.c.record,
        schema.incident_history.c.forwarded_to,
    )
    .join(schema.incidents, schema.incidents.c.history_key == schema.incident_history.c.key)
    .where(schema.incidents.c.id == bindparam("id"))
)

_NEWEST = select(func.max(schema.incident_history.c.recorded_at))

_RELEASE = delete(schema.incident_members).where(among(schema.incident_members.c.incident_id))
_LEAVE = delete(schema.incident_members).where(among(schema.incident_members.c.report_id))
_SETTLE = delete(schema.pending).where(
    among(schema.pending.c.report_key),
    or_(bindparam("until").is_(None), schema.pending.c.mark <= bindparam("until")),
)

_LISTED_KEY = select(schema.listed.c.key).where(schema.listed.c.incident_id == bindparam("id"))
_UNLIST = tuple(
    delete(table).where(table.c.key == _LISTED_KEY.scalar_subquery())
    for table in (schema.listed_actors, schema.listed_weapons, schema.listed)
)

_PENDING_CAUSES = text(
    "SELECT r.id, p.cause_article_id FROM pending p JOIN reports r ON r.key = p.report_key"
    " WHERE :until IS NULL OR p.mark <= :until"
)


def history_instant(connection: Connection, now: dt.datetime) -> dt.datetime:
    """`now`, or the newest snapshot's instant where the clock was set back since.

    Snapshots thus never go back in time, and `as_of` sees them in the order they were made.
    """
    newest = connection.execute(_NEWEST).scalar_one_or_none()
    return now if newest is None else max(now, newest)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes incidents on one connection, all at one instant."""

    connection: Connection
    now: dt.datetime
    index: SearchIndex

    def write(
        self,
        incidents: Sequence[Incident],
        gone: Mapping[str, str | None],
        resolved_report_ids: Iterable[str],
        causes: Mapping[str, Sequence[str]] | None,
        until_mark: int | None,
    ) -> list[str]:
        """See `Store.write_incidents`; pending marks up to `until_mark` are settled."""
        written = {incident.id: incident for incident in incidents}
        homes = {m.report_id: i.id for i in incidents for m in i.reports}
        former = reading.incidents_of_reports(self.connection, homes)
        pending = self._pending_causes(until_mark)
        changed = []
        for id_, incident in sorted(written.items()):
            told = {member.report_id for member in incident.reports}
            told.update(reading.members(self.connection, id_))
            why = _causes(id_, causes, pending, told)
            if self._snapshot(id_, incident, why):
                changed.append(id_)
        left = (set(former.values()) | gone.keys()) - written.keys()
        self._release(written.keys() | gone.keys())
        self._move(homes)
        self._settle(resolved_report_ids, until_mark)
        for id_ in sorted(left):
            rest = reading.members(self.connection, id_)
            if rest:
                self._reopen(rest, pending)
                continue
            into = {home for report, home in homes.items() if former.get(report) == id_}
            forward = gone[id_] if id_ in gone else (min(into) if len(into) == 1 else None)
            told = {report for report, home in former.items() if home == id_}
            self.end(id_, forward, _causes(id_, causes, pending, told))
        self._fill_vacancies(written)
        return changed

    def end(self, incident_id: str, forwarded_to: str | None, causes: Iterable[str]) -> None:
        """Add a last snapshot that says the incident ended; nothing where it ended so before."""
        last = self.connection.execute(_LAST, {"id": incident_id}).one_or_none()
        if last is None or (last.record is None and last.forwarded_to == forwarded_to):
            return
        self._add(
            incident_id,
            NO_INCIDENT,
            last_number=last.number,
            first_seen=last.first_seen,
            causes=causes,
            forwarded_to=forwarded_to,
        )

    def _snapshot(self, id_: str, incident: Incident, causes: Iterable[str]) -> bool:
        """Add a snapshot where the incident differs from the last one; True if it does."""
        record = to_json(incident)
        last = self.connection.execute(_LAST, {"id": id_}).one_or_none()
        if last is not None and last.record == record:
            return False
        number, first_seen = (last.number, last.first_seen) if last else (0, self.now)
        row = incident_row(incident, record)
        key = self._add(id_, row, last_number=number, first_seen=first_seen, causes=causes)
        self._list(key, incident, row)
        return True

    def _list(self, key: int, incident: Incident, row: Row) -> None:
        """Put a present incident into what lists are made of, where `_add` took its former row."""
        columns = {one.name: row[one.name] for one in schema.listed.c if one.name in row}
        columns |= listed_row(incident)
        columns |= {"key": key, "incident_id": incident.id, "recorded_at": self.now}
        self.connection.execute(insert(schema.listed), columns)
        for table, rows in (
            (schema.listed_actors, listed_actors(incident)),
            (schema.listed_weapons, listed_weapons(incident)),
        ):
            if rows:
                self.connection.execute(insert(table), [one | {"key": key} for one in rows])

    def _unlist(self, incident_id: str) -> None:
        for statement in _UNLIST:
            self.connection.execute(statement, {"id": incident_id})

    def _add(
        self,
        id_: str,
        columns: Row,
        *,
        last_number: int,
        first_seen: dt.datetime,
        causes: Iterable[str],
        forwarded_to: str | None = None,
    ) -> int:
        """Add a snapshot and point to it; its key."""
        row = columns | {
            "incident_id": id_,
            "number": last_number + 1,
            "recorded_at": self.now,
            "first_seen": first_seen,
            "forwarded_to": forwarded_to,
            "causes": ids_json(causes),
        }
        key = insert_row(self.connection, schema.incident_history, row)
        if columns["record"] is not None:
            self.index.add_incident(self.connection, key, columns["lat"], columns["lon"])
        pointer = schema.incidents
        if last_number:
            self._unlist(id_)
            self.connection.execute(
                update(pointer).where(pointer.c.id == id_).values(history_key=key)
            )
        else:
            self.connection.execute(insert(pointer), {"id": id_, "history_key": key})
        return key

    def _pending_causes(self, until_mark: int | None) -> dict[str, str]:
        rows = self.connection.execute(_PENDING_CAUSES, {"until": until_mark})
        return {row[0]: row[1] for row in rows}

    def _release(self, incident_ids: Iterable[str]) -> None:
        self.connection.execute(_RELEASE, {"ids": array_of(sorted(incident_ids))})

    def _move(self, homes: Mapping[str, str]) -> None:
        self.connection.execute(_LEAVE, {"ids": array_of(sorted(homes))})
        rows = [{"report_id": id_, "incident_id": home} for id_, home in sorted(homes.items())]
        if rows:
            self.connection.execute(insert(schema.incident_members), rows)

    def _settle(self, report_ids: Iterable[str], until_mark: int | None) -> None:
        """The reports are resolved, but for those marked again since they were handed out."""
        keys = sorted(reading.current_keys(self.connection, report_ids))
        self.connection.execute(_SETTLE, {"ids": array_of(keys), "until": until_mark})

    def _reopen(self, report_ids: Sequence[str], pending: Mapping[str, str]) -> None:
        """Reports left behind in an incident that lost others are to be resolved again."""
        for key, report_id in sorted(reading.current_keys(self.connection, report_ids).items()):
            if report_id not in pending:
                article_id = reading.article_of_report(self.connection, key)
                mark_pending(self.connection, [key], article_id)

    def _fill_vacancies(self, written: Mapping[str, Incident]) -> None:
        """Settle incidents whose only article was revised, once its reports are resolved.

        Such an incident goes into the one that now holds a report of the same article and type; it
        just ends where there is none or more than one.
        """
        table = schema.vacancies
        rows = self.connection.execute(select(table).order_by(table.c.incident_id)).all()
        for id_, article_id, type_ in rows:
            if id_ not in written:
                reports = reading.reports_of_article(self.connection, article_id)
                if any(is_pending for _, _, is_pending in reports):
                    continue
                like = [report_id for report_id, its_type, _ in reports if its_type == type_]
                homes = set(reading.incidents_of_reports(self.connection, like).values())
                self.end(id_, homes.pop() if len(homes) == 1 else None, [article_id])
            self.connection.execute(delete(table).where(table.c.incident_id == id_))


def _causes(
    incident_id: str,
    given: Mapping[str, Sequence[str]] | None,
    pending: Mapping[str, str],
    report_ids: Iterable[str],
) -> Sequence[str]:
    if given is not None and incident_id in given:
        return given[incident_id]
    return sorted({pending[id_] for id_ in report_ids if id_ in pending})


def end_unreported(index: SearchIndex) -> EndIncident:
    """The keeper's way to end an incident that nothing reports any more."""

    def end(connection: Connection, incident_id: str, now: dt.datetime, article_id: str) -> None:
        at = history_instant(connection, now)
        Recorder(connection, at, index).end(incident_id, None, [article_id])

    return end
