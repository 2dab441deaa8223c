"""Stated: one value with who states it, taken from the reports of one cluster.

What every field of an incident is fused from. Rules 2 to 4 of section 6 of the incident model act
here, alike for all fields: corrections remove older claims of their lineage and outlet, claims that
are not about something that happened are dropped, and a copy adds nothing to what its lineage says.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from tocsin.fuse.credits import credits_of, fold
from tocsin.fuse.sources import source_key
from tocsin.records import (
    Alternative,
    Attribution,
    Claim,
    ConflictSide,
    Evidence,
    ReportInContext,
    Span,
)
from tocsin.records.vocab import Polarity, Reality, SourceKind, Specificity

T = TypeVar("T")

EVER = dt.datetime(1, 1, 1)  # noqa: DTZ001 (naive on purpose: only for ordering)
NEVER = dt.datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001
"""Stand-ins for an open bound and an unknown moment."""

ABOUT_WHAT_HAPPENED = frozenset({Reality.ACTUAL, Reality.HISTORICAL})


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value, the report and lineage that state it, its words and its speaker."""

    value: T
    report_ids: tuple[str, ...]
    """The report first in time, then copies and later repeats of its lineage."""
    lineage: str
    when: dt.datetime
    """First published in this lineage; `NEVER` where unknown. Naive, for ordering only."""
    is_main: bool
    evidence: tuple[Evidence, ...]
    source: str | None = None
    """The cited speaker; None where the outlet itself says it."""
    source_kind: SourceKind = SourceKind.OUTLET
    confidence: float = 1.0
    rule: str | None = None
    """The named inference rule of a value without words."""

    @property
    def voice(self) -> str:
        """Who vouches: the cited speaker across lineages, else the lineage itself."""
        return f"source:{source_key(self.source)}" if self.source else f"lineage:{self.lineage}"

    @property
    def order(self) -> tuple[object, ...]:
        """Main first, then early, then by id: independent of the order of arrival."""
        return (not self.is_main, self.when, self.report_ids[0])


def published_at(context: ReportInContext) -> dt.datetime:
    """When the article appeared, naive: the declared moment in UTC, else noon of its day."""
    if context.published is None:
        return NEVER
    if context.published.moment is not None:
        return context.published.moment.astimezone(dt.UTC).replace(tzinfo=None)
    return dt.datetime.combine(context.published.date, dt.time(12))


def collect(
    contexts: Sequence[ReportInContext],
    claims: Callable[[ReportInContext], Iterable[Claim[T]]],
    *,
    key: Callable[[T], object] = lambda value: value,
) -> list[Stated[T]]:
    """What the reports state, once for each (lineage, speaker, `key` of the value), sorted.

    Repeats within a lineage are one statement, made when it was first made, so that a late copy of
    an old text is old. Evidence is that of the first report; all report ids are kept.
    """
    corrected = _corrections(contexts, claims)
    borrowed = _borrowed(contexts, claims, corrected, key)
    merged: dict[tuple[Any, ...], Stated[T]] = {}
    withdrawn_at: dict[tuple[Any, ...], dt.datetime] = {}
    for context in sorted(contexts, key=lambda c: (published_at(c), c.report.id)):
        when = published_at(context)
        for claim in claims(context):
            if not _is_about_what_happened(claim):
                continue
            speaker = _speaker(claim)
            source = speaker.source if speaker else None
            slot = (context.lineage_id, source_key(source) if source else None, key(claim.value))
            found = merged.get(slot)
            if found is None:
                withdrawn_at[slot] = max(
                    *(corrected.get(o, EVER) for o in origins_of(context)),
                    *(borrowed.get((credit, slot[2]), EVER) for credit in credits_of(context)),
                    EVER,
                )
                merged[slot] = Stated(
                    value=claim.value,
                    report_ids=(context.report.id,),
                    lineage=context.lineage_id,
                    when=when,
                    is_main=context.report.is_main,
                    evidence=evidence_of(context, claim.evidence),
                    source=source,
                    source_kind=speaker.kind if speaker else SourceKind.OUTLET,
                    confidence=claim.confidence,
                    rule=claim.rule,
                )
            elif context.report.id not in found.report_ids:
                merged[slot] = replace(
                    found,
                    report_ids=(*found.report_ids, context.report.id),
                    is_main=found.is_main or context.report.is_main,
                )
    kept = [one for slot, one in merged.items() if one.when >= withdrawn_at[slot]]
    return sorted(kept, key=lambda stated: stated.order)


