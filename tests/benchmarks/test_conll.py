"""Scores of coreference, against partitions worked out by hand and by trying all matches."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.conll import b_cubed, best_assignment, ceaf_entities, conll_f1, muc
from benchmarks.coreference import stem, stories

GOLD = {1: "a", 2: "a", 3: "a", 4: "b", 5: "b", 6: "c"}
FOUND = {1: "x", 2: "x", 3: "y", 4: "y", 5: "y", 6: "z"}
PARTITIONS = st.lists(st.integers(0, 4), min_size=1, max_size=9)


def test_a_worked_example() -> None:
    # gold links 2 + 1, kept 1 + 1; found links 1 + 2, kept 1 + 1
    assert (muc(GOLD, FOUND).recall, muc(GOLD, FOUND).precision) == pytest.approx((2 / 3, 2 / 3))
    assert b_cubed(GOLD, FOUND).recall == pytest.approx((4 / 3 + 1 / 3 + 2 + 1) / 6)
    assert b_cubed(GOLD, FOUND).precision == pytest.approx((2 + 1 / 3 + 4 / 3 + 1) / 6)
    assert ceaf_entities(GOLD, FOUND).recall == pytest.approx((4 / 5 + 4 / 5 + 1) / 3)


@given(PARTITIONS)
def test_the_gold_itself_scores_one(clusters: list[int]) -> None:
    gold = dict(enumerate(clusters))
    assert b_cubed(gold, gold).f1 == pytest.approx(1)
    assert ceaf_entities(gold, gold).f1 == pytest.approx(1)
    has_links = len(set(clusters)) < len(clusters)
    assert muc(gold, gold).f1 == pytest.approx(float(has_links))
    assert 0 <= conll_f1(gold, dict.fromkeys(gold, 0)) <= 1 + 1e-9


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_assignment_is_the_best_of_all(weights: list[list[float]]) -> None:
    rows, columns = len(weights), 3
    slots = [*range(columns), *[-1] * rows]
    best = max(
        sum(weights[row][column] for row, column in enumerate(order) if column >= 0)
        for order in set(permutations(slots, rows))
    )
    assert best_assignment(weights) == pytest.approx(best)


@pytest.mark.parametrize(
    ("word", "other"),
    [("attacks", "attacked"), ("bombing", "bombed"), ("shoot", "shooting"), ("hit", "hitting")],
)
def test_forms_of_one_verb_share_a_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_articles_alike_through_others_are_one_story() -> None:
    told = {
        "a": "Orlov Marchetti Quintero harbour",
        "b": "Orlov Marchetti Quintero Zelenka",
        "c": "turnip fair",
    }
    found = stories(told, 0.3)
    assert found["a"] == found["b"] != found["c"]
