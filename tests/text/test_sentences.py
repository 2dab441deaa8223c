from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.text import split_sentences
from tocsin.text.sentences import MAX_SENTENCE_CHARS

CASES = [
    ("One fell. Two fell.", ["One fell.", "Two fell."]),
    ("Gen. A. Karim spoke to Lt. Col. Ray.", ["Gen. A. Karim spoke to Lt. Col. Ray."]),
    ("It began at 7 a.m. on Sunday.", ["It began at 7 a.m. on Sunday."]),
    ("He left the U.S. The army stayed.", ["He left the U.S.", "The army stayed."]),
    ("The U.S. Army stayed.", ["The U.S. Army stayed."]),
    ("A 7.62 mm round was found.", ["A 7.62 mm round was found."]),
    ('"Why?" he asked. "Go!"', ['"Why?" he asked.', '"Go!"']),
    ("“They fled.” Then it burned.", ["“They fled.”", "Then it burned."]),
    ("HEADLINE WITHOUT STOP\nThe text begins.", ["HEADLINE WITHOUT STOP", "The text begins."]),
    ("- first item\n- second item", ["- first item", "- second item"]),
    (
        "A line that a wire service has wrapped at some fixed width of\ncolumns goes on.",
        ["A line that a wire service has wrapped at some fixed width of\ncolumns goes on."],
    ),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_part_of_a_text_keeps_offsets_of_the_whole() -> None:
    text = "Zero. One fell. Two fell. Three."
    found = split_sentences(text, 6, 25)
    assert [text[start:end] for start, end in found] == ["One fell.", "Two fell."]


@given(st.text(max_size=400))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    covered: list[int] = []
    for start, end in split_sentences(text):
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        covered.extend(range(start, end))
    assert covered == sorted(set(covered))
    inside = set(covered)
    assert all(text[at].isspace() for at in range(len(text)) if at not in inside)


def test_text_without_stops_is_cut() -> None:
    text = "word " * 2_000
    found = split_sentences(text)
    assert max(end - start for start, end in found) <= MAX_SENTENCE_CHARS


@pytest.mark.parametrize("unit", [".", "\n", " ", "a", '"', "a. ", "a." * 3 + " ", "Gen. "])
def test_linear(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    begin = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - begin < 20.0
