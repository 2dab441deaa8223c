"""Step 6, keep: articles, reports, incidents and their history, in one file that survives a kill.

    open_store("tocsin.db", settings) -> Store
    open_accounts("tocsin.db", settings) -> AccountStore       who may ask the board; not the record

Callers see `base` only: `Store` and `StoreView` and the small values they speak in.
"""

from __future__ import annotations

from tocsin.store.accounts import AccountStore, Holder, open_accounts
from tocsin.store.alerting import (
    Delivery,
    MessageState,
    Outbox,
    OutboxMessage,
    Packing,
    Parcel,
    SnapshotStep,
    StoredAlert,
)
from tocsin.store.base import (
    NO_POINT,
    ArticleHit,
    ArticleVersion,
    Assignment,
    BoundingBox,
    FoundTies,
    Glance,
    IncidentFilter,
    IncidentSummary,
    IncidentVersion,
    IsCopy,
    KeepOutcome,
    Kept,
    Listing,
    ListPosition,
    OutletCounts,
    SnippetPiece,
    Store,
    StoreCounts,
    StoredIncident,
    StoredRun,
    StoredTally,
    StoreView,
)
from tocsin.store.clock import Clock, system_clock
from tocsin.store.sqlite import open_store
from tocsin.store.upkeep import Copied, Upgraded, backup, restore, upgrade
from tocsin.store.watched import (
    FeedGap,
    FeedState,
    HostState,
    InboxCounts,
    InboxItem,
    Received,
    WatchedItem,
    WatchStore,
    WatchView,
)

__all__ = [
    "NO_POINT",
    "AccountStore",
    "ArticleHit",
    "ArticleVersion",
    "Assignment",
    "BoundingBox",
    "Clock",
    "Copied",
    "Delivery",
    "FeedGap",
    "FeedState",
    "FoundTies",
    "Glance",
    "Holder",
    "HostState",
    "InboxCounts",
    "InboxItem",
    "IncidentFilter",
    "IncidentSummary",
    "IncidentVersion",
    "IsCopy",
    "KeepOutcome",
    "Kept",
    "ListPosition",
    "Listing",
    "MessageState",
    "Outbox",
    "OutboxMessage",
    "OutletCounts",
    "Packing",
    "Parcel",
    "Received",
    "SnapshotStep",
    "SnippetPiece",
    "Store",
    "StoreCounts",
    "StoreView",
    "StoredAlert",
    "StoredIncident",
    "StoredRun",
    "StoredTally",
    "Upgraded",
    "WatchStore",
    "WatchView",
    "WatchedItem",
    "backup",
    "open_accounts",
    "open_store",
    "restore",
    "system_clock",
    "upgrade",
]
