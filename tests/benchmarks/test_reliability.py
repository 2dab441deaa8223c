from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reliability import Judged, calibration_error, reliability, reliability_svg

JUDGED = st.lists(
    st.builds(Judged, st.floats(0, 1, allow_nan=False), st.booleans()), min_size=1, max_size=60
)


def test_the_error_is_the_gap_weighed_by_values() -> None:
    sure = [Judged(0.9, True)] * 3 + [Judged(0.9, False)]
    faint = [Judged(0.25, True)]
    # 4 of 5 values are 0.9 - 0.75 off, 1 of 5 is 0.75 off
    assert calibration_error([*sure, *faint]) == pytest.approx(0.8 * 0.15 + 0.2 * 0.75)


def test_confidences_that_come_true_have_no_error() -> None:
    assert calibration_error([Judged(0.75, True)] * 3 + [Judged(0.75, False)]) == 0
    assert calibration_error([]) == 0


@given(JUDGED)
def test_bins_hold_each_value_once_and_their_means(judged: list[Judged]) -> None:
    bins = reliability(judged)
    assert sum(one.count for one in bins) == len(judged)
    for one in bins:
        assert one.low - 1e-9 <= one.confidence <= one.high + 1e-9
        assert 0 <= one.right <= 1


@given(JUDGED)
def test_the_error_is_bounded_and_blind_to_order(judged: list[Judged]) -> None:
    error = calibration_error(judged)
    assert 0 <= error <= 1
    assert calibration_error(judged[::-1]) == pytest.approx(error)
    overall = abs(sum(one.confidence for one in judged) - sum(one.right for one in judged)) / len(
        judged
    )
    assert error >= overall - 1e-9  # bins cannot hide the gap of the whole


@given(JUDGED)
def test_the_plot_is_xml_with_a_dot_for_each_bin(judged: list[Judged]) -> None:
    drawing = reliability_svg("a <reader> & more", {"values": judged})
    root = ElementTree.fromstring(drawing)
    dots = [one for one in root if one.tag.endswith("circle") and one.get("fill-opacity")]
    assert len(dots) == len(reliability(judged))
    assert root[0].text is not None
    assert root[0].text.startswith("a <reader> & more")
