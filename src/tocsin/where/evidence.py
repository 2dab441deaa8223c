"""What a whole article says about where it plays: countries and places, with their positions.

Each name of a country, each adjective ("Iraqi"), each place that can hardly be another, and the
dateline, votes for a country; a vote counts more the nearer it stands to the words in question.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tocsin.records.vocab import PlacePrecision
from tocsin.text.nations import nation_of
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.query import PlaceContext

MAX_TEXT_CHARS = 200_000
"""Of longer texts only the beginning votes."""

NEAR_CHARS = 300.0
"""Distance at which a vote has lost half of its local weight."""

FAR_SHARE = 0.12
"""What remains of a vote's weight at the other end of the article."""

DOMINANT_RATIO = 8.0
"""An entry this many times as populous as the next homonym abroad needs no context."""

_COUNTRY_VOTE = 1.0
_ADJECTIVE_VOTE = 0.5
_PLACE_VOTE = 0.7
_DATELINE_VOTE = 1.5
_OUTLET_VOTE = 0.35

_CAPITALISED = re.compile(r"U\.S\.|(?:US|UK|[A-Z][a-zé]{2,})(?: [A-Z][a-z]+)?\b")


@dataclass(frozen=True, slots=True)
class Vote:
    """One word's say for a country."""

    at: int
    country: str
    weight: float
    key: str = ""
    """Look-up key of the name that votes: a name has no say on itself."""


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """All votes of one article and the places it names."""

    votes: tuple[Vote, ...]
    candidates: tuple[PlaceCandidate, ...]
    divisions: frozenset[tuple[str, str]]
    """(country, admin1) pairs the article names."""

    def shares(self, at: int, without: str = "") -> dict[str, float]:
        """Country to its share 0..1 of the votes as heard at offset `at`; sums to 1 or is empty.

        Votes of the name whose key is `without` are not counted.
        """
        heard: Counter[str] = Counter()
        for vote in self.votes:
            if without and vote.key == without:
                continue
            nearness = FAR_SHARE + 1.0 / (1.0 + abs(vote.at - at) / NEAR_CHARS)
            heard[vote.country] += vote.weight * nearness  # type: ignore[assignment]
        total = sum(heard.values())
        return {country: weight / total for country, weight in heard.items()} if total else {}


def read_evidence(context: PlaceContext, gazetteer: Gazetteer) -> ArticleEvidence:
    """The votes of one article."""
    text = context.text[:MAX_TEXT_CHARS]
    candidates = context.candidates
    if candidates is None:
        candidates = tuple(gazetteer.find_places(text))
    votes: list[Vote] = []
    divisions: set[tuple[str, str]] = set()
    for candidate in candidates:
        entry = dominant(candidate.entries)
        if entry is None:
            continue
        weight = _COUNTRY_VOTE if entry.is_country else _PLACE_VOTE
        codes = (entry.country,) if entry.country else entry.countries
        key = "" if entry.is_country else name_key(candidate.span.text)
        votes += [Vote(candidate.span.start, code, weight / len(codes), key) for code in codes]
        if entry.precision is PlacePrecision.ADM1 and entry.country:
            divisions.add((entry.country, entry.name))
    for match in _CAPITALISED.finditer(text):
        words = match.group()
        code = nation_of(words) or nation_of(words.partition(" ")[0])
        if code is not None:
            votes.append(Vote(match.start(), code, _ADJECTIVE_VOTE))
    if context.dateline_city:
        entries = gazetteer.look_up(context.dateline_city)
        if entries and entries[0].country:
            votes.append(Vote(0, entries[0].country, _DATELINE_VOTE))
    if context.outlet_country:
        votes.append(Vote(0, context.outlet_country.upper(), _OUTLET_VOTE))
    return ArticleEvidence(tuple(votes), candidates, frozenset(divisions))


def dominant(entries: tuple[GazetteerEntry, ...]) -> GazetteerEntry | None:
    """The entry a name means without context; None where homonyms abroad are not far behind."""
    first = entries[0]
    if first.is_country or first.source == "curated":
        others = [e for e in entries[1:] if e.country != first.country]
        if all(e.population < 1_000_000 for e in others):
            return first
    for other in entries[1:]:
        if other.country != first.country:
            ahead = first.population >= DOMINANT_RATIO * max(other.population, 1_000)
            return first if ahead else None
    return first
