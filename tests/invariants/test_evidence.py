"""Every value opens onto the words it rests on, a named inference rule, or a review decision."""

from __future__ import annotations

from tests.invariants.conftest import parts_of, record
from tocsin.records import Claim, Evidence, FusedField, Span
from tocsin.store import Kept, Store


def test_every_value_of_the_record_opens_onto_the_stored_words(corpus_store: Store) -> None:
    texts = {article.id: article.text for article in corpus_store.articles()}
    decisions = {decision.id for decision in corpus_store.decisions()}
    values = 0
    for incident in record(corpus_store).values():
        for part in parts_of(incident):
            if isinstance(part, Evidence):
                part.span.check(texts[part.article_id])
            elif isinstance(part, FusedField):
                values += 1
                assert (
                    part.evidence
                    or part.pinned_by in decisions
                    or part.rule.startswith("inferred:")
                ), (incident.title, part)
    assert values > len(texts)


def test_every_value_of_every_report_stands_in_its_article(corpus: list[Kept]) -> None:
    claims = 0
    for kept in corpus:
        for part in parts_of(kept.extraction):
            if isinstance(part, Span):
                part.check(kept.article.text)
            elif isinstance(part, Claim):
                claims += 1
                assert part.evidence or part.rule
    assert claims > len(corpus)
