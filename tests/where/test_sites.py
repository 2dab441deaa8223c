"""Landmarks that carry a town's name, and borders that name the country behind them."""

from __future__ import annotations

import pytest

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision
from tocsin.where import Gazetteer, PlaceContext, PlaceQuery, PlaceReading, resolve_places


def read(gazetteer: Gazetteer, text: str, words: str) -> PlaceReading:
    at = text.index(words)
    query = PlaceQuery(Span(at, at + len(words), words))
    (reading,) = resolve_places([query], PlaceContext(text), gazetteer)
    return reading


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Shells landed on the K-1 base near Kirkuk.", "K-1", "K-1 Air Base"),
        ("Shells landed on Camp Taji in Iraq.", "Taji", "Camp Taji"),
        ("Five rockets fell on Balad air base overnight.", "Balad", "Balad Air Base"),
        ("A drone hit the airport of Erbil.", "Erbil", "Erbil International Airport"),
        ("A mob entered the U.S. Embassy compound in Baghdad.", "Baghdad",
         "United States Embassy, Baghdad"),
    ],
)  # fmt: skip
def test_a_landmark_beats_the_town_it_is_named_after(
    gazetteer: Gazetteer, text: str, words: str, name: str
) -> None:
    place = read(gazetteer, text, words).place
    assert place is not None
    assert (place.name, place.precision) == (name, PlacePrecision.SITE)


def test_the_town_alone_stays_a_town(gazetteer: Gazetteer) -> None:
    place = read(gazetteer, "Shells landed on the K-1 base near Kirkuk.", "Kirkuk").place
    assert place is not None
    assert place.precision is PlacePrecision.SETTLEMENT


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Burkina Faso said nine died in Foobara, near the border with Niger.", "Foobara", "BF"),
        ("In Libya a well blew up in a region near the Egyptian border.",
         "a region near the Egyptian border", "LY"),
    ],
)  # fmt: skip
def test_the_country_behind_a_border_holds_nothing(
    gazetteer: Gazetteer, text: str, words: str, country: str
) -> None:
    place = read(gazetteer, text, words).place
    assert place is not None
    assert place.country == country


def test_an_article_makes_no_english_town_arabic(gazetteer: Gazetteer) -> None:
    assert all(entry.country != "US" for entry in gazetteer.look_up("al-Meridian"))
    assert gazetteer.look_up("al-Fallujah")[0].country == "IQ"
