"""Claim: one value, the words it rests on, and who vouches for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from tocsin.errors import EvidenceError
from tocsin.records.span import Span
from tocsin.records.vocab import AttributionBasis, Certainty, Polarity, Reality, SourceKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. `source` and `kind` name the speaker; `cue` is the verb or phrase of saying."""

    source: str
    kind: SourceKind
    span: Span | None = None
    """The words that name the speaker; None when the outlet itself speaks."""
    cue: Span | None = None
    chain: tuple[str, ...] = ()
    """Speakers from the one nearest to the event to the one nearest to the article."""
    certainty: Certainty = Certainty.CERTAIN
    polarity: Polarity = Polarity.AFFIRMED
    reality: Reality = Reality.ACTUAL
    hedges: tuple[Span, ...] = ()
    basis: AttributionBasis = AttributionBasis.PARAPHRASE


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """A value as one article states it. Raises EvidenceError without words and without a rule."""

    value: T
    evidence: tuple[Span, ...]
    """The words the value rests on, most telling first. Empty only for an inferred value."""
    attributions: tuple[Attribution, ...] = ()
    rule: str | None = None
    """The named rule, when the value was inferred rather than read."""
    confidence: float = 1.0
    """0..1; calibrated only where the extractor says so."""

    def __post_init__(self) -> None:
        if not self.evidence and not self.rule:
            raise EvidenceError("Claim", "evidence", "a value needs words or a named rule")
        if not 0.0 <= self.confidence <= 1.0:
            raise EvidenceError("Claim", "confidence", f"{self.confidence} is outside 0..1")
