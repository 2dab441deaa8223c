"""`tocsin incidents`, `show` and `tallies`: the commands that read the record."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table

from tocsin.cli.coding import CODED, write_coded
from tocsin.cli.moments import typed_as_of
from tocsin.cli.output import binary_output, output
from tocsin.config import load_settings
from tocsin.desk.telling import decision_words
from tocsin.errors import TocsinError
from tocsin.pipeline import check_tallies, with_current_relations
from tocsin.publish.contract import SCHEMA_VERSION, Json, incident_json, tally_check_json
from tocsin.publish.crosswalk import SHAPES
from tocsin.publish.exports import FORMATS, ExportFormat, write_jsonl
from tocsin.publish.history import HistoryEntry, changes, history_json, history_page
from tocsin.publish.phrasing import plain
from tocsin.publish.show import ArticleLabel, article_label, incident_page
from tocsin.publish.table import incident_table, tally_table
from tocsin.records import Incident, TallyCheck
from tocsin.records.vocab import IncidentStatus, IncidentType
from tocsin.store import (
    IncidentFilter,
    IncidentVersion,
    StoredIncident,
    StoredTally,
    StoreView,
    open_store,
)


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of `tocsin incidents`, as typed."""

    since: str | None = None
    until: str | None = None
    country: str | None = None
    incident_type: str | None = None
    status: str | None = None
    text: str | None = None
    min_lineages: int = 0
    recaps: bool = True

    def checked(self) -> IncidentFilter:
        """The same with every value understood. Raises typer.BadParameter naming the option."""
        country = self.country.upper() if self.country else None
        if country and not (len(country) == 2 and country.isalpha()):
            raise typer.BadParameter(
                f"{self.country!r} is not a two-letter code", param_hint="--country"
            )
        return IncidentFilter(
            since=_day(self.since, "--since"),
            until=_day(self.until, "--until"),
            country=country,
            type=_member(IncidentType, self.incident_type, "--type"),
            status=_member(IncidentStatus, self.status, "--status"),
            text=self.text,
            min_lineages=self.min_lineages,
        )


def _day(text: str | None, option: str) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day (YYYY-MM-DD)", param_hint=option) from None


E = TypeVar("E", bound=StrEnum)


def _member(kind: type[E], text: str | None, option: str) -> E | None:
    if text is None:
        return None
    try:
        return kind(text.lower())
    except ValueError:
        names = ", ".join(member.value for member in kind)
        raise typer.BadParameter(f"{text!r} is none of {names}", param_hint=option) from None


def _open(db: str | None, config: Path | None) -> StoreView:
    settings = load_settings(config)
    return open_store(db or settings.store.url, settings.store, create=False, read_only=True)


def tally_rows(checked: Iterable[tuple[StoredTally, TallyCheck]]) -> Table:
    """The table of aggregate claims."""
    return tally_table((stored.tally, stored.outlet, check) for stored, check in checked)


def stored_json(store: StoreView, stored: StoredIncident, as_of: dt.datetime | None = None) -> Json:
    """A stored incident as contract JSON, its relations as they are now or were at `as_of`."""
    return incident_json(
        with_current_relations(store, stored.incident, as_of=as_of),
        first_seen=stored.first_seen,
        last_changed=stored.last_changed,
    )


def incidents_command(
    *,
    db: str | None,
    output_format: str,
    out: Path | None,
    filters: Filters,
    as_of: str | None,
    config: Path | None,
) -> None:
    """Write the incidents that pass the filters, ordered by date."""
    wanted = _member(ExportFormat, output_format, "--format") or ExportFormat.TABLE
    chosen, moment = filters.checked(), typed_as_of(as_of)
    with _open(db, config) as store:
        stored = (
            item
            for item in store.incidents(chosen, as_of=moment)
            if filters.recaps or not item.incident.background_only
        )
        if wanted is ExportFormat.TABLE:
            with output(out) as stream:
                _print_table(stored, Console(file=stream))
        elif wanted in CODED:
            write_coded((item.incident for item in stored), SHAPES[CODED[wanted]], out)
        else:
            rows = (stored_json(store, item, moment) for item in stored)
            with binary_output(out) as file:
                file.writelines(FORMATS[wanted].write(rows))


def _print_table(stored: Iterable[StoredIncident], console: Console) -> None:
    incidents = [item.incident for item in stored]
    if incidents:
        console.print(incident_table(incidents, width=console.width))
        console.print(f"{len(incidents)} incidents")
    else:
        console.print("no incidents; `tocsin run INPUT...` reads articles into the store")


