"""The record made of the shipped corpus, beside the truth that was written into it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Tocsin, lines
from tocsin.corpus import corpus_paths, expected
from tocsin.corpus.expected import ExpectedIncident

MAIN_FOUND_FLOOR = 0.8
"""Share of (incident, article that tells it as news) found with a day within a day of the truth.
Raise it when the reader gets better; it must never go down."""

TRUTH = expected()


@pytest.fixture(scope="module")
def names(tocsin: Tocsin) -> dict[str, str]:
    """Article id in the store to the name that the truth file uses."""
    by_url = {article.url: article.name for article in TRUTH.articles}
    rows = lines(tocsin("extract", *corpus_paths(), "--quiet").stdout)
    return {row["article"]["id"]: by_url[row["article"]["url"]] for row in rows}


@pytest.fixture(scope="module")
def incidents(tocsin: Tocsin, record: Path) -> list[dict[str, Any]]:
    return lines(tocsin("incidents", "--db", record, "-f", "jsonl").stdout)


def told_by(incident: dict[str, Any], names: dict[str, str], *, main: bool) -> set[str]:
    return {names[r["article_id"]] for r in incident["reports"] if r["is_main"] or not main}


def is_of_day(incident: dict[str, Any], truth: ExpectedIncident) -> bool:
    """The incident's interval touches the true days, a day of slack either way."""
    value = (incident["date"] or {}).get("value")
    if not value or not value["earliest"] or not value["latest"]:
        return False
    first, last = (dt.date.fromisoformat(value[side][:10]) for side in ("earliest", "latest"))
    slack = dt.timedelta(days=1)
    return first - slack <= (truth.date_last or truth.date) and truth.date - slack <= last


def found_as(
    truth: ExpectedIncident, article: str, incidents: list[dict[str, Any]], names: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        incident
        for incident in incidents
        if article in told_by(incident, names, main=True) and is_of_day(incident, truth)
    ]


def test_most_news_is_found_on_its_day(
    incidents: list[dict[str, Any]], names: dict[str, str]
) -> None:
    pairs = [(truth, article) for truth in TRUTH.incidents for article in truth.main]
    missed = [
        f"{truth.key} in {article}"
        for truth, article in pairs
        if not found_as(truth, article, incidents, names)
    ]
    assert len(missed) <= (1 - MAIN_FOUND_FLOOR) * len(pairs), missed


@pytest.mark.parametrize("group", TRUTH.apart, ids=lambda group: group.keys[0])
def test_look_alikes_stay_apart(
    group: Any, incidents: list[dict[str, Any]], names: dict[str, str]
) -> None:
    """No incident is told as news by the articles of two look-alikes."""
    telling = {key: set(TRUTH.incident(key).main) for key in group.keys}
    for incident in incidents:
        mains = told_by(incident, names, main=True)
        claimed = [key for key, articles in telling.items() if mains & articles]
        shared = set.intersection(*(telling[key] for key in claimed)) if claimed else set()
        assert len(claimed) <= 1 or mains <= shared, f"{incident['title']}: {claimed}"


@pytest.mark.parametrize("shared", TRUTH.shared_texts, ids=lambda shared: shared.agency)
def test_wire_copies_are_one_origin(
    shared: Any, incidents: list[dict[str, Any]], names: dict[str, str]
) -> None:
    best = max(incidents, key=lambda i: len(told_by(i, names, main=True) & set(shared.articles)))
    assert told_by(best, names, main=True) >= set(shared.articles)
    assert best["corroboration"]["lineages"] == 1


@pytest.mark.parametrize("article", [*TRUTH.unrelated, *TRUTH.no_incident])
def test_no_news_is_no_incident(
    article: str, incidents: list[dict[str, Any]], names: dict[str, str]
) -> None:
    assert not [i["title"] for i in incidents if article in told_by(i, names, main=True)]


@pytest.mark.parametrize("decoy", TRUTH.decoys, ids=lambda decoy: f"{decoy.article}:{decoy.kind}")
def test_decoy_numbers_reach_no_casualty_field(
    decoy: Any, incidents: list[dict[str, Any]], names: dict[str, str]
) -> None:
    for incident in incidents:
        for name in ("killed", "injured", "attackers_killed"):
            field = incident[name]
            if not field:
                continue
            for evidence in field["evidence"]:
                if names[evidence["article_id"]] == decoy.article:
                    assert evidence["text"] not in decoy.words, incident["title"]


def test_a_breaking_story_is_provisional(
    incidents: list[dict[str, Any]], names: dict[str, str]
) -> None:
    for article in TRUTH.provisional:
        telling = [i for i in incidents if article in told_by(i, names, main=True)]
        alone = [i for i in telling if len(told_by(i, names, main=True)) == 1]
        assert all(incident["provisional"] for incident in alone)
