"""What must hold of a store beyond what SQLite itself checks: words stand where records say they
do, pointers lead to what is current.

Each function yields faults in words. They read everything once, in one read transaction, and hold
one article at a time.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

MAX_FAULTS = 100
"""Faults told of one kind. A store with so many is not mended one by one."""

_POINTERS = (
    "SELECT a.id || ': its current version is no version of it' FROM articles a"
    " LEFT JOIN article_versions v ON v.key = a.current_version"
    " WHERE a.current_version IS NOT NULL AND v.article_key IS NOT a.key",
    "SELECT a.id || ': its current extraction is not of its current version' FROM articles a"
    " LEFT JOIN extractions e ON e.key = a.current_extraction"
    " WHERE a.current_extraction IS NOT NULL AND e.version_key IS NOT a.current_version",
    "SELECT i.id || ': does not point to its newest snapshot' FROM incidents i"
    " LEFT JOIN incident_history h ON h.key = i.history_key WHERE h.incident_id IS NOT i.id"
    " OR h.number < (SELECT max(number) FROM incident_history n WHERE n.incident_id = i.id)",
    "SELECT m.report_id || ': belongs to ' || m.incident_id || ', which has ended or is unknown'"
    " FROM incident_members m LEFT JOIN incidents i ON i.id = m.incident_id"
    " LEFT JOIN incident_history h ON h.key = i.history_key WHERE h.record IS NULL",
    "SELECT i.id || ': is not listed as its newest snapshot has it' FROM incidents i"
    " JOIN incident_history h ON h.key = i.history_key LEFT JOIN listed l ON l.key = h.key"
    " WHERE h.record IS NOT NULL AND (l.status IS NOT h.status OR l.title IS NOT h.title)",
    "SELECT l.incident_id || ': is listed and has ended' FROM listed l"
    " LEFT JOIN incidents i ON i.history_key = l.key WHERE i.id IS NULL",
    "SELECT m.id || ': a message without an alert' FROM alert_messages m WHERE NOT EXISTS"
    " (SELECT 1 FROM alert_deliveries d WHERE d.message_key = m.key)",
    "SELECT p.rule || ': has read past the newest snapshot' FROM alert_positions p"
    " WHERE p.history_key > (SELECT coalesce(max(key), 0) FROM incident_history)",
)
"""Queries whose rows are faults."""

_VERSIONS = text(
    "SELECT v.key, a.id, v.sha256, v.text FROM article_versions v"
    " JOIN articles a ON a.key = v.article_key ORDER BY v.key"
)
_REPORTS = text(
    "SELECT r.id, r.record FROM reports r JOIN extractions e ON e.key = r.extraction_key"
    " WHERE e.version_key = :version ORDER BY r.key"
)
_CLAIMS = text(
    "SELECT r.id, c.field, c.evidence, c.attributions FROM claims c"
    " JOIN reports r ON r.key = c.report_key JOIN extractions e ON e.key = r.extraction_key"
    " WHERE e.version_key = :version ORDER BY r.key, c.field, c.ordinal"
)
_CURRENT = text(
    "SELECT i.id, h.record FROM incidents i JOIN incident_history h ON h.key = i.history_key"
    " WHERE h.record IS NOT NULL ORDER BY i.id"
)
_QUOTED = text(
    "SELECT EXISTS (SELECT 1 FROM article_versions v JOIN articles a ON a.key = v.article_key"
    " WHERE a.id = :id AND substr(v.text, :first, :length) = :words)"
)


def record_faults(connection: Connection) -> list[str]:
    """Everything found, the first of each kind."""
    kinds = (_pointers(connection), _texts(connection), _quotes(connection))
    return [fault for kind in kinds for fault in itertools.islice(kind, MAX_FAULTS)]


def _pointers(connection: Connection) -> Iterator[str]:
    for query in _POINTERS:
        yield from connection.execute(text(query)).scalars()


def _texts(connection: Connection) -> Iterator[str]:
    """Texts that are not what was kept; spans of reports that are not in them."""
    for key, article_id, sha256, words in connection.execute(_VERSIONS):
        if hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield f"{article_id}: its text is not the one that was kept"
        for report_id, record in connection.execute(_REPORTS, {"version": key}):
            yield from _astray(words, json.loads(record), f"{article_id}, {report_id}")
        for report_id, field, *parts in connection.execute(_CLAIMS, {"version": key}):
            for part in parts:
                if part is not None:
                    yield from _astray(
                        words, json.loads(part), f"{article_id}, {report_id}, {field}"
                    )


def _astray(words: str, value: Any, where: str) -> Iterator[str]:
    """Spans anywhere inside a value that do not equal the slice of the text."""
    if isinstance(value, list):
        for inner in value:
            yield from _astray(words, inner, where)
    elif isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            if words[value["start"] : value["end"]] != value["text"]:
                yield f"{where}: the words at {value['start']}..{value['end']} are others"
            return
        for inner in value.values():
            yield from _astray(words, inner, where)


def _quotes(connection: Connection) -> Iterator[str]:
    """Evidence of current incidents that stands in no version of its article."""
    for incident_id, record in connection.execute(_CURRENT):
        for article_id, start, words in sorted(set(_evidence(json.loads(record)))):
            asked = {"id": article_id, "first": start + 1, "length": len(words), "words": words}
            if not connection.execute(_QUOTED, asked).scalar_one():
                yield f"{incident_id}: {words!r} does not stand at {start} in {article_id}"


def _evidence(value: Any) -> Iterator[tuple[str, int, str]]:
    if isinstance(value, list):
        for inner in value:
            yield from _evidence(inner)
    elif isinstance(value, dict):
        span = value.get("span")
        if "article_id" in value and isinstance(span, dict):
            yield value["article_id"], span["start"], span["text"]
        else:
            for inner in value.values():
                yield from _evidence(inner)
