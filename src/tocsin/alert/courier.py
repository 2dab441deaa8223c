"""A courier: alerts while something else changes the record, in a thread and on a store of its own.

Whoever changes the record nudges it and goes on; a receiver that is slow, or a store that is busy,
holds up alerts and nothing else. Between nudges it looks by itself for what has become due.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import structlog

from tocsin.alert.collect import Collected, collect
from tocsin.alert.deliver import Channel, Delivered, deliver
from tocsin.alert.rules import Alerting
from tocsin.errors import StoreError
from tocsin.store import Clock, Outbox, Store, system_clock

log = structlog.get_logger()

ROUND_S = 15.0
"""Between two looks at what has become due: a retry, the end of quiet hours, a digest. Half of the
first retry's wait."""


class Courier:
    """Collects and delivers for as long as it is entered; `with Courier(...) as courier`.

    `open_store` and `open_channels` are called in its own thread. Once `is_hurried` says so no
    further message is begun: what is not sent waits in the outbox.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        open_channels: Callable[[Outbox], Mapping[str, Channel]],
        alerting: Alerting,
        *,
        is_hurried: Callable[[], bool] = lambda: False,
        clock: Clock = system_clock,
        round_s: float = ROUND_S,
    ) -> None:
        self._open_store = open_store
        self._open_channels = open_channels
        self._alerting = alerting
        self._is_hurried = is_hurried
        self._clock = clock
        self._round_s = round_s
        self._nudged = threading.Event()
        self._is_over = False
        self._thread = threading.Thread(target=self._work, name="courier")
        self.collected = Collected(0, 0)
        self.delivered = Delivered()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let a last round be made of what has changed until now, and wait for it."""
        self._is_over = True
        self._nudged.set()
        self._thread.join()

    def nudge(self) -> None:
        """Say that the record has changed. Returns at once."""
        self._nudged.set()

    def _work(self) -> None:
        """Rounds until it is over; the last one begins after it was."""
        store: Store | None = None
        is_last = False
        try:
            while not is_last:
                self._nudged.wait(self._round_s)
                self._nudged.clear()
                is_last = self._is_over
                # Nothing may end the thread unnoticed while the watch goes on without alerts; what
                # failed is still in the store, and is tried again in the next round.
                try:
                    store = store or self._open_store()
                    self._round(store)
                except StoreError as failure:
                    log.error("alerts wait: the store failed", reason=failure.reason)
                except Exception as failure:
                    log.error("alerts wait: a round broke", exc_info=failure)
        finally:
            if store is not None:
                store.close()

    def _round(self, store: Store) -> None:
        self.collected += collect(store, self._alerting, clock=self._clock)
        channels = self._open_channels(store.outbox)
        self.delivered += deliver(
            store.outbox,
            channels,
            self._alerting,
            clock=self._clock,
            is_over=self._is_hurried,
        )
