"""Asides: what an article tells beside its reports, whoever read them: tallies, statements and the
relations between the reports."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from tocsin.extract.relations import Scene, Told, find_relations
from tocsin.extract.reports import Finding
from tocsin.extract.statements import find_statements
from tocsin.extract.tallies import tally_mention
from tocsin.records import Article, RelationMention, StatementMention, TallyMention

REMEMBERED = 64
"""Tellings further back than so many are not pointed to any more; it bounds a long text's time."""


def tallies_of(article: Article, findings: Iterable[Finding]) -> Iterator[TallyMention]:
    """The tallies of every sentence, in order."""
    for finding in findings:
        for tally in finding.tallies:
            yield tally_mention(article, finding.sentence, tally, finding.sources)


def statements_of(
    article: Article, findings: Iterable[Finding], owner: dict[int, int]
) -> Iterator[StatementMention]:
    """The statements of every sentence. `owner` gives a sentence the report that it tells of."""
    for finding in findings:
        about = owner.get(finding.index)
        yield from find_statements(article, finding.sentence, finding.sources, about)


def relations_of(
    article: Article, findings: Sequence[Finding], told: Iterable[Told], main: int | None
) -> Iterator[RelationMention]:
    """The relations that sentences state, each once. `told` says where each report is told; `main`
    is the report that "the attack" means where a sentence tells only the other one."""
    told = sorted(told, key=lambda one: (one.sentence, one.first, one.last, one.report))
    by_sentence: dict[int, list[Told]] = {}
    for one in told:
        by_sentence.setdefault(one.sentence, []).append(one)
    sentences = {finding.sentence.index: finding.sentence for finding in findings}
    starts = [one.sentence for one in told]
    seen: set[tuple[str, int, int]] = set()
    for finding in findings:
        here = by_sentence.get(finding.index, [])
        if not here:
            continue
        so_far = bisect_left(starts, finding.index)
        scene = Scene(
            sentence=finding.sentence,
            here=here,
            earlier=told[max(0, so_far - REMEMBERED) : so_far],
            later=by_sentence.get(finding.index + 1, []),
            sentences=sentences,
            sources=finding.sources,
            main=main,
        )
        for relation in find_relations(article, scene):
            key = (relation.kind, relation.source, relation.target)
            if key not in seen:
                seen.add(key)
                yield relation
