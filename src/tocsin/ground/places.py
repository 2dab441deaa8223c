"""Places of one article's reports: words to map, with the whole article as context."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from tocsin.ground.hometown import (
    INSIDE_TOWNS,
    HomeTown,
    find_home_town,
    is_road,
    is_unsettled,
    site_words,
)
from tocsin.records import Article, Claim, Place, ReportMention, Span
from tocsin.records.vocab import LOCATING_ROLES, ActorClass, PlacePrecision, PlaceRole
from tocsin.where import (
    RULES,
    Gazetteer,
    PlaceCandidate,
    PlaceContext,
    PlaceQuery,
    PlaceReading,
    country_of_host,
    locate,
    resolve_places,
)
from tocsin.who import ActorCatalogue

ACTOR_CHARS = 60
"""How far the name of a group may reach beyond the place inside it."""

LOOK_BACK = 48
LOCATIVE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|inside) (?:the )?(?:(?:[a-z-]+ ){1,3}of )?(?:[a-z-]+ )?$"
)
"""Before a place that holds what the sentence tells: "in the old city of", "near"."""

BRANCH_AFTER = re.compile(r"['’]?s? (?:branch|affiliate|chapter|offshoot|franchise)\b")
"""Behind a place that names a part of a group: "its Khorasan branch"."""

SITE_TO_PLACE = re.compile(r",? (?:near|outside|in|(?:north|south|east|west) of) (?:the )?")

_UNSURE = frozenset({"from-article", "in-parent", "named-site"})

GROUP_CLASSES = frozenset({ActorClass.REBEL, ActorClass.POLITICAL_MILITIA})
"""Actors named after a place they are not bound to; a state's army is where its state is."""

INFERRED_WEIGHT = 0.5

LANDMARK_M = 2_000.0
"""Farther off, a distance says where something lies, not what it landed beside."""


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

    def __init__(self, article: Article, gazetteer: Gazetteer, actors: ActorCatalogue) -> None:
        self._gazetteer = gazetteer
        self._actors = actors
        self._context = PlaceContext(
            text=article.text,
            candidates=tuple(gazetteer.find_places(article.text)),
            dateline_city=article.dateline.city if article.dateline else None,
            outlet_country=outlet_country(article, gazetteer),
            outlet=_outlet_host(article),
        )

    def locate(self, mention: ReportMention) -> Located:
        """The places of one report. The dateline city is context and never a place by itself.

        A landmark among the targets ("the K-1 base") locates as the places do, and is finer.
        """
        named = [place for place in mention.places if not self._is_in_actor(place.span)]
        queries = [PlaceQuery(place.span, place.role) for place in named]
        said = {query.span for query in queries}
        targets = [
            PlaceQuery(target.span, PlaceRole.TARGET_SITE)
            for target in mention.targets
            if target.span not in said
        ]
        targets += [
            PlaceQuery(site, PlaceRole.TARGET_SITE)
            for site in self._sites_before(said)
            if site not in {query.span for query in targets}
        ]
        readings = resolve_places([*queries, *targets], self._context, self._gazetteer)
        places = with_landmarks(readings[: len(queries)])
        own = self._own_town(places)
        places = [self._at_home(one, own) for one in places]
        sites = [reading for reading in readings[len(queries) :] if _is_landmark(reading)]
        best = locate([*places, *sites]) or locate(self._around(mention))
        if mention.is_main and is_unsettled(best):
            best = self._home_for(best) or best
        return Located(
            place=_claim(best) if best else None,
            mentions=tuple(_claim(reading) or _unlocated(reading) for reading in places),
        )

    @cached_property
    def _home_town(self) -> HomeTown | None:
        return find_home_town(self._context, self._gazetteer)

    def _own_town(self, readings: Sequence[PlaceReading]) -> HomeTown | None:
        """The one town that a report names among its places."""
        towns = [
            reading
            for reading in readings
            if reading.place
            and reading.rule in {"named", "named-near"}
            and reading.place.precision in {PlacePrecision.SETTLEMENT, PlacePrecision.NEAR}
            and not is_road(self._context.text, reading.span)
        ]
        return HomeTown(towns[0]) if len({r.place.name for r in towns if r.place}) == 1 else None

    def _at_home(self, reading: PlaceReading, own: HomeTown | None) -> PlaceReading:
        """A road, a building or a quarter within its town; other readings as they are.

        `own`, the town that the report itself names, holds its roads where no police or dateline
        names one, and stands for a county or the outlet's town; else it may be that of the hospital
        or of the speaker. A road in no known town is nowhere: "Houston Street" is not Houston.
        """
        place, text = reading.place, self._context.text
        on_road = is_road(text, reading.span) and not _is_landmark(reading)
        if not on_road and not (place and place.precision in INSIDE_TOWNS):
            return reading
        home = self._home_town
        if own is not None and (
            (home is None and on_road) or (home and (home.is_county or home.is_by_outlet))
        ):
            home = own
        if home is None:
            return replace(reading, place=None) if on_road else reading
        if on_road or place is None or (reading.rule in _UNSURE and "," not in place.name):
            return home.holding(site_words(text, reading.span), reading.span, place)
        return replace(reading, place=home.naming(place))

    def _home_for(self, best: PlaceReading | None) -> PlaceReading | None:
        """The home town, for a report whose own words give a country at most."""
        home = self._home_town
        if home is None:
            return None
        place = best.place if best and best.rule != "in-sentence" else None
        if place and place.country not in {None, home.place.country}:
            return None
        return home.holding("", home.reading.span, None)

    def _around(self, mention: ReportMention) -> list[PlaceReading]:
        """Where the report's sentences say "in X", for a report that names no place.

        An inference: a sentence may speak of somebody else's whereabouts. The trigger's sentence
        comes first; others are heard only where it is silent.
        """
        if mention.places:
            return []
        text = self._context.text
        for sentence in sorted(
            mention.sentences, key=lambda one: (not one.contains(mention.trigger), one.start)
        ):
            queries = [
                PlaceQuery(candidate.span)
                for candidate in self._candidates_in(sentence)
                if LOCATIVE_BEFORE.search(
                    text[
                        max(sentence.start, candidate.span.start - LOOK_BACK) : candidate.span.start
                    ]
                )
                and not self._is_in_actor(candidate.span)
            ]
            if queries:
                readings = resolve_places(queries, self._context, self._gazetteer)
                return [
                    replace(
                        reading,
                        is_inferred=True,
                        rule="in-sentence",
                        explanation=RULES["in-sentence"],
                    )
                    for reading in readings
                ]
        return []

    def _candidates_in(self, sentence: Span) -> tuple[PlaceCandidate, ...]:
        """The places named in a sentence, in order."""
        candidates = self._context.candidates or ()
        first = bisect_left(candidates, sentence.start, key=lambda one: one.span.start)
        last = bisect_left(candidates, sentence.end, lo=first, key=lambda one: one.span.start)
        return candidates[first:last]

    def _sites_before(self, said: set[Span]) -> list[Span]:
        """Landmarks that stand right before the places said: "Camp Taji" before "near Baghdad"."""
        text = self._context.text
        starts = sorted(span.start for span in said)
        found = []
        for candidate in self._context.candidates or ():
            end = candidate.span.end
            at = bisect_left(starts, end)
            if at == len(starts) or candidate.entries[0].source != "curated":
                continue
            if candidate.span not in said and SITE_TO_PLACE.fullmatch(text, end, starts[at]):
                found.append(candidate.span)
        return found

    def _is_in_actor(self, span: Span) -> bool:
        """True for a place name that is part of a group's ("the Islamic State in Khorasan"), and
        for words that hold a group's name, where no place bears it ("five sites of the brigade").
        """
        text = self._context.text
        if BRANCH_AFTER.match(text, span.end, span.end + 24):
            return True
        start, end = max(0, span.start - ACTOR_CHARS), min(len(text), span.end + ACTOR_CHARS)
        return any(
            match.rule == "named"
            and match.entry.actor_class in GROUP_CLASSES
            and (
                (match.span.contains(span) and match.span != span)
                or (span.contains(match.span) and not self._gazetteer.look_up(match.span.text))
            )
            for match in self._actors.find_actors(text, start, end)
        )


