"""What a whole article says about where it plays: countries and places, with their positions.

Each name of a country, each adjective ("Iraqi"), each place that can hardly be another, and the
dateline, votes for a country; a vote counts more the nearer it stands to the words in question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision
from tocsin.text.nations import nation_of
from tocsin.where.chains import Chains, read_chains
from tocsin.where.coherence import Coherence
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.outlets import Outlet
from tocsin.where.phrase import is_across_border, us_state_ahead
from tocsin.where.query import PlaceContext
from tocsin.where.weighing import anchored, weigh, with_named

MAX_TEXT_CHARS = 200_000
"""Of longer texts only the beginning votes."""

NEAR_CHARS = 300.0
"""Distance at which a vote has lost half of its local weight."""

FAR_SHARE = 0.12
"""What remains of a vote's weight at the other end of the article."""

DOMINANT_RATIO = 8.0
"""An entry this many times as populous as the next homonym abroad needs no context."""


_COUNTRY_VOTE = 1.0
_BORDER_VOTE = 0.2
"""What lies behind the border is named to say where this side of it is."""
_ADJECTIVE_VOTE = 0.5
_PLACE_VOTE = 0.7
_DATELINE_VOTE = 1.5
_OUTLET_VOTE = 0.35
_STATE_VOTE = 1.0
_OUTLET_CITY_VOTE = 0.6
_BROADCASTER_VOTE = 0.7
_NAMESAKE_PEOPLE = 4_000
_REPEATING = frozenset({"US"})
_VOTING_PEOPLE = 50_000
"""People a U.S. town must have for its name to speak for a state by itself."""
_STATE_ELSEWHERE = frozenset({"washington"})
"""Names of U.S. states that mean something else more often than not."""

_CAPITALISED = re.compile(r"U\.S\.|(?:US|UK|[A-Z][a-zé]{2,})(?: [A-Z][a-z]+)?\b")
_STATE_ABBREVIATION = re.compile(
    r"(?<=[A-Za-z.]), ((?:[A-Z]\. ?[A-Z]\.?|[A-Z][A-Za-z]{1,4}\.?))(?![\w-])"
)
_BROADCASTER = re.compile(r"\((?:[A-Z]{2,6}/)?[KW][A-Z]{2,3}(?:-TV)?\)")
"""Call signs in a dateline: all begin with K or W in the United States, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One word's say for a country."""

    at: int
    country: str
    weight: float
    key: str = ""
    """Look-up key of the name that votes: a name has no say on itself."""
    admin1: str | None = None
    """The first-level division it votes for, where the name can hardly mean another."""


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """All votes of one article and the places it names."""

    votes: tuple[Vote, ...]
    candidates: tuple[PlaceCandidate, ...]
    divisions: frozenset[tuple[str, str]]
    """(country, admin1) pairs the article names."""
    chains: Chains
    """Names that stand in a row: "Troy, Alabama", "Ohio, Utah and Maine"."""
    coherence: Coherence
    """All names weighed against each other."""
    outlet: Outlet
    """What the name of the outlet says."""
    text: str
    """The article's, as far as it votes."""

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
        return _normalised(heard)

    def division_shares(self, at: int, country: str, without: str = "") -> dict[str, float]:
        """Division of `country` to its share 0..1 of the votes for divisions heard at `at`."""
        heard: Counter[str] = Counter()
        for vote in self.votes:
            if vote.admin1 is None or vote.country != country or (without and vote.key == without):
                continue
            nearness = FAR_SHARE + 1.0 / (1.0 + abs(vote.at - at) / NEAR_CHARS)
            heard[vote.admin1] += vote.weight * nearness  # type: ignore[assignment]
        return _normalised(heard)


def _normalised(heard: Counter[str]) -> dict[str, float]:
    total = sum(heard.values())
    return {name: weight / total for name, weight in heard.items()} if total else {}


