"""What speaks for and against one entry of a name: named features, each with its weight.

An entry's score is the sum of its features times their weights (`data/place_weights.tsv`): the
logarithm, up to a constant, of how likely the entry is meant. So what decided between two entries
can be said in words: the features in which they differ most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tocsin.errors import StoreError
from tocsin.records.vocab import PlacePrecision
from tocsin.where.entry import GazetteerEntry
from tocsin.where.holding import holds
from tocsin.where.names import name_key
from tocsin.where.naming import NameInPhrase
from tocsin.where.place_words import (
    DISTRICT_WORDS,
    PROVINCE_WORDS,
    SETTLEMENT_WORDS,
    ZONE_WORDS,
)
from tocsin.where.scene import HALF_SHARE, Scene

WEIGHTS_FILE = "data/place_weights.tsv"

SMALLEST_PEOPLE = 300
KNOWN_PEOPLE = 100_000
"""From here on a city is known by its name alone, the more the larger."""
CAPITAL_PEOPLE = 300_000
"""Smaller capitals are no better known than towns of their size."""
CURATED_PEOPLE = 50_000
"""What a landmark weighs as if it were a town: it is in the file because news names it."""
CURATED_REGION_PEOPLE = 500_000

MAX_REASONS = 3
TELLING = 0.4
"""Difference in score below which a feature decides nothing."""

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one feature counts for."""

    value: float
    by_hand: float
    """What it counted for before fitting (`tools/fit_places.py`)."""
    words: str
    """What it says to a reviewer."""


@cache
def weights() -> dict[str, Weight]:
    """Feature to weight. Raises StoreError naming a malformed line."""
    text = files("tocsin.where").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8")
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            feature, value, by_hand, words = line.split("\t")
            found[feature] = Weight(float(value), float(by_hand), words)
        except ValueError as error:
            raise StoreError(WEIGHTS_FILE, f"line {number}: {error}") from error
    return found


def score(features: Features) -> float:
    """The sum of the features times their weights."""
    known = weights()
    return math.fsum(known[feature].value * value for feature, value in features.items())


def explained(ours: Features, theirs: Features) -> str:
    """What speaks most for one entry against another, in words; at most three things."""
    known = weights()
    gains = {
        feature: known[feature].value * (ours.get(feature, 0.0) - theirs.get(feature, 0.0))
        for feature in known
    }
    telling = sorted(gains, key=lambda feature: -gains[feature])[:MAX_REASONS]
    words = [
        known[feature].words if ours.get(feature) else f"the other {known[feature].words}"
        for feature in telling
        if gains[feature] >= TELLING
    ]
    return "; ".join(words) or "listed first by size"


def features_of(
    entry: GazetteerEntry,
    name: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    *,
    scene: Scene,
    support: float,
) -> Features:
    """Every feature of one entry that is not zero.

    `parents` hold the name by its own words; `support` 0..1 is that of the other names
    (`coherence.py`).
    """
    own_key = name_key(name.span.text)
    people = _people(entry, name.entries)
    found: Features = {
        "size": math.log10(max(people, SMALLEST_PEOPLE)),
        "known": max(0.0, math.log10(max(entry.population, 1) / KNOWN_PEOPLE)),
        "capital": float(entry.feature_code == "PPLC" and entry.population >= CAPITAL_PEOPLE),
        "country": float(entry.is_country),
        "province": float(entry.precision is PlacePrecision.ADM1),
        "district": float(entry.precision is PlacePrecision.ADM2),
        "landmark": float(entry.source == "curated"),
        "own_name": float(own_key == name_key(entry.name)),
        "old_name": float(_is_old_name(entry, name)),
        "country_alias": float(_is_country_alias(entry, name.entries, own_key)),
        "kind": _kind_fit(entry, name.kind),
        "support": support,
    }
    found |= _told_by_article(entry, own_key, scene)
    found |= _told_by_words(entry, name, parents, scene)
    return {feature: value for feature, value in found.items() if value}


def _told_by_article(entry: GazetteerEntry, own_key: str, scene: Scene) -> Features:
    share = scene.share(entry)
    evidence = scene.evidence
    return {
        "country_told": share / (share + HALF_SHARE),
        "province_told": scene.division_share(entry, own_key),
        "province_named": float((entry.country, entry.admin1) in evidence.divisions),
        "outlet_named": float(evidence.outlet.is_home(entry, own_key)),
    }


def _told_by_words(
    entry: GazetteerEntry, name: NameInPhrase, parents: Sequence[GazetteerEntry], scene: Scene
) -> Features:
    chains = scene.evidence.chains
    own_key = name_key(name.span.text)
    held = sum(holds(parent, entry) for parent in parents)
    return {
        "parent": float(held > 0),
        "parents": float(max(0, held - 1)),
        "parent_missed": float(not held and any(parent.is_division for parent in parents)),
        "listed": float(entry.precision is chains.kinds.get(name.span.start)),
        "holder": float(entry.ref in chains.holders.get(name.span.start, ())),
        "anchored": float(entry.ref in chains.anchors.get(own_key, ())),
    }


def _people(entry: GazetteerEntry, homonyms: Sequence[GazetteerEntry]) -> int:
    """People an entry weighs by: divisions less than their seats, landmarks as towns."""
    people = entry.population
    if entry.precision is PlacePrecision.ADM1:
        people = people // 10
        seats = [
            other.population
            for other in homonyms
            if other.precision is PlacePrecision.SETTLEMENT and other.admin1 == entry.name
        ]
        if seats and max(seats) * 50 > entry.population:
            people = min(people, int(max(seats) * 0.7))
    elif entry.precision is PlacePrecision.ADM2:
        people = min(people // 10, 20_000)
    elif entry.source == "curated":
        people = CURATED_REGION_PEOPLE if entry.is_division else CURATED_PEOPLE
    return people


def _is_old_name(entry: GazetteerEntry, name: NameInPhrase) -> bool:
    """True for a city listed behind a smaller town that bears the name: Harare, once Salisbury."""
    first = name.entries[0]
    return (
        entry is not first
        and not entry.is_division
        and not first.is_division
        and first.source == entry.source
        and entry.population > first.population
        and name_key(first.name) == name_key(name.span.text) != name_key(entry.name)
    )


def _is_country_alias(
    entry: GazetteerEntry, homonyms: Sequence[GazetteerEntry], own_key: str
) -> bool:
    """True for a place that has its country's name only by an alias: Kuwait is not Kuwait City."""
    return (
        not entry.is_country
        and name_key(entry.name) != own_key
        and any(other.is_country and other.country == entry.country for other in homonyms)
    )


def _kind_fit(entry: GazetteerEntry, kind: str) -> float:
    """-1..1: does the entry suit the words' kind ("province", "city", "neighbourhood")?"""
    if not kind:
        return 0.0
    if kind in PROVINCE_WORDS:
        fits = {PlacePrecision.ADM1: 1.0, PlacePrecision.REGION: 0.5, PlacePrecision.ADM2: 0.4}
        return fits.get(entry.precision, -0.3)
    if kind in DISTRICT_WORDS:
        fits = {PlacePrecision.ADM2: 0.6, PlacePrecision.ZONE: 0.3, PlacePrecision.ADM1: 0.2}
        return fits.get(entry.precision, 0.0)
    if kind in SETTLEMENT_WORDS:
        return 0.7 if entry.precision is PlacePrecision.SETTLEMENT else -0.5
    if kind in ZONE_WORDS:
        return 0.5 if entry.precision is PlacePrecision.ZONE else 0.0
    return 0.0