def with_landmarks(readings: Sequence[PlaceReading]) -> list[PlaceReading]:
    """The readings, a landmark at a stated distance marked as near, where another place locates.

    "In the Green Zone, 100 yards from the embassy": the embassy measures, the zone locates.
    """
    found = []
    for reading in readings:
        place = reading.place
        others = [
            other
            for other in readings
            if other is not reading
            and other.place is not None
            and not other.is_inferred
            and other.place.role in LOCATING_ROLES
            and other.place.distance_m is None
        ]
        if (
            place is not None
            and place.distance_m is not None
            and place.distance_m <= LANDMARK_M
            and place.role in LOCATING_ROLES
            and others
        ):
            place = replace(place, role=PlaceRole.NEAR_LANDMARK)
        found.append(replace(reading, place=place))
    return found


def _is_landmark(reading: PlaceReading) -> bool:
    """True for words that name a hand-listed site itself."""
    entry = reading.candidates[0] if reading.candidates else None
    return (
        entry is not None
        and entry.source == "curated"
        and entry.precision in {PlacePrecision.SITE, PlacePrecision.ZONE}
        and reading.place is not None
        and reading.place.gazetteer == entry.ref
        and not reading.is_inferred
    )


def _claim(reading: PlaceReading) -> Claim[Place] | None:
    if reading.place is None:
        return None
    return Claim(reading.place, (reading.span,), rule=reading.rule, confidence=_confidence(reading))


def _unlocated(reading: PlaceReading) -> Claim[Place]:
    """Words that name a place no gazetteer knows: kept as they are, without coordinates."""
    return Claim(
        Place(reading.span.text, PlacePrecision.UNKNOWN),
        (reading.span,),
        rule=reading.rule,
        confidence=_confidence(reading),
    )


def _confidence(reading: PlaceReading) -> float:
    """The reading's, halved where the place rests on the article rather than on its words."""
    return round(reading.confidence * (INFERRED_WEIGHT if reading.is_inferred else 1.0), 3)


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
        code = country_of_host(host)
        if code is not None and gazetteer.country(code) is not None:
            return code
    return None
