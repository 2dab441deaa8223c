"""Incidents and tallies as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from tocsin.publish.phrasing import (
    NOT_STATED,
    date_cell,
    place_words,
    plain,
    quantity_cell,
    quantity_words,
)
from tocsin.records import Incident, TallyCheck, TallyClaim, TallyVerdict
from tocsin.records.vocab import ActorRole

SHORT_ID_CHARS = 12
"""`inc_` and 8 hex digits: enough to type; `show` takes any unambiguous beginning."""
ROLE_MARKS = {
    ActorRole.PERPETRATOR: "",
    ActorRole.CLAIMED: " (claims)",
    ActorRole.DENIED: " (denies)",
    ActorRole.BLAMED: " (blamed)",
    ActorRole.SUSPECTED: " (suspected)",
}


def incident_table(incidents: Iterable[Incident], *, title: str | None = None) -> Table:
    """A row per incident: when, where, what, toll, who, how many origins, how sure."""
    table = Table(title=title, title_justify="left", header_style="bold", expand=False)
    table.add_column("when", no_wrap=True)
    table.add_column("where", overflow="fold")
    table.add_column("what", overflow="fold")
    table.add_column("killed", justify="right", no_wrap=True)
    table.add_column("hurt", justify="right", no_wrap=True)
    table.add_column("who", overflow="fold")
    table.add_column("origins/articles", justify="right", no_wrap=True)
    table.add_column("status")
    table.add_column("id", no_wrap=True)
    for incident in incidents:
        c = incident.corroboration
        table.add_row(
            date_cell(incident.date.value) if incident.date else NOT_STATED,
            place_words(incident.place.value) if incident.place else NOT_STATED,
            plain(incident.title),
            quantity_cell(incident.killed),
            quantity_cell(incident.injured),
            _who(incident),
            f"{c.lineages}/{c.articles}",
            status_words(incident),
            incident.id[:SHORT_ID_CHARS],
        )
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


def tally_table(checks: Iterable[tuple[TallyClaim, str | None, TallyCheck]]) -> Table:
    """A row per aggregate claim: its words, who printed them, the claim, the record, the gap."""
    table = Table(header_style="bold", title="Aggregate claims", title_justify="left")
    table.add_column("claim", overflow="fold", ratio=3)
    table.add_column("outlet", overflow="fold", ratio=1)
    table.add_column("window", no_wrap=True)
    table.add_column("claimed", justify="right", no_wrap=True)
    table.add_column("our count", justify="right", no_wrap=True)
    table.add_column("", overflow="fold", ratio=2)
    for tally, outlet, check in checks:
        table.add_row(
            f"“{plain(tally.span.text)}”",
            plain(outlet or NOT_STATED),
            date_cell(tally.window) if tally.window else NOT_STATED,
            quantity_words(tally.count),
            NOT_STATED if check.verdict is TallyVerdict.NOT_COMPARABLE else str(check.our_count),
            plain(check.gap),
        )
    return table
