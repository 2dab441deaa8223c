"""Phrases that are known to count."""

from __future__ import annotations

import pytest

from tocsin.how_many import read_quantity, read_quantity_at
from tocsin.records.vocab import QuantityStatus

EXACT = [
    ("a woman and her two children", 3),
    ("a woman and child", 2),
    ("his father, mother and brother", 3),
    ("a woman and her three children as well as another child", 5),
    ("Omar Saleh", 1),
    ("Omar Saleh, 34", 1),
    ("Omar Saleh, a teacher", 1),
    ("Omar Saleh and two other rebels", 3),
    ("army commander General Omar Saleh", 1),
    ("the driver", 1),
    ("her 12-year-old son", 1),
    ("another", 1),
    ("a third man", 1),
    ("both officers", 2),
    ("all six attackers", 6),
    ("five people including four pupils", 5),
    ("30 army and allied fighters", 30),
    ("two of the victims", 2),
    ("killed seven", 7),
    ("none of the crew", 0),
    ("no deaths", 0),
    ("one critically", 1),
    ("Omar Saleh 40 of Harwell", 1),
    ("Omar Saleh, 17, and Ali Hasan, 19", 2),
    ("Omar Saleh (17) and Ali Hasan (19)", 2),
    ("Omar Saleh, 30; Ali Hasan, 31; and Zaid Karim, 44", 3),
    ("Omar Saleh, 34, Syrian journalist", 1),
]
LEAST = [
    ("dozens", 24),
    ("dozens more", 24),
    ("hundreds more were hurt", 200),
    ("several more", 3),
    ("an unspecified number of guards", 2),
    ("an estimated at least 50 militants", 50),
    ("at least one other", 1),
    ("at least six soldiers and guards", 6),
]


@pytest.mark.parametrize(("phrase", "number"), EXACT)
def test_exact(phrase: str, number: int) -> None:
    reading = read_quantity(phrase)
    assert reading is not None
    assert (reading.quantity.min, reading.quantity.max) == (number, number)


@pytest.mark.parametrize(("phrase", "least"), LEAST)
def test_at_least(phrase: str, least: int) -> None:
    reading = read_quantity(phrase)
    assert reading is not None
    assert (reading.quantity.min, reading.quantity.max) == (least, None)


@pytest.mark.parametrize("phrase", ["civilians", "displaced children", "rockets"])
def test_a_bare_plural_counts_only_when_asked(phrase: str) -> None:
    assert read_quantity(phrase) is None
    reading = read_quantity(phrase, plural_is_vague=True)
    assert reading is not None
    assert (reading.quantity.min, reading.quantity.best, reading.quantity.max) == (2, None, None)


@pytest.mark.parametrize("phrase", ["", "  ", "quickly", "!"])
def test_words_that_count_nothing(phrase: str) -> None:
    assert read_quantity(phrase, plural_is_vague=True) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("In Taji, no casualties were reported.", QuantityStatus.NONE_REPORTED),
        ("In Taji, no casualties were caused.", QuantityStatus.NONE_STATED),
        ("In Taji there were no casualties. Two men were reported missing.", "none_stated"),
    ],
)
def test_nobody_is_read_with_the_words_behind(text: str, status: str) -> None:
    start = text.index("no casualties")
    reading = read_quantity_at(text, start, start + len("no casualties"))
    assert reading is not None
    assert reading.quantity.status == status
    assert reading.span.text == "no casualties"


def test_a_phrase_in_its_text_keeps_the_offsets_of_the_text() -> None:
    text = "On Monday at least 12 Iraqi soldiers died."
    reading = read_quantity_at(text, 10, 36)
    assert reading is not None
    reading.span.check(text)
    assert reading.noun_span is not None
    reading.noun_span.check(text)
    assert reading.noun_span.text == "soldiers"


@pytest.mark.parametrize(
    "phrase",
    ["no one", "nobody", "none", "no Danish or Swedish sailors", "neither of the two drivers"],
)
def test_a_negated_phrase_counts_nobody(phrase: str) -> None:
    """Whatever stands behind "no", the phrase is never read as one."""
    reading = read_quantity(phrase, plural_is_vague=True)
    assert reading is not None
    assert (reading.quantity.min, reading.quantity.max) == (0, 0)


def test_no_fewer_than_is_a_bound() -> None:
    reading = read_quantity("no fewer than six sailors")
    assert reading is not None
    assert (reading.quantity.min, reading.quantity.max) == (6, None)


@pytest.mark.parametrize(
    "text",
    [
        "There was no sign that anyone had been hurt.",
        "No deaths or damage were reported.",
        "It fell in a field with no deaths reported.",
    ],
)
def test_none_known_excludes_nothing(text: str) -> None:
    start = text.lower().index("no ")
    reading = read_quantity_at(text, start, len(text) - 1)
    assert reading is not None
    assert reading.quantity.status is QuantityStatus.NONE_REPORTED
    assert (reading.quantity.min, reading.quantity.max) == (0, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Police said Omar Saleh, 36, died at the scene.", 1),
        ("Omar Saleh Jr., 36, died at the scene.", 1),
        ("The blast killed 36, medics said.", 36),
    ],
)
def test_a_bare_number_is_an_age_where_a_person_stands_before_it(text: str, number: int) -> None:
    at = text.index("36")
    reading = read_quantity_at(text, at, at + 2)
    assert reading is not None
    assert reading.quantity.best == number
