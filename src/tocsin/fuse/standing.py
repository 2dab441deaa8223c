"""How well an incident is attested: independent origins, status, confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from tocsin.fuse.sources import primary_sources
from tocsin.fuse.stated import evidence_of, is_specific, published_at
from tocsin.records import Conflict, ConflictSide, Corroboration, ReportInContext
from tocsin.records.vocab import ConflictVerdict, IncidentStatus, Polarity, SourceKind

_OFFICIAL = frozenset(
    {
        SourceKind.OFFICIAL_MILITARY,
        SourceKind.OFFICIAL_CIVIL,
        SourceKind.OFFICIAL,
        SourceKind.POLICE,
        SourceKind.FOREIGN_OFFICIAL,
    }
)
_WITNESS = frozenset({SourceKind.EYEWITNESS, SourceKind.JOURNALIST_WITNESS})

MAX_CONFIDENCE = 0.99
"""News alone makes nothing certain."""


def corroborate(
    contexts: Sequence[ReportInContext], left: Sequence[ReportInContext]
) -> Corroboration:
    """How many pages tell it, and on how many independent origins it rests: `left` are the reports
    that nobody took back."""
    return Corroboration(
        articles=len({c.report.article_id for c in contexts}),
        reports=len({c.report.id for c in contexts}),
        lineages=len({c.lineage_id for c in left}),
        primary_sources=primary_sources(left),
    )


def status_of(contexts: Sequence[ReportInContext], *, key_fact_open: bool) -> IncidentStatus:
    """The status by rule (section 5). `key_fact_open`: place or killed in unresolved conflict.

    Two texts of one outlet are two lineages but no independent origins, whoever reprints them: two
    lineages that other outlets told first are asked for, where outlets are known. Mentions that can
    hardly be told apart from others of their kind confirm an incident that somebody tells in
    particular; alone they confirm nothing. Without `contexts` everything was taken back.
    """
    if not contexts:
        return IncidentStatus.RETRACTED
    if denial(contexts) is not None or key_fact_open:
        return IncidentStatus.DISPUTED
    specific = [c for c in contexts if is_specific(c)]
    telling = contexts if specific else ()
    if any(a.isdisjoint(b) for a, b in combinations(_first_outlets(telling), 2)):
        return IncidentStatus.CORROBORATED
    kinds = {source.kind for source in primary_sources(specific)}
    if kinds & _OFFICIAL and kinds & _WITNESS:
        return IncidentStatus.CORROBORATED
    return IncidentStatus.UNCONFIRMED


def _first_outlets(contexts: Sequence[ReportInContext]) -> list[set[str]]:
    """For each lineage the outlets that published it first, several where they did so at once."""
    lineages: dict[str, list[ReportInContext]] = defaultdict(list)
    for context in contexts:
        lineages[context.lineage_id].append(context)
    first = []
    for lineage_id, members in sorted(lineages.items()):
        earliest = min(map(published_at, members))
        outlets = [c.outlet for c in members if published_at(c) == earliest]
        first.append({(name or f"unknown {lineage_id}").casefold() for name in outlets})
    return first


def denial(contexts: Sequence[ReportInContext]) -> Conflict | None:
    """The conflict over whether it happened at all; None where nobody denies the event."""
    denied: list[ReportInContext] = []
    affirmed: list[ReportInContext] = []
    for context in sorted(contexts, key=lambda c: c.report.id):
        claim = context.report.type
        polarities = {a.polarity for a in claim.attributions}
        is_denied = Polarity.DENIED in polarities
        (denied if is_denied else affirmed).append(context)
    if not denied:
        return None

    def side(words: str, members: Sequence[ReportInContext]) -> ConflictSide:
        return ConflictSide(
            words,
            tuple(c.report.id for c in members),
            tuple(e for c in members for e in evidence_of(c, c.report.type.evidence)),
        )

    sides = [side("did not happen", denied)]
    if affirmed:
        sides.insert(0, side("happened", affirmed))
    return Conflict("type", tuple(sides), ConflictVerdict.OPEN)


def is_provisional(contexts: Sequence[ReportInContext]) -> bool:
    """True while the newest report that tells it as news calls itself breaking or developing.

    A recap settles nothing and is asked only where there is no other report; undated reports only
    where none has a date; reports of one moment together. The model's other ground, an age under 24
    hours, needs a clock and is left to the reader of records.
    """
    asked = [c for c in contexts if c.report.is_main] or list(contexts)
    asked = [c for c in asked if c.published] or asked
    newest = max(published_at(c) for c in asked)
    return any(c.is_provisional for c in asked if published_at(c) == newest)


def confidence(contexts: Sequence[ReportInContext]) -> float:
    """That the record is of something real: one minus the chance that every lineage errs."""
    best: dict[str, float] = defaultdict(float)
    for context in contexts:
        best[context.lineage_id] = max(best[context.lineage_id], context.report.confidence)
    doubt = 1.0
    for value in sorted(best.values()):
        doubt *= 1.0 - value
    return round(min(MAX_CONFIDENCE, 1.0 - doubt), 4)
