"""Two snapshots side by side: which incidents came, went and changed, and in which fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tocsin.publish.contract import SCHEMA_VERSION, Json
from tocsin.publish.history import Change, changes
from tocsin.records import Incident
from tocsin.records.codec import from_json
from tocsin.snapshot.archive import RECORDS, Snapshot


class Kind(StrEnum):
    """What became of an incident between two snapshots."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    GROUNDS = "grounds"
    """Nothing in words; its evidence, alternatives or confidence are others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One incident that is not the same in both."""

    incident_id: str
    kind: Kind
    title: str
    """The newer one."""
    changes: tuple[Change, ...] = ()
    """By field, in words; of an added one, everything."""
    into: tuple[str, ...] = ()
    """Of a removed one: the incidents of the newer snapshot that now have its reports."""


def compare(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    """Every difference, by incident id; removed ones last. Holds one incident of each at a time,
    and the report ids of those that were removed. Raises DataError for a damaged snapshot."""
    removed: dict[str, tuple[str, frozenset[str]]] = {}
    before, after = _incidents(old), _incidents(new)
    one, other = next(before, None), next(after, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.id < other.id):
            assert one is not None  # noqa: S101 (the loop's own condition)
            reports = frozenset(member.report_id for member in one.reports)
            removed[one.id] = (one.title, reports)
            one = next(before, None)
        elif one is None or other.id < one.id:
            yield Difference(other.id, Kind.ADDED, other.title, changes(None, other))
            other = next(after, None)
        else:
            if one != other:
                told = changes(one, other)
                yield Difference(
                    other.id, Kind.CHANGED if told else Kind.GROUNDS, other.title, told
                )
            one, other = next(before, None), next(after, None)
    if removed:
        yield from _ended(removed, new)


def _incidents(snapshot: Snapshot) -> Iterator[Incident]:
    for line in snapshot.lines(RECORDS):
        yield from_json(Incident, line)


def _ended(removed: dict[str, tuple[str, frozenset[str]]], new: Snapshot) -> Iterator[Difference]:
    was_in = {report: id_ for id_, (_, reports) in removed.items() for report in reports}
    into: dict[str, set[str]] = {id_: set() for id_ in removed}
    for incident in _incidents(new):
        for member in incident.reports:
            if member.report_id in was_in:
                into[was_in[member.report_id]].add(incident.id)
    for id_, (title, _) in removed.items():
        yield Difference(id_, Kind.REMOVED, title, into=tuple(sorted(into[id_])))


def difference_json(difference: Difference) -> Json:
    """One line of `tocsin snapshot diff --format jsonl`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": difference.incident_id,
        "kind": difference.kind.value,
        "title": difference.title,
        "changes": [
            {"field": change.field, "was": change.was or None, "now": change.now or None}
            for change in difference.changes
        ],
        "into": list(difference.into),
    }
