"""The entry that a name means here, how sure that is, and why not the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.where.distance import place_distance_km
from tocsin.where.entry import GazetteerEntry
from tocsin.where.features import Features, explained, features_of, score
from tocsin.where.holding import holds
from tocsin.where.names import name_key
from tocsin.where.naming import NameInPhrase
from tocsin.where.phrase import PlacePhrase
from tocsin.where.scene import Scene

SAME_PLACE_KM = 25.0
"""Entries this near are one place for a reader: a city, its district and its municipality."""
MAX_CONFIDENCE = 0.99
"""A gazetteer never knows all places of a name."""
LONE_CONFIDENCE = 0.9
"""For a name of which it knows one place."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The entries of one name, best first."""

    ranked: tuple[GazetteerEntry, ...]
    scores: tuple[float, ...]
    """Likelihood 0..1 of each, in the same order; they sum to 1. Not calibrated."""
    confidence: float
    """0..1, that it is the first or a place as good as there."""
    reasons: str

    @property
    def entry(self) -> GazetteerEntry:
        """The best."""
        return self.ranked[0]


def choose(name: NameInPhrase, parents: Sequence[GazetteerEntry], scene: Scene) -> Choice:
    """Rank the entries of a name that has some. `parents` hold it by its own words."""
    own_key = name_key(name.span.text)
    support = scene.evidence.coherence.support(name.entries, own_key, scene.at)
    weighed = []
    for rank, entry in enumerate(name.entries):
        features = features_of(entry, name, parents, scene=scene, support=float(support[rank]))
        weighed.append((score(features), rank, entry, features))
    weighed.sort(key=lambda item: (-item[0], item[1]))
    best = weighed[0]
    likelihoods = [math.exp(item[0] - best[0]) for item in weighed]
    total = math.fsum(likelihoods)
    shares = tuple(round(one / total, 4) for one in likelihoods)
    ranked = tuple(item[2] for item in weighed)
    same = math.fsum(
        share for entry, share in zip(ranked, shares, strict=True) if _is_same(ranked[0], entry)
    )
    confidence = min(MAX_CONFIDENCE if len(ranked) > 1 else LONE_CONFIDENCE, round(same, 3))
    rival = next((item for item in weighed[1:] if not _is_same(best[2], item[2])), None)
    return Choice(
        ranked,
        shares,
        confidence,
        _reasons(best[3], rival[2] if rival else None, rival[3] if rival else {}),
    )


def resolve_parents(phrase: PlacePhrase, scene: Scene) -> list[GazetteerEntry]:
    """The places that hold the head, nearest first; each resolved with the wider ones known."""
    chosen: list[GazetteerEntry] = []
    for name in reversed(phrase.parents):
        if name.entries and name.span.start not in scene.evidence.chains.kinds:
            chosen.insert(0, choose(name, chosen, scene).entry)
    return chosen


def _is_same(one: GazetteerEntry, other: GazetteerEntry) -> bool:
    if one is other:
        return True
    km = place_distance_km(one, other)
    return (km is not None and km <= SAME_PLACE_KM) or holds(one, other) or holds(other, one)


def _reasons(ours: Features, rival: GazetteerEntry | None, theirs: Features) -> str:
    """Why the best, in words: what tells it from the first entry that lies elsewhere."""
    if rival is None:
        return "the only place of that name in the gazetteer"
    return f"{explained(ours, theirs)} (next: {address(rival)})"


def address(entry: GazetteerEntry) -> str:
    """ "Paris, Lamar County, Texas, US": a place as a reviewer tells it from its namesakes."""
    parts = [entry.name]
    for part in (entry.admin2, entry.admin1, None if entry.is_country else entry.country):
        if part and part != parts[-1]:
            parts.append(part)
    return ", ".join(parts)
