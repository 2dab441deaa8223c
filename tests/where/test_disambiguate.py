from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision, PlaceRole
from tocsin.where import RULES, Gazetteer, PlaceContext, PlaceQuery, PlaceReading, resolve_places


def read(gazetteer: Gazetteer, text: str, words: str, **context: str) -> PlaceReading:
    start = text.index(words)
    query = PlaceQuery(Span.of(text, start, start + len(words)))
    (reading,) = resolve_places([query], PlaceContext(text, **context), gazetteer)  # type: ignore[arg-type]
    assert reading.rule in RULES
    return reading


@pytest.mark.parametrize(
    ("text", "words", "country", "admin1"),
    [
        ("Shots were fired in Springfield, Ill., on Sunday.", "Springfield", "US", "Illinois"),
        ("A man died in Paris, Texas, police said.", "Paris", "US", "Texas"),
        ("A man died in Paris, police said.", "Paris", "FR", "Île-de-France"),
        ("Lebanese soldiers were shot in Tripoli.", "Tripoli", "LB", "North Lebanon"),
        ("Libyan fighters shelled Tripoli.", "Tripoli", "LY", "Tripoli"),
        ("Police in the U.S. state of Georgia, near Atlanta", "Georgia", "US", "Georgia"),
        ("Russian troops entered Georgia from Abkhazia.", "Georgia", "GE", None),
        ("The Syrian city of Raqqa was hit.", "The Syrian city of Raqqa", "SY", "Raqqa"),
        ("Iraq's Green Zone was hit by rockets.", "Green Zone", "IQ", "Baghdad"),
    ],
)
def test_the_article_decides(
    gazetteer: Gazetteer, text: str, words: str, country: str, admin1: str | None
) -> None:
    place = read(gazetteer, text, words).place
    assert place is not None
    assert (place.country, place.admin1) == (country, admin1)


def test_kind_words_choose_the_division(gazetteer: Gazetteer) -> None:
    text = "Bombs fell across Idlib province in Syria, and on Idlib city."
    province = read(gazetteer, text, "Idlib province").place
    city = read(gazetteer, text, "Idlib city").place
    assert province is not None
    assert city is not None
    assert province.precision is PlacePrecision.ADM1
    assert city.precision is PlacePrecision.SETTLEMENT


def test_a_country_is_never_its_capital(gazetteer: Gazetteer) -> None:
    place = read(gazetteer, "An attack in Kuwait killed two.", "Kuwait").place
    assert place is not None
    assert (place.country, place.precision) == ("KW", PlacePrecision.COUNTRY)


def test_the_capital_is_a_city(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "A bomb hit the Iraqi capital on Monday.", "the Iraqi capital")
    assert reading.place is not None
    assert (reading.place.name, reading.rule) == ("Baghdad", "capital")


def test_unknown_village_keeps_its_words_inside_its_province(gazetteer: Gazetteer) -> None:
    text = "Gunmen raided the village of Zzoltarra, in Anbar province, Iraq."
    reading = read(gazetteer, text, "Zzoltarra")
    place = reading.place
    assert place is not None
    assert (place.name, place.country, place.admin1) == ("Zzoltarra", "IQ", "Anbar")
    assert place.gazetteer is None
    assert place.uncertainty_km is not None
    assert place.uncertainty_km > 30
    assert reading.rule == "in-parent"


def test_stated_distance_is_kept_and_widens(gazetteer: Gazetteer) -> None:
    text = "A convoy was hit 20 km south of Mosul in Iraq."
    place = read(gazetteer, text, "20 km south of Mosul").place
    assert place is not None
    assert place.distance_m == 20_000.0
    assert place.precision is PlacePrecision.NEAR
    assert place.uncertainty_km is not None
    assert place.uncertainty_km >= 20


def test_part_of_a_country_is_a_region(gazetteer: Gazetteer) -> None:
    place = read(gazetteer, "Fighting raged in northern Mali.", "northern Mali").place
    assert place is not None
    assert (place.name, place.country) == ("northern Mali", "ML")
    assert place.precision is PlacePrecision.REGION


def test_an_embassy_stands_where_it_is_not_whose_it_is(gazetteer: Gazetteer) -> None:
    text = "In Baghdad, rockets landed near the French embassy, Iraqi police said."
    place = read(gazetteer, text, "the French embassy").place
    assert place is not None
    assert (place.country, place.precision) == ("IQ", PlacePrecision.SITE)


def test_words_without_name_are_placed_by_the_article(gazetteer: Gazetteer) -> None:
    text = "Two men were shot at a petrol station. Police in Kano, Nigeria, are looking for clues."
    reading = read(gazetteer, text, "a petrol station")
    assert reading.place is not None
    assert reading.place.country == "NG"
    assert reading.is_inferred


def test_nothing_to_go_by_gives_no_place(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "two men were shot at a house.", "a house")
    assert reading.place is None
    assert reading.rule == "unknown"


def test_misspelt_name_is_found_in_the_articles_country(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "Iraqi troops entered Falllujah, in Iraq.", "Falllujah")
    assert reading.place is not None
    assert reading.place.country == "IQ"
    assert reading.place.lat == pytest.approx(33.35, abs=0.1)


def test_dateline_is_context_only(gazetteer: Gazetteer) -> None:
    text = "Gunmen shot two people in Tripoli."
    reading = read(gazetteer, text, "Tripoli", dateline_city="Beirut")
    assert reading.place is not None
    assert reading.place.country == "LB"


def test_role_and_span_are_kept(gazetteer: Gazetteer) -> None:
    text = "Rockets were fired from Mosul."
    query = PlaceQuery(Span.of(text, 24, 29), PlaceRole.LAUNCH)
    (reading,) = resolve_places([query], PlaceContext(text), gazetteer)
    assert reading.place is not None
    assert reading.place.role is PlaceRole.LAUNCH
    assert reading.span == query.span


PHRASE = (
    "the of in near between Syria's Idlib Aleppo province , . 20 km north road from Kabul U.S. "
    "embassy St. Mary's al-Zzz Iraqi capital and ( ) Calif."
)
WORDS = st.sampled_from([*PHRASE.split(), "\n"])


@given(words=st.lists(WORDS, min_size=1, max_size=25), data=st.data())
@settings(max_examples=150)
def test_any_phrase_is_read(gazetteer: Gazetteer, words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    queries = [PlaceQuery(Span.of(text, start, end)), PlaceQuery(Span.of(text, 0, len(text)))]
    readings = resolve_places(queries, PlaceContext(text), gazetteer)
    assert [reading.span for reading in readings] == [query.span for query in queries]
    for reading in readings:
        assert 0.0 <= reading.confidence <= 1.0
    assert readings == resolve_places(queries, PlaceContext(text), gazetteer)
