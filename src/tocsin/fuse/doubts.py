"""Doubts: what a text takes back or leaves open of what it, or another, asserts.

"Rockets hit near the embassy" in the lead, "it was unclear what was hit" further down; attacks in
the plural in one recap, one attack in another; dead in one account, wounded in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tocsin.fuse.conflicts import context_side
from tocsin.fuse.stated import evidence_of
from tocsin.records import Conflict, ConflictSide, Evidence, ReportInContext, Span
from tocsin.records.vocab import ConflictVerdict, Outcome, QuantityStatus, Specificity

REACH_CHARS = 80
"""After the words of a hedge, how far on the sentence says what is in doubt."""

_UNSURE = re.compile(
    r"(?i)\b(?:un|not (?:\w+ )?)clear\b|\b(?:un|not (?:\w+ )?)known\b|\bcould not (?:be )?"
    r"(?:confirm|verif|say|elaborate)|\bunconfirmed\b|\bno word\b"
)
_OPEN_POINTS = {
    "targets": re.compile(
        r"(?i)\bwhat (?:\w+ )?(?:was|were|had been|got) (?:\w+ )?(?:hit|struck)\b"
    ),
    "place": re.compile(r"(?i)(?<!from )\bwhere\b(?! (?:\w+ ){0,3}(?:came|fired|launched))"),
    "weapon_count": re.compile(
        r"(?i)\bhow many (?:\w+ ){0,2}(?:rockets?|missiles?|shells?|rounds)\b"
    ),
    "killed": re.compile(
        r"(?i)\bhow many (?:\w+ )?(?:people |persons )?(?:\w+ ){0,2}(?:killed|died)\b"
    ),
}
"""What the words after a hedge leave open, by field."""

_EVENT = r"(?:attack|strike|raid|bombing|blast|explosion|shooting|ambush|assault|clash|killing)"
_MANY = re.compile(rf"(?i)\b{_EVENT}(?:e?s)\b")
_ONE = re.compile(rf"(?i)\b{_EVENT}\b")
_SAYS_NOTHING = frozenset({QuantityStatus.NOT_STATED, QuantityStatus.NONE_IMPLIED})


def doubt_conflicts(contexts: Sequence[ReportInContext]) -> tuple[Conflict, ...]:
    """Points that the texts themselves leave open, each as a conflict."""
    return (*_taken_back(contexts), *_one_or_many(contexts), *_harm_apart(contexts))


# ------------------------------------------------------------------ taken back


def _taken_back(contexts: Sequence[ReportInContext]) -> Iterator[Conflict]:
    """A value asserted beside words that it is not clear."""
    for field in _OPEN_POINTS:
        sides: list[list[tuple[ReportInContext, tuple[Span, ...]]]] = [[], []]
        for context in sorted(contexts, key=lambda c: c.report.id):
            doubts = tuple(_doubts(context, field))
            asserted = tuple(_asserted(context, field))
            if doubts and asserted:
                sides[0].append((context, asserted))
                sides[1].append((context, doubts))
        if sides[0]:
            said, unsure = sides
            yield Conflict(
                field,
                (_side("asserted", said), _side("not clear", unsure)),
                ConflictVerdict.CERTAINTY,
            )


def _doubts(context: ReportInContext, field: str) -> Iterator[Span]:
    for hedge in context.report.hedges:
        words = _on_from(context, hedge)
        if _UNSURE.search(words) and _OPEN_POINTS[field].search(words):
            yield hedge


def _on_from(context: ReportInContext, hedge: Span) -> str:
    """The hedge and what follows it in its sentence."""
    for sentence in context.report.sentences:
        if sentence.contains(hedge):
            at = hedge.start - sentence.start
            return sentence.text[at : at + len(hedge.text) + REACH_CHARS]
    return hedge.text


def _asserted(context: ReportInContext, field: str) -> Iterator[Span]:
    report = context.report
    if field in {"targets", "place"} and report.place:
        yield from report.place.evidence
    if field == "targets":
        for target in report.targets:
            yield from target.evidence
    if field == "weapon_count":
        for weapon in report.weapons:
            if weapon.value.count:
                yield from weapon.evidence
    if field == "killed":
        for figure in report.counts(Outcome.KILLED):
            if figure.value.count.best:
                yield from figure.evidence


# ------------------------------------------------------------------ one or many


def _one_or_many(contexts: Sequence[ReportInContext]) -> Iterator[Conflict]:
    """A vague mention of attacks in the plural, where others tell of one: it may count more."""
    many, one = [], []
    for context in contexts:
        words = " ".join(span.text for span in context.report.type.evidence)
        if _MANY.search(words):
            many.append(context)
        elif _ONE.search(words):
            one.append(context)
    vague = [c for c in many if c.report.specificity is Specificity.LOW]
    if vague and one and not {c.lineage_id for c in vague} & {c.lineage_id for c in one}:
        sides = (context_side("one attack", one), context_side("several attacks", vague))
        yield Conflict("count", sides, ConflictVerdict.OPEN)


# ------------------------------------------------------------------ harm


def _harm_apart(contexts: Sequence[ReportInContext]) -> Iterator[Conflict]:
    """The killed told by some, the injured by others, both by nobody: each account has a part."""
    told: dict[Outcome, list[tuple[ReportInContext, tuple[Span, ...]]]] = {
        Outcome.KILLED: [],
        Outcome.INJURED: [],
    }
    both: set[str] = set()
    for context in sorted(contexts, key=lambda c: c.report.id):
        spans = {outcome: tuple(_harmed(context, outcome)) for outcome in told}
        for outcome, members in told.items():
            if spans[outcome]:
                members.append((context, spans[outcome]))
        if all(spans.values()):
            both.add(context.lineage_id)
    killed, injured = told.values()
    if killed and injured and not both:
        sides = (_side("killed alone", killed), _side("injured alone", injured))
        yield Conflict("casualties", sides, ConflictVerdict.COMPLEMENTARY)


def _harmed(context: ReportInContext, outcome: Outcome) -> Iterator[Span]:
    for claim in context.report.counts(outcome):
        if claim.value.count.status not in _SAYS_NOTHING and claim.value.count.max != 0:
            yield from claim.evidence


def _side(value: str, members: Iterable[tuple[ReportInContext, Sequence[Span]]]) -> ConflictSide:
    members = list(members)
    evidence: tuple[Evidence, ...] = tuple(
        words for context, spans in members for words in evidence_of(context, spans)
    )
    return ConflictSide(value, tuple(c.report.id for c, _ in members), evidence)
