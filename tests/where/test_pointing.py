"""Words that point back to a place named before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.records import Span
from tocsin.where import Gazetteer, PlaceContext, PlaceQuery, resolve_places
from tocsin.where.pointing import points_back_to


def query(text: str, words: str) -> PlaceQuery:
    at = text.rindex(words)
    return PlaceQuery(Span(at, at + len(words), words))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Rockets hit Camp Taji in Iraq. American jets had bombed the same camp.",
         "the same camp", "Camp Taji"),
        ("Rockets hit Camp Taji in Iraq. A salvo on the same base killed two in March.",
         "the same base", "Camp Taji"),
        ("A bomb went off in Mosul, in Iraq. A second one killed two at the same city.",
         "the same city", "Mosul"),
        ("Missiles fell on Ganja in Azerbaijan. Ten died in a block of flats there.",
         "a block of flats there", "Ganja"),
        ("Shells fell on Aleppo province. Idlib is calm. Four died in the same province.",
         "the same province", "Aleppo"),
    ],
)  # fmt: skip
def test_the_place_named_before_is_meant(
    gazetteer: Gazetteer, text: str, words: str, name: str
) -> None:
    one = query(text, words)
    (reading,) = resolve_places([one], PlaceContext(text), gazetteer)
    assert reading.place is not None
    assert reading.place.name.startswith(name)
    assert (reading.rule, reading.is_inferred, reading.span) == ("points-back", True, one.span)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In Mosul the same gunmen fled.", "the same gunmen"),
        ("Jets bombed the same camp near Mosul.", "the same camp"),
        ("Iraq is at war. Ten died there.", "there"),
        ("In Mosul ten died in a market.", "a market"),
        ("Mosul. " + "Nothing was said of it. " * 80 + "Ten died there.", "there"),
    ],
)
def test_words_that_point_to_no_place(gazetteer: Gazetteer, text: str, words: str) -> None:
    candidates = gazetteer.find_places(text)
    assert points_back_to(query(text, words).span, text, tuple(candidates)) is None


@given(st.text(alphabet="there same camp the ", min_size=1, max_size=40))
def test_any_words_are_read(words: str) -> None:
    assert points_back_to(Span(0, len(words), words), words, ()) is None
