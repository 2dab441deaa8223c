"""One more article is looked up by indexes: no statement of an addition reads through a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from tests.store.factory import incident, kept, story
from tocsin.records import Tie
from tocsin.store import FoundTies, Store
from tocsin.store.sqlite import SqliteStore

SCAN = re.compile(r"SCAN (?P<what>\S+)(?P<rest>.*)")
BOUNDED = {
    "pending": "what waits to be resolved",
    "p": "what waits to be resolved",
    "decisions": "what people decided, all of it replayed each time",
    "vacancies": "incidents that wait for a revised article",
    "found": "what an index found",
    "m": "what an index found",
    "CONSTANT": "the row that is written",
}
"""What may be read through, and what it holds: nothing that grows with the store."""


@contextmanager
def statements_of(store: SqliteStore) -> Iterator[list[tuple[str, Any]]]:
    """Every statement the store runs meanwhile, with the values of its first row."""
    seen: list[tuple[str, Any]] = []

    def note(
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,
        _context: object,
        executemany: bool,
    ) -> None:
        seen.append((statement, parameters[0] if executemany else parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store._engine, "before_cursor_execute", note)


def scans(store: SqliteStore, statement: str, parameters: Any) -> list[str]:
    """The tables that a statement reads through."""
    if statement.startswith(("BEGIN", "PRAGMA")):
        return []
    with store._reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    found = (SCAN.match(row[3]) for row in plan)
    return [
        match["what"]
        for match in found
        if match
        and match["what"] not in BOUNDED
        and not match["what"].startswith("(")
        and "VIRTUAL TABLE" not in match["rest"]
    ]


def add(store: Store, number: int) -> None:
    """What the pipeline asks of the store for one more article."""
    one = kept(number)
    reports = one.extraction.reports
    store.is_kept(one.article.id, one.article.sha256, one.extraction.extractor_version)
    store.article(one.article.id)
    store.keep_many([one], is_copy=lambda _one, _other: number % 2 == 0)
    store.key_blocks(1, lambda context: one.block_keys.get(context.report.id, ()))
    waiting = store.unresolved()
    for context in waiting:
        list(store.reports_sharing(one.block_keys[reports[0].id]))
        store.candidates(one.block_keys[reports[0].id])
        store.reports_in_context([context.report.id])
    store.withdrawn_lineages(context.lineage_id for context in waiting)
    store.incidents_of_reports(report.id for report in reports)
    store.decisions()
    ids = [report.id for report in reports]
    store.ties_of([f"{ids[0]}", *ids], "v1")
    store.members_of([f"inc_{number - 1:04}"])
    tied = FoundTies("v1", {ids[0]: [Tie(min(ids), max(ids), 0.9, 2.2)], ids[-1]: []})
    written = [incident(number, *reports)]
    store.write_incidents(written, gone={}, resolved_report_ids=ids, found_ties=tied)
    store.incident(f"inc_{number:04}")
    store.record_mark()


def test_no_look_up_of_an_addition_reads_through_a_table(store: Store) -> None:
    assert isinstance(store, SqliteStore)
    for number in range(1, 5):
        add(store, number)
    with statements_of(store) as seen:
        add(store, 5)
        add(store, 6)
        # a text that was kept is revised
        store.keep(kept(5, text=story(5, note="Nobody was hurt."), words=()))
    assert len(seen) > 30
    bad = {statement: found for statement, at in seen if (found := scans(store, statement, at))}
    assert bad == {}
