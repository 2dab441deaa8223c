"""Incidents and tallies as tables for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich import box
from rich.table import Table
from rich.text import Text

from tocsin.publish.phrasing import (
    NOT_STATED,
    date_cell,
    plain,
    quantity_cell,
    quantity_words,
)
from tocsin.records import Incident, TallyCheck, TallyClaim, TallyVerdict
from tocsin.records.vocab import ActorRole

SHORT_ID_CHARS = 12
"""`inc_` and 8 hex digits: enough to type; `show` takes any unambiguous beginning."""
WIDE = 160
"""Columns at which everything is shown."""
ROLE_MARKS = {
    ActorRole.PERPETRATOR: "",
    ActorRole.CLAIMED: " (claims)",
    ActorRole.DENIED: " (denies)",
    ActorRole.BLAMED: " (blamed)",
    ActorRole.SUSPECTED: " (suspected)",
}


def incident_table(
    incidents: Iterable[Incident], *, title: str | None = None, width: int = WIDE
) -> Table:
    """A row per incident, fitted to `width` columns.

    Always when, what (the title tells where), the toll, how many origins and articles, and the id;
    status and actors where there is room.
    """
    columns = [column for column in _COLUMNS if width >= column.from_width]
    table = Table(
        title=title,
        title_justify="left",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    for column in columns:
        table.add_column(
            column.header,
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number or column.is_fixed,
            overflow="fold",
            min_width=column.min_width,
            max_width=column.max_width,
        )
    for incident in incidents:
        table.add_row(*(Text(column.cell(incident)) for column in columns))
    return table


def status_words(incident: Incident) -> str:
    """The status with what qualifies it."""
    words = [incident.status.value]
    if incident.provisional:
        words.append("provisional")
    if incident.background_only:
        words.append("recap only")
    return ", ".join(words)


def _who(incident: Incident) -> str:
    named = [
        plain(field.value.name) + ROLE_MARKS[field.value.role]
        for field in incident.actors
        if field.value.role in ROLE_MARKS
    ]
    return "; ".join(dict.fromkeys(named)) or NOT_STATED


def _origins(incident: Incident) -> str:
    """Independent origins of articles: `2/5` is five articles that go back to two."""
    return f"{incident.corroboration.lineages}/{incident.corroboration.articles}"


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    cell: Callable[[Incident], str]
    from_width: int = 0
    is_number: bool = False
    is_fixed: bool = False
    min_width: int | None = None
    max_width: int | None = None


_COLUMNS = (
    _Column("when", lambda i: date_cell(i.date.value) if i.date else NOT_STATED, is_fixed=True),
    _Column("what", lambda i: plain(i.title), min_width=22),
    _Column("killed", lambda i: quantity_cell(i.killed), is_number=True),
    _Column("hurt", lambda i: quantity_cell(i.injured), is_number=True),
    _Column("who", _who, from_width=130, max_width=28),
    _Column("from", _origins, is_number=True),
    _Column("status", status_words, from_width=110, max_width=24),
    _Column("id", lambda i: i.id[:SHORT_ID_CHARS], is_fixed=True, min_width=SHORT_ID_CHARS),
)


def incident_cells(incident: Incident) -> dict[str, str]:
    """Every cell of an incident's row, by its column's header."""
    return {column.header: column.cell(incident) for column in _COLUMNS}


def tally_table(checks: Iterable[tuple[TallyClaim, str | None, TallyCheck]]) -> Table:
    """A row per aggregate claim: its words, who printed them, the claim, the record, the gap."""
    table = Table(
        title="Aggregate claims",
        title_justify="left",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("claim", overflow="fold", ratio=3)
    table.add_column("outlet", overflow="fold", ratio=1)
    table.add_column("window", no_wrap=True)
    table.add_column("claimed", justify="right", no_wrap=True)
    table.add_column("our count", justify="right", no_wrap=True)
    table.add_column("", overflow="fold", ratio=2)
    for tally, outlet, check in checks:
        ours = "" if check.verdict is TallyVerdict.NOT_COMPARABLE else str(check.our_count)
        cells = (
            f"“{plain(tally.span.text)}”",
            plain(outlet or NOT_STATED),
            date_cell(tally.window) if tally.window else NOT_STATED,
            quantity_words(tally.count),
            ours or NOT_STATED,
            plain(check.gap),
        )
        # Text, not str: words of an article are shown, never obeyed as markup.
        table.add_row(*map(Text, cells))
    return table
