"""ReviewDesk: the one place where the API writes. Decisions, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from fastapi import Request

from tocsin.api.errors import ApiError
from tocsin.config import Settings
from tocsin.desk import By, carry_out, settle
from tocsin.errors import RecordError, ReviewError
from tocsin.records import ReviewDecision
from tocsin.store import Clock, Store

Act = Callable[[Store, Settings, By], ReviewDecision]
"""Makes a decision over the record as it is. Raises ReviewError where it cannot be meant."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is in the log, and the ids of the incidents that it changed."""

    decision: ReviewDecision
    changed: tuple[str, ...]


class ReviewDesk:
    """Opens the store for writing for each decision and lets go of it, so that a `run` beside it
    waits for no more than one."""

    def __init__(self, open_one: Callable[[], Store], settings: Settings, clock: Clock) -> None:
        self._open_one = open_one
        self._clock = clock
        self._lock = threading.Lock()
        self.settings = settings

    def decide(self, act: Act, reviewer: str, reason: str) -> Decided:
        """Bring the record up to date, decide on it, and recompute what that touches.

        Raises ReviewError where the decision cannot be meant, StoreBusy where others write.
        """
        with self._lock, self._open_one() as store:
            settle(store, self.settings)
            try:
                decision = act(store, self.settings, By(reviewer, self._clock(), reason))
            except RecordError as error:
                raise ReviewError(error.field, error.reason) from error
            return Decided(decision, tuple(carry_out(store, self.settings, decision)))


def desk_of(request: Request) -> ReviewDesk:
    """The desk of the application. Raises ApiError (403) where it only reads."""
    desk = cast("ReviewDesk | None", request.app.state.desk)
    if desk is None:
        raise ApiError(403, "forbidden", "this record can be read and not decided on")
    return desk


def settings_of(request: Request) -> Settings:
    """The settings of the desk; the usual ones where there is none."""
    desk = cast("ReviewDesk | None", request.app.state.desk)
    return desk.settings if desk else Settings()


def has_desk(request: Request) -> bool:
    """True where decisions can be made."""
    return request.app.state.desk is not None
