"""Which place the words of a query mean, judged by the whole article.

The words are taken apart (`phrase.py`), the entries of their name ranked (`choose.py`), and the
best one given the precision that the words ask for (`shape.py`). What no gazetteer knows is placed
inside what holds it (`unnamed.py`). The reading names its rule, says why, and keeps the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision
from tocsin.where.choose import choose, resolve_parents
from tocsin.where.entry import GazetteerEntry
from tocsin.where.evidence import ArticleEvidence, dominant, read_evidence
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.naming import NameInPhrase, is_big
from tocsin.where.phrase import PlacePhrase, is_nationality, parse_phrase
from tocsin.where.place_words import MISSION_WORDS
from tocsin.where.pointing import points_back_to
from tocsin.where.query import PlaceContext, PlaceQuery, PlaceReading
from tocsin.where.scene import Scene, with_beside
from tocsin.where.shape import shaped
from tocsin.where.strangers import LEADING_SHARE, is_foreign, is_in_wrong_division, variant
from tocsin.where.unnamed import UNKNOWN, from_article, in_parent, likeliest

RULES = {
    "named": "the place of that name that fits the article best",
    "named-near": "a stated vicinity of a named place",
    "named-part": "a part of a named country or province",
    "named-between": "between two named places",
    "in-parent": "an unknown name or site inside a known place: its own words, the parent's extent",
    "capital": "the capital of the country the words or the article speak of",
    "named-site": "a site that bears the name of a place",
    "misspelt": "a name of the article's country that differs by a letter or two",
    "from-article": "the words name no place; the place named nearest in the article holds it",
    "points-back": 'the words point back to a place named before: "there", "the same camp"',
    "in-sentence": "no words were taken for its place; its sentences say where they play",
    "home-town": "the town that the article's police or local dateline names; the words name none",
    "unknown": UNKNOWN,
}
"""Every rule a reading can name, in plain words."""

_CAPITAL = re.compile(r"\b(?:the|'s|[A-Z]\w+) capital\b(?! of)", re.IGNORECASE)
_WIDE_KM = 5_000.0
"""Extent of places that tell none, so that they hold others last."""
_SHARE_FOR_REGION = 0.15
"""Share from which a place in several countries is taken to be in one of them."""


def resolve_places(
    mentions: Sequence[PlaceQuery], context: PlaceContext, gazetteer: Gazetteer
) -> list[PlaceReading]:
    """One reading per query, in order. Spans are of `context.text`.

    A country named alone stays a country and is never its capital. A name nobody knows inside a
    known province keeps its own words, with the province's extent as its uncertainty.
    """
    if not mentions:
        return []
    named = tuple(query.span for query in mentions if query.is_name)
    evidence = context.memo.get(named)
    if evidence is None:
        evidence = context.memo[named] = read_evidence(context, gazetteer, named)
    pointed = [points_back_to(one.span, context.text, evidence.candidates) for one in mentions]
    queries = [
        replace(one, span=at) if at is not None else one
        for one, at in zip(mentions, pointed, strict=True)
    ]
    phrases = [
        parse_phrase(context.text, query.span, gazetteer, is_name=query.is_name)
        for query in queries
    ]
    readings: list[PlaceReading | None] = [None] * len(queries)
    beside: list[GazetteerEntry] = []
    # wide and well-known names first: they tell where the narrow ones are to be looked for
    order = sorted(range(len(queries)), key=lambda at: (_difficulty(phrases[at], gazetteer), at))
    for at in order:
        readings[at] = reading = _resolve(queries[at], phrases[at], evidence, beside, gazetteer)
        if reading.candidates and not reading.is_inferred:
            beside.append(reading.candidates[0])
    return [
        reading if at is None else _pointing_back(reading, one.span)
        for reading, one, at in zip(readings, mentions, pointed, strict=True)
        if reading is not None
    ]


def _pointing_back(reading: PlaceReading, span: Span) -> PlaceReading:
    """The reading of a name, for the words that point back to it."""
    return replace(
        reading,
        span=span,
        is_inferred=True,
        rule="points-back",
        explanation=f"points back to {reading.span.text}: {reading.explanation}",
    )


def _difficulty(phrase: PlacePhrase, gazetteer: Gazetteer) -> int:
    """0 for names that can hardly be others, 1 for other known names, 2 for spellings of some, 3
    for the rest."""
    if phrase.head is None:
        return 3
    if not phrase.head.entries:
        return 2 if gazetteer.variants_of(name_key(phrase.head.span.text)) else 3
    entry = dominant(phrase.head.entries)
    return 0 if entry is not None and (entry.is_division or is_big((entry,))) else 1


def _resolve(
    query: PlaceQuery,
    phrase: PlacePhrase,
    evidence: ArticleEvidence,
    beside: Sequence[GazetteerEntry],
    gazetteer: Gazetteer,
) -> PlaceReading:
    at = query.span.start
    head = phrase.head
    own_key = name_key(head.span.text) if head is not None else ""
    shares = evidence.shares(at, own_key)
    if not query.is_name:
        shares = with_beside(shares, beside)
    scene = Scene(at, shares, evidence)
    parents = resolve_parents(phrase, scene)
    around = _around(query, beside, scene, own_key)
    holders = [*parents, *(entry for entry in around if entry not in parents)]
    if _CAPITAL.search(query.span.text) and (head is None or is_nationality(head)):
        capital = _capital(head, holders, shares, gazetteer)
        if capital is not None:
            place = capital.place(query.role)
            return PlaceReading(query.span, place, (capital,), "capital", RULES["capital"], 0.9)
    if head is not None and phrase.site and is_nationality(head, before_noun=True):
        country = head.entries[0]
        if phrase.site not in MISSION_WORDS and country.country == likeliest(
            sorted(shares), shares
        ):
            # "a Syrian airfield" in a story from Syria; "a U.S. base" may be anywhere
            holders = [*holders, country]
        head, phrase = None, replace(phrase, head=None)
    if head is None:
        return from_article(query, phrase, holders, scene)
    choice = choose(head, parents, scene) if head.entries else None
    rule = "named"
    if choice is None or (
        not query.is_name
        and (
            is_foreign(choice.entry, own_key, parents, shares)
            or is_in_wrong_division(choice.ranked, own_key, parents, scene)
        )
    ):
        near = None if phrase.is_named_site else variant(head, parents, scene, gazetteer)
        if near is None:
            return in_parent(query, phrase, holders, scene)
        choice, rule = near
    place, rule = shaped(
        choice.entry.place(query.role), choice.entry, phrase, parents, scene=scene, rule=rule
    )
    if place.country is None and choice.entry.countries:
        likely = max(choice.entry.countries, key=lambda code: shares.get(code, 0.0))
        if shares.get(likely, 0.0) >= _SHARE_FOR_REGION:
            place = replace(place, country=likely)
    return PlaceReading(
        span=query.span,
        place=place,
        candidates=choice.ranked,
        rule=rule,
        explanation=choice.reasons,
        confidence=choice.confidence,
        scores=choice.scores,
    )


def _around(
    query: PlaceQuery, beside: Sequence[GazetteerEntry], scene: Scene, own_key: str
) -> list[GazetteerEntry]:
    """The places told beside a query, in the order in which they may hold what no one knows.

    Of one report, the narrowest first: it tells where it plays. A name read for itself has the
    whole article beside it, of which it most likely lies where most of the others do.
    """
    if not query.is_name or not beside:
        return sorted(beside, key=lambda entry: entry.uncertainty_km or _WIDE_KM)
    entries = list(dict.fromkeys(beside))
    support = scene.evidence.coherence.support(entries, own_key, query.span.start)
    order = sorted(range(len(entries)), key=lambda at: (-float(support[at]), at))
    return [entries[at] for at in order]


def _capital(
    head: NameInPhrase | None,
    holders: Sequence[GazetteerEntry],
    shares: dict[str, float],
    gazetteer: Gazetteer,
) -> GazetteerEntry | None:
    """The city that "the Syrian capital" means; of "the capital" alone, the leading country's."""
    if head is not None and head.entries:
        return gazetteer.capital(head.entries[0].country or "")
    if any(holder.precision is PlacePrecision.ADM1 for holder in holders):
        return None  # a provincial capital
    leading = likeliest(sorted(shares), shares)
    if leading is None or shares[leading] < LEADING_SHARE:
        return None
    return gazetteer.capital(leading)
