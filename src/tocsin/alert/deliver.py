"""Delivering: what waits in the outbox goes to its receivers, each message once.

A message is handed out under a lease, sent with its id, and marked. Killed between sending and
marking, it comes again under the same id when the lease ends, and the receiver knows it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from tocsin.alert.collect import alert_of
from tocsin.alert.records import Alert
from tocsin.alert.rules import Alerting
from tocsin.alert.timing import LONGEST_WINDOW, Packer
from tocsin.store import Clock, Outbox, OutboxMessage

log = structlog.get_logger()

LEASE = dt.timedelta(minutes=15)
"""Longer than any one sending may take (a command has ten minutes at most)."""
FIRST_RETRY = dt.timedelta(seconds=30)
LAST_RETRY = dt.timedelta(hours=6)
MAX_ATTEMPTS = 24
"""With the waits above some four days: a receiver may be away over a long weekend."""
SPREAD = 0.25
"""Retries are moved by up to this share of the wait, so that many do not come at once."""
MAX_ERROR_CHARS = 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a receiver is given it."""

    id: str
    """Stable over every try: the idempotency key."""
    receiver: str
    alerts: tuple[Alert, ...]


class NotDelivered(Exception):
    """A receiver did not take a message. `reason` names no secret.

    `retry_after` is how long it asks to be left alone; `is_down` says that it cannot be reached at
    all, so that nothing else is tried on it now.
    """

    def __init__(
        self, reason: str, *, retry_after: dt.timedelta | None = None, is_down: bool = False
    ) -> None:
        self.reason = reason
        self.retry_after = retry_after
        self.is_down = is_down
        super().__init__(reason)


class Channel(Protocol):
    """Where messages of one receiver go. Raises NotDelivered, and nothing else."""

    def send(self, message: Outgoing) -> None:
        """Send, or fail; the same message may come again."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one delivery did."""

    sent: int = 0
    failed: int = 0
    """Tries that failed and will be made again."""
    dead: int = 0
    """Messages given up."""

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(self.sent + other.sent, self.failed + other.failed, self.dead + other.dead)


def deliver(
    outbox: Outbox,
    channels: Mapping[str, Channel],
    alerting: Alerting,
    *,
    clock: Clock,
    is_over: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Pack what is ready and send what is due. One failing receiver holds up no other.

    Once `is_over` says so no further message is begun; what is left stays in the outbox.
    """
    now = clock()
    outbox.pack(now, now - LONGEST_WINDOW, Packer(alerting, now))
    sent = failed = dead = 0
    reachable = set(channels)
    horizon = LAST_RETRY * (1 + SPREAD)
    while not is_over() and (
        message := outbox.claim(clock(), LEASE, receivers=reachable, horizon=horizon)
    ):
        failure = _sent(channels[message.receiver], message)
        if failure is not None:
            wait = retry_wait(message.id, message.attempts, failure.retry_after)
            is_last = message.attempts >= MAX_ATTEMPTS
            reason = failure.reason[:MAX_ERROR_CHARS]
            at = clock()
            retry_at = None if is_last else at + wait
            outbox.mark_failed(message.id, at, reason, retry_at=retry_at)
            failed += not is_last
            dead += is_last
            if failure.is_down:
                reachable.discard(message.receiver)
            log.warning(
                "alert not delivered",
                message=message.id,
                receiver=message.receiver,
                attempt=message.attempts,
                reason=reason,
                given_up=is_last,
            )
            continue
        outbox.mark_sent(message.id, clock())
        sent += 1
    return Delivered(sent, failed, dead)


def _sent(channel: Channel, message: OutboxMessage) -> NotDelivered | None:
    """None where the receiver took it, else why not."""
    try:
        alerts = tuple(alert_of(stored) for stored in message.alerts)
        channel.send(Outgoing(message.id, message.receiver, alerts))
    except NotDelivered as failure:
        return failure
    # A message that breaks its channel must not block those behind it. The type alone is told:
    # what a library says may hold an address with a key in it.
    except Exception as error:  # noqa: BLE001
        return NotDelivered(f"cannot be told: {type(error).__name__}")
    return None


def retry_wait(message_id: str, attempts: int, asked: dt.timedelta | None = None) -> dt.timedelta:
    """How long to wait after so many tries: doubled each time, spread by the message's id.

    A receiver that asks for longer gets it, up to the longest wait.
    """
    doublings = min(max(attempts - 1, 0), 30)
    wait = min(FIRST_RETRY * float(2**doublings), LAST_RETRY)
    if asked is not None:
        wait = min(max(wait, asked), LAST_RETRY)
    first = hashlib.sha256(f"{message_id}/{attempts}".encode()).digest()[0]
    return wait * (1 + SPREAD * first / 255)
