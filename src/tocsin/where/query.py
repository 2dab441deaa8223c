"""What `resolve_places` is asked, with what it may look at, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tocsin.records import Place, Span
from tocsin.records.vocab import PlaceRole
from tocsin.where.entry import GazetteerEntry, PlaceCandidate


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """Words that say where: a name ("Mosul") or a phrase ("a village near Manbij")."""

    span: Span
    role: PlaceRole = PlaceRole.IMPACT
    is_name: bool = False
    """True where the words are a name to be read for itself, not where something happened: "Niger"
    of "the border with Niger" is then Niger, and "Iraqi" is Iraq."""


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """The article a query stands in."""

    text: str
    candidates: tuple[PlaceCandidate, ...] | None = None
    """`Gazetteer.find_places(text)`; found afresh when None."""
    dateline_city: str | None = None
    outlet_country: str | None = None
    """ISO 3166-1 alpha-2 of the outlet: a last hint, for papers that name no state or country."""
    outlet: str | None = None
    """Host or name of the outlet: a paper named after a city says in which state it plays."""
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was computed of this context once: reports of one article share it."""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What the words mean, what else they might, and why this was chosen."""

    span: Span
    place: Place | None
    """None where the words name no place and the context gives none."""
    candidates: tuple[GazetteerEntry, ...]
    """Places the name may mean, best first; places that hold the words where no name is known."""
    rule: str
    """Name of the rule that decided; see `docs` of `disambiguate.RULES`."""
    explanation: str
    confidence: float
    """0..1, how far ahead of the others the chosen place is; not calibrated."""
    is_inferred: bool = False
    """True where the place rests on the article around the words, not on the words."""
    scores: tuple[float, ...] = ()
    """Likelihood 0..1 of each candidate where they are places of one name; else empty."""
