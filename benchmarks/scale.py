"""What one more article costs as the record grows: `python -m benchmarks.scale`.

    python -m benchmarks.scale [--sizes 1000 10000 100000 1000000] [--added 200] [--store FILE]
                               [--cold] [--calls]

One store is filled with made news (`benchmarks.made_news`) as a batch run would: articles kept by
the 32, resolved by the thousand. At each size it stops, and articles are added one at a time, each
kept and resolved before the next: half of them the news of the day, half held back from anywhere in
what was read before. Reading and extracting are left out: they know nothing of the store.

`batch` is milliseconds of the processor a report; `p50`, `p95` and `max` are milliseconds of one
addition as the wall clock has it, then of the processor alone, which a busy machine disturbs less.
`--calls` counts the calls of functions instead, Python's and C's, which it does not disturb at all.
`--cold` forgets before each addition what the process remembers, as where it falls on news of long
ago.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from types import FrameType

from benchmarks.data import machine, peak_memory_mb
from benchmarks.made_news import PER_DAY, SEED, MadeNews
from tocsin.config import Settings
from tocsin.pipeline import BATCH_ARTICLES, RESOLVE_ARTICLES, is_copy, resolve_pending, to_keep
from tocsin.records import Article, Extraction
from tocsin.resolve import PairMemory
from tocsin.store import Kept, Store, open_store
from tocsin.store.contexts import ReportReader
from tocsin.store.sqlite import SqliteStore
from tocsin.where import Gazetteer

SIZES = (1_000, 10_000, 100_000)
ADDED = 200
PROFILE_LINES = 45

Made = tuple[Article, Extraction]


@dataclass(slots=True)
class Filling:
    """What filling the store up to one size took, in seconds of the processor."""

    articles: int = 0
    reports: int = 0
    keep_s: float = 0.0
    resolve_s: float = 0.0

    @property
    def ms_per_report(self) -> float:
        """Milliseconds of keeping and resolving one report in a batch."""
        return 1000 * (self.keep_s + self.resolve_s) / max(self.reports, 1)


@dataclass(slots=True)
class Additions:
    """Milliseconds of each article added alone."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    """Instead of times, where calls are counted."""
    incident_reports: list[int] = field(default_factory=list)
    """How many reports tell the incident that the article told of, afterwards."""


def kept_of(made: Made) -> Kept:
    """The unit of keeping; made news is never refused."""
    kept = to_keep(*made)
    assert isinstance(kept, Kept)
    return kept


@dataclass(slots=True)
class Growing:
    """A store that made news is added to, as one process would."""

    store: Store
    settings: Settings
    memory: PairMemory = field(default_factory=PairMemory)
    is_cold: bool = False
    counts_calls: bool = False

    def fill(self, news: Iterator[Made], count: int, hold: float) -> tuple[Filling, list[Made]]:
        """Fill in `count` articles; the cost, and the articles held back with chance `hold`."""
        chance = Random(f"{SEED}:{count}")
        filling = Filling()
        held: list[Made] = []
        batch: list[Kept] = []
        unresolved = 0
        for made in itertools.islice(news, count):
            if chance.random() < hold:
                held.append(made)
                continue
            filling.articles += 1
            filling.reports += len(made[1].reports)
            began = time.process_time()
            batch.append(kept_of(made))
            if len(batch) == BATCH_ARTICLES:
                self.store.keep_many(batch, is_copy=is_copy)
                unresolved += len(batch)
                batch = []
            filling.keep_s += time.process_time() - began
            if unresolved >= RESOLVE_ARTICLES:
                filling.resolve_s += self._resolve()
                unresolved = 0
        self.store.keep_many(batch, is_copy=is_copy)
        filling.resolve_s += self._resolve()
        return filling, held

    def _resolve(self) -> float:
        began = time.process_time()
        resolve_pending(self.store, self.settings, memory=self.memory)
        return time.process_time() - began

    def add_singly(self, additions: Sequence[Made]) -> Additions:
        """Keep and resolve each article before the next, with nothing remembered at the start."""
        taken, memory = Additions(), PairMemory()
        for made in additions:
            if self.is_cold:
                memory = PairMemory()
                assert isinstance(self.store, SqliteStore)
                self.store._reports = ReportReader()
            if self.counts_calls:
                taken.calls.append(count_calls(partial(self._add, made, memory)))
            else:
                wall, cpu = time.perf_counter(), time.process_time()
                self._add(made, memory)
                taken.wall_ms.append(1000 * (time.perf_counter() - wall))
                taken.cpu_ms.append(1000 * (time.process_time() - cpu))
            taken.incident_reports.append(self._told_by(made))
        return taken

    def _add(self, made: Made, memory: PairMemory) -> None:
        self.store.keep_many([kept_of(made)], is_copy=is_copy)
        resolve_pending(self.store, self.settings, memory=memory)

    def _told_by(self, made: Made) -> int:
        """How many reports tell the incident that the article is about."""
        main = made[1].reports[0].id
        stored = self.store.incident(self.store.incidents_of_reports([main])[main])
        assert stored is not None
        return stored.incident.corroboration.reports


def count_calls(work: Callable[[], None]) -> int:
    """How many functions `work` calls, written in Python or in C."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _row(name: str, taken: Additions) -> str:
    told = (
        f" into incidents of {statistics.median(taken.incident_reports):.0f} reports,"
        f" p95 {percentile(taken.incident_reports, 0.95)}"
    )
    if taken.calls:
        calls = taken.calls
        return (
            f"{name}: calls p50 {statistics.median(calls):,.0f} p95 {percentile(calls, 0.95):,}"
            f" max {max(calls):,};{told}"
        )
    wall, cpu = taken.wall_ms, taken.cpu_ms
    return (
        f"{name}: p50 {statistics.median(wall):.1f} p95 {percentile(wall, 0.95):.1f}"
        f" max {max(wall):.1f}; cpu p50 {statistics.median(cpu):.1f}"
        f" p95 {percentile(cpu, 0.95):.1f};{told}"
    )


