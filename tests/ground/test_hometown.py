"""Home towns: who names one, what is placed in it, and what a road may not be taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ground.hometown import HomeTown, find_home_town, is_road, site_words
from tocsin.records import Span
from tocsin.where import Gazetteer, PlaceContext

GAZETTEER = Gazetteer.open()


def home(text: str, dateline_city: str | None = None) -> str | None:
    found = find_home_town(PlaceContext(text, dateline_city=dateline_city), GAZETTEER)
    return found.place.name if found else None


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span.of(text, at, at + len(words))


@pytest.mark.parametrize(
    ("text", "dateline_city", "town"),
    [
        ("Wichita police say a man was shot on Pawnee in Kansas.", None, "Wichita"),
        ("STOCKTON, Calif. - Two men were hurt on Farmington Road.", "STOCKTON", "Stockton"),
        ("TOLEDO (WTVG) - Ohio police look for a gunman.", "TOLEDO", "Toledo"),
        # a correspondent's dateline alone makes no home town
        ("BAGHDAD - Gunmen killed three at a market.", "BAGHDAD", None),
        ("BAGHDAD - Gunmen killed three, officials in Baghdad said.", "BAGHDAD", None),
        ("BAGHDAD, Iraq - Gunmen killed three, said police in Baghdad.", "BAGHDAD", None),
        ("Gunmen killed three at a market.", None, None),
        # two towns with as much to say
        ("Wichita police and Topeka police in Kansas search for a man.", None, None),
    ],
)
def test_police_or_a_local_dateline_name_the_home_town(
    text: str, dateline_city: str | None, town: str | None
) -> None:
    assert home(text, dateline_city) == town


def test_a_sheriff_of_a_county_acts_in_the_town_named_beside() -> None:
    text = "Harvey County sheriff's deputies said shots fell at a plant in Hesston, Kansas."
    assert home(text) == "Hesston"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("in the 1100 block of South Commerce Street", "the 1100 block of South Commerce", True),
        ("at Belmont and Junction avenues", "Belmont", True),
        ("near Tacoma Road", "Tacoma", True),
        ("in Tacoma on Monday", "Tacoma", False),
        ("at a farm outside Streetsboro", "Streetsboro", False),
    ],
)
def test_a_road_is_told_by_its_words_or_by_what_follows(
    text: str, words: str, expected: bool
) -> None:
    assert is_road(text, span(text, words)) is expected


def test_a_site_keeps_the_roads_name_and_loses_what_names_nothing() -> None:
    text = "in the 1100 block of South Commerce Street, then to Mercy Hospital, then to a shed"
    assert site_words(text, span(text, "the 1100 block of South Commerce Street")) == (
        "South Commerce Street"
    )
    assert site_words(text, span(text, "Mercy Hospital")) == ""
    assert site_words(text, span(text, "a shed")) == ""


def test_what_lies_in_a_home_town_is_told_with_it_and_no_finer_than_it() -> None:
    text = "Wichita police in Kansas say shots were fired on Pawnee Street."
    town = find_home_town(PlaceContext(text), GAZETTEER)
    assert isinstance(town, HomeTown)
    reading = town.holding("Pawnee Street", span(text, "Pawnee Street"), None)
    assert reading.place is not None
    assert reading.place.name == "Pawnee Street, Wichita"
    assert reading.rule == "home-town"
    assert (reading.place.lat, reading.place.uncertainty_km) == (
        town.place.lat,
        town.place.uncertainty_km,
    )
    assert reading.place.gazetteer is None
    assert town.holding("", reading.span, None).place == town.place


@given(st.text("Policentwnd,. SheriffCounty()KWX\n", max_size=200))
def test_any_text_has_a_home_town_or_none(text: str) -> None:
    found = find_home_town(PlaceContext(text, dateline_city=text[:5] or None), GAZETTEER)
    assert found is None or found.place.lat is not None


@pytest.mark.parametrize(
    ("outlet", "text", "dateline_city", "town"),
    [
        ("wichitanews.com", "Shots fell on Pawnee Street in Wichita.", None, "Wichita"),
        ("mywichita.com", "A Wichita man was hurt on Pawnee Street.", None, "Wichita"),
        # not named, or a dateline or the police of another town
        ("wichitanews.com", "Shots fell on Pawnee Street.", None, None),
        ("wichitanews.com", "TOPEKA - A Wichita man was hurt.", "TOPEKA", None),
        ("wichitanews.com", "Topeka police in Kansas hold a Wichita man.", None, "Topeka"),
        ("example.com", "CHICAGO (CBS) - Shots fell on Pawnee Street.", "CHICAGO", "Chicago"),
    ],
)
def test_an_outlet_speaks_for_its_own_town(
    outlet: str, text: str, dateline_city: str | None, town: str | None
) -> None:
    found = find_home_town(
        PlaceContext(text, dateline_city=dateline_city, outlet=outlet), GAZETTEER
    )
    assert (found.place.name if found else None) == town
