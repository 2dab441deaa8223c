"""Which of the words that tell the killed count them."""

from __future__ import annotations

import pytest

from tocsin.extract.learned.figures import figures, is_bare_number, is_supposed
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


@pytest.mark.parametrize(
    ("text", "number", "is_kept"),
    [
        ("Iraq counted 16 ballistic missiles.", "16", False),
        ("Blasts were heard at about four in the morning.", "about four", False),
        ("Marcus Hale, 32, was shot.", "32", False),
        ("The siege had lasted nine days.", "nine", False),
        ("The attack killed 16 in the morning.", "16", True),
        ("The dead were at least 126, it said.", "at least 126", True),
        ("It killed six guards.", "six guards", True),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, number: str, is_kept: bool) -> None:
    at = text.index(number)
    told = [(Span.of(text, at, at + len(number)), 0.9)]
    assert bool(figures(text, told)) is is_kept


@pytest.mark.parametrize(
    ("words", "is_bare"),
    [
        ("16", True),
        ("at least 16", True),
        ("dozens", True),
        ("16 people", False),
        ("guards", False),
    ],
)
def test_a_bare_number_names_nobody(words: str, is_bare: bool) -> None:
    assert is_bare_number(words, Span.of(words, 0, len(words))) is is_bare


@pytest.mark.parametrize(
    ("text", "words", "supposed"),
    [
        ("He warned them: if one sailor is killed, they will answer for it.", "one", True),
        ("Unless at least two guards die, nothing will change.", "two guards", True),
        ("One sailor was killed, if the ministry is to be believed.", "One sailor", False),
        ("If the ministry is right, the port burned and two guards died.", "two guards", False),
    ],
)
def test_a_supposition_counts_nobody(text: str, words: str, supposed: bool) -> None:
    start = text.index(words)
    assert is_supposed(text, Span(start, start + len(words), words)) is supposed
