"""The processes that are disturbed. `python -m benchmarks.faults.children` is their nursery: it
loads everything once and forks a child for each line it reads, so that a start costs little.

    {"what": "watch", ...}     answered with the child's process id
    {"what": "end", "of": ID}  answered with how it ended, once it has
    {"what": "look", "of": ID} answered with how it ended, or null while it lives

What a child does is what the commands do, with a faster clock, names that lead to loopback, and
readers that break on two words.
"""

from __future__ import annotations

import ctypes
import dataclasses
import faulthandler
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import alembic.command  # noqa: F401 (loaded once, not by each child that makes a store)

from benchmarks.faults.clock import FastClock
from benchmarks.faults.news import BREAKS, ENDS
from benchmarks.faults.servers import LATE_S, NAMES
from tocsin.alert import Alerting, Courier, collect, deliver, open_receivers
from tocsin.cli.serving import Address, serve_store
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.fetch import FetchSettings
from tocsin.fetch.client import Fetcher
from tocsin.log import configure_log
from tocsin.pipeline import Parts, run
from tocsin.read.config import ReadSettings
from tocsin.records import Article, Extraction
from tocsin.store import Outbox, Store, open_store
from tocsin.store.config import StoreSettings
from tocsin.watch import WatchPlan
from tocsin.watch.clock import Stop
from tocsin.watch.intake import Intake
from tocsin.watch.lock import only_watch
from tocsin.watch.watcher import Watcher

CLIENT_PATIENCE_S = LATE_S * 2 / 3
"""Less than a lease even at the campaign's pace."""
BUSY_S = 1.0
"""How long a writer of the campaign waits for another: locks are held for longer."""
COURIER_ROUND_S = 0.1


@dataclasses.dataclass(frozen=True, slots=True)
class Breakable:
    """Parts that raise on one word and end the process on another."""

    parts: Parts

    @property
    def extractor(self) -> Any:
        """As of the parts."""
        return self.parts.extractor

    def extract(self, article: Article) -> Extraction:
        """As the parts do, where they are let."""
        if ENDS in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if BREAKS in article.text:
            raise ZeroDivisionError("a fault in the reader")
        return self.parts.extract(article)


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What a child is to do."""

    what: str
    store: str
    log: str
    began_s: float
    press_port: int = 0
    feeds: Sequence[str] = ()
    desk_url: str = ""
    ahead_s: float = 0.0
    port: int = 0
    inputs: Sequence[str] = ()

    def settings(self) -> Settings:
        """Settings of every process of the campaign."""
        fetching = FetchSettings(
            allow=(f"127.0.0.1:{self.press_port}",),
            contact="desk@tocsin.example",
            timeout_s=CLIENT_PATIENCE_S,
        )
        return Settings(
            extract=ExtractSettings(reader="rules"),
            read=ReadSettings(fetch=fetching),
            store=StoreSettings(url=self.store, busy_timeout_s=BUSY_S),
        )

    def plan(self) -> WatchPlan:
        """The feeds, asked often."""
        watch = {
            "first_interval_s": 240,
            "min_interval_s": 120,
            "max_interval_s": 1_200,
            "host_delay_s": 1,
            "rechecks_s": [3_600, 14_400],
        }
        return WatchPlan.model_validate({"feeds": [{"url": u} for u in self.feeds], "watch": watch})


def rules(desk_url: str) -> Alerting:
    """Everything that changes, to one webhook, calmed where there is too much of it."""
    hook = {
        "kind": "webhook",
        "url": desk_url,
        "timeout_s": CLIENT_PATIENCE_S,
        "storm": {"messages": 40, "within_min": 30},
    }
    asked = {"send_to": ["desk"], "recaps": True}
    return Alerting.model_validate({"rules": {"all": asked}, "receivers": {"desk": hook}})


def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001 - as resolvers are called
    """Names of the campaign's outlets lead to loopback; there are no others."""
    if not host.endswith(NAMES):
        raise OSError(f"no such name: {host}")
    return ["127.0.0.1"]


def watch(order: Order, parts: Any) -> None:
    """As `tocsin watch --alerts` does, until it is told to end."""
    settings, stop = order.settings(), Stop()
    clock = FastClock(order.began_s, order.ahead_s, stop)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    alerting = rules(order.desk_url)

    def opened() -> Store:
        return open_store(order.store, settings.store, clock=clock.now)

    with only_watch(order.store), opened() as store, ThreadPoolExecutor(OPEN_REQUESTS) as executor:
        store.outbox.begin(alerting.rules.keys())
        courier = Courier(
            opened,
            partial(_channels, alerting, clock),
            alerting,
            is_hurried=stop.is_set,
            clock=clock.now,
            round_s=COURIER_ROUND_S,
        )
        with courier:
            Watcher(
                order.plan(),
                store,
                Intake(store, parts, settings),
                Fetcher(settings.read.fetch, resolve=resolve),
                clock,
                executor,
                stop,
                on_record=courier.nudge,
            ).run()


OPEN_REQUESTS = 4


def _channels(alerting: Alerting, clock: FastClock, outbox: Outbox) -> Mapping[str, Any]:
    return open_receivers(alerting, outbox, {}, clock=clock.now)


def read(order: Order, parts: Any) -> None:
    """As `tocsin run --alerts` does."""
    settings, alerting = order.settings(), rules(order.desk_url)
    clock = FastClock(order.began_s, order.ahead_s)
    with (
        patch.object(Parts, "open", return_value=parts),
        open_store(order.store, settings.store, clock=clock.now) as store,
    ):
        store.outbox.begin(alerting.rules.keys())
        run(order.inputs, store, settings, clock=clock.now)
        collect(store, alerting, clock=clock.now)
        channels = _channels(alerting, clock, store.outbox)
        deliver(store.outbox, channels, alerting, clock=clock.now)


def serve(order: Order, _: Any) -> None:
    """As `tocsin serve` does."""
    serve_store(order.store, order.settings(), Address("127.0.0.1", order.port))


DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
WORK = {"watch": watch, "run": read, "serve": serve}


def _child(order: Order, parts: Any) -> int:
    """The process id of a new child. What it says goes to its log."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        _end_with_parent()
        faulthandler.register(signal.SIGUSR1, file=2)
        log = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        configure_log(json=False, quiet=False)
        WORK[order.what](order, parts)
        status = 0
    except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _end_with_parent() -> None:
    """Be killed where the nursery is: nothing of a campaign may outlive it (Linux)."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def _ended(process: int, *, wait: bool) -> int | None:
    """Exit code, or minus the signal; None for one that lives."""
    found, status = os.waitpid(process, 0 if wait else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def main() -> None:
    """Answer one line after the other."""
    faulthandler.register(signal.SIGUSR1, file=2)
    loaded = Breakable(Parts.open(Settings(extract=ExtractSettings(reader="rules"))))
    answers = Path("/dev/fd").joinpath(str(os.dup(1))).open("w", encoding="utf-8")
    with answers:
        for line in sys.stdin:
            asked: dict[str, Any] = json.loads(line)
            if asked["what"] in WORK:
                answer: int | None = _child(Order(**asked), loaded)
            else:
                answer = _ended(asked["of"], wait=asked["what"] == "end")
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
