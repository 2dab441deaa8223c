"""What holds for any text: spans, bounds, no exception, linear time; and the labelled floor."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.how_many import QuantityReading, read_quantities, read_quantity

VOCABULARY = """
at least more than up to about nearly no one none of the a an another two 12 1,200 2.5
million dozens several hundred and - , . people soldiers woman children killed wounded
were was dead reports casualties including rockets years old aged % $ km 19th first
between toll to 's men other others Omar Saleh him whom them as well or
"""
WORDS = [*VOCABULARY.split(), "\n\n"]
SOUP = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
FLOOR = 0.97
"""Measured 0.989 on train: share of labelled casualty quotes with both bounds exactly right."""


def check(reading: QuantityReading, text: str) -> None:
    reading.span.check(text)
    for span in (reading.number_span, reading.noun_span):
        if span is not None:
            span.check(text)
    quantity = reading.quantity
    known = [n for n in (quantity.min, quantity.best, quantity.max) if n is not None]
    assert known == sorted(known)
    if quantity.best is not None:
        assert quantity.min is not None


@given(st.text(max_size=200) | SOUP)
def test_any_text_is_read_without_error(text: str) -> None:
    last = 0
    for reading in read_quantities(text):
        check(reading, text)
        assert reading.span.start >= last
        last = reading.span.end


@given(st.text(max_size=100) | SOUP, st.booleans())
def test_any_phrase_is_read_without_error(phrase: str, plural: bool) -> None:
    reading = read_quantity(phrase, plural_is_vague=plural)
    if reading is not None:
        check(reading, phrase)


@given(st.integers(0, 10**9))
def test_figures_come_back(number: int) -> None:
    for written in (f"{number} people", f"{number:,} people"):
        reading = read_quantity(written)
        assert reading is not None
        assert reading.quantity.is_exact
        assert reading.quantity.best == number


@pytest.mark.parametrize(
    "unit",
    ["1,", "1 ", "1-", "a a ", "a x ", "two hundred and ", "no ", "at least ", "one "],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    start = time.process_time()
    read_quantities(text)
    read_quantity(text)
    # 100 kB; a guard against squared work on a busy machine, not a measure of speed
    assert time.process_time() - start < 20.0


@pytest.mark.data
@pytest.mark.skipif(not os.environ.get("TOCSIN_DATA"), reason="TOCSIN_DATA is not set")
def test_bounds_of_the_training_quotes() -> None:
    labels = Path(os.environ["TOCSIN_DATA"]) / "incident_gold" / "labels.train.jsonl"
    right = total = 0
    for line in labels.read_text(encoding="utf-8").splitlines():
        for report in json.loads(line)["reports"]:
            for figure in report["killed"] + report["injured"]:
                reading = read_quantity(figure["q"], plural_is_vague=True)
                total += 1
                if reading is not None:
                    found = reading.quantity.min, reading.quantity.max
                    right += found == (figure["min"], figure["max"])
    assert total > 1000
    assert right / total >= FLOOR