def read_evidence(
    context: PlaceContext, gazetteer: Gazetteer, named: Sequence[Span] = ()
) -> ArticleEvidence:
    """The votes of one article. `named`: spans known to be names of places, spotted or not."""
    text = context.text[:MAX_TEXT_CHARS]
    candidates = context.candidates
    if candidates is None:
        candidates = tuple(gazetteer.find_places(text))
    candidates = with_named(candidates, named, gazetteer)
    states = {
        candidate.span.end: state.entries[0]
        for candidate in candidates
        if (state := us_state_ahead(text, candidate.span.end, gazetteer)) is not None
    }
    chains = read_chains(text, candidates, states)
    votes: list[Vote] = []
    divisions: set[tuple[str, str]] = set()
    for candidate in candidates:
        entries = anchored(candidate, chains)
        entry = dominant(entries)
        if entry is None:
            continue
        weight = _COUNTRY_VOTE if entry.is_country else _PLACE_VOTE
        if entry.is_country and is_across_border(text, candidate.span):
            weight = _BORDER_VOTE
        codes = (entry.country,) if entry.country else entry.countries
        key = name_key(candidate.span.text)
        if entry.is_country and not _has_namesake(entry, candidate.entries):
            key = ""  # a country's name speaks for itself
        admin1 = _division(candidate.span, entries)
        votes += [
            Vote(candidate.span.start, code, weight / len(codes), key, admin1) for code in codes
        ]
        if entry.precision is PlacePrecision.ADM1 and entry.country:
            divisions.add((entry.country, entry.name))
    for match in _CAPITALISED.finditer(text):
        words = match.group()
        code = nation_of(words) or nation_of(words.partition(" ")[0])
        if code is not None:
            votes.append(Vote(match.start(), code, _ADJECTIVE_VOTE))
    for match in _STATE_ABBREVIATION.finditer(text):
        words = match.group(1)
        division = gazetteer.us_state(words) or gazetteer.us_state(words.rstrip("."))
        if division is not None:
            votes.append(Vote(match.start(), "US", _STATE_VOTE, admin1=division.name))
            divisions.add(("US", division.name))
    votes += [Vote(m.start(), "US", _BROADCASTER_VOTE) for m in _BROADCASTER.finditer(text)]
    votes += _outside_votes(context, gazetteer)
    outlet = Outlet.of(context, gazetteer)
    heard: Counter[str] = Counter()
    for vote in votes:
        heard[vote.country] += vote.weight  # type: ignore[assignment]
    coherence = weigh(candidates, chains, _normalised(heard), outlet)
    return ArticleEvidence(
        tuple(votes), candidates, frozenset(divisions), chains, coherence, outlet, text
    )


def _outside_votes(context: PlaceContext, gazetteer: Gazetteer) -> list[Vote]:
    """What dateline and outlet say."""
    votes = []
    if context.dateline_city:
        entries = tuple(gazetteer.look_up(context.dateline_city))
        if entries and entries[0].country:
            admin1 = _division_of(entries)
            votes.append(Vote(0, entries[0].country, _DATELINE_VOTE, admin1=admin1))
    if context.outlet_country:
        votes.append(Vote(0, context.outlet_country.upper(), _OUTLET_VOTE))
    city = gazetteer.us_city_of_outlet(context.outlet) if context.outlet else None
    if city is not None:
        votes.append(Vote(0, "US", _OUTLET_CITY_VOTE, admin1=city.admin1))
    return votes


def _has_namesake(country: GazetteerEntry, entries: Sequence[GazetteerEntry]) -> bool:
    """True where towns or states elsewhere bear a country's name: Lebanon, Georgia, Jordan."""
    return any(
        entry.country != country.country and entry.population >= _NAMESAKE_PEOPLE
        for entry in entries
    )


def _division(span: Span, entries: tuple[GazetteerEntry, ...]) -> str | None:
    if name_key(span.text) in _STATE_ELSEWHERE:
        return None
    return _division_of(entries)


def _division_of(entries: tuple[GazetteerEntry, ...]) -> str | None:
    """The first-level division a name lies in whichever homonym of its country is meant."""
    first = dominant(entries)
    if first is None or first.admin1 is None:
        return None
    if first.precision is PlacePrecision.ADM1 or first.source == "curated":
        return first.admin1
    if first.population < _VOTING_PEOPLE and first.country in _REPEATING:
        return None
    for other in entries:
        if other.country != first.country or other.admin1 in {None, first.admin1}:
            continue
        if other.is_division and first.is_division:
            return None
        if first.population < DOMINANT_RATIO * max(other.population, 1_000):
            return None
    return first.admin1


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
