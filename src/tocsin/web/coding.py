"""The coder's table: the record as rows of another data set, each cell opening its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from tocsin.api.listing import incident_page
from tocsin.api.query import IncidentListQuery, Order
from tocsin.publish.crosswalk import SHAPES, Cell, CodedRow, Ruling, coded
from tocsin.publish.crosswalk.rows import EMPTY
from tocsin.store import StoreView
from tocsin.web.rendering import incident_href


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its words, where they come from, and by which rule."""

    text: str
    href: str
    rule: str


@dataclass(frozen=True, slots=True)
class CodingView:
    """Everything the page shows."""

    shape: str
    name: str
    shapes: tuple[tuple[str, str, str], ...]
    """Key, name and address of each shape."""
    columns: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]
    rulings: tuple[tuple[Ruling, str, str | None], ...]
    """Each with the address of its incident, and of the one it was folded into."""
    query: IncidentListQuery
    csv_href: str
    rules_href: str
    next_href: str | None
    first_href: str | None


def coding_view(store: StoreView, shape: str, query: IncidentListQuery) -> CodingView:
    """Gather one page, oldest first: rows are folded within a day, so a day cut by the end of a
    page is folded in two parts here, and whole in the file."""
    ordered = query.model_copy(update={"order": Order.OLDEST})
    page = incident_page(store, ordered.selection(), Order.OLDEST, query.cursor, query.limit)
    crosswalk = SHAPES[shape]
    entries = list(coded((stored.incident for stored in page.items), crosswalk))
    rows = [entry for entry in entries if isinstance(entry, CodedRow)]
    return CodingView(
        shape=shape,
        name=crosswalk.name,
        shapes=tuple((key, one.name, _href(key, query)) for key, one in SHAPES.items()),
        columns=crosswalk.columns,
        rows=tuple(
            tuple(_cell(row, row.cells.get(column, EMPTY)) for column in crosswalk.columns)
            for row in rows
        ),
        rulings=tuple(
            (
                entry,
                incident_href(entry.incident_id),
                incident_href(entry.into) if entry.into else None,
            )
            for entry in entries
            if isinstance(entry, Ruling)
        ),
        query=query,
        csv_href=f"/api/v1/exports/{shape}.csv{query.query_string()}",
        rules_href=f"/api/v1/exports/{shape}.rules.jsonl{query.query_string()}",
        next_href=_href(shape, query, {"cursor": page.next_cursor}) if page.next_cursor else None,
        first_href=_href(shape, query) if query.cursor else None,
    )


def _cell(row: CodedRow, cell: Cell) -> CellView:
    href = incident_href(row.incident_ids[0], cell.evidence)
    return CellView(cell.text, href + ("#words" if cell.evidence else ""), cell.rule)


def _href(shape: str, query: IncidentListQuery, more: Mapping[str, str] | None = None) -> str:
    asked = {"shape": shape, **dict(query.question()), **(more or {})}
    return f"/coding?{urlencode(asked)}"