def measure(
    growing: Growing, news: Iterator[Made], sizes: Sequence[int], added: int, *, profile: bool
) -> None:
    """Fill a store through the sizes and print some lines for each."""
    size = 0
    for wanted in sizes:
        step = wanted - size
        filling, held = growing.fill(news, step, added / 2 / step)
        size = wanted
        fresh = list(itertools.islice(news, added // 2))
        size += len(fresh)
        profiler = cProfile.Profile()
        if profile:
            profiler.enable()
        late, of_the_day = growing.add_singly(held), growing.add_singly(fresh)
        profiler.disable()
        counts = growing.store.counts()
        print(
            f"{counts.articles:,} articles, {counts.reports:,} reports, {counts.incidents:,}"
            f" incidents, {counts.lineages:,} lineages, peak {peak_memory_mb():.0f} MiB\n"
            f"  batch {filling.ms_per_report:.2f} ms a report (keep"
            f" {1000 * filling.keep_s / filling.reports:.2f}, resolve"
            f" {1000 * filling.resolve_s / filling.reports:.2f})\n"
            f"  {_row('held back', late)}\n"
            f"  {_row('of the day', of_the_day)}",
            flush=True,
        )
        if profile:
            pstats.Stats(profiler).sort_stats("cumulative").print_stats(PROFILE_LINES)


def main() -> None:
    """Fill, add, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--added", type=int, default=ADDED, help="articles added alone at a size")
    parser.add_argument("--per-day", type=int, default=PER_DAY)
    parser.add_argument("--store", help="a new file to keep the store in")
    parser.add_argument("--cold", action="store_true", help="remember nothing between additions")
    parser.add_argument("--calls", action="store_true", help="count calls, not time")
    parser.add_argument("--profile", action="store_true", help="where additions spend their time")
    options = parser.parse_args()
    print(machine())
    news = MadeNews(Gazetteer.open(), per_day=options.per_day).articles()
    settings = Settings()
    with tempfile.TemporaryDirectory(prefix="tocsin-scale-") as folder:
        path = options.store or str(Path(folder) / "record.db")
        with open_store(path, settings.store) as store:
            growing = Growing(store, settings, is_cold=options.cold, counts_calls=options.calls)
            sizes = sorted(options.sizes)
            measure(growing, news, sizes, options.added, profile=options.profile)


if __name__ == "__main__":
    main()
