"""StorePool: read-only stores lent to one request at a time, and what was worked out from them.

A store object is used from one thread at a time; requests run in many. Answers that cost a walk
through the whole record are remembered until the record's mark moves.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, LifoQueue
from typing import TypeVar, cast

from tocsin.errors import StoreBusy
from tocsin.store import StoreView

T = TypeVar("T")

DEFAULT_STORES = 8
"""Readers at once. SQLite readers do not block each other; two cores serve no more than this."""
WAIT_S = 20.0
"""How long a request waits for a store before it is told to come back."""
REMEMBERED = 32
"""Answers remembered: one for each filter lately in use on the board."""


@dataclass(slots=True)
class _Entry:
    """An answer and the mark of the record it was worked out for; None before the first."""

    mark: int | None = None
    answer: object = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class StorePool:
    """Lends stores that `open_one` opens, at most `size` of them, each when first needed."""

    def __init__(self, open_one: Callable[[], StoreView], size: int = DEFAULT_STORES) -> None:
        self._open_one = open_one
        self._size = size
        self._idle: LifoQueue[StoreView] = LifoQueue()
        self._opened: list[StoreView] = []
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, _Entry] = OrderedDict()

    @contextmanager
    def lend(self, wait_s: float = WAIT_S) -> Iterator[StoreView]:
        """A store of one's own for a while. Raises StoreBusy when none comes free in `wait_s`."""
        store = self._take(wait_s)
        try:
            yield store
        finally:
            self._idle.put(store)

    def _take(self, wait_s: float) -> StoreView:
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        with self._lock:
            if len(self._opened) < self._size:
                opened = self._open_one()
                self._opened.append(opened)
                return opened
        try:
            return self._idle.get(timeout=wait_s)
        except Empty:
            raise StoreBusy("the store", "too many requests at once; try again") from None

    def remembered(
        self,
        store: StoreView,
        key: Hashable,
        work_out: Callable[[], T],
        *,
        of_incidents: bool = False,
    ) -> T:
        """What `work_out` gives for this state of the record: worked out once for each `key`.

        Of a state where nothing but articles was added the answer stays, where it is
        `of_incidents` alone. The mark is read first, so an answer may be newer than its mark but
        never older. Whoever asks while it is being worked out waits for it.
        """
        mark = store.incidents_mark() if of_incidents else store.record_mark()
        with self._lock:
            # The two marks count differently: answers to one are none to the other.
            place = (key, of_incidents)
            entry = self._answers.setdefault(place, _Entry())
            self._answers.move_to_end(place)
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        with entry.lock:
            # A mark that is greater was read by somebody quicker, of a later state.
            if entry.mark is None or entry.mark < mark:
                entry.answer, entry.mark = work_out(), mark
            return cast("T", entry.answer)

    def is_remembered(self, store: StoreView, key: Hashable) -> bool:
        """True where `remembered` would not have to work anything out."""
        mark = store.record_mark()
        with self._lock:
            entry = self._answers.get((key, False))
            return entry is not None and entry.mark is not None and entry.mark >= mark

    def close(self) -> None:
        """Close every store that was opened."""
        with self._lock:
            for store in self._opened:
                store.close()
            self._opened.clear()
            self._idle = LifoQueue()
