"""U.S. towns and counties of one name: which state, told by the article around them."""

from __future__ import annotations

import pytest

from tocsin.records import Span
from tocsin.where import Gazetteer, PlaceContext, PlaceQuery, PlaceReading, resolve_places


def read(gazetteer: Gazetteer, text: str, words: str, *, outlet: str | None = None) -> PlaceReading:
    at = text.rindex(words)
    query = PlaceQuery(Span(at, at + len(words), words))
    (reading,) = resolve_places([query], PlaceContext(text, outlet=outlet), gazetteer)
    return reading


@pytest.mark.parametrize(
    ("text", "words", "outlet", "admin1"),
    [
        ("HAMILTON, Ohio (WXXX) - A man was shot in Hamilton.", "Hamilton", None, "Ohio"),
        ("ALBUQUERQUE, N.M. - Two died when a truck hit a bar in Roswell.", "Roswell", None,
         "New Mexico"),
        ("A clerk was shot in Columbia, police in Missouri said.", "Columbia", None, "Missouri"),
        ("Shots were fired in Columbia on Sunday, police said.", "Columbia", "nashvilledaily.com",
         "Tennessee"),
    ],
)  # fmt: skip
def test_the_article_chooses_the_state(
    gazetteer: Gazetteer, text: str, words: str, outlet: str | None, admin1: str
) -> None:
    place = read(gazetteer, text, words, outlet=outlet).place
    assert place is not None
    assert (place.country, place.admin1) == ("US", admin1)


def test_a_town_of_a_state_never_spoken_of_is_a_quarter_nobody_knows(gazetteer: Gazetteer) -> None:
    text = "COLUMBUS, Ohio - Officers from Columbus found a man shot in Linden. Ohio troopers came."
    reading = read(gazetteer, text, "Linden")
    assert reading.place is not None
    assert reading.place.admin1 == "Ohio"
    assert reading.place.gazetteer is None


def test_old_names_of_big_cities_lose_to_towns_that_bear_them(gazetteer: Gazetteer) -> None:
    assert gazetteer.look_up("Philadelphia")[0].country == "US"
    assert gazetteer.look_up("Milan")[0].country == "IT"


def test_outlets_named_after_towns(gazetteer: Gazetteer) -> None:
    def state(outlet: str) -> str | None:
        city = gazetteer.us_city_of_outlet(outlet)
        return city.admin1 if city else None

    assert state("philadelphia.example.com") == "Pennsylvania"
    assert state("www.detroitgazette.com") == "Michigan"
    assert state("Kansas City Courier") == "Missouri"
    assert state("evening-lantern.example.org") is None


def test_capitals_that_name_nothing_are_inferred(gazetteer: Gazetteer) -> None:
    text = "RENO, Nev. - A fight at the Apartments in Reno ended with shots."
    assert read(gazetteer, text, "Apartments").is_inferred
