"""Places of one article's reports: words to map, with the whole article as context."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from tocsin.records import Article, Claim, Place, ReportMention
from tocsin.records.vocab import PlacePrecision
from tocsin.where import (
    Gazetteer,
    PlaceContext,
    PlaceQuery,
    PlaceReading,
    locate,
    resolve_places,
)

GENERIC_COUNTRY_DOMAINS = frozenset({"ai", "cc", "co", "fm", "io", "la", "ly", "me", "tv", "ws"})
"""Country domains that outlets of any country use: they say nothing of where one is."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where one report is: the locating place, every mention, and the zone that follows."""

    place: Claim[Place] | None
    mentions: tuple[Claim[Place], ...]

    @property
    def zone(self) -> str | None:
        """IANA zone of the locating place."""
        return self.place.value.zone if self.place else None

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2 of the locating place."""
        return self.place.value.country if self.place else None


class ArticlePlaces:
    """The place names of one article, found once and shared by its reports."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._context = PlaceContext(
            text=article.text,
            candidates=tuple(gazetteer.find_places(article.text)),
            dateline_city=article.dateline.city if article.dateline else None,
            outlet_country=outlet_country(article, gazetteer),
            outlet=_outlet_host(article),
        )

    def locate(self, mention: ReportMention) -> Located:
        """The places of one report. The dateline city is context and never a place by itself."""
        queries = [PlaceQuery(place.span, place.role) for place in mention.places]
        readings = resolve_places(queries, self._context, self._gazetteer)
        best = locate(readings)
        return Located(
            place=_claim(best) if best else None,
            mentions=tuple(_claim(reading) or _unlocated(reading) for reading in readings),
        )


def _claim(reading: PlaceReading) -> Claim[Place] | None:
    if reading.place is None:
        return None
    return Claim(reading.place, (reading.span,), rule=reading.rule, confidence=reading.confidence)


def _unlocated(reading: PlaceReading) -> Claim[Place]:
    """Words that name a place no gazetteer knows: kept as they are, without coordinates."""
    return Claim(
        Place(reading.span.text, PlacePrecision.UNKNOWN),
        (reading.span,),
        rule=reading.rule,
        confidence=reading.confidence,
    )


def _outlet_host(article: Article) -> str | None:
    """Host of the outlet where the address or the name gives one, its name otherwise."""
    name = article.outlet or article.url
    if not name:
        return None
    host = urlsplit(name if "//" in name else f"//{name}").hostname or ""
    return host if "." in host else name


def outlet_country(article: Article, gazetteer: Gazetteer) -> str | None:
    """The country that an outlet's internet domain stands for; None for generic domains."""
    for name in (article.url, article.outlet):
        if not name:
            continue
        host = urlsplit(name if "//" in name else f"//{name}").hostname or ""
        domain = host.rpartition(".")[2]
        if len(domain) != 2 or domain in GENERIC_COUNTRY_DOMAINS:
            continue
        code = "GB" if domain == "uk" else domain.upper()
        if gazetteer.country(code) is not None:
            return code
    return None
