"""How long the board and the API take over a large record.

    python -m benchmarks.board [--incidents 20000] [--requests 30]

The record is the shipped corpus', its incidents copied over ten years and all the land there is
until there are as many as asked for: real records in size and evidence, made up in number. Requests
go to the application in this process, one after another, so that sockets are left out and all of
reading, working out and rendering is in.

`cold` is the first request after the record changed, when nothing is remembered; `p50` and `p95`
are of the requests after it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from tocsin.api import StorePool
from tocsin.config import Settings
from tocsin.corpus import corpus_paths
from tocsin.pipeline import run
from tocsin.records import Incident, MemberReport, content_id
from tocsin.store import Store, open_store
from tocsin.web import create_board

BATCH = 2_000
YEARS = 10
SEED = 20_261_127
ORIGIN = "http://127.0.0.1:8400"


def copies(originals: list[Incident], count: int) -> Iterator[Incident]:
    """`count` incidents like the originals, each of its own id, reports, day and place."""
    chance = random.Random(SEED)
    for number in range(count):
        incident = originals[number % len(originals)]
        date, place = incident.date, incident.place
        if date is not None:
            shift = dt.timedelta(days=chance.randrange(-365 * YEARS // 2, 365 * YEARS // 2))
            earliest, latest = date.value.earliest, date.value.latest
            value = replace(
                date.value,
                earliest=earliest + shift if earliest else None,
                latest=latest + shift if latest else None,
            )
            date = replace(date, value=value)
        if place is not None and place.value.lat is not None:
            lat, lon = chance.uniform(-40, 60), chance.uniform(-120, 140)
            moved = replace(place.value, lat=round(lat, 4), lon=round(lon, 4))
            place = replace(place, value=moved)
        reports = tuple(
            MemberReport(member.article_id, f"{member.report_id}-{number}", member.is_main)
            for member in incident.reports
        )
        id_ = content_id("inc", incident.id, str(number))
        yield replace(incident, id=id_, reports=reports, relations=(), date=date, place=place)


def fill(store: Store, count: int) -> None:
    """The shipped corpus, and copies of its incidents."""
    run([str(path) for path in corpus_paths()], store, Settings())
    originals = [stored.incident for stored in store.incidents()]
    batch: list[Incident] = []
    for incident in copies(originals, count - len(originals)):
        batch.append(incident)
        if len(batch) == BATCH:
            store.write_incidents(batch, gone={}, resolved_report_ids=[])
            batch = []
    store.write_incidents(batch, gone={}, resolved_report_ids=[])


def addresses(client: TestClient) -> list[tuple[str, str]]:
    """What is asked, by name."""
    listed = client.get("/api/v1/incidents?min_lineages=2&limit=50").json()
    incident = listed["items"][0]["id"]
    return [
        ("board", "/"),
        ("board, one country", "/?country=IQ"),
        ("board, one actor", "/?actor=islamic+state"),
        ("points", "/api/v1/incidents/points"),
        ("histogram", "/api/v1/incidents/histogram"),
        ("list of 50", "/api/v1/incidents"),
        ("list of 50, next page", f"/api/v1/incidents?min_lineages=2&cursor={listed['next']}"),
        ("list, in a box", "/api/v1/incidents?bbox=30,20,60,40"),
        ("list, words", "/api/v1/incidents?text=airport"),
        ("incident", f"/api/v1/incidents/{incident}"),
        ("incident page", f"/incidents/{incident}"),
        ("search", "/search?q=embassy"),
    ]


def measure(client: TestClient, address: str, requests: int) -> tuple[float, float, float, int]:
    """Cold, p50 and p95 in milliseconds, and bytes of the answer."""
    taken = []
    size = 0
    for _ in range(requests + 1):
        start = time.perf_counter()
        answer = client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
        size = len(answer.content)
    warm = sorted(taken[1:])
    return taken[0], statistics.median(warm), warm[int(len(warm) * 0.95) - 1], size


def main() -> None:
    """Fill a store, ask, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tocsin-board-") as folder:
        path = str(Path(folder) / "record.db")
        settings = Settings()
        with open_store(path, settings.store) as store:
            start = time.perf_counter()
            fill(store, options.incidents)
            print(f"{store.counts().incidents:,} incidents in {time.perf_counter() - start:.0f} s")
        pool = StorePool(
            lambda: open_store(path, settings.store, create=False, read_only=True), size=2
        )
        print("| asked | cold ms | p50 ms | p95 ms | kB |\n|---|---|---|---|---|")
        with TestClient(create_board(pool), base_url=ORIGIN) as client:
            for name, address in addresses(client):
                cold, p50, p95, size = measure(client, address, options.requests)
                print(f"| {name} | {cold:.0f} | {p50:.1f} | {p95:.1f} | {size / 1000:.0f} |")
        pool.close()


if __name__ == "__main__":
    main()
