"""Numbers that name or measure: each is read under its kind, none counts persons or things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.how_many import QuantityKind, read_quantities, read_quantity
from tocsin.records.vocab import QuantityStatus

NAMES = [
    ("It was 12 Muharram 1441 in the old town.", "12 Muharram 1441", "date"),
    ("It was 3 Rabi al-Awwal 1440.", "3 Rabi al-Awwal 1440", "date"),
    ("They met on 6 June in Erbil.", "6 June", "date"),
    ("They met on June 6, 2019.", "6, 2019", "date"),
    ("They met on 6th June 2014.", "6th June 2014", "date"),
    ("Printed 12/03/2015 in Cairo.", "12/03/2015", "date"),
    ("Printed 2015-03-12 in Cairo.", "2015-03-12", "date"),
    ("He fled after 9/11.", "9/11", "date"),
    ("It began in 2019.", "2019", "year"),
    ("It began in the 1990s.", "1990s", "year"),
    ("The 2015-16 season.", "2015-16", "year"),
    ("In 1441 AH he was born.", "1441 AH", "year"),
    ("At 9.30am it rained.", "9.30am", "clock"),
    ("It fell at 10:15 pm there.", "10:15 pm", "clock"),
    ("It fell at 0930 GMT.", "0930 GMT", "clock"),
    ("It fell at 9.30 in town.", "9.30", "clock"),
    ("Blasts were heard at about four in the morning.", "four in the morning", "clock"),
    ("It fell at 9 at night.", "9 at night", "clock"),
    ("An AK-47 lay there.", "47", "model"),
    ("Two jets, an F-16 among them.", "16", "model"),
    ("Flight MH17 vanished.", "17", "model"),
    ("A Boeing 737-800 landed.", "737-800", "identifier"),
    ("Call 07700 now.", "07700", "identifier"),
    ("UN Resolution 2254 was read.", "2254", "identifier"),
    ("Call 877-HELP now.", "877-HELP", "identifier"),
    ("Call 800-555-0199 now.", "800-555-0199", "identifier"),
    ("He lives at 221 Baker Street.", "221 Baker Street", "address"),
    ("In the 4500 block of Elm Avenue.", "4500 block", "address"),
    ("They beat Oman 2-1 in Muscat.", "2-1", "score"),
    ("They lost 3–0 in Muscat.", "3–0", "score"),
    ("One in five people agreed.", "One in five", "ratio"),
    ("Two-thirds of the town fled.", "Two-thirds", "fraction"),
    ("A third of the soldiers fled.", "A third", "fraction"),
    ("Half of the crew fled.", "Half", "fraction"),
    ("They stayed in the Four Seasons hotel.", "Four", "name"),
]
MEASURES = [
    ("It cost $5m.", "$5m", QuantityKind.MONEY, 5_000_000),
    ("It cost £1.5bn.", "£1.5bn", QuantityKind.MONEY, 1_500_000_000),
    ("It cost Rs 500.", "Rs 500", QuantityKind.MONEY, 500),
    ("It cost 3 million euros.", "3 million euros", QuantityKind.MONEY, 3_000_000),
    ("It lies 200 yards off.", "200 yards", QuantityKind.DISTANCE, 200),
    ("A 122 mm rocket fell.", "122 mm", QuantityKind.DISTANCE, 122),
    ("A two-day visit.", "two-day", QuantityKind.TIME, 2),
    ("Some 40% of voters.", "Some 40%", QuantityKind.PERCENT, 40),
    ("Ali Reza (41) spoke.", "41", QuantityKind.AGE, 41),
    ("A boy, 12, spoke.", "12", QuantityKind.AGE, 12),
    ("They range in age from 23 to 31 there.", "23", QuantityKind.AGE, 23),
]


@pytest.mark.parametrize(("text", "words", "rule"), NAMES, ids=[row[0] for row in NAMES])
def test_a_number_that_names_has_no_bounds(text: str, words: str, rule: str) -> None:
    found = {reading.span.text: reading for reading in read_quantities(text)}
    assert words in found, sorted(found)
    reading = found[words]
    assert reading.rule == rule
    assert reading.kind not in {QuantityKind.PERSONS, QuantityKind.THINGS}
    assert reading.quantity.status is QuantityStatus.NOT_STATED
    assert (reading.quantity.min, reading.quantity.max) == (None, None)
    assert reading.explanation


@pytest.mark.parametrize(
    ("text", "words", "kind", "number"), MEASURES, ids=[row[0] for row in MEASURES]
)
def test_a_measure_keeps_its_number(text: str, words: str, kind: QuantityKind, number: int) -> None:
    found = {reading.span.text: reading for reading in read_quantities(text)}
    assert words in found, sorted(found)
    assert found[words].kind is kind
    assert found[words].quantity.best == number


@pytest.mark.parametrize(
    "text",
    [
        "12 May Day marchers were hurt.",
        "In Ramadan 12 people were hurt.",
        "On March 4 people spoke.",
        "12 Abbey Road engineers were hurt.",
        "Two to five people were hurt.",
        "In 2019 12 people were hurt.",
        "Three men (aged 20 to 30) were hurt.",
        "Half a dozen people were hurt.",
        "One in the crowd was hurt.",
    ],
)
def test_what_looks_like_a_name_may_count_persons(text: str) -> None:
    assert any(reading.kind is QuantityKind.PERSONS for reading in read_quantities(text))


def test_a_decimal_lies_between_whole_numbers() -> None:
    (reading,) = read_quantities("Turnout was 12.5 per cent.")
    quantity = reading.quantity
    assert (reading.span.text, reading.kind) == ("12.5 per cent", QuantityKind.PERCENT)
    assert (quantity.min, quantity.best, quantity.max) == (12, None, 13)


def test_a_name_never_becomes_the_count_of_a_phrase() -> None:
    assert read_quantity("BM-21 launcher") is None or (
        read_quantity("BM-21 launcher").quantity.max == 1  # type: ignore[union-attr]
    )


MONTHS = st.sampled_from(["January", "March", "June", "Muharram", "Shawwal", "Farvardin"])


@given(st.integers(1, 29), MONTHS, st.integers(1300, 2030))
def test_no_date_counts_persons(day: int, month: str, year: int) -> None:
    for written in (f"On {day} {month} {year} it rained.", f"On {day} {month} it rained."):
        kinds = {reading.kind for reading in read_quantities(written)}
        assert not kinds & {QuantityKind.PERSONS, QuantityKind.THINGS}, written


@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["beat", "lost to", "drew with"]))
def test_no_score_counts_persons(one: int, other: int, verb: str) -> None:
    for reading in read_quantities(f"Iraq {verb} Oman {one}-{other}."):
        assert reading.kind is QuantityKind.OTHER
        assert reading.quantity.max is None
