"""Agreement: what counts as the same thing, and figures against worked examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.records import ReportAnchor, ReviewDecision
from tocsin.records.vocab import DecisionKind, IncidentType
from tocsin.review import agreements
from tocsin.review.agreement import (
    Question,
    cohen_kappa,
    judgements,
    krippendorff_alpha,
)

NOON = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)
K = DecisionKind


def anchor(name: str) -> ReportAnchor:
    return ReportAnchor(f"rep_{name}", f"art_{name}", IncidentType.BOMBING, 0, 5)


def decision(
    number: int,
    reviewer: str,
    kind: DecisionKind,
    *subjects: str,
    about: str | None = None,
    values: dict[str, str] | None = None,
) -> ReviewDecision:
    """A decision on incidents, each named by the letters of its reports."""
    return ReviewDecision(
        id=f"dec_{number}",
        at=NOON,
        reviewer=reviewer,
        kind=kind,
        inputs=(about,) if about else tuple(f"inc_{subject[0]}" for subject in subjects),
        subjects=tuple(tuple(anchor(letter) for letter in subject) for subject in subjects),
        field_values=values or {},
    )


def shares(log: Sequence[ReviewDecision]) -> dict[Question, tuple[int, float]]:
    return {one.question: (one.things, one.share) for one in agreements(log)}


def test_merging_and_keeping_apart_answer_one_question() -> None:
    log = [decision(1, "ana", K.MERGE, "ab", "c"), decision(2, "ben", K.SPLIT, "c", "a")]
    assert shares(log) == {Question.SAME: (1, 0.0)}
    log.append(decision(3, "cem", K.MERGE, "a", "c"))
    (found,) = agreements(log)
    assert found.things == 1
    assert found.share == pytest.approx(1 / 3)
    assert [(pair.one, pair.other, pair.share) for pair in found.pairs] == [
        ("ana", "ben", 0.0),
        ("ana", "cem", 1.0),
        ("ben", "cem", 0.0),
    ]


def test_merging_three_answers_for_each_two() -> None:
    found = judgements([decision(1, "ana", K.MERGE, "a", "b", "c")])
    same = {thing for question, thing in found if question is Question.SAME}
    assert same == {"rep_a rep_b", "rep_a rep_c", "rep_b rep_c"}


def test_confirming_and_rejecting_answer_one_question() -> None:
    log = [decision(1, "ana", K.CONFIRM, "ab"), decision(2, "ben", K.REJECT, "ac")]
    assert shares(log) == {Question.HAPPENED: (1, 0.0)}


def test_an_edit_is_compared_field_by_field() -> None:
    log = [
        decision(1, "ana", K.EDIT, "a", values={"killed": "3", "injured": "1"}),
        decision(2, "ben", K.EDIT, "a", values={"killed": "4", "injured": "1"}),
    ]
    assert shares(log) == {Question.VALUE: (2, 0.5)}


def test_the_last_answer_counts() -> None:
    log = [
        decision(1, "ana", K.REJECT, "a"),
        decision(2, "ana", K.CONFIRM, "a"),
        decision(3, "ben", K.CONFIRM, "a"),
    ]
    assert shares(log) == {Question.HAPPENED: (1, 1.0)}


def test_what_one_took_back_oneself_is_no_answer() -> None:
    log = [
        decision(1, "ana", K.REJECT, "a"),
        decision(2, "ben", K.CONFIRM, "a"),
        decision(3, "ana", K.UNDO, "a", about="dec_1"),
    ]
    assert agreements(log) == ()


def test_undoing_anothers_decision_is_to_disagree() -> None:
    log = [decision(1, "ana", K.MERGE, "a", "b"), decision(2, "ben", K.UNDO, "a", about="dec_1")]
    assert shares(log) == {Question.HOLDS: (1, 0.0)}
    log[1] = decision(2, "ben", K.CONFIRM, "a", about="dec_1")
    assert shares(log) == {Question.HOLDS: (1, 1.0)}


def test_kappa_of_a_worked_example() -> None:
    """Of fifty: both yes 20, both no 15, ten yes and no, five no and yes: 0.4."""
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    answers = [pair for pair, count in table.items() for _ in range(count)]
    assert cohen_kappa(answers) == pytest.approx(0.4)
    assert cohen_kappa([("yes", "yes")] * 3) is None


def test_alpha_of_a_worked_example() -> None:
    """Krippendorff's own: two observers, ten things, two answers; 0.095."""
    one, other = "0100000010", "1110010000"
    units = [list(pair) for pair in zip(one, other, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.095, abs=0.001)
    assert krippendorff_alpha([["a"], ["b"]]) is None
    assert krippendorff_alpha([["a", "a"], ["a"]]) is None


answers = st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=2, max_size=20)


@given(found=answers)
def test_figures_lie_where_they_must(found: list[tuple[str, str]]) -> None:
    for figure in (cohen_kappa(found), krippendorff_alpha([list(pair) for pair in found])):
        if figure is not None:
            assert -1 <= figure <= 1
            assert (figure == pytest.approx(1)) == all(one == other for one, other in found)


@given(found=answers)
def test_who_is_named_first_does_not_matter(found: list[tuple[str, str]]) -> None:
    turned = [(other, one) for one, other in found]
    assert cohen_kappa(found) == pytest.approx(cohen_kappa(turned))
    assert krippendorff_alpha([list(p) for p in found]) == pytest.approx(
        krippendorff_alpha([list(p) for p in turned])
    )
