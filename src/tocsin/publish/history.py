"""What changed between two states of an incident: field by field, in words.

    changes(before, after)    ("killed", "3", "5"), ("weapons", "", "rocket") ...

A value that is the same in other words is no change; a report that joined or left is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tocsin.publish.contract import Json
from tocsin.publish.phrasing import plain, value_words
from tocsin.records import FusedField, Incident

MAX_ADDED = 8
"""Entries of one list that are named when they came or went; the rest are counted."""

_SINGLE = ("type", "date", "place", "killed", "injured", "attackers_killed")
_LISTED = ("weapons", "targets", "actors", "damage", "effects", "other_casualties")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, in words; empty where it was, or is, not known."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step in the history of an incident id, ready to be shown."""

    number: int
    recorded_at: str
    """ISO 8601, UTC."""
    is_end: bool
    forwarded_to: str | None
    articles: tuple[str, ...]
    """Ids of the articles that led to it."""
    decisions: tuple[str, ...]
    """Ids of the review decisions that led to it."""
    changes: tuple[Change, ...]


def changes(before: Incident | None, after: Incident | None) -> tuple[Change, ...]:
    """What is different after, in the order of a page. Nothing before is everything new."""
    if after is None:
        return ()
    return tuple(change for change in _compared(before, after) if change.was != change.now)


def _compared(before: Incident | None, after: Incident) -> Iterator[Change]:
    def pair(field: str, words: Any) -> Change:
        return Change(field, words(before) if before else "", words(after))

    yield pair("title", lambda i: i.title)
    yield pair("status", _standing)
    yield pair("stage", lambda i: i.stage.value)
    for name in _SINGLE:
        yield pair(name, lambda i, name=name: _field(getattr(i, name)))
    for name in _LISTED:
        yield _moved(name, _entries(before, name), _entries(after, name))
    yield _moved("conflicts", _conflicts(before), _conflicts(after))
    yield _moved("relations", _relations(before), _relations(after))
    yield _moved("reports", _reports(before), _reports(after))
    yield pair("origins", lambda i: str(i.corroboration.lineages))


def _standing(incident: Incident) -> str:
    words = [incident.status.value]
    words += ["provisional"] if incident.provisional else []
    words += ["reviewed"] if incident.reviewed else []
    words += ["known from recaps only"] if incident.background_only else []
    return ", ".join(words)


def _field(field: FusedField[Any] | None) -> str:
    if field is None:
        return ""
    return value_words(field.value) + (" (set by review)" if field.pinned_by else "")


def _entries(incident: Incident | None, name: str) -> list[str]:
    return [_field(field) for field in getattr(incident, name)] if incident else []


def _conflicts(incident: Incident | None) -> list[str]:
    if incident is None:
        return []
    return [
        f"{conflict.field}: {' / '.join(side.value for side in conflict.sides)}"
        for conflict in incident.conflicts
    ]


def _relations(incident: Incident | None) -> list[str]:
    if incident is None:
        return []
    return [f"{relation.kind.value} {relation.to}" for relation in incident.relations]


def _reports(incident: Incident | None) -> list[str]:
    return [member.report_id for member in incident.reports] if incident else []


def _moved(field: str, before: Sequence[str], after: Sequence[str]) -> Change:
    """What left a list, and what came into it."""
    left = [words for words in before if words not in set(after)]
    came = [words for words in after if words not in set(before)]
    return Change(field, _few(left), _few(came))


def _few(entries: Sequence[str]) -> str:
    shown = "; ".join(dict.fromkeys(entries[:MAX_ADDED]))
    more = len(entries) - MAX_ADDED
    return f"{shown} and {more} more" if more > 0 else shown


def history_json(entries: Iterable[HistoryEntry]) -> list[Json]:
    """The steps as contract JSON, oldest first."""
    return [
        {
            "number": entry.number,
            "recorded_at": entry.recorded_at,
            "ended": entry.is_end,
            "forwarded_to": entry.forwarded_to,
            "articles": list(entry.articles),
            "decisions": list(entry.decisions),
            "changes": [
                {"field": change.field, "was": change.was or None, "now": change.now or None}
                for change in entry.changes
            ],
        }
        for entry in entries
    ]


def history_page(
    entries: Sequence[HistoryEntry], causes: Mapping[str, str], *, incident_id: str
) -> RenderableType:
    """The steps under one id, oldest first. `causes` says what an article or decision id is."""
    parts: list[RenderableType] = [Text(f"history of {incident_id}", style="bold")]
    for entry in entries:
        line = Text(entry.recorded_at, style="cyan")
        if entry.is_end:
            where = f"went into {entry.forwarded_to}" if entry.forwarded_to else "ended"
            line.append(f"  {where}", "bold")
        for id_ in (*entry.articles, *entry.decisions):
            line.append(f"\n  because of {causes.get(id_, plain(id_))}", "dim")
        parts += [Text(""), line]
        parts += [Padding(_change(change), (0, 0, 0, 2), expand=False) for change in entry.changes]
    return Group(*parts)


_IN_LISTS = frozenset({*_LISTED, "conflicts", "relations", "reports"})


def _change(change: Change) -> Text:
    text = Text.assemble((f"{change.field.replace('_', ' ')}: ", "cyan"))
    was, now = plain(change.was), plain(change.now)
    if change.field in _IN_LISTS:
        parts = [f"gone {was}"] if was else []
        parts += [f"new {now}"] if now else []
        text.append("; ".join(parts))
        return text
    text.append(f"{was} → {now or 'not known'}" if was else now)
    return text
