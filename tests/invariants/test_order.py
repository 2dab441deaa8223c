"""One by one, in any order, or all at once: the same incidents under the same ids."""

from __future__ import annotations

import itertools
import json
import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.made_news import MadeNews
from tests.invariants.conftest import SETTINGS, add, read, ready, record
from tocsin.records import Incident, content_id
from tocsin.store import KeepOutcome, Kept, Store, open_store
from tocsin.where import Gazetteer

SEEDS = (1, 2)
MADE_ARTICLES, CROWDED_ARTICLES = 1_000, 60
REAL_INCIDENTS = 25
"""Incidents of which all articles are read: some sixty, so that the test takes seconds."""


def arrive(articles: Sequence[Kept], sizes: Sequence[int]) -> dict[str, Incident]:
    """The record after the articles came in batches of these sizes, over and over."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(str(Path(folder) / "record.db"), SETTINGS.store) as store,
    ):
        seen: dict[str, str] = {}
        waiting, number = list(articles), 0
        while waiting:
            size = sizes[number % len(sizes)]
            add(store, waiting[:size])
            waiting, number = waiting[size:], number + 1
            seen.update(founders(record(store)))
        found = record(store)
        assert_ids_lead_on(store, seen)
        assert not store.unresolved()
        return found


def founders(incidents: dict[str, Incident]) -> dict[str, str]:
    """Incident id to the id of the report that it is named after."""
    return {
        id_: next(m.report_id for m in i.reports if content_id("inc", m.report_id) == id_)
        for id_, i in incidents.items()
    }


def assert_ids_lead_on(store: Store, seen: dict[str, str]) -> None:
    """Every id that ever was leads to the incident that its founding report tells now."""
    homes = store.incidents_of_reports(seen.values())
    for incident_id, report_id in seen.items():
        stored = store.incident(incident_id)
        assert stored is not None
        assert stored.incident.id == homes[report_id]


def assert_same(articles: Sequence[Kept], seed: int) -> dict[str, Incident]:
    expected = arrive(articles, [len(articles)])
    shuffled = list(articles)
    random.Random(seed).shuffle(shuffled)
    found = arrive(shuffled, [1])
    assert found.keys() == expected.keys()
    assert found == expected
    assert arrive(shuffled, [1, 5, 2]) == expected
    return expected


@pytest.mark.parametrize("seed", SEEDS)
def test_the_corpus_in_any_order_is_the_corpus_at_once(corpus: list[Kept], seed: int) -> None:
    assert_same(corpus, seed)


def test_crowded_made_news_in_any_order_is_the_same_at_once() -> None:
    """Two towns in two days: incidents of dozens of reports, and others of the same day beside."""
    day = itertools.islice(MadeNews(Gazetteer.open()).articles(), MADE_ARTICLES)
    by_town: dict[str, list[Kept]] = defaultdict(list)
    for article, extraction in day:
        place = extraction.reports[0].place
        by_town[place.value.name if place else ""].append(ready(article, extraction))
    towns = sorted(by_town.values(), key=len, reverse=True)
    articles = [*towns[0], *towns[1]][:CROWDED_ARTICLES]
    found = assert_same(articles, SEEDS[0])
    assert max(len(incident.reports) for incident in found.values()) > 10


def test_real_articles_in_any_order_are_the_same_at_once(tmp_path: Path) -> None:
    data = os.environ.get("TOCSIN_DATA")
    if not data:
        pytest.skip("TOCSIN_DATA names no folder of data sets")
    source = Path(data) / "violent_corpus" / "articles.train.jsonl"
    by_incident: dict[str, list[str]] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        by_incident.setdefault(json.loads(line)["incident_id"], []).append(line)
    told_often = sorted(id_ for id_, lines in by_incident.items() if len(lines) > 1)
    chosen = random.Random(SEEDS[0]).sample(told_often, REAL_INCIDENTS)
    inputs = tmp_path / "articles.jsonl"
    inputs.write_text("\n".join(line for id_ in chosen for line in by_incident[id_]), "utf-8")
    articles = read([str(inputs)])
    assert len(articles) > REAL_INCIDENTS
    assert_same(articles, SEEDS[1])


def test_reading_again_changes_nothing(store: Store, corpus: list[Kept]) -> None:
    add(store, corpus)
    before, mark = record(store), store.record_mark()
    assert set(store.keep_many(corpus)) == {KeepOutcome.UNCHANGED}
    assert add(store, list(reversed(corpus))) == []
    assert record(store) == before
    assert store.record_mark() == mark