def find_incident(
    store: StoreView, beginning: str, as_of: dt.datetime | None = None
) -> StoredIncident:
    """The incident whose id is, or alone begins with, `beginning`; ids that went into another
    incident lead there. Raises TocsinError."""
    exact = store.incident(beginning, as_of=as_of)
    if exact:
        return exact
    found = {}
    for id_ in store.incident_ids(beginning):
        stored = store.incident(id_, as_of=as_of)
        if stored is not None:
            found[stored.incident.id] = stored
    if not found:
        raise TocsinError(f"no incident {beginning!r} in the store")
    if len(found) > 1:
        few = ", ".join(sorted(found)[:5])
        raise TocsinError(f"{len(found)} incidents begin with {beginning!r}: {few}")
    return next(iter(found.values()))


def show_command(
    incident_id: str,
    *,
    db: str | None,
    as_of: str | None,
    json_output: bool,
    history: bool,
    config: Path | None,
) -> None:
    """Print one incident in full, or how it came to be as it is."""
    moment = typed_as_of(as_of)
    with _open(db, config) as store:
        if history:
            print_history(store, incident_id, moment, json_output=json_output)
            return
        stored = find_incident(store, incident_id, moment)
        if json_output:
            sys.stdout.writelines(write_jsonl([stored_json(store, stored, moment)]))
        else:
            print_incident(store, stored.incident, Console(), moment)


def print_incident(
    store: StoreView, incident: Incident, console: Console, as_of: dt.datetime | None = None
) -> None:
    """The page of one incident, with the articles and related incidents it names."""
    incident = with_current_relations(store, incident, as_of=as_of)
    contexts = store.reports_in_context([member.report_id for member in incident.reports])
    labels = _labels(store, {member.article_id for member in incident.reports})
    related = (store.incident(relation.to, as_of=as_of) for relation in incident.relations)
    titles = {item.incident.id: item.incident.title for item in related if item}
    bearing = set(incident.decisions)
    decided = [decision_words(d) for d in store.decisions() if d.id in bearing] if bearing else []
    console.print(incident_page(incident, contexts, labels, titles=titles, decisions=decided))


def print_history(
    store: StoreView, beginning: str, as_of: dt.datetime | None, *, json_output: bool
) -> None:
    """Every change of an incident up to `as_of`, oldest first, each with its cause.

    An id that went into another incident has its own history, which says where it went.
    """
    own = store.incident_ids(beginning, limit=2)
    is_one = len(own) == 1 or beginning in own
    incident_id = own[0] if is_one else find_incident(store, beginning, as_of).incident.id
    versions = store.history(incident_id)
    entries = _entries(v for v in versions if as_of is None or v.recorded_at <= as_of)
    if not entries:
        raise TocsinError(f"no incident {beginning!r} in the store at that time")
    if json_output:
        row = {"schema_version": SCHEMA_VERSION, "id": incident_id}
        sys.stdout.writelines(write_jsonl([row | {"history": history_json(entries)}]))
        return
    labels = _labels(store, {id_ for entry in entries for id_ in entry.articles})
    causes = {id_: _label_words(id_, label) for id_, label in labels.items()}
    causes |= {d.id: f"{decision_words(d)} ({d.id})" for d in store.decisions()}
    Console().print(history_page(entries, causes, incident_id=incident_id))


def _entries(versions: Iterable[IncidentVersion]) -> list[HistoryEntry]:
    found, before = [], None
    for version in versions:
        found.append(
            HistoryEntry(
                number=version.number,
                recorded_at=version.recorded_at.isoformat(timespec="seconds"),
                is_end=version.incident is None,
                forwarded_to=version.forwarded_to,
                articles=version.cause_article_ids,
                decisions=version.cause_decision_ids,
                changes=changes(before, version.incident),
            )
        )
        before = version.incident
    return found


def _label_words(article_id: str, label: ArticleLabel) -> str:
    title = f" “{plain(label.title)}”" if label.title else ""
    return f"{plain(label.outlet)}, {label.published}{title} ({plain(article_id)})"


def _labels(store: StoreView, article_ids: Iterable[str]) -> dict[str, ArticleLabel]:
    labels = {}
    for article_id in sorted(article_ids):
        article = store.article(article_id)
        if article:
            labels[article_id] = article_label(
                article.outlet, article.published, article.title, article.url
            )
    return labels


def tallies_command(
    *, db: str | None, output_format: str, as_of: str | None, config: Path | None
) -> None:
    """Each aggregate claim beside the record's own count."""
    moment = typed_as_of(as_of)
    if output_format not in {"table", "jsonl"}:
        raise typer.BadParameter(
            f"{output_format!r} is none of table, jsonl", param_hint="--format"
        )
    with _open(db, config) as store:
        checked = check_tallies(store, as_of=moment)
        if output_format == "jsonl":
            rows = (tally_check_json(stored.tally, check) for stored, check in checked)
            sys.stdout.writelines(write_jsonl(rows))
        elif checked:
            Console().print(tally_rows(checked))
        else:
            Console().print("no aggregate claims in the record")
