"""What callers see of the outbox: the steps of the record that alerts are made of, and what was
said, to whom, and whether it has been sent.

    steps ──▶ alerts ──▶ deliveries (one per receiver) ──▶ messages (one delivery, or a digest)

Promises, beside those of `base`:

- **Once per step and rule.** Alerts, their deliveries and how far the rule has read are one
  transaction. An alert's id follows from rule and step, so that reading a step again adds nothing.
- **Once per alert and receiver.** A delivery goes into one message and never into another. What a
  message holds is on the disk before it is handed out, and its id goes with it to the receiver: one
  that was sent, but not marked in time, comes again under the same id.
- **One sender.** A message handed out is not handed out again until its lease ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tocsin.records import Incident


@dataclass(frozen=True, slots=True)
class SnapshotStep:
    """One snapshot of the record beside the one before it."""

    position: int
    """Rises with each snapshot of the store."""
    incident_id: str
    number: int
    """Of the snapshot in the history of its id, from 1."""
    recorded_at: dt.datetime
    before: Incident | None
    """None where the id is new or had ended."""
    after: Incident | None
    """None where the incident ended."""
    forwarded_to: str | None
    cause_article_ids: tuple[str, ...]
    cause_decision_ids: tuple[str, ...]
    is_renamed: bool = False
    """The same incident goes on under another id: it ended here and began there in one write."""


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """An alert as kept. `record` is JSON whose form the alert room knows."""

    id: str
    rule: str
    incident_id: str
    made_at: dt.datetime
    record: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on its way to one receiver, in no message yet."""

    alert_id: str
    rule: str
    receiver: str
    ready_at: dt.datetime
    is_grouped: bool
    """It waits to go out together with the others of its receiver that are grouped."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Which alerts go to a receiver as one message."""

    message_id: str
    receiver: str
    alert_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packing:
    """What becomes of the deliveries that are ready: some go, others are held for later."""

    parcels: Sequence[Parcel] = ()
    held: Sequence[Delivery] = ()
    """With the new `ready_at` and `is_grouped`."""


Packer = Callable[[Sequence[Delivery], Mapping[str, Sequence[dt.datetime]]], Packing]
"""Plans a packing from what is ready and when each receiver's recent messages were made."""


class MessageState(StrEnum):
    """Whether a message is done with."""

    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"
    """Given up after many tries; it stays, and can be queued again."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message to one receiver with the alerts it holds, oldest first."""

    id: str
    """The idempotency key."""
    receiver: str
    state: MessageState
    attempts: int
    """Times it was handed out."""
    made_at: dt.datetime
    due_at: dt.datetime
    ended_at: dt.datetime | None
    error: str | None
    """Why the last try failed."""
    alerts: tuple[StoredAlert, ...]


class Outbox(Protocol):
    """See the module. Methods that write raise StoreError on a store opened read-only."""

    def last_position(self) -> int:
        """The position of the newest snapshot; 0 where there is none."""

    def steps(
        self,
        after: int,
        *,
        limit: int,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
    ) -> list[SnapshotStep]:
        """Steps behind a position, oldest first; recorded in `[since, until)` where given."""

    def names_of(self, incident_id: str) -> tuple[str, ...]:
        """The id and those that the same incident had before, newest first. Others that went into
        it have ended, and are not among them."""

    def positions(self) -> dict[str, int]:
        """How far each rule that was ever begun has read."""

    def begin(self, rules: Collection[str]) -> None:
        """Let rules that are not known yet begin behind the newest snapshot."""

    def advance(
        self,
        rule: str,
        position: int,
        alerts: Sequence[StoredAlert],
        deliveries: Sequence[Delivery],
    ) -> int:
        """Keep what a rule says of the steps up to `position`; how many alerts are new.

        A position never goes back, and the delivery of an alert that was there is not added again.
        """

    def last_alerts(self, rule: str, incident_ids: Iterable[str]) -> list[StoredAlert]:
        """The latest alert of a rule on each of the incidents, oldest first."""

    def alerts(self, rule: str | None = None, *, limit: int = 100) -> list[StoredAlert]:
        """The latest alerts, newest first."""

    def pack(self, now: dt.datetime, recent_from: dt.datetime, packer: Packer) -> int:
        """Make messages of the deliveries that are ready, in one transaction; how many."""

    def claim(
        self,
        now: dt.datetime,
        lease: dt.timedelta,
        *,
        receivers: Collection[str],
        horizon: dt.timedelta,
    ) -> OutboxMessage | None:
        """Hand out the oldest message that is due for one of the receivers.

        What is due, or leased, for longer than `horizon` from now was set by a clock that has been
        put back since, and counts as due.
        """

    def mark_sent(self, message_id: str, now: dt.datetime) -> None:
        """A receiver has it."""

    def mark_failed(
        self, message_id: str, now: dt.datetime, error: str, *, retry_at: dt.datetime | None
    ) -> None:
        """A try failed; None as the time of the next gives it up."""

    def revive(self, now: dt.datetime) -> int:
        """Queue again what was given up; how many messages."""

    def messages(
        self, state: MessageState | None = None, *, limit: int = 100
    ) -> list[OutboxMessage]:
        """The latest messages, newest first."""

    def waiting(self) -> list[Delivery]:
        """Deliveries that are in no message yet, by the time they are ready."""
