"""`tocsin alerts`: send what changed, look at it, foresee it, try receivers."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tocsin.alert import (
    Alerting,
    Collected,
    Delivered,
    collect,
    deliver,
    foreseen,
    load_alerting,
    open_receivers,
)
from tocsin.alert.collect import alert_of
from tocsin.alert.deliver import NotDelivered
from tocsin.alert.records import Alert
from tocsin.alert.telling import alert_json, body, kinds, subject
from tocsin.alert.trial import trial
from tocsin.cli import EXIT_SOME_REFUSED
from tocsin.cli.moments import typed_moment
from tocsin.config import load_settings
from tocsin.errors import SettingsError
from tocsin.publish.exports import write_jsonl
from tocsin.publish.phrasing import plain
from tocsin.store import MessageState, Store, open_store, system_clock

WAITING = "waiting"
"""State of an alert that is in no message yet."""


def begin_alerts(store: Store, path: Path) -> Alerting:
    """The rules of a file, with those that are new set to begin now: what a run is about to change
    is told already."""
    alerting = load_alerting(path)
    open_receivers(alerting, store.outbox, os.environ)
    store.outbox.begin(alerting.rules.keys())
    return alerting


def send_alerts(store: Store, alerting: Alerting) -> tuple[Collected, Delivered]:
    """Collect and deliver once."""
    channels = open_receivers(alerting, store.outbox, os.environ)
    collected = collect(store, alerting, clock=system_clock)
    return collected, deliver(store.outbox, channels, alerting, clock=system_clock)


def alert_summary(collected: Collected, delivered: Delivered) -> str:
    """One line of what was done."""
    parts = [f"{collected.alerts:,} alerts", f"{delivered.sent:,} messages sent"]
    parts += [f"{delivered.failed:,} to be tried again"] if delivered.failed else []
    parts += [f"{delivered.dead:,} given up"] if delivered.dead else []
    return ", ".join(parts)


def run_command(rules: Path, *, db: str | None, revive: bool, config: Path | None) -> None:
    """Process what changed since each rule's position, and send what is due."""
    settings = load_settings(config)
    with open_store(db or settings.store.url, settings.store, create=False) as store:
        alerting = begin_alerts(store, rules)
        if revive:
            store.outbox.revive(system_clock())
        collected, delivered = send_alerts(store, alerting)
        waiting = len(store.outbox.waiting())
    later = f", {waiting:,} waiting for their time" if waiting else ""
    sys.stderr.write(f"{alert_summary(collected, delivered)}{later}\n")
    if delivered.failed or delivered.dead:
        raise typer.Exit(EXIT_SOME_REFUSED)


def list_command(
    *, db: str | None, state: str | None, limit: int, output_format: str, config: Path | None
) -> None:
    """Print what waits and what became of messages."""
    _check_format(output_format, "table", "jsonl")
    names = [WAITING, *(one.value for one in MessageState)]
    if state is not None and state not in names:
        raise typer.BadParameter(f"{state!r} is none of {', '.join(names)}", param_hint="--state")
    settings = load_settings(config)
    rows = []
    with open_store(
        db or settings.store.url, settings.store, create=False, read_only=True
    ) as store:
        if state in {None, WAITING}:
            titles = {one.id: one for one in store.outbox.alerts(limit=limit)}
            rows += [
                {
                    "message": None,
                    "receiver": one.receiver,
                    "state": WAITING,
                    "at": one.ready_at.isoformat(timespec="seconds"),
                    "attempts": 0,
                    "error": None,
                    "alerts": [one.alert_id],
                    "about": subject([alert_of(titles[one.alert_id])])
                    if one.alert_id in titles
                    else one.alert_id,
                }
                for one in store.outbox.waiting()[:limit]
            ]
        if state != WAITING:
            wanted = MessageState(state) if state else None
            rows += [
                {
                    "message": one.id,
                    "receiver": one.receiver,
                    "state": one.state.value,
                    "at": (one.ended_at or one.due_at).isoformat(timespec="seconds"),
                    "attempts": one.attempts,
                    "error": one.error,
                    "alerts": [alert.id for alert in one.alerts],
                    "about": subject([alert_of(alert) for alert in one.alerts]),
                }
                for one in store.outbox.messages(wanted, limit=limit)
            ]
    if output_format == "jsonl":
        sys.stdout.writelines(write_jsonl(rows))
        return
    if not rows:
        sys.stdout.write("no alerts\n")
        return
    table = Table(box=None)
    for heading in ("state", "at", "receiver", "tries", "about", "error"):
        table.add_column(heading)
    for row in rows:
        cells = (row[name] for name in ("state", "at", "receiver", "attempts", "about", "error"))
        table.add_row(*(plain(str(cell)) if cell is not None else "" for cell in cells))
    Console().print(table)


def preview_command(
    rules: Path,
    *,
    since: str | None,
    until: str | None,
    rule: str | None,
    output_format: str,
    db: str | None,
    config: Path | None,
) -> None:
    """Print what the rules say of past changes."""
    _check_format(output_format, "table", "text", "jsonl")
    alerting = load_alerting(rules)
    if rule is not None:
        if rule not in alerting.rules:
            raise SettingsError(f"{rules}: rules.{rule}", "there is no such rule")
        alerting = alerting.model_copy(update={"rules": {rule: alerting.rules[rule]}})
    settings = load_settings(config)
    with open_store(
        db or settings.store.url, settings.store, create=False, read_only=True
    ) as store:
        found = foreseen(
            store, alerting, since=_moment(since, "--since"), until=_moment(until, "--until")
        )
        if output_format == "jsonl":
            sys.stdout.writelines(write_jsonl(alert_json(one, alerting) for one in found))
        elif output_format == "text":
            for one in found:
                sys.stdout.write(body([one], alerting) + "\n")
        else:
            _preview_table(found)


def _preview_table(found: Iterable[Alert]) -> None:
    table = Table(box=None)
    for heading in ("recorded", "rule", "action", "what", "incident"):
        table.add_column(heading)
    count = 0
    for one in found:
        count += 1
        table.add_row(
            one.recorded_at.isoformat(timespec="minutes"),
            one.rule,
            one.action.value,
            kinds(one),
            plain(one.headline.title),
        )
    if count:
        Console().print(table)
    sys.stdout.write(f"{count} alerts\n")


def trial_command(
    rules: Path, *, receiver: str | None, db: str | None, config: Path | None
) -> None:
    """Send a trial to each receiver and say how it went."""
    alerting = load_alerting(rules)
    if receiver is not None and receiver not in alerting.receivers:
        raise SettingsError(f"{rules}: receivers.{receiver}", "there is no such receiver")
    settings = load_settings(config)
    failed = False
    with open_store(
        db or settings.store.url, settings.store, create=False, read_only=True
    ) as store:
        only = {receiver} if receiver else None
        channels = open_receivers(alerting, store.outbox, os.environ, only=only)
        for name, channel in channels.items():
            try:
                channel.send(trial(name, system_clock()))
                said = "has it"
            except NotDelivered as failure:
                failed, said = True, plain(failure.reason)
            sys.stdout.write(f"{name}: {said}\n")
    if failed:
        raise typer.Exit(EXIT_SOME_REFUSED)


def _moment(text: str | None, option: str) -> dt.datetime | None:
    if text is None:
        return None
    moment, _ = typed_moment(text, option)
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)


def _check_format(given: str, *known: str) -> None:
    if given not in known:
        raise typer.BadParameter(f"{given!r} is none of {', '.join(known)}", param_hint="--format")
