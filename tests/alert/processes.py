"""Real processes that change a record and alert of it, to be killed by tests.

Run as a script. It loads everything once, then forks a child for every line it reads on standard
input: `alert STORE PORT HOURS`. The child goes on with the record where the last one was cut off,
by a clock that is so many hours ahead, so that leases of the dead have ended.
"""

from __future__ import annotations

import datetime as dt
import os
import sys

import alembic.command  # noqa: F401 (loaded once, so that children create a store quickly)

from tests.alert.factory import alerting, happening, killed
from tests.store.factory import kept
from tocsin.alert import Alerting, collect, deliver, open_receivers
from tocsin.store import Store, open_store, system_clock
from tocsin.store.config import StoreSettings

INCIDENTS = 3
STATES = 100
"""Snapshots that are written in all, each with a higher toll of one of the incidents."""


def rules(port: str) -> Alerting:
    """Everything, to one webhook, calmed by a digest of storms now and then."""
    hook = {
        "kind": "webhook",
        "url": f"http://127.0.0.1:{port}/hook",
        "storm": {"messages": 12, "within_min": 30},
    }
    return alerting({"desk": hook})


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def write_state(store: Store, number: int) -> None:
    """Snapshot `number` of the record: again is nothing."""
    which = number % INCIDENTS + 1
    store.write_incidents(
        [happening(which, killed=killed(number + 1))], gone={}, resolved_report_ids=[]
    )


def alert(path: str, port: str, hours: str) -> None:
    """Write what is not written yet; collect and deliver after each snapshot."""
    ahead = dt.timedelta(hours=int(hours))

    def clock() -> dt.datetime:
        return system_clock() + ahead

    asked = rules(port)
    with open_store(path, StoreSettings(), clock=clock) as store:
        store.keep_many([kept(n + 1) for n in range(INCIDENTS)])
        store.outbox.begin(asked.rules.keys())
        channels = open_receivers(asked, store.outbox, {}, clock=clock)
        # What the last one left is sent first, as a new run would.
        collect(store, asked, clock=clock)
        deliver(store.outbox, channels, asked, clock=clock)
        for number in range(store.outbox.last_position(), STATES):
            write_state(store, number)
            say("wrote", number)
            collect(store, asked, clock=clock)
            deliver(store.outbox, channels, asked, clock=clock)
            say("told", number)


def main() -> None:
    for line in sys.stdin:
        _, *arguments = line.split()
        child = os.fork()
        if not child:
            status = 1
            say("started", os.getpid())
            try:
                alert(*arguments)
                status = 0
            finally:
                # Leaves at once: what the parent has opened is not the child's to tidy up.
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        say("ended", ended)


if __name__ == "__main__":
    main()
