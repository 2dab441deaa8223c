"""Faults at random over watching, serving and reading: `python -m benchmarks.faults`.

    python -m benchmarks.faults [--count 500] [--seed 0] [--keep FOLDER]

A watch with alerts, a board and runs work on one store, which lies on a small disk of its own.
Feeds, pages and a receiver of alerts are servers on loopback. Each round publishes news and makes
one thing go wrong: processes are killed, the disk is full, the store is locked, the network is cut,
the receiver fails or answers late, the clock jumps, an article breaks the reader or ends the
process. Time runs 120 times as fast, so that leases and retries of minutes are seen. In the end
all works again, and the store is compared with the servers' books. Exit code 1 where anything is
lost, told twice, or in need of repair. An interrupt ends the faults early: what was done is judged.

What the processes do is what the commands do, in forks of a process that has loaded the rule-based
reader, since the start of an interpreter is most of a fault's time.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import machine
from benchmarks.faults.campaign import Books, Campaign
from benchmarks.faults.nursery import Nursery
from benchmarks.faults.servers import desk_server, press_server
from benchmarks.faults.verdict import Verdict, judge
from benchmarks.faults.volume import small_volume

TELL_EVERY = 25
SHOWN = 5


def main() -> None:
    """Run a campaign and print its report."""
    parser = argparse.ArgumentParser(description="faults over watch, serve and run")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="copy the store and what the processes said here")
    asked = parser.parse_args()
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-faults-")))
        volume = stack.enter_context(small_volume(folder / "disk"))
        press = stack.enter_context(press_server())
        desk = stack.enter_context(desk_server())
        nursery = stack.enter_context(Nursery())
        campaign = Campaign(nursery, press, desk, volume, seed=asked.seed)

        def tell(done: int) -> None:
            if done % TELL_EVERY == 0:
                print(f"{done} faults, {time.monotonic() - began:.0f} s", file=sys.stderr)

        campaign.run(asked.count, tell)
        settled_s = campaign.settle()
        with campaign.opened() as store:
            verdict = judge(store, campaign.books, press, desk)
            steps = store.outbox.last_position()
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(campaign.store, asked.keep)
            shutil.copytree(folder / "logs", asked.keep / "logs", dirs_exist_ok=True)
    print(
        f"{machine()}; seed {asked.seed}, {time.monotonic() - began:.0f} s,"
        f" settled in {settled_s:.0f} s; store on a disk of its own: {volume.is_small}"
    )
    print(
        f"{press.requests:,} requests to feeds and pages, {steps:,} changes of the record,"
        f" {len(desk.taken):,} messages, {desk.repeats} of them told again under their key"
    )
    report(campaign.books, verdict)
    sys.exit(0 if verdict.is_clean and not campaign.books.broken else 1)


def report(books: Books, verdict: Verdict) -> None:
    """The tables."""
    print(f"\n{sum(books.faults.values())} faults:")
    for name, count in sorted(books.faults.items()):
        print(f"  {name}: {count}")
    kills = ", ".join(f"{name} {count}" for name, count in sorted(books.kills.items()))
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(books.answers.items()))
    print(f"kill -9: {kills}; answers of the board by status (0: none): {answers}\n")
    rows = {
        f"articles lost, of {verdict.articles}": verdict.articles_lost,
        f"alerts lost, of {verdict.alerts}": verdict.alerts_lost,
        "alerts doubled": verdict.alerts_doubled,
        f"stores that need repair, in {books.checks + 1} checks": verdict.unsound,
        f"decisions lost, of {len(books.decisions)}": verdict.decisions_lost,
        "sound articles set aside": verdict.set_aside,
        "processes that broke": books.broken,
    }
    for name, found in rows.items():
        print(f"{name}: {len(found)}")
        for one in found[:SHOWN]:
            print(f"    {one}")
    print(f"poisoned articles set aside, as they should be: {verdict.poisoned}")


if __name__ == "__main__":
    main()
