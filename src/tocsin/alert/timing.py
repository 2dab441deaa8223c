"""Timing: when an alert may go to a receiver, and which go together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from tocsin.alert.rules import Alerting, Command, Digest, Mail, QuietHours, Receiver, Webhook
from tocsin.records.ids import content_id
from tocsin.store import Delivery, Packing, Parcel

MAX_TOGETHER = 100
"""Alerts in one message."""
LONGEST_WINDOW = dt.timedelta(days=1)
"""How far back storms are looked for: the longest window that a file may name."""
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def ready(receiver: Receiver, now: dt.datetime, deaths: int | None) -> tuple[dt.datetime, bool]:
    """From when an alert may be sent, and whether it waits to be sent with others.

    `deaths` is the figure of its incident, where known. Never before `now`.
    """
    if not isinstance(receiver, Webhook | Mail | Command):
        return now, False
    at, is_grouped = now, False
    if receiver.digest is not None:
        at, is_grouped = next_digest(receiver.digest, now), True
    quiet = receiver.quiet
    if quiet is not None and not _is_grave(quiet, deaths):
        end = quiet_end(quiet, at)
        if end is not None:
            return end, True
    return at, is_grouped


def _is_grave(quiet: QuietHours, deaths: int | None) -> bool:
    return quiet.unless_killed is not None and deaths is not None and deaths >= quiet.unless_killed


def quiet_end(quiet: QuietHours, at: dt.datetime) -> dt.datetime | None:
    """When the quiet hours that hold at that instant end (UTC); None outside them."""
    zone = ZoneInfo(quiet.zone)
    local = at.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    spans_midnight = quiet.start > quiet.end
    is_quiet = (
        clock >= quiet.start or clock < quiet.end
        if spans_midnight
        else quiet.start <= clock < quiet.end
    )
    if not is_quiet:
        return None
    day = local.date() + (DAY if clock >= quiet.end else dt.timedelta())
    end = dt.datetime.combine(day, quiet.end, zone).astimezone(dt.UTC)
    # An hour that the clocks skip or repeat may put the end at or before now.
    return max(end, at.astimezone(dt.UTC) + dt.timedelta(seconds=1))


def next_digest(digest: Digest, now: dt.datetime) -> dt.datetime:
    """The first time of the digest after `now` (UTC)."""
    zone = ZoneInfo(digest.zone)
    local = now.astimezone(zone)
    if digest.every == "hour":
        minute = now.astimezone(dt.UTC).replace(minute=digest.at.minute, second=0, microsecond=0)
        return minute if minute > now else minute + HOUR
    at = dt.datetime.combine(local.date(), digest.at, zone)
    if at.astimezone(dt.UTC) <= now:
        at = dt.datetime.combine(local.date() + DAY, digest.at, zone)
    return at.astimezone(dt.UTC)


class Packer:
    """Plans which deliveries that are ready become messages now."""

    def __init__(self, alerting: Alerting, now: dt.datetime) -> None:
        self._alerting = alerting
        self._now = now

    def __call__(
        self, ready: Sequence[Delivery], recent: Mapping[str, Sequence[dt.datetime]]
    ) -> Packing:
        """`recent` says when the last messages of each receiver were made, oldest first."""
        parcels: list[Parcel] = []
        held: list[Delivery] = []
        by_receiver: dict[str, list[Delivery]] = defaultdict(list)
        for one in ready:
            by_receiver[one.receiver].append(one)
        for receiver, waiting in sorted(by_receiver.items()):
            grouped = [one for one in waiting if one.is_grouped]
            single = [one for one in waiting if not one.is_grouped]
            parcels += [
                parcel(receiver, grouped[at : at + MAX_TOGETHER])
                for at in range(0, len(grouped), MAX_TOGETHER)
            ]
            room, free_at = self._room(receiver, recent.get(receiver, ()))
            parcels += [parcel(receiver, [one]) for one in single[:room]]
            held += [replace(one, ready_at=free_at, is_grouped=True) for one in single[room:]]
        return Packing(parcels, held)

    def _room(self, receiver: str, recent: Sequence[dt.datetime]) -> tuple[int | None, dt.datetime]:
        """How many messages may still be made (None: any number), and when there is room again."""
        settings = self._alerting.receivers.get(receiver)
        storm = settings.storm if isinstance(settings, Webhook | Mail | Command) else None
        if storm is None:
            return None, self._now
        window = dt.timedelta(minutes=storm.within_min)
        within = [at for at in recent if at > self._now - window]
        return max(0, storm.messages - len(within)), (within or [self._now])[0] + window


def parcel(receiver: str, deliveries: Sequence[Delivery]) -> Parcel:
    """One message for these. Its id follows from what it holds and who gets it."""
    ids = tuple(one.alert_id for one in deliveries)
    return Parcel(content_id("msg", receiver, *ids), receiver, ids)
