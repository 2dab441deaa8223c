"""What the board and the API cost over a large record, request by request.

    python -m benchmarks.board record.db [--requests 30]

The record is one of `benchmarks.large_record`. Requests go to the application in this process, one
after another, so that sockets are left out and all of reading, working out and rendering is in.
Times are of the processor, which a busy machine disturbs less than the clock on the wall.

`cold` is the first request, when nothing is remembered; `p50` and `p95` are of those after it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.testclient import TestClient

from benchmarks.data import machine
from tocsin.api import StorePool
from tocsin.config import Settings
from tocsin.store import open_store
from tocsin.web import create_board

ORIGIN = "http://127.0.0.1:8400"
WORLD = "view=-180,-85,180,85&zoom=1"
NEAR = "view=35,28,55,40&zoom=6"


@contextmanager
def board_over(path: str, stores: int = 2) -> Iterator[TestClient]:
    """A client of the board over the store at `path`."""
    settings = Settings().store
    pool = StorePool(lambda: open_store(path, settings, create=False, read_only=True), size=stores)
    with TestClient(create_board(pool), base_url=ORIGIN) as client:
        yield client
    pool.close()


def addresses(client: TestClient) -> dict[str, str]:
    """What is asked, by name."""
    listed = client.get("/api/v1/incidents?min_lineages=2&limit=50").json()
    incident = listed["items"][0]
    article = incident["type"]["evidence"][0]["article_id"]
    return {
        "board": "/",
        "board, one country": "/?country=IQ",
        "board, one actor": "/?actor=gunmen",
        "board, one weapon": "/?weapon=rocket",
        "clusters of the world": f"/api/v1/incidents/clusters?{WORLD}",
        "clusters of a region": f"/api/v1/incidents/clusters?{NEAR}",
        "histogram": "/api/v1/incidents/histogram",
        "list of 50": "/api/v1/incidents",
        "list of 50, a later page": f"/api/v1/incidents?min_lineages=2&cursor={listed['next']}",
        "list, in a box": "/api/v1/incidents?bbox=30,20,60,40",
        "list, words": "/api/v1/incidents?text=rockets",
        "incident": f"/api/v1/incidents/{incident['id']}",
        "incident page": f"/incidents/{incident['id']}",
        "article page": f"/articles/{article}",
        "search": "/search?q=rockets",
        "sources": "/sources",
        "health": "/api/v1/health",
    }


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of the processor, and bytes of the answer."""

    cold_ms: float
    p50_ms: float
    p95_ms: float
    size: int


def measure(client: TestClient, address: str, requests: int) -> Cost:
    """Ask so often, and once before."""
    taken = []
    size = 0
    for _ in range(requests + 1):
        began = time.process_time()
        answer = client.get(address)
        taken.append((time.process_time() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
        size = len(answer.content)
    warm = sorted(taken[1:])
    return Cost(taken[0], statistics.median(warm), warm[int(len(warm) * 0.95) - 1], size)


def main() -> None:
    """Ask, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="a store that `benchmarks.large_record` wrote")
    parser.add_argument("--requests", type=int, default=30)
    options = parser.parse_args()
    print(machine())
    with open_store(options.store, Settings().store) as store:
        counts = store.counts()
    print(f"{counts.incidents:,} incidents, {counts.reports:,} reports")
    with board_over(options.store) as client:
        asked = addresses(client)
    print("| asked | cold ms | p50 ms | p95 ms | kB |\n|---|---|---|---|---|")
    with board_over(options.store) as client:
        for name, address in asked.items():
            cost = measure(client, address, options.requests)
            print(
                f"| {name} | {cost.cold_ms:.0f} | {cost.p50_ms:.1f} | {cost.p95_ms:.1f} |"
                f" {cost.size / 1000:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
