"""Said: what is said around an incident, threats and counts, set side by side.

Statements of one speaker in two articles are one utterance in two wordings; a statement by "he"
leaves open who speaks; two counts of attacks differ by what they count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.fuse.sources import source_key
from tocsin.records import (
    Conflict,
    ConflictSide,
    Evidence,
    ReportInContext,
    Span,
    Statement,
    TallyClaim,
)
from tocsin.records.vocab import ConflictVerdict, StatementKind, TallyKind

_PERSON = re.compile(r"(?i)he|she")
"""Pronouns that stand for one person. Nobody is looked for behind "they" and "it"."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with the report it is about."""

    statement: Statement
    context: ReportInContext

    @property
    def words(self) -> str:
        """The statement for comparison."""
        return " ".join(self.statement.span.text.casefold().split())


def said_conflicts(contexts: Sequence[ReportInContext]) -> tuple[Conflict, ...]:
    """The conflicts among statements and among counts of attacks."""
    said = sorted(
        (_Said(statement, context) for context in contexts for statement in context.statements),
        key=lambda one: (one.statement.article_id, one.statement.span, one.statement.id),
    )
    return (*_wordings(said), *_pronouns(said), *_tallies(contexts))


# ------------------------------------------------------------------ statements


def _wordings(said: Sequence[_Said]) -> Iterator[Conflict]:
    """One speaker's statement of one kind, told in other words by articles of other origins."""
    groups: dict[tuple[StatementKind, str], list[_Said]] = defaultdict(list)
    for one in said:
        speaker = one.statement.speaker
        if speaker is not None and not _PERSON.fullmatch(speaker.text):
            # "President Lena Ortiz" and "Ortiz" share their last word
            name = source_key(speaker.text.split()[-1])
            groups[one.statement.kind, name].append(one)
    for (_, _), members in sorted(groups.items()):
        by_words: dict[str, list[_Said]] = defaultdict(list)
        for one in members:
            by_words[one.words].append(one)
        lineages = {one.context.lineage_id for one in members}
        if len(by_words) > 1 and len(lineages) > 1:
            sides = tuple(_side(same[0].statement.span.text, same) for same in by_words.values())
            yield Conflict("statements", sides, ConflictVerdict.WORDING)


def _pronouns(said: Sequence[_Said]) -> Iterator[Conflict]:
    """A statement by "he" or "she", and who spoke last before it in the article."""
    seen: set[tuple[str, str]] = set()
    for at, one in enumerate(said):
        speaker = one.statement.speaker
        if speaker is None or not _PERSON.fullmatch(speaker.text):
            continue
        earlier = [
            other
            for other in said[:at]
            if other.statement.article_id == one.statement.article_id
            and other.statement.speaker is not None
            and not _PERSON.fullmatch(other.statement.speaker.text)
        ]
        if not earlier or (one.words, earlier[-1].words) in seen:
            continue
        seen.add((one.words, earlier[-1].words))
        named = earlier[-1].statement.speaker
        assert named is not None  # noqa: S101 (asked for above)
        yield Conflict(
            "statements",
            (_at(named, earlier[-1]), _at(speaker, one)),
            ConflictVerdict.COREFERENCE,
        )


def _side(value: str, members: Iterable[_Said]) -> ConflictSide:
    members = list(members)
    return ConflictSide(
        value,
        tuple(sorted({one.context.report.id for one in members})),
        tuple(Evidence(one.statement.article_id, one.statement.span) for one in members),
    )


def _at(span: Span, one: _Said) -> ConflictSide:
    words = Evidence(one.statement.article_id, span)
    return ConflictSide(span.text, (one.context.report.id,), (words,))


# ------------------------------------------------------------------ tallies


def _tallies(contexts: Sequence[ReportInContext]) -> Iterator[Conflict]:
    """Counts of attacks that differ: by their windows or scopes, else in earnest."""
    counted: dict[str, list[tuple[TallyClaim, ReportInContext]]] = defaultdict(list)
    for context in sorted(contexts, key=lambda c: c.report.id):
        for tally in context.tallies:
            if tally.kind is TallyKind.INCIDENTS and tally.window and tally.count.min is not None:
                counted[_tally_words(tally)].append((tally, context))
    claims = [members[0][0] for members in counted.values()]
    if len(claims) < 2:
        return
    pairs = [(a, b) for at, a in enumerate(claims) for b in claims[at + 1 :]]
    verdicts = {_tally_verdict(a, b) for a, b in pairs} - {None}
    for verdict in sorted(v for v in verdicts if v):
        in_it = {t.id for a, b in pairs if _tally_verdict(a, b) is verdict for t in (a, b)}
        sides = tuple(
            ConflictSide(
                words,
                tuple(sorted({context.report.id for _, context in members})),
                tuple(Evidence(tally.article_id, tally.span) for tally, _ in members),
            )
            for words, members in sorted(counted.items())
            if members[0][0].id in in_it
        )
        yield Conflict("tally", sides, verdict)


def _tally_words(tally: TallyClaim) -> str:
    """`4 attack, 2021-07-07 to 2021-07-08, on embassies`: equal for what counts the same."""
    low, high = tally.count.min, tally.count.max
    count = str(low) if low == high else f"{low}+" if high is None else f"{low}-{high}"
    window = tally.window
    assert window is not None  # noqa: S101 (tallies without one are left out)
    days = f"{window.first_day or 'ever'} to {window.last_day or 'now'}"
    noun = tally.noun if count == "1" or tally.noun.endswith("s") else f"{tally.noun}s"
    return ", ".join(part for part in (f"{count} {noun}", days, tally.scope) if part)


def _tally_verdict(one: TallyClaim, other: TallyClaim) -> ConflictVerdict | None:
    """Why two counts differ; None where they agree or count apart from each other."""
    first, second = one.window, other.window
    if first is None or second is None:
        return None
    if first == second and (one.scope, one.scope_country) == (other.scope, other.scope_country):
        low = max(one.count.min or 0, other.count.min or 0)
        highs = [high for high in (one.count.max, other.count.max) if high is not None]
        return ConflictVerdict.OPEN if highs and low > min(highs) else None
    if first.earliest and second.latest and first.earliest >= second.latest:
        return None
    if second.earliest and first.latest and second.earliest >= first.latest:
        return None
    return ConflictVerdict.SCOPE
