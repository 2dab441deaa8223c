"""Values in words: exact about bounds, harmless in a terminal."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.publish.phrasing import date_cell, interval_words, plain, quantity_cell, quantity_words
from tocsin.records import Evidence, FusedField, Quantity, Span, TimeInterval
from tocsin.records.vocab import Agreement, QuantityStatus, TimePrecision


@pytest.mark.parametrize(
    ("quantity", "words", "cell"),
    [
        (Quantity(5, 5, 5), "5", "5"),
        (Quantity(12, 12, 12, approx=True), "about 12", "12"),
        (Quantity(3, None, None), "at least 3", "3+"),
        (Quantity(None, None, 30), "up to 30", "≤30"),
        (Quantity(132, 132, 160), "132 to 160, best 132", "132-160"),
        (Quantity(0, 0, 0, status=QuantityStatus.NONE_STATED), "none", "0"),
        (Quantity(0, 0, None, status=QuantityStatus.NONE_REPORTED), "none reported", "0?"),
        (Quantity(), "not known", "?"),
    ],
)
def test_a_count_shows_its_bounds(quantity: Quantity, words: str, cell: str) -> None:
    evidence = (Evidence("a", Span(0, 1, "x")),)
    field = FusedField(quantity, "5", Agreement.SINGLE, ("rep_1",), evidence)
    assert quantity_words(quantity) == words
    assert quantity_cell(field) == cell


def test_a_count_not_stated_is_not_zero() -> None:
    assert quantity_cell(None) == "–"


def days(first: str, last: str, precision: TimePrecision) -> TimeInterval:
    after = dt.datetime.fromisoformat(last) + dt.timedelta(days=1)
    return TimeInterval(dt.datetime.fromisoformat(first), after, precision)


@pytest.mark.parametrize(
    ("interval", "words", "cell"),
    [
        (days("2020-01-09", "2020-01-09", TimePrecision.DAY), "9 Jan 2020", "2020-01-09"),
        (
            days("2019-12-25", "2019-12-31", TimePrecision.MONTH_PART),
            "25-31 Dec 2019",
            "2019-12-25..31",
        ),
        (
            days("2019-12-30", "2020-01-05", TimePrecision.WEEK),
            "30 Dec 2019 to 5 Jan 2020",
            "2019-12-30..2020-01-05",
        ),
        (
            TimeInterval(
                dt.datetime(2020, 1, 9),
                dt.datetime(2020, 1, 9, 1),
                TimePrecision.PART_OF_DAY,
                zone="Asia/Baghdad",
            ),
            "9 Jan 2020 00:00-01:00 (Asia/Baghdad)",
            "2020-01-09",
        ),
        (TimeInterval(None, None, TimePrecision.DAY), "date open", "–"),
    ],
)
def test_a_time_shows_its_precision(interval: TimeInterval, words: str, cell: str) -> None:
    assert interval_words(interval) == words
    assert date_cell(interval) == cell


@given(st.text())
def test_plain_text_cannot_steer_a_terminal(text: str) -> None:
    shown = plain(text)
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"} for char in shown)


def test_plain_text_keeps_letters_of_every_script() -> None:
    assert plain("بغداد\u202e\x1b[31m Київ\n") == "بغداد\\u202e\\u001b[31m Київ"
