"""ReviewQueue: what waits for a person's decision, looked for among the newest incidents first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from fastapi import Request

from tocsin.api.incidents import pair_json
from tocsin.api.listing import position
from tocsin.api.paging import position_cursor, position_of
from tocsin.api.pool import StorePool
from tocsin.config import Settings
from tocsin.desk import Offer, offers
from tocsin.desk.band import BandPair, ReviewBand
from tocsin.desk.telling import offer_json
from tocsin.publish.contract import Json
from tocsin.publish.wording import conflict_label
from tocsin.records import Conflict, Incident
from tocsin.records.vocab import ConflictVerdict
from tocsin.store import Assignment, IncidentFilter, Listing, ListPosition, StoreView

WINDOW = 100
"""Incidents looked through for one page, so that the first look at them stays short."""
LOW_CONFIDENCE: Final = 0.6
"""Below this an incident is nearer to a toss of a coin than to certain: the reader's confidence is
calibrated, and an incident's is one minus the chance that every origin of it was misread."""
QUESTION: Final = "queue"


class QueueKind(StrEnum):
    """Why something waits."""

    PAIR = "pair"
    """Two incidents so alike that they may be one."""
    DISPUTE = "dispute"
    """Accounts of one incident that exclude each other."""
    DOUBT = "doubt"
    """An incident that may have been misread."""
    OFFER = "offer"
    """A decision that newer reports speak against."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to decide. `pair` and `offer` are set for their kinds."""

    kind: QueueKind
    key: str
    """Names the item for as long as it waits."""
    incident: Incident | None
    """The incident it is about, the newer one of a pair; None where an offer has none left."""
    pair: BandPair | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What waits among some incidents; offers of the whole log come on the first page."""

    items: tuple[QueueItem, ...]
    next_cursor: str | None
    looked_through: int

    def of(self, kind: QueueKind) -> tuple[QueueItem, ...]:
        """Those of one kind, in order."""
        return tuple(item for item in self.items if item.kind is kind)


class ReviewQueue:
    """Looks through the record a window at a time; the same record gives the same queue."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._band = ReviewBand(settings)

    def page(self, pool: StorePool, store: StoreView, cursor: str | None) -> QueuePage:
        """One page. Raises BadParameter for a cursor that is none of this list."""
        after = position_of(cursor, QUESTION) if cursor else None
        return pool.remembered(store, (QUESTION, after), lambda: self._page(store, after))

    def _page(self, store: StoreView, after: ListPosition | None) -> QueuePage:
        listing = Listing(newest_first=True, after=after, limit=WINDOW)
        seen = [one.incident for one in store.incidents(IncidentFilter(), listing=listing)]
        items = [
            QueueItem(QueueKind.PAIR, f"pair:{pair.one.id}:{pair.other.id}", pair.one, pair=pair)
            for pair in self._band.pairs(store, seen)
        ]
        for incident in seen:
            if not incident.reviewed:
                items += _of_one(incident)
        if after is None:
            items += self._offered(store)
        more = len(seen) == WINDOW
        cursor = position_cursor(position(seen[-1]), QUESTION) if more else None
        return QueuePage(tuple(items), cursor, len(seen))

    def _offered(self, store: StoreView) -> Iterator[QueueItem]:
        for offer in offers(store, self._settings):
            stored = store.incident(offer.incident_id) if offer.incident_id else None
            key = f"offer:{offer.decision.id}:{offer.field or ''}"
            yield QueueItem(QueueKind.OFFER, key, stored.incident if stored else None, offer=offer)


def _of_one(incident: Incident) -> Iterator[QueueItem]:
    if open_conflicts(incident):
        yield QueueItem(QueueKind.DISPUTE, f"dispute:{incident.id}", incident)
    if incident.confidence < LOW_CONFIDENCE:
        yield QueueItem(QueueKind.DOUBT, f"doubt:{incident.id}", incident)


def open_conflicts(incident: Incident) -> tuple[Conflict, ...]:
    """The conflicts that no rule resolves."""
    return tuple(c for c in incident.conflicts if c.verdict is ConflictVerdict.OPEN)


def queue_of(request: Request) -> ReviewQueue:
    """The queue of the application."""
    return cast("ReviewQueue", request.app.state.queue)


def item_json(item: QueueItem, held: Assignment | None = None) -> Json:
    """An item as the API tells it: ids and reasons; the incidents have addresses of their own."""
    incident, pair = item.incident, item.pair
    return {
        "kind": item.kind.value,
        "key": item.key,
        "incidents": [one.id for one in ((pair.one, pair.other) if pair else (incident,)) if one],
        "pair": pair_json(pair.score) if pair else None,
        "conflicts": [conflict_label(one) for one in open_conflicts(incident)]
        if incident and item.kind is QueueKind.DISPUTE
        else [],
        "confidence": incident.confidence if incident else None,
        "offer": offer_json(item.offer) if item.offer else None,
        "assigned": {"reviewer": held.reviewer, "since": held.since.isoformat()} if held else None,
    }