def _corrections(
    contexts: Sequence[ReportInContext],
    claims: Callable[[ReportInContext], Iterable[Claim[T]]],
) -> dict[str, dt.datetime]:
    """When each origin last corrected this field. A correction that is silent on a field leaves
    its older claims: a notice does not withdraw what it does not mention."""
    latest: dict[str, dt.datetime] = {}
    for context in contexts:
        if context.is_correction and context.published and any(True for _ in claims(context)):
            when = published_at(context)
            for origin in origins_of(context):
                latest[origin] = max(when, latest.get(origin, when))
    return latest


def _borrowed(
    contexts: Sequence[ReportInContext],
    claims: Callable[[ReportInContext], Iterable[Claim[T]]],
    corrected: dict[str, dt.datetime],
    key: Callable[[T], object],
) -> dict[tuple[str, object], dt.datetime]:
    """When an outlet took back a value, by its name and the value: a client that credits the outlet
    and gave the same value leaned on it. Its own other values are its own."""
    found: dict[tuple[str, object], dt.datetime] = {}
    for context in contexts:
        when = corrected.get(f"outlet:{context.outlet.casefold()}") if context.outlet else None
        if when is None or context.outlet is None or published_at(context) >= when:
            continue
        for claim in claims(context):
            found[fold(context.outlet), key(claim.value)] = when
    return found


def origins_of(context: ReportInContext) -> tuple[str, ...]:
    """Whose word it is: an outlet takes back its own figures, and copies of its text with them."""
    lineage = f"lineage:{context.lineage_id}"
    return (lineage, f"outlet:{context.outlet.casefold()}") if context.outlet else (lineage,)


def _is_about_what_happened(claim: Claim[Any]) -> bool:
    return not claim.attributions or any(
        a.reality in ABOUT_WHAT_HAPPENED and a.polarity is Polarity.AFFIRMED
        for a in claim.attributions
    )


def _speaker(claim: Claim[Any]) -> Attribution | None:
    """The cited speaker; None where the outlet speaks."""
    return next((a for a in claim.attributions if a.kind is not SourceKind.OUTLET), None)


def evidence_of(context: ReportInContext, spans: Iterable[Span]) -> tuple[Evidence, ...]:
    """The words, each with its article."""
    return tuple(Evidence(context.report.article_id, span) for span in spans)


def reports_of(stated: Iterable[Stated[Any]]) -> tuple[str, ...]:
    """Sorted ids of all reports that state one of these."""
    return tuple(sorted({id_ for one in stated for id_ in one.report_ids}))


def words_of(stated: Iterable[Stated[Any]]) -> tuple[Evidence, ...]:
    """All evidence, without repeats, in the order of the statements."""
    return tuple(dict.fromkeys(words for one in stated for words in one.evidence))


def named_rule(number: str, stated: Iterable[Stated[Any]]) -> str:
    """The rule of a fused field: `inferred:<rule>` where no statement brings words."""
    stated = list(stated)
    if any(one.evidence for one in stated):
        return number
    return f"inferred:{next((one.rule for one in stated if one.rule), 'unnamed')}"


def support(stated: Iterable[Stated[Any]]) -> int:
    """Independent voices: a speaker quoted in several lineages is one; so is a lineage."""
    return len({one.voice for one in stated})


def is_specific(context: ReportInContext) -> bool:
    """True for a mention that can be told apart from others of its kind."""
    return context.report.specificity is Specificity.HIGH


def alternatives(
    stated: Iterable[Stated[T]], notes: Callable[[Stated[T]], str]
) -> tuple[Alternative[T], ...]:
    """Values not chosen, equal ones of one speaker together, in the order of the statements."""
    grouped: dict[tuple[T, str | None, str], list[Stated[T]]] = defaultdict(list)
    for one in stated:
        grouped[one.value, one.source, notes(one)].append(one)
    return tuple(
        Alternative(value, reports_of(members), words_of(members), source, note)
        for (value, source, note), members in grouped.items()
    )


def side(value: str, stated: Sequence[Stated[Any]]) -> ConflictSide:
    """One side of a conflict."""
    return ConflictSide(value, reports_of(stated), words_of(stated))
