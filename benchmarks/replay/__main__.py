"""A day of 200 feeds replayed against a real server: `python -m benchmarks.replay`.

    python -m benchmarks.replay [--hours 24] [--articles 360] [--feeds 200] [--reader rules]

The articles of violent_corpus dev come out over a simulated day at 200 feeds of 200 hosts (RSS,
Atom, JSON feed, news sitemap), all of which a server on loopback shows. Some are edited, some named
by two feeds, some found behind a redirect; servers answer 304, 429 with Retry-After, 503, too late,
broken XML or nothing; items redirect to closed addresses. A watch with its default settings follows
the day at speed, by a clock that passes only where it is waited for.

Then the record is compared with that of a batch run over the articles as they stood in the end, and
the server's log with the rules of politeness. Exit code 1 where either differs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.data import data_folder, machine, rows
from benchmarks.replay.proof import Proof, prove
from benchmarks.replay.script import FEEDS, WAITS_S, Script, write_script
from tests.watch.world import START, Clock, Site, World, plan_of
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.log import configure_log
from tocsin.pipeline import Parts, run
from tocsin.records import Incident
from tocsin.store import Store, open_store
from tocsin.watch import Health, feed_health
from tocsin.watch.config import WatchSettings

CONTACT = "desk@tocsin.example"
MAX_AGE_DAYS = 4_000
"""The articles are years older than the simulated day."""
SHOWN = 5


@contextlib.contextmanager
def trap() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that must not be asked: its port, and who asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Replay, compare, prove, report."""
    parser = argparse.ArgumentParser(description="a day of feeds at speed")
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--articles", type=int, default=360)
    parser.add_argument("--feeds", type=int, default=FEEDS)
    parser.add_argument("--reader", default="rules")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    configure_log(json=False, quiet=True)
    path = data_folder() / "violent_corpus" / "articles.dev.jsonl"
    articles = list(rows(path))[: asked.articles]
    parts = Parts.open(Settings(extract=ExtractSettings(reader=asked.reader)))
    clock = Clock()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port, trapped = stack.enter_context(trap())
        site = Site(clock)
        stack.callback(site.close)
        script = write_script(site, clock, articles, seed=asked.seed, trap=port, feeds=asked.feeds)
        world = World(site, clock, folder / "watched.db", timeout_s=WAITS_S)
        plan = plan_of(*script.plan(), max_age_days=MAX_AGE_DAYS)
        began = time.monotonic(), time.process_time()
        counts = world.watch(plan, parts, hours=asked.hours)
        wall_s, cpu_s = time.monotonic() - began[0], time.process_time() - began[1]
        print(
            f"{machine()}; {asked.hours:g} simulated hours in {wall_s:.0f} s ({cpu_s:.0f} of CPU)"
        )
        print(", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()))
        proof = prove(site.log, WatchSettings().host_delay_s, CONTACT)
        tell_proof(proof, trapped)
        with world.opened() as watched:
            tell_feeds(watched, script, clock)
            differing = compare(watched, script, folder, world.settings(), asked.reader)
    sys.exit(0 if proof.is_polite and not trapped and not differing else 1)


def tell_proof(proof: Proof, trapped: list[str]) -> None:
    """What the server's log shows."""
    statuses = ", ".join(
        f"{count:,} x {status}" for status, count in sorted(proof.statuses.items())
    )
    print(
        f"\n{sum(proof.statuses.values()):,} requests to {proof.hosts} hosts: {statuses}\n"
        f"shortest pause between two visits to a host: {proof.shortest_pause_s:.1f} s; where"
        f" robots.txt asks for 30 s: {proof.shortest_pause_with_delay_s:.1f} s; at most"
        f" {proof.busiest_host_hour} requests to one host in an hour"
    )
    print(
        f"visits too soon: {proof.too_soon}; before Retry-After was over:"
        f" {proof.after_429_too_soon}; of what robots.txt forbids: {proof.forbidden}; before"
        f" robots.txt: {proof.before_robots}; without the validator: {proof.unconditional}; without"
        f" a contact: {proof.anonymous}; to closed addresses: {len(trapped)}"
    )


def tell_feeds(watched: Store, script: Script, clock: Clock) -> None:
    """How the feeds did, and what became of the doors that lead inward."""
    health = Counter(feed_health(state, clock.at).health for state in watched.feed_states())
    told = ", ".join(f"{health[word]} {word.value}" for word in Health if health[word])
    items = watched.watched_items(script.traps).values()
    reasons = Counter((item.error or "none").partition(":")[0] for item in items)
    print(
        f"\n{script.feeds} feeds: {told}; {len(script.faults)} of them misbehaved for some hours;"
        f" {len(watched.feed_gaps())} gaps noted\n"
        f"{len(items)} redirects inward refused: {dict(reasons)}"
    )


def compare(
    watched: Store, script: Script, folder: Path, settings: Settings, reader: str
) -> list[str]:
    """What of the watch's record differs from a batch run's; printed and returned."""
    file = folder / "batch.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in script.batch()), encoding="utf-8")
    extract = ExtractSettings(reader=reader)
    with open_store(str(folder / "batch.db"), settings.store, clock=lambda: START) as batch:
        run([str(file)], batch, settings.model_copy(update={"extract": extract}))
        texts = {one.id: one.text for one in batch.articles()}
        seen = {one.id: one.text for one in watched.articles()}
        told, found = _incidents(batch), _incidents(watched)
    revised = sum(one.edit_at is not None for one in script.pieces)
    differing = [id_ for id_, text in texts.items() if seen.get(id_) != text]
    differing += [id_ for id_ in seen if id_ not in texts]
    print(
        f"\n{len(texts)} articles ({revised} edited, {sum(map(len, script.doubled.values()))} named"
        f" by two feeds), {len(told)} incidents by the batch run; by the watch {len(seen)} and"
        f" {len(found)}; quarantined {len(watched.quarantined())}; articles that differ:"
        f" {len(differing)}"
    )
    unequal = [id_ for id_ in told.keys() | found.keys() if told.get(id_) != found.get(id_)]
    print(f"incidents that differ: {len(unequal)}")
    for id_ in (differing + unequal)[:SHOWN]:
        print(f"    {id_}")
    return differing + unequal


def _incidents(store: Store) -> dict[str, Incident]:
    return {stored.incident.id: stored.incident for stored in store.incidents()}


if __name__ == "__main__":
    main()
