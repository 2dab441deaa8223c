"""Coverage: which outlets told what of which country's incidents, and whose text is printed again.

Worked out over the newest incidents, because each of their reports is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.publish.contract import Json
from tocsin.records import Incident, ReportInContext
from tocsin.store import IncidentFilter, Listing, StoreView

MAX_COVERED = 1_000
"""Incidents looked through, the newest: a second or two."""
MAX_COUNTRIES = 8
MAX_OUTLETS = 30
MAX_REPRINTED = 20
"""Texts listed, those printed most often."""
SILENT_FROM = 3
"""Incidents of a country from which on an outlet that told none of them counts as silent: fewer may
well be chance."""


@dataclass(frozen=True, slots=True)
class OutletCoverage:
    """One outlet and how many incidents of each country it told, in the order of the countries."""

    outlet: str
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reprinted:
    """A text that several articles go back to."""

    lineage_id: str
    article_ids: tuple[str, ...]
    outlets: tuple[str, ...]
    incident_id: str
    """An incident that it tells."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who told what where."""

    looked_through: int
    countries: tuple[tuple[str, int], ...]
    """ISO 3166-1 alpha-2 and how many incidents were there, most first."""
    outlets: tuple[OutletCoverage, ...]
    """Those that told most incidents, first."""
    reprinted: tuple[Reprinted, ...]

    def is_silent(self, one: OutletCoverage, at: int) -> bool:
        """True where the outlet told nothing of the country at that place, and there was much."""
        return one.told[at] == 0 and self.countries[at][1] >= SILENT_FROM


def coverage(store: StoreView) -> Coverage:
    """Look through the newest incidents."""
    listing = Listing(newest_first=True, limit=MAX_COVERED)
    incidents = [one.incident for one in store.incidents(IncidentFilter(), listing=listing)]
    named = (member.report_id for one in incidents for member in one.reports)
    contexts = {context.report.id: context for context in store.reports_in_context(named)}
    by_country: Counter[str] = Counter()
    told: Counter[tuple[str, str]] = Counter()
    for incident in incidents:
        country = incident.place.value.country if incident.place else None
        if country:
            by_country[country] += 1
            told.update((outlet, country) for outlet in _outlets(incident, contexts))
    countries = sorted(by_country.items(), key=lambda item: (-item[1], item[0]))[:MAX_COUNTRIES]
    totals: Counter[str] = Counter()
    for (outlet, _), count in told.items():
        totals[outlet] += count
    outlets = sorted(totals, key=lambda outlet: (-totals[outlet], outlet))[:MAX_OUTLETS]
    return Coverage(
        looked_through=len(incidents),
        countries=tuple(countries),
        outlets=tuple(
            OutletCoverage(outlet, tuple(told[outlet, country] for country, _ in countries))
            for outlet in outlets
        ),
        reprinted=_reprinted(incidents, contexts),
    )


def _outlets(incident: Incident, contexts: dict[str, ReportInContext]) -> set[str]:
    found = (contexts.get(member.report_id) for member in incident.reports)
    return {context.outlet for context in found if context and context.outlet}


def _reprinted(
    incidents: Sequence[Incident], contexts: dict[str, ReportInContext]
) -> tuple[Reprinted, ...]:
    articles: dict[str, dict[str, str | None]] = {}
    first: dict[str, str] = {}
    for incident in incidents:
        for member in incident.reports:
            context = contexts.get(member.report_id)
            if context is not None:
                lineage = articles.setdefault(context.lineage_id, {})
                lineage[member.article_id] = context.outlet
                first.setdefault(context.lineage_id, incident.id)
    often = sorted(
        (id_ for id_, found in articles.items() if len(found) > 1),
        key=lambda id_: (-len(articles[id_]), id_),
    )
    return tuple(
        Reprinted(
            id_,
            tuple(sorted(articles[id_])),
            tuple(sorted({outlet for outlet in articles[id_].values() if outlet})),
            first[id_],
        )
        for id_ in often[:MAX_REPRINTED]
    )


def coverage_json(found: Coverage) -> Json:
    """As the API tells it."""
    return {
        "looked_through": found.looked_through,
        "countries": [{"country": code, "incidents": count} for code, count in found.countries],
        "outlets": [
            {
                "outlet": one.outlet,
                "told": {code: one.told[at] for at, (code, _) in enumerate(found.countries)},
                "silent": [
                    code for at, (code, _) in enumerate(found.countries) if found.is_silent(one, at)
                ],
            }
            for one in found.outlets
        ],
        "reprinted": [
            {
                "lineage_id": one.lineage_id,
                "articles": list(one.article_ids),
                "outlets": list(one.outlets),
                "incident_id": one.incident_id,
            }
            for one in found.reprinted
        ],
    }
