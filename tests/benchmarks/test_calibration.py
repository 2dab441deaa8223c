"""Whether a confidence was deserved is what the scorer says, value for value."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.baseline import Baseline
from benchmarks.calibration import LISTS, SCORER, Scorer, judge
from benchmarks.data import data_folder, rows, scorer
from benchmarks.reliability import Judged

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif("TOCSIN_DATA" not in os.environ, reason="TOCSIN_DATA is not set"),
]

TEXT = "Rebels shelled Aleppo on Friday, killing 12 people. A bomb killed two in Homs on Sunday."


def span(words: str, **others: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **others}


@pytest.fixture(scope="module")
def scoring() -> Scorer:
    return Scorer.load(scorer(SCORER))


def test_a_value_is_right_where_its_report_has_it(scoring: Scorer) -> None:
    label = {
        "reports": [
            {
                "main": True,
                "type": "indirect_fire",
                "trigger": {"q": "shelled"},
                "date": {"q": "on Friday", "start": "2015-01-02", "end": "2015-01-02"},
                "places": [{"q": "Aleppo"}],
                "place": {"name": "Aleppo", "country": "SY"},
                "killed": [{"q": "12 people", "min": 12, "max": 12}],
                "actors": [{"q": "Rebels", "role": "perpetrator", "name": None}],
            }
        ]
    }
    empty: dict[str, Any] = {
        f: [] for f in ("weapons", "targets", "killed", "injured", "actors", "sources")
    }
    line = {
        "reports": [
            {
                **empty,
                "type": "indirect_fire",
                "trigger": span("shelled"),
                "confidence": 0.9,
                "date": {"earliest": "2015-01-02", "latest": "2015-01-02", "confidence": 0.8},
                "places": [span("Aleppo", confidence=0.7), span("Homs", confidence=0.2)],
                "killed": [
                    span("12 people", min=12, max=12, confidence=0.6),
                    span("two", min=2, max=2, confidence=0.3),
                ],
                "actors": [span("Rebels", role="blamed", name=None, confidence=0.4)],
            },
            {
                **empty,
                "type": "bombing",
                "trigger": span("bomb"),
                "confidence": 0.5,
                "places": [span("Homs", confidence=0.55)],
            },
        ]
    }
    judged = list(judge(scoring, TEXT, label, line))
    assert sorted(judged) == sorted(
        [
            ("report", Judged(0.9, True)),
            ("report", Judged(0.5, False)),
            ("date", Judged(0.8, True)),
            ("place", Judged(0.7, True)),
            ("place", Judged(0.2, False)),
            ("place", Judged(0.55, False)),
            ("killed", Judged(0.6, True)),
            ("killed", Judged(0.3, False)),
            ("actor", Judged(0.4, False)),
        ]
    )


def test_a_resolved_place_is_judged_where_its_words_are_not_weighed(scoring: Scorer) -> None:
    empty: dict[str, Any] = {
        f: [] for f in ("weapons", "targets", "killed", "injured", "actors", "sources")
    }
    label = {
        "reports": [
            {
                "main": True,
                "type": "bombing",
                "trigger": {"q": "bomb"},
                "places": [{"q": "Homs"}],
                "place": {"name": "Homs", "country": "SY"},
            }
        ]
    }
    report = {**empty, "type": "bombing", "trigger": span("bomb"), "confidence": 0.5}
    for words, right in (("Homs", True), ("Aleppo", False)):
        place = {"name": words, "country": "SY", "confidence": 0.6}
        line = {"reports": [{**report, "places": [span(words)], "place": place}]}
        assert ("place", Judged(0.6, right)) in list(judge(scoring, TEXT, label, line))


def test_figures_marked_as_parts_are_left_out(scoring: Scorer) -> None:
    gold = [
        {"min": 12, "max": 12, "part": False},
        {"min": 2, "max": 2, "part": True},
    ]
    found = [{"min": 2, "max": 2}, {"min": 12, "max": 12}, {"min": 3, "max": 3}]
    assert scoring.rights("killed", gold, found) == [None, True, False]


def test_it_agrees_with_the_scorer_on_labelled_reports(scoring: Scorer) -> None:
    """Labelled reports against those of a simple reader: as many right values as it counts."""
    baseline, folder = Baseline(), data_folder() / "incident_gold"
    texts: dict[str, dict[str, Any]] = {
        row["id"]: row for row in rows(Path(folder) / "articles.dev.jsonl")
    }
    compared = 0
    for label in islice(rows(folder / "labels.dev.jsonl"), 40):
        text = texts[label["id"]]["text"]
        gold = [scoring.gold_view(one, text) for one in label["reports"]]
        found = [scoring.pred_view(one) for one in baseline.read(texts[label["id"]])["reports"]]
        for one in gold:
            for other in found:
                agreed = scoring.agree(one, other)
                for slot in LISTS:
                    if slot == "place":  # the scorer asks whether any place agrees
                        continue
                    values = sorted(set(other[slot])) if slot == "weapon" else other[slot]
                    assert scoring.rights(slot, one[slot], values).count(True) == agreed[slot][0]
                    compared += agreed[slot][0]
    assert compared > 0
