"""Rounds of a campaign: news comes, something goes wrong, it passes; in the end all settles."""

from __future__ import annotations

import contextlib
import json
import resource
import signal
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import httpx

from benchmarks.faults.children import Order
from benchmarks.faults.news import BREAKS, ENDS, Piece, piece
from benchmarks.faults.nursery import Nursery
from benchmarks.faults.servers import OUTLETS, Desk, Press, Trouble
from benchmarks.faults.volume import Volume
from tocsin.store import MessageState, Store, open_store
from tocsin.store.config import StoreSettings
from tocsin.watch.clock import Stop
from tocsin.watch.visits import article_id

LOOK_S = 0.02
SETTLE_S = 600.0
START_S = 20.0
EDITED, READ, DECIDED = 0.25, 0.3, 0.1
"""Chances of a round: an article is edited, files are read by `run`, a person decides."""
CHECK_EVERY, CHECK_WHOLE_EVERY = 5, 50
JUMP_S = 2 * 3_600.0
QUOTA_BYTES = 32 * 1024
ANSWER_S = 10.0


@dataclass(slots=True)
class Books:
    """What must be true of the store in the end, and what was seen on the way."""

    watched: dict[int, Piece] = field(default_factory=dict)
    """Newest edition of each piece that a feed named."""
    read: dict[str, Piece] = field(default_factory=dict)
    """Pieces that `run` was given, by article id."""
    undone: list[Path] = field(default_factory=list)
    """Inputs of runs that did not end well: they are run again."""
    decisions: list[str] = field(default_factory=list)
    """Decisions that the board said were kept."""
    faults: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    """Of the board, by status; 0 where none came while it was up."""
    checks: int = 0
    unsound: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Processes that ended by themselves and should not have."""


class Campaign:
    """One store, three kinds of process, and a world outside."""

    def __init__(
        self, nursery: Nursery, press: Press, desk: Desk, volume: Volume, *, seed: int
    ) -> None:
        self.books = Books()
        self.began_s = time.monotonic()
        self._nursery = nursery
        self._press, self._desk, self._volume = press, desk, volume
        self._chance = Random(seed)
        self._store = volume.folder / "record.db"
        self._logs = volume.folder.parent / "logs"
        self._logs.mkdir()
        self._started = 0
        self._number = 0
        self._watch: int | None = None
        self._serve: int | None = None
        self._runs: dict[int, Path] = {}
        self._port = _free_port()
        self._client = httpx.Client(timeout=ANSWER_S, trust_env=False)

    @property
    def store(self) -> Path:
        """The store's file."""
        return self._store

    # rounds

    def faults(self) -> dict[str, Callable[[], None]]:
        """What can go wrong."""
        kinds: dict[str, Callable[[], None]] = {
            "kill watch": lambda: self._kill("watch"),
            "kill watch as it starts": self._kill_early,
            "kill run": lambda: self._kill("run"),
            "kill serve": lambda: self._kill("serve"),
            "kill all": self._kill_all,
            "end watch": self._end_politely,
            "second watch": self._second_watch,
            "store locked": self._lock,
            "file size limit": self._limit,
            "clock jump": self._jump,
            "network cut": lambda: self._world(self._press, Trouble.REFUSED, Trouble.CUT),
            "network slow": lambda: self._world(self._press, Trouble.SLOW, Trouble.ERROR),
            "receiver fails": lambda: self._world(self._desk, Trouble.ERROR, Trouble.REFUSED),
            "receiver late": lambda: self._world(self._desk, Trouble.SLOW, Trouble.TAKEN),
            "article breaks a stage": lambda: self._poison(BREAKS),
            "article ends the process": lambda: self._poison(ENDS),
        }
        if self._volume.is_small:
            kinds["disk full"] = self._fill
        return kinds

    def run(self, count: int, tell: Callable[[int], None]) -> None:
        """So many faults, one each round, every kind about as often."""
        kinds = self.faults()
        rare = {"article ends the process", "second watch"}
        names = [name for name in kinds for _ in range(1 if name in rare else 3)]
        plan = [name for _ in range(count // len(names) + 1) for name in names]
        self._chance.shuffle(plan)
        # An interrupt ends the rounds, not the campaign: what was done is settled and judged.
        is_over = Stop()
        signal.signal(signal.SIGINT, lambda *_: is_over.set())
        for done, name in enumerate(plan[:count], 1):
            if is_over.is_set():
                break
            self._publish()
            self._up()
            self._pause(0.02, 0.6)
            kinds[name]()
            self.books.faults[name] += 1
            self._reap()
            self._visit()
            self._check(done)
            tell(done)

    def settle(self) -> float:
        """Everything works again: wait until all is done. Seconds it took; ends the processes."""
        began = time.monotonic()
        self._press.trouble = self._desk.trouble = Trouble.NONE
        while time.monotonic() - began < SETTLE_S:
            self._up()
            for path in self._undone():
                self._start_run(path)
            self._reap()
            if not self._runs and not self.books.undone and self._is_quiet():
                break
            time.sleep(0.25)
        took = time.monotonic() - began
        for child in filter(None, (self._watch, self._serve)):
            self._nursery.kill(child, signal.SIGTERM)
        self._watch = self._serve = None
        self._client.close()
        return took

    def opened(self) -> Store:
        """The store, by this process."""
        return open_store(str(self._store), StoreSettings(busy_timeout_s=60), create=False)

    def _is_quiet(self) -> bool:
        """Whether nothing waits: pages, inbox, alerts."""
        with self.opened() as store:
            wanted = {self._press.page(one) for one in self.books.watched.values()}
            known = store.watched_items(wanted)
            return (
                len(known) == len(wanted)
                and all(item.fetched_at and not item.failures for item in known.values())
                and store.inbox_counts().waiting == 0
                and all(self._is_newest(store, one) for one in self.books.watched.values())
                and store.outbox.waiting() == []
                and store.outbox.messages(MessageState.QUEUED, limit=1) == []
            )

    def _is_newest(self, store: Store, one: Piece) -> bool:
        if BREAKS in one.text or ENDS in one.text:
            return True
        return is_stored(store, watched_id(self._press, one), one)

    # the world

    def _publish(self) -> None:
        """One new piece at a feed, perhaps an edit of another, perhaps a file to read."""
        chance = self._chance
        self._number += 1
        self._put(piece(self._number, chance.randrange(OUTLETS)))
        if chance.random() < EDITED:
            old = chance.choice(list(self.books.watched.values()))
            if BREAKS not in old.text and ENDS not in old.text:
                self._put(piece(old.number, old.outlet, edition=old.edition + 1))
        if chance.random() < READ:
            self._start_run(self._new_input())

    def _new_input(self) -> Path:
        """A file with one piece that no feed names."""
        self._number += 1
        one = piece(self._number, self._chance.randrange(OUTLETS))
        path = self._logs.with_name(f"{one.number}.jsonl")
        row = {
            "id": f"run_{one.number}",
            "outlet": f"Agency {one.outlet}",
            "published": "2021-03-02",
            "title": one.title,
            "text": one.text,
        }
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        self.books.read[row["id"]] = one
        return path

    def _put(self, one: Piece) -> None:
        self._press.publish(one)
        self.books.watched[one.number] = one

    # processes

    def _order(self, what: str, **changes: object) -> Order:
        self._started += 1
        order = Order(
            what,
            str(self._store),
            str(self._logs / f"{self._started}-{what}"),
            self.began_s,
            press_port=self._press.port,
            feeds=self._press.feeds(),
            desk_url=self._desk.url,
            port=self._port,
        )
        return replace(order, **changes)  # type: ignore[arg-type]

    def _up(self) -> None:
        """Start what does not run."""
        if self._watch is None:
            self._watch = self._nursery.start(self._order("watch"))
        if self._serve is None and self._store.exists():
            self._serve = self._nursery.start(self._order("serve"))
            self._await_board()

    def _await_board(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port)):
                return
            time.sleep(LOOK_S)

    def _start_run(self, path: Path) -> None:
        child = self._nursery.start(self._order("run", inputs=[str(path)]))
        self._runs[child] = path

    def _undone(self) -> list[Path]:
        found, self.books.undone = self.books.undone, []
        return found

    def _reap(self) -> None:
        """Note what ended by itself: a run that failed is run again, a watch must not end."""
        for child, path in list(self._runs.items()):
            code = self._nursery.ended(child)
            if code is not None:
                del self._runs[child]
                if code:
                    self.books.undone.append(path)
        for name in ("watch", "serve"):
            found = self._child(name)
            status = self._nursery.ended(found) if found is not None else None
            if status is None:
                continue
            self._forget(name)
            is_poisoned = name == "watch" and status == -signal.SIGKILL
            said = self._last_words(name)
            # a store that is locked or full for longer than it waits lets nothing begin
            if not is_poisoned and not said.startswith(
                ("tocsin.errors.StoreBusy", "tocsin.errors.StoreError")
            ):
                self.books.broken.append(f"{name} ended with {status}: {said}")

    def _last_words(self, name: str) -> str:
        """The last line that the newest child of a kind said."""
        logs = sorted(self._logs.glob(f"*-{name}"), key=lambda path: path.stat().st_mtime_ns)
        lines = logs[-1].read_text(encoding="utf-8", errors="replace").splitlines() if logs else []
        return lines[-1] if lines else ""

    def _child(self, name: str) -> int | None:
        return {"watch": self._watch, "serve": self._serve, "run": next(iter(self._runs), None)}[
            name
        ]

    def _forget(self, name: str) -> None:
        if name == "watch":
            self._watch = None
        elif name == "serve":
            self._serve = None

    # faults

    def _kill(self, name: str) -> None:
        if name == "run" and not self._runs:
            self._start_run(self.books.undone.pop() if self.books.undone else self._new_input())
            self._pause(0.0, 0.2)
        child = self._child(name)
        if child is None:
            return
        if name == "run":
            path = self._runs.pop(child)
            if self._nursery.kill(child):
                self.books.undone.append(path)
        else:
            self._nursery.kill(child)
            self._forget(name)
        self.books.kills[name] += 1

    def _kill_early(self) -> None:
        """Between its start and its first work."""
        self._kill("watch")
        self._watch = self._nursery.start(self._order("watch"))
        self._pause(0.0, 0.06)
        self._kill("watch")

    def _kill_all(self) -> None:
        for name in ("watch", "serve"):
            self._kill(name)
        for _ in tuple(self._runs):
            self._kill("run")

    def _end_politely(self) -> None:
        if self._watch is None:
            return
        status = self._nursery.kill(self._watch, signal.SIGTERM)
        self._watch = None
        # one that has not begun yet has no ear for the call
        if status not in {0, -signal.SIGTERM, -signal.SIGKILL}:
            self.books.broken.append(f"watch, asked to end, said {status}")

    def _second_watch(self) -> None:
        first = self._watch
        if first is None or self._nursery.ended(first) is not None:
            self._watch = None
            return
        second = self._nursery.start(self._order("watch"))
        until = time.monotonic() + START_S
        while (status := self._nursery.ended(second)) is None and time.monotonic() < until:
            time.sleep(LOOK_S)
        if status is None:
            self._nursery.kill(second)
        if not status and self._nursery.ended(first) is None:
            self.books.broken.append("a second watch was let in")

    def _lock(self) -> None:
        with contextlib.closing(sqlite3.connect(self._store, timeout=30)) as connection:
            connection.isolation_level = None
            with contextlib.suppress(sqlite3.OperationalError):
                connection.execute("BEGIN IMMEDIATE")
                self._pause(0.3, 2.5)
                connection.execute("ROLLBACK")

    def _fill(self) -> None:
        self._volume.fill()
        try:
            self._publish()
            self._pause(0.2, 1.0)
        finally:
            self._volume.empty()

    def _limit(self) -> None:
        """Files may not grow, for the watch alone."""
        child = self._watch
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            before = resource.prlimit(child, resource.RLIMIT_FSIZE, (QUOTA_BYTES, -1))
            self._publish()
            self._pause(0.2, 0.8)
            resource.prlimit(child, resource.RLIMIT_FSIZE, before)

    def _jump(self) -> None:
        """A watch whose clock is wrong, for a while."""
        self._kill("watch")
        ahead_s = self._chance.choice((-1, 1)) * self._chance.uniform(0.1, 1.0) * JUMP_S
        self._watch = self._nursery.start(self._order("watch", ahead_s=ahead_s))
        self._pause(0.2, 0.6)
        self._kill("watch")

    def _world(self, server: Press | Desk, *troubles: Trouble) -> None:
        server.trouble = self._chance.choice(troubles)
        try:
            self._publish()
            self._pause(0.2, 0.9)
        finally:
            server.trouble = Trouble.NONE

    def _poison(self, word: str) -> None:
        self._number += 1
        self._put(piece(self._number, self._chance.randrange(OUTLETS), word=f"A {word} was seen."))
        self._pause(0.2, 0.6)

    # what is seen on the way

    def _visit(self) -> None:
        """Ask the board, and now and then decide something on it."""
        if self._serve is None:
            return
        at = f"http://127.0.0.1:{self._port}"
        self.books.answers[self._status(f"{at}/")] += 1
        if self._chance.random() < DECIDED:
            with contextlib.suppress(httpx.HTTPError, ValueError, KeyError, IndexError):
                found = self._client.get(f"{at}/api/v1/incidents", params={"limit": 20}).json()
                one = self._chance.choice(found["items"])["id"]
                body = {"kind": "confirm", "incidents": [one], "reviewer": "ana"}
                done = self._client.post(f"{at}/api/v1/decisions", json=body)
                if done.status_code == httpx.codes.CREATED:
                    self.books.decisions.append(done.json()["id"])

    def _status(self, url: str) -> int:
        try:
            return self._client.get(url).status_code
        except httpx.HTTPError:
            return 0

    def _check(self, done: int) -> None:
        if done % CHECK_WHOLE_EVERY == 0:
            self.books.checks += 1
            with self.opened() as store:
                self.books.unsound += store.check(records=True)
        elif done % CHECK_EVERY == 0:
            self.books.checks += 1
            with contextlib.closing(sqlite3.connect(self._store)) as connection:
                said = [row[0] for row in connection.execute("PRAGMA quick_check")]
                self.books.unsound += [] if said == ["ok"] else said

    def _pause(self, least_s: float, most_s: float) -> None:
        time.sleep(self._chance.uniform(least_s, most_s))


def watched_id(press: Press, one: Piece) -> str:
    """The id of a watched piece's article."""
    return article_id(press.page(one))


def is_stored(store: Store, id_: str, one: Piece) -> bool:
    """Whether this very edition is in the store."""
    article = store.article(id_)
    return article is not None and one.mark in article.text


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
