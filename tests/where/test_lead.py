"""Words before a name that say how the place lies to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision
from tocsin.where import Gazetteer, PlaceContext, PlaceQuery, find_phrases, resolve_places
from tocsin.where.lead import lead_start


def phrases(gazetteer: Gazetteer, text: str) -> list[str]:
    return [span.text for span in find_phrases(text, gazetteer.find_places(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell north of Mosul.", ["north of Mosul"]),
        ("It fell 20 km south of Mosul.", ["20 km south of Mosul"]),
        ("It fell about 12 miles north-east of Mosul.", ["about 12 miles north-east of Mosul"]),
        ("A blast hit a village near Manbij.", ["a village near Manbij"]),
        ("A bus burnt on the road from Kirkuk to Erbil.", ["on the road from Kirkuk to Erbil"]),
        ("Shots rang between Samarra and Tikrit.", ["between Samarra and Tikrit"]),
        ("Fires burnt on the outskirts of Aleppo.", ["on the outskirts of Aleppo"]),
        ("Raids shook northern Mali.", ["northern Mali"]),
        ("It fell 100 yards from the U.S. embassy in it.", ["100 yards from the U.S. embassy"]),
        ("It fell near the Mosul university hospital.", ["near the Mosul university hospital"]),
        ("He flew to Mosul and Erbil.", ["Mosul", "Erbil"]),
        ("Between them lies Mosul.", ["Mosul"]),
    ],
)
def test_phrases_take_their_relation_along(
    gazetteer: Gazetteer, text: str, found: list[str]
) -> None:
    assert phrases(gazetteer, text) == found


def test_a_distance_is_kept_in_metres_and_becomes_no_bearing(gazetteer: Gazetteer) -> None:
    text = "Rockets fell 100 yards from the U.S. Embassy in Baghdad."
    span = Span.of(text, text.index("100"), text.index(" in"))
    (reading,) = resolve_places([PlaceQuery(span)], PlaceContext(text), gazetteer)
    place = reading.place
    assert place is not None
    assert place.distance_m == pytest.approx(91.44)
    assert place.precision is PlacePrecision.NEAR
    landmark = reading.candidates[0]
    assert (place.lat, place.lon) == (landmark.lat, landmark.lon)
    assert place.uncertainty_km is not None
    assert place.uncertainty_km >= 0.09


def test_between_two_towns_spans_both(gazetteer: Gazetteer) -> None:
    text = "A convoy was hit between Samarra and Balad in Iraq."
    span = Span.of(text, text.index("between"), text.index(" in Iraq"))
    (reading,) = resolve_places([PlaceQuery(span)], PlaceContext(text), gazetteer)
    assert reading.rule == "named-between"
    assert reading.place is not None
    assert reading.place.uncertainty_km is not None
    assert 15 < reading.place.uncertainty_km < 100


@pytest.mark.parametrize("unit", ["the ", "10 km ", "near the ", "a village ", "north "])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * 50_000
    began = time.process_time()
    assert 0 <= lead_start(text, len(text)) <= len(text)
    assert time.process_time() - began < 5.0


WORDS = st.sampled_from(
    [
        "between",
        "and",
        "near",
        "the",
        "Mosul",
        "Kirkuk",
        "20",
        "km",
        "south",
        "of",
        "from",
        "to",
        "Mali",
        "road",
    ]
)


@given(st.lists(WORDS, max_size=25))
@settings(max_examples=100)
def test_phrases_are_slices_in_order(gazetteer: Gazetteer, words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for span in find_phrases(text, gazetteer.find_places(text)):
        span.check(text)
        assert span.start >= end
        end = span.end
