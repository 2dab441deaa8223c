"""`tocsin watch`: the watch itself, how its feeds do, its quarantine, OPML."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import typer
from rich.console import Console

from tocsin.alert import Alerting, Courier, open_receivers
from tocsin.cli import EXIT_NOTHING_DONE, EXIT_SOME_REFUSED
from tocsin.cli.alerts import alert_summary, begin_alerts
from tocsin.cli.output import output
from tocsin.cli.reading import with_options
from tocsin.config import Settings, load_settings
from tocsin.errors import RefusedInput, SettingsError
from tocsin.fetch.client import Fetcher
from tocsin.log import configure_log
from tocsin.pipeline import Parts
from tocsin.store import StoreView, open_store, system_clock
from tocsin.watch import FeedHealth, feed_health, load_plan
from tocsin.watch.clock import Stop, SystemClock
from tocsin.watch.intake import Intake
from tocsin.watch.lock import only_watch
from tocsin.watch.opml import MAX_OPML_BYTES, feed_tables, read_opml, write_opml
from tocsin.watch.tables import feed_table, gap_table, quarantine_table
from tocsin.watch.watcher import Watcher


def watch_command(
    plan_file: Path,
    *,
    once: bool,
    db: str | None,
    reader: str | None,
    alerts: Path | None,
    quiet: bool,
    json_log: bool,
) -> None:
    """Watch until interrupted, or once; with `alerts`, tell receivers what changes meanwhile."""
    configure_log(json=json_log, quiet=quiet)
    plan = load_plan(plan_file)
    settings = with_options(load_settings(plan_file), reader=reader, gazetteer=None)
    if settings.read.fetch.contact is None:
        raise SettingsError(
            "read.fetch.contact", "wants an address of yours: sites must be able to reach you"
        )
    url = db or settings.store.url
    stop = Stop()
    with (
        only_watch(url),
        open_store(url, settings.store) as store,
        ThreadPoolExecutor(plan.watch.workers, thread_name_prefix="fetch") as executor,
        _told_by_signals(stop),
        contextlib.ExitStack() as beside,
    ):
        intake = Intake(store, Parts.open(settings), settings)
        watcher = Watcher(
            plan, store, intake, Fetcher(settings.read.fetch), SystemClock(stop), executor, stop
        )
        courier = None
        if alerts is not None:
            courier = _courier(url, settings, begin_alerts(store, alerts), stop)
            watcher.on_record = beside.enter_context(courier).nudge
        summary = watcher.run(once=once)
    counts = summary.counts()
    if json_log:
        sent = dataclasses.asdict(courier.delivered) if courier else {}
        sys.stderr.write(json.dumps({"event": "watched", **counts, **sent}) + "\n")
    elif not quiet:
        words = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items())
        told = f"; {alert_summary(courier.collected, courier.delivered)}" if courier else ""
        sys.stderr.write(f"watched: {words}{told}\n")


def _courier(url: str, settings: Settings, alerting: Alerting, stop: Stop) -> Courier:
    """A courier on a connection of its own to the store that is watched into."""
    return Courier(
        lambda: open_store(url, settings.store, create=False),
        lambda outbox: open_receivers(alerting, outbox, os.environ),
        alerting,
        is_hurried=stop.is_set,
    )


@contextlib.contextmanager
def _told_by_signals(stop: Stop) -> Iterator[None]:
    """An interrupt or a call to end sets the event: what is under way is kept, then it ends."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def status_command(*, db: str | None, output_format: str, gaps: bool, config: Path | None) -> None:
    """Print the health of every feed, or the gaps."""
    _check_format(output_format)
    now = system_clock()
    with _opened(db, config) as store:
        states = [feed_health(state, now) for state in store.feed_states()]
        found = store.feed_gaps() if gaps else []
        inbox = store.inbox_counts()
    if output_format == "jsonl":
        rows = [_feed_facts(one) for one in states]
        if gaps:
            rows = [
                {
                    "feed": g.feed_url,
                    "since": _iso(g.since),
                    "until": _iso(g.until),
                    "reason": g.reason,
                }
                for g in found
            ]
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    console = Console()
    console.print(gap_table(found) if gaps else feed_table(states, now))
    if not gaps:
        console.print(f"{inbox.waiting} in the inbox, {inbox.quarantined} in quarantine")


def quarantine_list_command(*, db: str | None, output_format: str, config: Path | None) -> None:
    """Print what was set aside."""
    _check_format(output_format)
    with _opened(db, config) as store:
        items = store.quarantined()
    if output_format == "table":
        Console().print(quarantine_table(items))
        return
    for item in items:
        facts = {
            "number": item.key,
            "source": item.received.source,
            "received_at": _iso(item.received_at),
            "stage": item.stage,
            "error": item.error,
            "attempts": item.attempts,
        }
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")


def quarantine_retry_command(
    keys: Sequence[int] | None, *, db: str | None, reader: str | None, config: Path | None
) -> None:
    """Take documents in again; exit code 1 where some broke a stage once more."""
    configure_log(json=False, quiet=True)
    settings = with_options(load_settings(config), reader=reader, gazetteer=None)
    with open_store(db or settings.store.url, settings.store, create=False) as store:
        released = store.release(keys or None)
        intake = Intake(store, Parts.open(settings), settings)
        while intake.step():
            continue
        left = store.inbox_counts().quarantined
    sys.stdout.write(f"{released} taken up again; {left} in quarantine now\n")
    if keys and not released:
        raise typer.Exit(EXIT_NOTHING_DONE)
    if released and left:
        raise typer.Exit(EXIT_SOME_REFUSED)


def opml_import_command(file: Path, *, out: Path | None) -> None:
    """Print the feeds of an OPML file as tables of a configuration."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_OPML_BYTES + 1)
    except OSError as error:
        raise RefusedInput(str(file), f"cannot be read: {error.strerror}") from error
    found = read_opml(data, str(file))
    refused = [one for one in found if isinstance(one, RefusedInput)]
    with output(out) as stream_out:
        stream_out.write(feed_tables(one for one in found if not isinstance(one, RefusedInput)))
    for one in refused:
        sys.stderr.write(f"refused: {one}\n")
    if refused:
        raise typer.Exit(EXIT_SOME_REFUSED)


def opml_export_command(plan_file: Path, *, out: Path | None) -> None:
    """Print the feeds of a configuration as OPML."""
    with output(out) as stream:
        stream.write(write_opml(load_plan(plan_file).feeds).decode())


def _opened(db: str | None, config: Path | None) -> StoreView:
    settings = load_settings(config)
    return open_store(db or settings.store.url, settings.store, create=False, read_only=True)


def _feed_facts(one: FeedHealth) -> dict[str, object]:
    state = one.state
    return {
        "url": state.url,
        "kind": state.kind,
        "outlet": state.outlet or state.title,
        "health": one.health.value,
        "tried_at": _iso(state.tried_at),
        "succeeded_at": _iso(state.succeeded_at),
        "news_at": _iso(state.news_at),
        "due_at": _iso(state.due_at),
        "unread_since": _iso(one.unread_since),
        "lag_s": state.lag_s,
        "interval_s": state.interval_s,
        "failures": state.failures,
        "error": state.error,
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _check_format(name: str) -> None:
    if name not in {"table", "jsonl"}:
        raise SettingsError("--format", f"{name!r} is neither table nor jsonl")
