"""Precision and extent of a chosen place, as the words around its name ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision
from tocsin.where.choose import choose
from tocsin.where.distance import place_distance_km
from tocsin.where.entry import GazetteerEntry
from tocsin.where.names import name_key
from tocsin.where.phrase import PlacePhrase, Relation
from tocsin.where.scene import Scene

NEAR_KM = 15.0
"""How far "near" reaches where no distance is stated."""
BETWEEN_KM = 1_000.0
"""Two ends farther apart are not two ends of one road."""


def shaped(
    place: Place,
    entry: GazetteerEntry,
    phrase: PlacePhrase,
    parents: Sequence[GazetteerEntry],
    *,
    scene: Scene,
    rule: str,
) -> tuple[Place, str]:
    """Precision and extent as the words around the name ask for them."""
    uncertainty = place.uncertainty_km
    is_part_of_name = name_key(entry.name).startswith(name_key(phrase.part)[:4] or "\0")
    if phrase.relation is Relation.PART and entry.is_division and not is_part_of_name:
        wide = None if uncertainty is None else round(uncertainty * 0.7, 1)
        return (
            replace(
                place,
                name=f"{phrase.part} {place.name}",
                precision=PlacePrecision.REGION,
                uncertainty_km=wide,
                gazetteer=None,
                zone=place.zone,
            ),
            "named-part",
        )
    if phrase.relation is Relation.BETWEEN and phrase.other_end is not None:
        other = None
        if phrase.other_end.entries:
            other = choose(phrase.other_end, parents, scene).entry
        km = place_distance_km(entry, other) if other is not None else None
        if other is not None and km is not None and km < BETWEEN_KM:
            return (
                replace(
                    place,
                    name=phrase.span.text,
                    precision=PlacePrecision.NEAR,
                    uncertainty_km=round(km + (uncertainty or 0.0), 1),
                    gazetteer=None,
                ),
                "named-between",
            )
    if phrase.relation is Relation.NEAR and not entry.is_division:
        stated = (phrase.distance_m or 0.0) / 1000.0
        return (
            replace(
                place,
                precision=PlacePrecision.NEAR,
                uncertainty_km=round((uncertainty or 0.0) + (stated or NEAR_KM), 1),
                distance_m=phrase.distance_m,
            ),
            "named-near",
        )
    if phrase.is_named_site and phrase.head is not None and entry.source != "curated":
        # "Kuwait International Airport": somewhere in or beside what it is named after
        words = phrase.span.text[phrase.head.span.start - phrase.span.start :]
        return replace(
            place, name=words, precision=PlacePrecision.SITE, gazetteer=None
        ), "named-site"
    if phrase.relation is Relation.OUTSKIRTS and not entry.is_division:
        return replace(place, uncertainty_km=round(2.0 * (uncertainty or 5.0), 1)), rule
    return place, rule
