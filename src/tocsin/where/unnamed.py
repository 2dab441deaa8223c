"""Words whose name no gazetteer knows, or that hold none: placed by what is named around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision
from tocsin.where.entry import GazetteerEntry
from tocsin.where.names import name_key
from tocsin.where.phrase import PlacePhrase
from tocsin.where.place_words import (
    DISTRICT_WORDS,
    KIND_WORDS,
    MODIFIERS,
    PROVINCE_WORDS,
    SITE_WORDS,
    ZONE_WORDS,
)
from tocsin.where.query import PlaceQuery, PlaceReading
from tocsin.where.scene import Scene
from tocsin.where.spotting import never_words
from tocsin.where.strangers import SHARE_OF_STRANGER, is_in_wrong_division

SENTENCE_CHARS = 400
"""Longer sentences are lists of their own."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z\"“])|\n")

UNKNOWN = "neither the words nor the article name a place"


def in_parent(
    query: PlaceQuery, phrase: PlacePhrase, parents: Sequence[GazetteerEntry], scene: Scene
) -> PlaceReading:
    """A name nobody knows: its own words, inside what holds it."""
    head = phrase.head
    if head is None or not parents or _is_generic(head.span.text):
        return from_article(query, phrase, parents, scene)
    parent = _fitting(parents, scene.shares)
    kind = head.kind
    if phrase.site:
        precision = PlacePrecision.SITE
    elif kind in ZONE_WORDS or parent.precision is PlacePrecision.SETTLEMENT:
        precision = PlacePrecision.ZONE
    elif kind in DISTRICT_WORDS:
        precision = PlacePrecision.ADM2
    elif kind in PROVINCE_WORDS:
        precision = PlacePrecision.ADM1
    else:
        precision = PlacePrecision.SETTLEMENT
    name = head.span.text
    if is_told_within(parent, precision, query, scene):
        name = f"{name}, {parent.name}"
    return PlaceReading(
        span=query.span,
        place=_inside(parent, name, precision, query, scene.shares),
        candidates=tuple(parents),
        rule="in-parent",
        explanation=f"{head.span.text} is in no gazetteer; it lies in {parent.name}",
        confidence=0.6,
    )


def is_told_within(
    parent: GazetteerEntry, precision: PlacePrecision, query: PlaceQuery, scene: Scene
) -> bool:
    """True for a quarter or a site whose own sentence names its town: "Salihiah, Hasakah".

    A town named in another sentence may be another's.
    """
    if precision not in {PlacePrecision.ZONE, PlacePrecision.SITE}:
        return False
    if parent.precision is not PlacePrecision.SETTLEMENT or parent.name in query.span.text:
        return False
    text = scene.evidence.text
    for candidate in scene.evidence.candidates:
        if parent not in candidate.entries or abs(candidate.span.start - scene.at) > SENTENCE_CHARS:
            continue
        first, last = sorted((candidate.span, query.span), key=lambda span: span.start)
        if not _SENTENCE_END.search(text, first.end, max(first.end, last.start)):
            return True
    return False


def _is_generic(words: str) -> bool:
    """True for "High School", "Apartments": capitals that name nothing."""
    keys = name_key(words).split()
    return all(key in KIND_WORDS | SITE_WORDS | MODIFIERS or key in never_words() for key in keys)


def _fitting(parents: Sequence[GazetteerEntry], shares: dict[str, float]) -> GazetteerEntry:
    """The nearest parent that lies in a country the words speak of; the nearest where none does."""
    for parent in parents:
        if any(shares.get(code, 0.0) >= SHARE_OF_STRANGER for code in parent.countries):
            return parent
    return parents[0]


def _inside(
    parent: GazetteerEntry,
    name: str,
    precision: PlacePrecision,
    query: PlaceQuery,
    shares: dict[str, float],
) -> Place:
    """A place known only by its words and by what holds it."""
    return Place(
        name=name,
        precision=precision,
        role=query.role,
        country=parent.country or likeliest(parent.countries, shares),
        admin1=parent.admin1,
        admin2=parent.admin2,
        lat=parent.lat,
        lon=parent.lon,
        uncertainty_km=parent.uncertainty_km,
        zone=parent.zone,
    )


def likeliest(countries: Sequence[str], shares: dict[str, float]) -> str | None:
    """Of a region's countries the one the article speaks of most; None where it speaks of none."""
    spoken = [code for code in countries if shares.get(code, 0.0) > 0.0]
    return max(spoken, key=lambda code: shares[code]) if spoken else None


def from_article(
    query: PlaceQuery, phrase: PlacePhrase, parents: Sequence[GazetteerEntry], scene: Scene
) -> PlaceReading:
    """Words without a known name: held by the place named beside them, else nearest before them."""
    shares = scene.shares
    parent = _fitting(parents, shares) if parents else _nearest(query, scene)
    name = phrase.head.span.text if phrase.head is not None else query.span.text
    precision = PlacePrecision.SITE if phrase.site else PlacePrecision.UNKNOWN
    if parent is not None:
        place = _inside(parent, name, precision, query, shares)
        if phrase.site and phrase.distance_m is not None:
            place = replace(place, precision=PlacePrecision.NEAR, distance_m=phrase.distance_m)
        return PlaceReading(
            span=query.span,
            place=place,
            candidates=(parent, *parents[1:]),
            rule="from-article",
            explanation=f"no place in the words; {parent.name} is named nearest",
            confidence=0.4,
            is_inferred=True,
        )
    if shares:
        country = min(shares, key=lambda code: (-shares[code], code))
        place = Place(name=name, precision=precision, role=query.role, country=country)
        return PlaceReading(
            query.span, place, (), "from-article", f"the article speaks of {country}", 0.3, True
        )
    return PlaceReading(query.span, None, (), "unknown", UNKNOWN, 0.0)


def _nearest(query: PlaceQuery, scene: Scene) -> GazetteerEntry | None:
    """The place named last before the words, else first after them, in the leading country."""
    shares = scene.shares
    leading = min(shares, key=lambda code: (-shares[code], code)) if shares else None
    at = query.span.start
    ranked = sorted(
        scene.evidence.candidates,
        key=lambda c: (at - c.span.start) if c.span.start <= at else 3 * (c.span.start - at),
    )
    for candidate in ranked[:8]:
        fitting = [e for e in candidate.entries if leading is None or leading in e.countries]
        own_key = name_key(candidate.span.text)
        best = max(fitting, key=lambda e: scene.division_share(e, own_key), default=None)
        if best is not None and not is_in_wrong_division(
            (best, *candidate.entries), own_key, (), scene
        ):
            return best
    return None
