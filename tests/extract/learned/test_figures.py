"""Which of the words that tell the killed count them."""

from __future__ import annotations

import pytest

from tocsin.extract.learned.figures import figures
from tocsin.records import Span


def counted(*phrases: str) -> list[str]:
    """The phrases kept; the first is the surest."""
    text = " | ".join(phrases)
    told = []
    for number, phrase in enumerate(phrases):
        at = text.index(phrase)
        told.append((Span.of(text, at, at + len(phrase)), 0.9 - number / 100))
    return [span.text for span, _ in figures(text, told)]


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (["31 people", "a toll of 31"], ["31 people"]),
        (["31 people", "at least 31"], ["31 people", "at least 31"]),
        (["31 people", "civilians"], ["31 people"]),
        (["civilians"], ["civilians"]),
        (["31 people", "the guard Ali Hasan"], ["31 people"]),
        (["the guard Ali Hasan"], ["the guard Ali Hasan"]),
        (["31 people", "in the morning"], ["31 people"]),
        (["no one"], ["no one"]),
        ([], []),
    ],
)
def test_one_span_for_each_count(phrases: list[str], expected: list[str]) -> None:
    assert counted(*phrases) == expected
