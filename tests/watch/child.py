"""A process that watches, to be killed: `python -m tests.watch.child PORT`, then a store's path for
each watch, one line on standard input; feeds are those of `KILL_FEEDS` at the port.

Each watch is a fork, so that a kill costs no start-up.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.watch.world import OUR_NAMES, plan_of, resolve
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.fetch import FetchSettings
from tocsin.fetch.client import Fetcher
from tocsin.pipeline import Parts
from tocsin.read.config import ReadSettings
from tocsin.store import open_store
from tocsin.watch import WatchPlan
from tocsin.watch.clock import Stop, SystemClock
from tocsin.watch.intake import Intake
from tocsin.watch.watcher import Watcher

KILL_FEEDS = 4


def plan_at(port: int) -> WatchPlan:
    feeds = [f"http://k{n}{OUR_NAMES}:{port}/feed" for n in range(KILL_FEEDS)]
    return plan_of(*feeds, host_delay_s=0)


def watch(path: Path, port: int, parts: Parts) -> None:
    fetching = FetchSettings(allow=(f"127.0.0.1:{port}",), timeout_s=20)
    settings = Settings(extract=ExtractSettings(reader="rules"), read=ReadSettings(fetch=fetching))
    stop = Stop()
    with open_store(str(path), settings.store) as store, ThreadPoolExecutor(4) as executor:
        intake = Intake(store, parts, settings)
        fetcher = Fetcher(fetching, resolve=resolve)
        Watcher(plan_at(port), store, intake, fetcher, SystemClock(stop), executor, stop).run(
            once=True
        )


def main() -> None:
    port = int(sys.argv[1])
    parts = Parts.open(Settings(extract=ExtractSettings(reader="rules")))
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                watch(Path(line.strip()), port, parts)
            except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        print("started", child, flush=True)
        _, status = os.waitpid(child, 0)
        print("ended", os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
