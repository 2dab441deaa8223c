"""From incidents, day by day, to the rows of a data set and the rulings on what has no row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tocsin.publish.crosswalk.rows import Cell, CodedRow, Crosswalk, Ruling
from tocsin.publish.phrasing import plain
from tocsin.records import Incident


def coded(incidents: Iterable[Incident], crosswalk: Crosswalk) -> Iterator[CodedRow | Ruling]:
    """Each incident's row or ruling. The incidents come in order of their first day, so that no
    more than one day is held at a time."""
    for _, group in groupby(incidents, key=_first_day):
        yield from _one_day(group, crosswalk)


def _one_day(incidents: Iterable[Incident], crosswalk: Crosswalk) -> Iterator[CodedRow | Ruling]:
    rows: list[CodedRow] = []
    at_key: dict[Hashable, int] = {}
    for incident in incidents:
        made = crosswalk.code(incident)
        if isinstance(made, Ruling):
            yield made
        elif made.fold_key is None or made.fold_key not in at_key:
            at_key[made.fold_key] = len(rows)
            rows.append(made)
        else:
            at = at_key[made.fold_key]
            into = rows[at].incident_ids[0]
            words = crosswalk.fold_words
            rows[at] = _folded(rows[at], made, crosswalk)
            yield Ruling(incident.id, plain(incident.title), "day_folding", words, into)
    yield from rows


def _folded(kept: CodedRow, other: CodedRow, crosswalk: Crosswalk) -> CodedRow:
    """The first row, with the counts and words of both."""
    cells = dict(kept.cells)
    for column in crosswalk.added:
        one, two = kept.cells[column], other.cells[column]
        total = str(int(one.text) + int(two.text))
        cells[column] = Cell(total, one.evidence or two.evidence, "added")
    for column in crosswalk.joined:
        cells[column] = Cell(f"{kept.cells[column].text}; {other.cells[column].text}")
    return replace(kept, incident_ids=kept.incident_ids + other.incident_ids, cells=cells)


def _first_day(incident: Incident) -> dt.date | None:
    date = incident.date.value if incident.date else None
    return (date.first_day or date.last_day) if date else None
