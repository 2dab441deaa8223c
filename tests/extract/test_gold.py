"""How much of the labelled articles the rules find. The floors hold what was reached."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tocsin.extract.rules import RuleExtractor
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import Article

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif("TOCSIN_DATA" not in os.environ, reason="TOCSIN_DATA is not set"),
]

RELEVANCE_FLOOR = 0.90
"""F1 of telling articles with an incident from those without, on the development labels."""
TRIGGER_FLOOR = 0.55
"""Share of labelled reports with a predicted report of which a sentence holds the trigger."""


@pytest.fixture(scope="module")
def readings(extractor: RuleExtractor) -> dict[str, tuple[Article, list[tuple[int, int]]]]:
    path = Path(os.environ["TOCSIN_DATA"]) / "incident_gold" / "articles.dev.jsonl"
    found = {}
    for article in read_inputs([str(path)], ReadSettings()):
        assert isinstance(article, Article)
        reading = extractor.read(article)
        spans = [(s.start, s.end) for report in reading.reports for s in report.sentences]
        found[article.id] = (article, spans if reading.reports else [])
    return found


@pytest.fixture(scope="module")
def labels() -> dict[str, list[str]]:
    path = Path(os.environ["TOCSIN_DATA"]) / "incident_gold" / "labels.dev.jsonl"
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: [report["trigger"]["q"] for report in row["reports"]] for row in rows}


def test_relevance(
    readings: dict[str, tuple[Article, list[tuple[int, int]]]], labels: dict[str, list[str]]
) -> None:
    both = sum(bool(labels[key]) and bool(spans) for key, (_, spans) in readings.items())
    told = sum(map(bool, labels.values())) + sum(bool(spans) for _, spans in readings.values())
    assert 2 * both / told >= RELEVANCE_FLOOR


def test_triggers_lie_in_sentences_of_reports(
    readings: dict[str, tuple[Article, list[tuple[int, int]]]], labels: dict[str, list[str]]
) -> None:
    hits = total = 0
    for key, (article, spans) in readings.items():
        for quote in labels[key]:
            at = article.text.find(quote)
            total += 1
            hits += any(start <= at < end for start, end in spans)
    assert hits / total >= TRIGGER_FLOOR
