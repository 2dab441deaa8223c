"""ReviewDesk: the one place where the API writes. Decisions, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import cast

from fastapi import Request

from tocsin.api.errors import ApiError, NotFound
from tocsin.config import Settings
from tocsin.desk import By, carry_out, settle, undo_together
from tocsin.errors import RecordError, ReviewError
from tocsin.records import ReviewDecision
from tocsin.store import Clock, Store, StoreView

Act = Callable[[Store, Settings, By], ReviewDecision]
"""Makes a decision over the record as it is. Raises ReviewError where it cannot be meant."""
_Acts = Callable[[Store, Settings, By], Sequence[ReviewDecision]]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions that are in the log, and the ids of the incidents that they changed."""

    decisions: tuple[ReviewDecision, ...]
    changed: tuple[str, ...]

    @property
    def decision(self) -> ReviewDecision:
        """The first of them."""
        return self.decisions[0]


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
        return self.decide_all([act], reviewer, reason)

    def decide_all(self, acts: Sequence[Act], reviewer: str, reason: str) -> Decided:
        """The same for several acts in one go, each on the record as it was before them: all of
        them are logged, at one instant, or none."""

        def every(store: Store, settings: Settings, by: By) -> Sequence[ReviewDecision]:
            return [act(store, settings, by) for act in acts]

        return self._decide(every, reviewer, reason)

    def undo_together(self, decision_id: str, reviewer: str, reason: str) -> Decided:
        """Withdraw all that was decided in one go with a decision. Raises NotFound."""

        def undone(store: Store, _: Settings, by: By) -> Sequence[ReviewDecision]:
            return undo_together(store, known_decision(store, decision_id), by)

        return self._decide(undone, reviewer, reason)

    def _decide(self, acts: _Acts, reviewer: str, reason: str) -> Decided:
        with self._lock, self._open_one() as store:
            settle(store, self.settings)
            try:
                made = acts(store, self.settings, By(reviewer, self._clock(), reason))
            except RecordError as error:
                raise ReviewError(error.field, error.reason) from error
            distinct = tuple({decision.id: decision for decision in made}.values())
            return Decided(distinct, tuple(carry_out(store, self.settings, *distinct)))

    def assign(self, items: Collection[str], reviewer: str | None) -> None:
        """Put items of the queue into a reviewer's hands; None lets go of them."""
        with self._lock, self._open_one() as store:
            store.assign(items, reviewer)


def known_decision(store: StoreView, decision_id: str) -> ReviewDecision:
    """The decision of an id. Raises NotFound."""
    for known in store.decisions():
        if known.id == decision_id:
            return known
    raise NotFound("decision", decision_id)


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
