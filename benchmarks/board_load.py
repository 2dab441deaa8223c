"""The API under a steady load while a run writes: latency of each request, as the client sees it.

    python -m benchmarks.board_load record.db [--rate 50] [--seconds 30] [--reader rules]

`tocsin serve` answers in a process of its own; requests of a mix are sent at fixed moments, whether
or not the ones before were answered, so that a slow answer does not hide the ones behind it. In a
third process `tocsin run` reads made news into the same store, over and over. All of them, and this
one, share the machine. `cpu` is what the server took of one processor, for each request.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random

import httpx

from benchmarks.board import NEAR, WORLD
from benchmarks.data import machine
from benchmarks.made_news import SEED, MadeNews
from tocsin.config import Settings
from tocsin.store import Listing, open_store
from tocsin.where import Gazetteer

ADDRESS = re.compile(r"http://\S+")
NEWS_PER_RUN = 200
SHARES = {
    "list": 20,
    "list, filtered": 15,
    "incident": 25,
    "clusters": 15,
    "histogram": 5,
    "search": 5,
    "evidence": 10,
    "article": 5,
}
"""Of a hundred requests: reading incidents and looking around, as people at the board do."""


def questions(path: str) -> dict[str, list[str]]:
    """Addresses of each kind, over incidents that the store holds."""
    with open_store(path, Settings().store, read_only=True) as store:
        found = list(store.summaries(listing=Listing(newest_first=True, limit=400)))[::4]
        stored = [store.incident(one.id) for one in found]
    articles = [one.incident.reports[0].article_id for one in stored if one]
    api = "/api/v1/incidents"
    return {
        "list": [api, f"{api}?limit=20"],
        "list, filtered": [
            f"{api}?country=NG",
            f"{api}?actor=gunmen&limit=20",
            f"{api}?bbox=30,20,60,40&limit=20",
            f"{api}?type=air_strike&since=2015-01-01",
        ],
        "incident": [f"{api}/{one.id}" for one in found],
        "clusters": [f"{api}/clusters?{WORLD}", f"{api}/clusters?{NEAR}"],
        "histogram": [f"{api}/histogram", f"{api}/histogram?country=NG"],
        "search": ["/api/v1/search?q=convoy", "/api/v1/search?q=rockets"],
        "evidence": [f"{api}/{one.id}/evidence" for one in found],
        "article": [f"/api/v1/articles/{id_}" for id_ in articles],
    }


@contextmanager
def process(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """`tocsin ...`, with variables of the environment beside ours; ended when done with."""
    command = [sys.executable, "-m", "tocsin", *arguments]
    started = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | settings,
    )
    with started as p:
        try:
            yield p
        finally:
            p.terminate()


def address_of(server: subprocess.Popen[str]) -> str:
    """Where a server said it is."""
    assert server.stdout is not None
    for line in server.stdout:
        found = ADDRESS.search(line)
        if found:
            return found[0].rstrip("/")
    raise SystemExit("the server did not start")


def processor_s(pid: int) -> float:
    """Seconds of the processor that a process took so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load(
    origin: str, asked: dict[str, list[str]], *, rate: float, seconds: float
) -> list[tuple[str, float]]:
    """Send `rate` requests a second; kind and milliseconds of each, from when it was due."""
    chance = Random(SEED)
    taken: list[tuple[str, float]] = []

    async with httpx.AsyncClient(base_url=origin, timeout=60) as client:

        async def ask(kind: str, due: float) -> None:
            answer = await client.get(chance.choice(asked[kind]))
            if answer.status_code != 200:
                raise SystemExit(f"{answer.url}: {answer.status_code}")
            taken.append((kind, (time.perf_counter() - due) * 1000))

        for kind, addresses in asked.items():
            # What is worked out once for all is no part of a steady load.
            for address in addresses[:4]:
                await client.get(address)
            assert kind in SHARES
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(int(rate * seconds)):
                due = began + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
                group.create_task(ask(kind, due))
    return taken


def write_news(folder: Path, count: int) -> Path:
    """Fresh made news as texts for `tocsin run`."""
    path = folder / "news.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        news = MadeNews(Gazetteer.open(), seed=SEED + 1).articles()
        for article, _ in (next(news) for _ in range(count)):
            row = {"id": f"load-{article.id}", "text": article.text, "outlet": article.outlet}
            row["published"] = str(article.published.date) if article.published else ""
            stream.write(json.dumps(row) + "\n")
    return path


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def main() -> None:
    """Serve, write, ask, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="a store that `benchmarks.large_record` wrote; it is copied")
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--reader", default="learned", help="of the run that writes; or `none`")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="tocsin-load-") as name:
        path = str(Path(name) / "record.db")
        shutil.copyfile(options.store, path)
        asked = questions(path)
        news = write_news(Path(name), NEWS_PER_RUN)
        with process("serve", "--db", path, "--port", "0") as server:
            origin = address_of(server)
            reader = {"TOCSIN_EXTRACT__READER": options.reader}
            run = process("run", "--db", path, str(news), **reader)
            with nullcontext() if options.reader == "none" else run as writer:
                before = processor_s(server.pid)
                taken = asyncio.run(load(origin, asked, rate=options.rate, seconds=options.seconds))
                cpu_ms = (processor_s(server.pid) - before) * 1000 / len(taken)
                is_writing = writer is not None and writer.poll() is None
    print(f"{len(taken)} requests, cpu {cpu_ms:.1f} ms each, the run still wrote: {is_writing}")
    print("| asked | requests | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|")
    for kind in (*SHARES, None):
        values = [ms for one, ms in taken if kind in {None, one}]
        if values:
            print(
                f"| {kind or 'all'} | {len(values)} | {statistics.median(values):.1f} |"
                f" {percentile(values, 0.95):.1f} | {max(values):.0f} |"
            )


if __name__ == "__main__":
    main()
