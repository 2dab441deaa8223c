from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.platt import Curve, cross_fitted, fit_curve
from benchmarks.reliability import Judged, calibration_error

JUDGED = st.lists(st.builds(Judged, st.floats(0, 1, allow_nan=False), st.booleans()), max_size=40)


def stated(confidence: float, right: int, wrong: int) -> list[Judged]:
    return [Judged(confidence, True)] * right + [Judged(confidence, False)] * wrong


def test_nothing_judged_leaves_scores_as_they_are() -> None:
    assert fit_curve([]) == Curve(1.0, 0.0)
    assert Curve(1.0, 0.0)(0.3) == pytest.approx(0.3)


def test_a_known_curve_is_found_again() -> None:
    """Scores whose odds are twice too sure, and then shifted."""
    judged = []
    for tenths in range(1, 10):
        score = tenths / 10
        odds = 0.5 * math.log(score / (1 - score)) - 1
        right = round(1000 / (1 + math.exp(-odds)))
        judged += stated(score, right, 1000 - right)
    curve = fit_curve(judged)
    assert curve.slope == pytest.approx(0.5, abs=0.02)
    assert curve.shift == pytest.approx(-1, abs=0.02)


def test_one_half_is_judged_by_the_curve_of_the_other() -> None:
    half = stated(0.9, 60, 40) + stated(0.5, 20, 80)
    fitted = cross_fitted((half, half))
    assert calibration_error(half) > 0.25
    assert calibration_error(fitted) < 0.02
    assert len(fitted) == 2 * len(half)


@given(JUDGED)
def test_a_fit_ends_and_its_curve_stays_within_bounds(judged: list[Judged]) -> None:
    curve = fit_curve(judged)
    assert math.isfinite(curve.slope)
    assert math.isfinite(curve.shift)
    for one in judged:
        assert 0 <= curve(one.confidence) <= 1


@given(JUDGED)
def test_a_curve_is_never_less_likely_than_none(judged: list[Judged]) -> None:
    def log_loss(curve: Curve) -> float:
        chances = [curve(one.confidence) for one in judged]
        return -sum(
            math.log(max(p if one.right else 1 - p, 1e-300))
            for p, one in zip(chances, judged, strict=True)
        )

    assert log_loss(fit_curve(judged)) <= log_loss(Curve(1.0, 0.0)) + 1e-6
