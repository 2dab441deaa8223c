"""Explanation: what a learned reader saw in one article, kept and left out, with its scores."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records.span import Span


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Words, and how surely they were read so, 0..1."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class CandidateIncident:
    """A place in the text that might found a report, and what came of it."""

    trigger: ScoredSpan
    """The score says how likely an incident is first told here."""
    verdict: str
    """`report`, or why there is none: `founds no report`, `tells an incident again`."""
    valid: float
    """How surely a report is founded here once the whole window is read for it, 0..1."""
    main: float = 0.0
    type: str | None = None
    type_score: float = 0.0
    stage: str | None = None
    slots: tuple[tuple[str, tuple[ScoredSpan, ...]], ...] = ()
    """Name of each slot with the words read for it; empty for what was left out."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an article was read."""

    version: str
    passed_gate: bool
    """False where no word of violence stands in the text: nothing else was looked at then."""
    relevance: float
    """The likeliest window's, 0..1."""
    threshold: float
    """The relevance from which an article is read on."""
    windows: tuple[Span, ...] = ()
    candidates: tuple[CandidateIncident, ...] = ()
