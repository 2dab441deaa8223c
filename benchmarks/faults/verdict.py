"""What a campaign did to a store: lost, told twice, broken. All of it should be nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from benchmarks.faults.campaign import Books, is_stored, watched_id
from benchmarks.faults.children import rules
from benchmarks.faults.news import BREAKS, ENDS
from benchmarks.faults.servers import Desk, Press
from tocsin.alert import foreseen
from tocsin.store import Store

ALL = 10**9


@dataclass(frozen=True, slots=True)
class Verdict:
    """Lists of what is wrong, each empty in a sound campaign, and how much there was of it all."""

    articles: int
    articles_lost: list[str]
    decisions_lost: list[str]
    alerts: int
    alerts_lost: list[str]
    """Changes of the record without an alert, and alerts that the receiver never had."""
    alerts_doubled: list[str]
    """Told under two keys, or under one key with other words."""
    unsound: list[str]
    set_aside: list[str]
    """Sound articles in quarantine: to be had back, and yet not in the record."""
    poisoned: int
    """Poisoned articles in quarantine, as they should be."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (
            self.articles_lost
            or self.decisions_lost
            or self.alerts_lost
            or self.alerts_doubled
            or self.unsound
            or self.set_aside
        )


def judge(store: Store, books: Books, press: Press, desk: Desk) -> Verdict:
    """Compare the store with the books of the world."""
    aside = {item.received.source: item for item in store.quarantined()}
    lost, set_aside, poisoned = [], [], 0
    for one in books.watched.values():
        address = press.page(one)
        is_poison = BREAKS in one.text or ENDS in one.text
        if is_poison and address in aside:
            poisoned += 1
        elif not is_poison and is_stored(store, watched_id(press, one), one):
            continue
        elif not is_poison and address in aside:
            item = aside[address]
            set_aside.append(f"{address}: {item.stage}, {item.error}")
        else:
            lost.append(address)
    lost += [id_ for id_, one in books.read.items() if not is_stored(store, id_, one)]
    known = {decision.id for decision in store.decisions()}
    kept = {alert.id for alert in store.outbox.alerts(limit=ALL)}
    due = {alert.id for alert in foreseen(store, rules(desk.url))}
    told = Counter(a["id"] for message in desk.taken.values() for a in message["alerts"])
    return Verdict(
        articles=len(books.watched) + len(books.read),
        articles_lost=lost,
        decisions_lost=[id_ for id_ in books.decisions if id_ not in known],
        alerts=len(due),
        alerts_lost=sorted((due - kept) | (due - told.keys()) | (kept - told.keys())),
        alerts_doubled=[id_ for id_, times in told.items() if times > 1] + desk.differing,
        unsound=books.unsound + store.check(records=True),
        set_aside=set_aside,
        poisoned=poisoned,
    )
