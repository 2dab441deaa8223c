"""`tocsin review ...`: what a person decides of incidents, and what is offered anew."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console

from tocsin import desk
from tocsin.cli.record import find_incident
from tocsin.config import Settings, load_settings
from tocsin.desk import By, telling
from tocsin.desk.shown import find_place
from tocsin.errors import RecordError, ReviewError, TocsinError
from tocsin.publish.exports import write_jsonl
from tocsin.publish.phrasing import plain
from tocsin.records import Incident, ReviewDecision
from tocsin.records.vocab import RelationKind
from tocsin.review import FIELDS, FieldName, active, read_typed
from tocsin.store import Store, StoreView, open_store
from tocsin.store.clock import Clock, system_clock

UNNAMED = "unnamed"
"""The reviewer where neither an option nor the system names one."""


@dataclass(frozen=True, slots=True)
class Options:
    """What every act of review takes."""

    db: str | None
    by: str | None
    reason: str
    json_output: bool
    config: Path | None
    clock: Clock = system_clock


Act = Callable[[Store, Settings, By], ReviewDecision]


def _carry_out(act: Act, options: Options) -> None:
    """Decide, recompute, and say what became of it."""
    settings = load_settings(options.config)
    with _open(options, settings) as store:
        desk.settle(store, settings)
        by = By(options.by or _user(), options.clock(), options.reason)
        try:
            decision = act(store, settings, by)
        except RecordError as error:
            raise ReviewError(error.field, error.reason) from error
        changed = desk.carry_out(store, settings, decision)
        if options.json_output:
            row = telling.decision_json(decision, in_force=True) | {"changed": changed}
            sys.stdout.writelines(write_jsonl([row]))
            return
        typer.echo(f"{decision.id}  {telling.decision_words(decision)}")
        for incident_id in changed:
            stored = store.incident(incident_id)
            if stored and stored.incident.id == incident_id:
                typer.echo(f"  {incident_id}  {plain(stored.incident.title)}")


@contextmanager
def _open(options: Options, settings: Settings) -> Iterator[Store]:
    url = options.db or settings.store.url
    with open_store(url, settings.store, create=False, clock=options.clock) as store:
        yield store


def _user() -> str:
    try:
        return getpass.getuser()
    # A process without a name in the system's list of users: KeyError before 3.13, OSError after.
    except (KeyError, OSError):
        return UNNAMED


def _incident(store: StoreView, beginning: str) -> Incident:
    return find_incident(store, beginning).incident


def _decision(store: StoreView, beginning: str) -> ReviewDecision:
    found = [known for known in store.decisions() if known.id.startswith(beginning)]
    if not found:
        raise TocsinError(f"no decision {beginning!r} in the store")
    if len(found) > 1:
        raise TocsinError(f"{len(found)} decisions begin with {beginning!r}")
    return found[0]


def _field(text: str) -> FieldName:
    name = text.strip().lower().replace("-", "_")
    try:
        return FieldName(name)
    except ValueError:
        names = ", ".join(FIELDS)
        raise typer.BadParameter(f"{text!r} is none of {names}", param_hint="FIELD") from None


def merge_command(incident_ids: Sequence[str], options: Options) -> None:
    """Several incidents are one."""
    _carry_out(
        lambda store, _, by: desk.merge(store, [_incident(store, i) for i in incident_ids], by),
        options,
    )


def split_command(incident_id: str, members: Sequence[str], options: Options) -> None:
    """Some reports of an incident, named by the beginnings of report or article ids, leave it."""

    def act(store: Store, _: Settings, by: By) -> ReviewDecision:
        incident = _incident(store, incident_id)
        names = {name for m in incident.reports for name in (m.report_id, m.article_id)}
        return desk.split(store, incident, [_completed(name, names) for name in members], by)

    _carry_out(act, options)


def _completed(beginning: str, names: set[str]) -> str:
    """The one name that begins so; what begins none is left to be refused by the act."""
    if beginning in names:
        return beginning
    found = [name for name in names if name.startswith(beginning)]
    if len(found) > 1:
        raise ReviewError("split", f"{len(found)} reports or articles begin with {beginning!r}")
    return found[0] if found else beginning


def confirm_command(name: str, options: Options) -> None:
    """An incident is as it stands; or a decision that was offered anew holds."""

    def act(store: Store, _: Settings, by: By) -> ReviewDecision:
        if name.startswith("dec_"):
            return desk.renew(store, _decision(store, name), by)
        return desk.confirm(store, _incident(store, name), by)

    _carry_out(act, options)


def reject_command(incident_id: str, options: Options) -> None:
    """What is told there is no incident."""
    _carry_out(lambda store, _, by: desk.reject(store, _incident(store, incident_id), by), options)


def edit_command(incident_id: str, pairs: Sequence[str], options: Options) -> None:
    """Set fields to typed values, `FIELD=VALUE`."""

    def act(store: Store, settings: Settings, by: By) -> ReviewDecision:
        incident = _incident(store, incident_id)
        zone = incident.date.value.zone if incident.date else None
        values = {}
        for pair in pairs:
            field, equals, text = pair.partition("=")
            if not equals:
                raise typer.BadParameter(f"{pair!r} is not FIELD=VALUE", param_hint="FIELD=VALUE")
            name = _field(field)
            values[name] = read_typed(
                name, text, zone=zone, find_place=lambda typed: find_place(typed, settings)
            )
        return desk.edit(store, incident, values, by)

    _carry_out(act, options)


def pin_command(incident_id: str, fields: Sequence[str], options: Options) -> None:
    """Fields keep the values they have."""
    names = [_field(field) for field in fields]
    _carry_out(
        lambda store, _, by: desk.pin(store, _incident(store, incident_id), names, by), options
    )


def relate_command(incident_id: str, kind: str, other_id: str, options: Options) -> None:
    """State a relation between two incidents."""
    try:
        relation = RelationKind(kind.strip().lower().replace("-", "_"))
    except ValueError:
        names = ", ".join(RelationKind)
        raise typer.BadParameter(f"{kind!r} is none of {names}", param_hint="KIND") from None
    _carry_out(
        lambda store, _, by: desk.relate(
            store, _incident(store, incident_id), relation, _incident(store, other_id), by
        ),
        options,
    )


def undo_command(decision_id: str, options: Options) -> None:
    """Withdraw a decision."""
    _carry_out(lambda store, _, by: desk.undo(store, _decision(store, decision_id), by), options)


def log_command(*, db: str | None, output_format: str, config: Path | None) -> None:
    """Every decision, oldest first."""
    _check_format(output_format)
    settings = load_settings(config)
    url = db or settings.store.url
    with open_store(url, settings.store, create=False, read_only=True) as store:
        decisions = store.decisions()
    in_force = {decision.id for decision in active(decisions)}
    if output_format == "jsonl":
        rows = (telling.decision_json(d, in_force=d.id in in_force) for d in decisions)
        sys.stdout.writelines(write_jsonl(rows))
    elif decisions:
        Console().print(telling.decision_table(decisions, in_force))
    else:
        typer.echo("no decisions yet")


def offers_command(*, db: str | None, output_format: str, config: Path | None) -> None:
    """The decisions that evidence has come to speak against."""
    _check_format(output_format)
    settings = load_settings(config)
    url = db or settings.store.url
    with open_store(url, settings.store, create=False, read_only=True) as store:
        found = desk.offers(store, settings)
    if output_format == "jsonl":
        sys.stdout.writelines(write_jsonl(map(telling.offer_json, found)))
        return
    for offer in found:
        typer.echo(telling.offer_words(offer))
    if not found:
        typer.echo("nothing to look at again")
    else:
        typer.echo(
            "each holds until you decide: review confirm DECISION keeps it, review undo DECISION"
            " takes it back"
        )


def _check_format(output_format: str) -> None:
    if output_format not in {"table", "jsonl"}:
        raise typer.BadParameter(
            f"{output_format!r} is none of table, jsonl", param_hint="--format"
        )
