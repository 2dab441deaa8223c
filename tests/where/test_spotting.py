from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.where import Gazetteer


def spotted(gazetteer: Gazetteer, text: str) -> list[str]:
    return [candidate.span.text for candidate in gazetteer.find_places(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on Harim and on Deir ez-Zor.", ["Harim", "Deir ez-Zor"]),
        ("Police in Fresno, Calif., said so.", ["Fresno"]),
        ("Clashes broke out in al-Hasakah province.", ["al-Hasakah"]),
        ("Troops left the Democratic Republic of the Congo.", ["Democratic Republic of the Congo"]),
        ("A convoy was hit in Iraq's Anbar province.", ["Iraq", "Anbar"]),
        ("ROCKETS HIT BAGHDAD AIRPORT", ["BAGHDAD AIRPORT"]),
        ("Two died in St. Louis on Friday.", ["St. Louis"]),
    ],
)
def test_names_are_found_longest_first(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert spotted(gazetteer, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "March was cold. Reading is good for you.",
        "Most people agreed. Of course they did.",
        "Michael Jordan told reporters on Monday.",
        "The Washington Post reported the news.",
        "President Lincoln was there, said Gen. Jackson.",
        "Nice weather, Mobile phones and Police.",
    ],
)
def test_words_persons_and_papers_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert spotted(gazetteer, text) == []


def test_offsets_are_of_the_whole_text(gazetteer: Gazetteer) -> None:
    text = "In Paris nothing happened. In Kabul a bomb went off."
    found = gazetteer.find_places(text, 26)
    assert [(c.span.start, c.span.text) for c in found] == [(30, "Kabul")]


@given(text=st.text(alphabet=st.sampled_from("ABab .,'-’éŁالع\nInMosul Kabul"), max_size=300))
@settings(max_examples=150)
def test_spans_equal_their_slices(gazetteer: Gazetteer, text: str) -> None:
    last = 0
    for candidate in gazetteer.find_places(text):
        candidate.span.check(text)
        assert candidate.entries
        assert candidate.span.start >= last
        last = candidate.span.end


@pytest.mark.parametrize("unit", ["A", "A ", "Al-", "St. ", "U.S.", "Aa'", "(A, ", "in Kabul "])
def test_hostile_text_takes_linear_time(gazetteer: Gazetteer, unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    gazetteer.find_places(text)
    assert time.process_time() - began < 20.0
