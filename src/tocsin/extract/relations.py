"""Relations: words that tie two reports of one article, "in retaliation for"."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase
from tocsin.records import Article, RelationMention
from tocsin.records.vocab import RelationKind

_BACKWARD = frozenset({"retaliation_for", "in_response_to", "follows"})
"""Kinds whose cue stands before the earlier event."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where a report is told: tokens `[first, last)` of one sentence."""

    report: int
    sentence: int
    first: int
    last: int


def find_relations(
    article: Article,
    sentence: Sentence,
    told: list[Told],
    sources: list[SourcePhrase],
    main: int | None,
) -> list[RelationMention]:
    """Relations that the sentence's linking words state. `told` are the reports of the sentence;
    `main` is the report that "the attack" means where the sentence tells only the other one."""
    mentions = []
    for link in sentence.get("context.link"):
        before = [one for one in told if one.first < link.first]
        after = [one for one in told if one.last > link.last and one.first >= link.first - 1]
        source = before[-1].report if before else main
        target = after[0].report if after else None
        if link.value not in _BACKWARD:
            source, target = (
                (before[-1].report if before else None),
                (after[0].report if after else None),
            )
        if source is None or target is None or source == target:
            continue
        mentions.append(
            RelationMention(
                span=sentence.span(article, link.first, link.last),
                kind=RelationKind(link.value).value,
                source=source,
                target=target,
                by=sources[0].attribution(article, sentence) if sources else None,
                hedged=bool(sentence.get("effects.hedge")),
            )
        )
    return mentions
