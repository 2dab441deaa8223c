"""Quoting: the words that developments rest on, with the articles and speakers they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.alert.developments import figure
from tocsin.alert.records import (
    Development,
    Headline,
    Quote,
    QuotedDevelopment,
    QuotedSide,
    Side,
)
from tocsin.publish.show import Speakers
from tocsin.publish.wording import spoken
from tocsin.records import Article, Evidence, Incident
from tocsin.store import StoreView

MAX_QUOTES = 4
"""Quotes told under one side, of different articles as far as there are; the rest are counted."""
CONTEXT_CHARS = 60
"""Characters before and after a quote."""


class Quoter:
    """Finds words in the store. One for each reading of steps: it remembers what it looked up."""

    def __init__(self, store: StoreView) -> None:
        self._store = store
        self._articles: dict[str, Sequence[Article]] = {}

    def developments(
        self, found: Iterable[Development], *incidents: Incident | None
    ) -> tuple[QuotedDevelopment, ...]:
        """The developments in the words of the articles; `incidents` are those they speak of."""
        ids = {m.report_id for i in incidents if i for m in i.reports}
        contexts = self._store.reports_in_context(sorted(ids))
        speakers = Speakers(context.report for context in contexts)
        return tuple(
            QuotedDevelopment(
                one.kind,
                one.field,
                self._side(one.before, speakers) if one.before else None,
                self._side(one.after, speakers),
            )
            for one in found
        )

    def _side(self, side: Side, speakers: Speakers) -> QuotedSide:
        """The side with a quote of each article first, then further ones, up to the limit."""
        distinct = list(dict.fromkeys(side.evidence))
        first, seen = [], set()
        for evidence in distinct:
            if evidence.article_id not in seen:
                seen.add(evidence.article_id)
                first.append(evidence)
        ordered = [*first, *(one for one in distinct if one not in first)]
        quotes = tuple(self._quote(one, speakers) for one in ordered[:MAX_QUOTES])
        return QuotedSide(side.words, quotes, max(0, len(ordered) - MAX_QUOTES))

    def _quote(self, evidence: Evidence, speakers: Speakers) -> Quote:
        span = evidence.span
        article = self._article(evidence)
        text = article.text if article else ""
        published = article.published if article else None
        return Quote(
            article_id=evidence.article_id,
            start=span.start,
            end=span.end,
            exact=span.text,
            prefix=text[max(0, span.start - CONTEXT_CHARS) : span.start],
            suffix=text[span.end : span.end + CONTEXT_CHARS],
            source=speakers.of(evidence),
            outlet=article.outlet if article else None,
            title=article.title if article else None,
            url=article.url if article else None,
            published=(published.moment or published.date).isoformat() if published else None,
        )

    def _article(self, evidence: Evidence) -> Article | None:
        """The newest version of the article in which those words stand at that place."""
        id_, span = evidence.article_id, evidence.span
        if id_ not in self._articles:
            versions = self._store.article_versions(id_)
            self._articles[id_] = [version.article for version in reversed(versions)]
        texts = self._articles[id_]
        return next((a for a in texts if a.text[span.start : span.end] == span.text), None)


def headline(incident: Incident) -> Headline:
    """The incident at a glance."""
    date = incident.date.value if incident.date else None
    place = incident.place.value if incident.place else None
    return Headline(
        incident_id=incident.id,
        title=incident.title,
        type=incident.type.value,
        status=incident.status,
        origins=incident.corroboration.lineages,
        date=spoken(date) if date else None,
        first_day=date.first_day if date else None,
        place=spoken(place) if place else None,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        uncertainty_km=place.uncertainty_km if place else None,
        killed=spoken(incident.killed.value) if incident.killed else None,
        injured=spoken(incident.injured.value) if incident.injured else None,
        deaths=figure(incident.killed.value if incident.killed else None),
    )
