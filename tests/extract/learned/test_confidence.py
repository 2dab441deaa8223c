"""Scores become confidences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.learned.confidence import EDGE, Calibration


def test_a_curve_bends_the_scores_of_its_kind_alone() -> None:
    calibration = Calibration({"killed": (1.0, -1.0)})
    assert calibration.confidence("killed", 0.5) == pytest.approx(0.2689, abs=1e-4)
    assert calibration.confidence("injured", 0.5) == 0.5


@given(
    scores=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    slope=st.floats(0, 5),
    shift=st.floats(-5, 5),
)
def test_order_is_kept_and_nothing_is_certain(
    scores: tuple[float, float], slope: float, shift: float
) -> None:
    calibration = Calibration({"killed": (slope, shift)})
    low, high = (calibration.confidence("killed", score) for score in sorted(scores))
    assert EDGE <= low <= high <= 1 - EDGE
