"""The pages of tallies, of sources, and of what a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.api.access import tally_checks
from tocsin.api.coverage import Coverage, coverage
from tocsin.api.pool import StorePool
from tocsin.errors import RefusedInput
from tocsin.publish.crosswalk.rows import country_name
from tocsin.publish.phrasing import NOT_STATED, date_cell, plain, quantity_words
from tocsin.records import TallyVerdict
from tocsin.store import (
    ArticleHit,
    IncidentFilter,
    IncidentSummary,
    Listing,
    OutletCounts,
    StoreCounts,
    StoreView,
)
from tocsin.web.feeds import FeedsView, feeds_view
from tocsin.web.rendering import article_href, incident_href

MAX_SHOWN_INCIDENTS = 30
"""Of the incidents a tally counts; the rest are counted and said."""
MAX_FOUND = 40
MAX_REFUSALS = 100
VERDICTS = {
    TallyVerdict.AGREES: "the record agrees",
    TallyVerdict.RECORD_HAS_FEWER: "the record has fewer",
    TallyVerdict.RECORD_HAS_MORE: "the record has more",
    TallyVerdict.NOT_COMPARABLE: "cannot be compared",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """An incident that a tally counts, or nearly does."""

    href: str
    title: str
    reason: str | None
    """The one point in which it fails; None where it is counted."""


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A claim, the record's count, and the incidents behind it."""

    words: str
    href: str
    outlet: str
    window: str
    claimed: str
    ours: str
    verdict: str
    is_gap: bool
    gap: str
    counted: tuple[Counted, ...]
    more: int


def tally_rows(pool: StorePool, store: StoreView) -> tuple[TallyRow, ...]:
    """Every aggregate claim beside the record's own count."""
    titles: dict[str, str] = {}

    def counted(id_: str, reason: str | None = None) -> Counted:
        if id_ not in titles:
            found = store.incident(id_)
            titles[id_] = found.incident.title if found else id_
        return Counted(incident_href(id_), titles[id_], reason)

    rows = []
    for stored, check in tally_checks(pool, store):
        tally = stored.tally
        ids = check.counted[:MAX_SHOWN_INCIDENTS]
        misses = check.near_misses[: MAX_SHOWN_INCIDENTS - len(ids)]
        is_comparable = check.verdict is not TallyVerdict.NOT_COMPARABLE
        rows.append(
            TallyRow(
                words=plain(tally.span.text),
                href=article_href(tally.article_id, tally.span.start, tally.span.end) + "#words",
                outlet=plain(stored.outlet or "outlet not named"),
                window=date_cell(tally.window) if tally.window else NOT_STATED,
                claimed=quantity_words(tally.count),
                ours=str(check.our_count) if is_comparable else NOT_STATED,
                verdict=VERDICTS[check.verdict],
                is_gap=check.verdict
                in {TallyVerdict.RECORD_HAS_FEWER, TallyVerdict.RECORD_HAS_MORE},
                gap=plain(check.gap),
                counted=(
                    *(counted(id_) for id_ in ids),
                    *(counted(miss.incident_id, plain(miss.reason)) for miss in misses),
                ),
                more=len(check.counted) + len(check.near_misses) - len(ids) - len(misses),
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class SourcesView:
    """Who printed what, how the watched feeds do, and what could not be read."""

    outlets: tuple[OutletCounts, ...]
    coverage: Coverage
    countries: tuple[tuple[str, str, int], ...]
    """Name, address of the board with its incidents, and their number."""
    counts: StoreCounts
    refusals: tuple[RefusedInput, ...]
    feeds: FeedsView | None
    """Where feeds are watched into this record."""


def sources_view(pool: StorePool, store: StoreView) -> SourcesView:
    """Outlets, most articles first, and the first refusals."""
    outlets = pool.remembered(store, "outlets", store.outlets)
    ordered = sorted(outlets, key=lambda one: (-one.articles, one.outlet or ""))
    found = pool.remembered(store, "coverage", lambda: coverage(store))
    return SourcesView(
        outlets=tuple(ordered),
        coverage=found,
        countries=tuple(
            (country_name(code), f"/?country={code}", count) for code, count in found.countries
        ),
        counts=pool.remembered(store, "counts", store.counts),
        refusals=tuple(store.refusals()[:MAX_REFUSALS]),
        feeds=feeds_view(store),
    )


@dataclass(frozen=True, slots=True)
class SearchView:
    """What holds all the words looked for."""

    words: str
    incidents: tuple[IncidentSummary, ...]
    articles: tuple[ArticleHit, ...]


def search_view(store: StoreView, words: str) -> SearchView:
    """Incidents, newest first, and articles, best first. No words find nothing."""
    if not words.strip():
        return SearchView("", (), ())
    listing = Listing(newest_first=True, limit=MAX_FOUND)
    return SearchView(
        words,
        tuple(store.summaries(IncidentFilter(text=words), listing=listing)),
        tuple(store.search_articles(words, MAX_FOUND)),
    )
