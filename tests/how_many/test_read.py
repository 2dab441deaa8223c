"""Counting phrases in running text."""

from __future__ import annotations

import pytest

from tocsin.how_many import QuantityKind, QuantityReading, read_quantities
from tocsin.records.vocab import Outcome, QuantityStatus

Bounds = tuple[int | None, int | None, int | None]
BOUNDS: list[tuple[str, str, Bounds]] = [
    ("Five soldiers were killed.", "Five soldiers", (5, 5, 5)),
    ("At least 12 people died.", "At least 12 people", (12, None, None)),
    ("No fewer than 12 people died.", "No fewer than 12 people", (12, None, None)),
    ("More than 30 villagers fled.", "More than 30 villagers", (31, None, None)),
    ("Over 1,200 troops arrived.", "Over 1,200 troops", (1201, None, None)),
    ("Up to 40 fighters hid there.", "Up to 40 fighters", (None, None, 40)),
    ("Nearly 50 people were hurt.", "Nearly 50 people", (None, None, 50)),
    ("Fewer than 10 rebels stayed.", "Fewer than 10 rebels", (None, None, 9)),
    ("About 20 miners were trapped.", "About 20 miners", (20, 20, 20)),
    ("Some 300 refugees crossed.", "Some 300 refugees", (300, 300, 300)),
    ("Between 5 and 7 people died.", "Between 5 and 7 people", (5, None, 7)),
    ("Police saw 2-3 gunmen.", "2-3 gunmen", (2, None, 3)),
    ("Dozens of people were hurt.", "Dozens of people", (24, None, None)),
    ("Scores of people were hurt.", "Scores of people", (40, None, None)),
    ("Hundreds of people were hurt.", "Hundreds of people", (200, None, None)),
    ("Tens of thousands of people fled.", "Tens of thousands of people", (20000, None, None)),
    ("Several people were hurt.", "Several people", (3, None, None)),
    ("Many civilians were hurt.", "Many civilians", (2, None, None)),
    ("A number of guards were hurt.", "A number of guards", (2, None, None)),
    ("A dozen people were hurt.", "A dozen people", (12, 12, 12)),
    ("Half a dozen people were hurt.", "Half a dozen people", (6, 6, 6)),
    ("More than a dozen rockets hit.", "More than a dozen rockets", (13, None, None)),
    ("A pair of rockets hit.", "A pair of rockets", (2, 2, 2)),
    ("Twenty-one people died.", "Twenty-one people", (21, 21, 21)),
    ("One hundred and five people died.", "One hundred and five people", (105, 105, 105)),
    ("Three hundred thousand people fled.", "Three hundred thousand people", (300_000,) * 3),
    ("2.5 million people fled.", "2.5 million people", (2_500_000,) * 3),
    ("Another six people were hurt.", "Another six people", (6, 6, 6)),
    ("A further 12 people were hurt.", "A further 12 people", (12, 12, 12)),
    ("All four crew members died.", "All four crew members", (4, 4, 4)),
    ("A total of 24 people died.", "A total of 24 people", (24, 24, 24)),
    ("A soldier died.", "A soldier", (1, 1, 1)),
    ("An 11-year-old boy died.", "An 11-year-old boy", (1, 1, 1)),
    ("No casualties.", "No casualties", (0, 0, 0)),
    ("No one was hurt.", "No one was hurt", (0, 0, 0)),
    ("No officers were injured.", "No officers were injured", (0, 0, 0)),
    ("No reports of casualties.", "No reports of casualties", (0, 0, None)),
    ("No immediate reports of injuries.", "No immediate reports of injuries", (0, 0, None)),
    ("No casualties were reported.", "No casualties were reported", (0, 0, None)),
]

NOT_PERSONS = [
    ("She is 34 years old.", QuantityKind.AGE),
    ("Omar Saleh, 34, died.", QuantityKind.AGE),
    ("children aged 5 lived there", QuantityKind.AGE),
    ("It began in 2016.", QuantityKind.YEAR),
    ("It began on 26 March.", QuantityKind.TIME),
    ("It began on March 26.", QuantityKind.TIME),
    ("It began at 9:30 in town.", QuantityKind.TIME),
    ("It began at about 9:30 p.m. in town.", QuantityKind.TIME),
    ("It lasted 12 hours.", QuantityKind.TIME),
    ("It cost $5 million.", QuantityKind.MONEY),
    ("It cost 300 dollars.", QuantityKind.MONEY),
    ("It lies 10 km away.", QuantityKind.DISTANCE),
    ("A 107mm rocket.", QuantityKind.DISTANCE),
    ("Turnout was 20% there.", QuantityKind.PERCENT),
    ("Turnout was 20 percent.", QuantityKind.PERCENT),
    ("He held an AK-47 rifle.", QuantityKind.OTHER),
    ("An F-16 jet.", QuantityKind.OTHER),
    ("Flight 370 vanished.", QuantityKind.OTHER),
    ("the 19th attack since May", QuantityKind.ORDINAL),
    ("their fourth attack", QuantityKind.ORDINAL),
    ("Two rockets landed.", QuantityKind.THINGS),
    ("An Iraqi convoy was hit by two rockets.", QuantityKind.THINGS),
]

OUTCOMES = [
    ("The bomb killed 12 people.", "12 people", Outcome.KILLED),
    ("The bomb killed at least 12 people.", "at least 12 people", Outcome.KILLED),
    ("12 people were wounded.", "12 people", Outcome.INJURED),
    ("It left 12 people dead.", "12 people", Outcome.KILLED),
    ("wounding dozens of others", "dozens of others", Outcome.INJURED),
    ("12 people were reported missing.", "12 people", Outcome.MISSING),
    ("Gunmen abducted three aid workers.", "three aid workers", Outcome.ABDUCTED),
    ("Police arrested 40 protesters.", "40 protesters", Outcome.ARRESTED),
    ("Five people, including two nurses, were killed.", "Five people", Outcome.KILLED),
    ("Five members of the council were wounded.", "Five members", Outcome.INJURED),
    ("In all, 27 were killed.", "27", Outcome.KILLED),
    ("Three people watched.", "Three people", None),
    ("A gunman killed three guards.", "A gunman", None),
    ("A gunman killed three guards.", "three guards", Outcome.KILLED),
    ("He killed himself and 14 others.", "14 others", Outcome.KILLED),
    ("Two soldiers and a civilian were killed.", "Two soldiers", Outcome.KILLED),
    ("8 killed, 20 injured in blast", "8", Outcome.KILLED),
    ("Two died and a third was wounded.", "a third", Outcome.INJURED),
    ("They killed her 12-year-old son.", "her 12-year-old son", Outcome.KILLED),
    ("3 of the 15 hostages died.", "3 of the 15 hostages", Outcome.KILLED),
]


def find(text: str, words: str) -> QuantityReading:
    found = {reading.span.text: reading for reading in read_quantities(text)}
    assert words in found, sorted(found)
    return found[words]


@pytest.mark.parametrize(("text", "words", "bounds"), BOUNDS, ids=[row[0] for row in BOUNDS])
def test_bounds(text: str, words: str, bounds: Bounds) -> None:
    quantity = find(text, words).quantity
    assert (quantity.min, quantity.best, quantity.max) == bounds


@pytest.mark.parametrize(("text", "kind"), NOT_PERSONS, ids=[row[0] for row in NOT_PERSONS])
def test_numbers_that_count_no_person(text: str, kind: QuantityKind) -> None:
    kinds = [reading.kind for reading in read_quantities(text)]
    assert kind in kinds
    assert QuantityKind.PERSONS not in kinds


@pytest.mark.parametrize(("text", "words", "outcome"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_outcome(text: str, words: str, outcome: Outcome | None) -> None:
    assert find(text, words).outcome_hint is outcome


def test_killed_and_wounded_in_one_sentence_stay_apart() -> None:
    text = "Ten people were killed and 20 wounded."
    assert find(text, "Ten people").outcome_hint is Outcome.KILLED
    assert find(text, "20").outcome_hint is Outcome.INJURED or (
        find(text, "20 wounded").outcome_hint is Outcome.INJURED
    )


@pytest.mark.parametrize(
    "text",
    [
        "The raid killed and wounded dozens of people.",
        "Dozens of people were killed or injured.",
        "The raid caused 30 casualties.",
    ],
)
def test_combined_figures_are_a_toll_of_neither(text: str) -> None:
    (reading,) = read_quantities(text)
    assert reading.is_combined
    assert reading.outcome_hint is None


def test_a_part_is_told_from_its_total() -> None:
    text = "13 people, including four children, were killed."
    assert not find(text, "13 people").is_part
    assert find(text, "four children").is_part
    assert find("Five of them were children.", "Five of them").is_part


def test_a_running_total_is_marked() -> None:
    reading = find("Two more died, bringing the death toll to 12.", "12")
    assert reading.is_cumulative
    assert reading.outcome_hint is Outcome.KILLED


def test_others_are_apart_from_those_before() -> None:
    assert find("It killed two and wounded three others.", "three others").is_other


@pytest.mark.parametrize(
    ("text", "status", "approx"),
    [
        ("Several people died.", QuantityStatus.VAGUE, False),
        ("About 20 people died.", QuantityStatus.STATED, True),
        ("Twenty people died.", QuantityStatus.STATED, False),
        ("No one died.", QuantityStatus.NONE_STATED, False),
        ("No reports of deaths.", QuantityStatus.NONE_REPORTED, False),
    ],
)
def test_status(text: str, status: QuantityStatus, approx: bool) -> None:
    (reading,) = read_quantities(text)
    assert (reading.quantity.status, reading.quantity.approx) == (status, approx)


def test_the_noun_and_the_number_have_their_own_spans() -> None:
    reading = find("At least 12 Iraqi soldiers died.", "At least 12 Iraqi soldiers")
    assert reading.noun == "soldier"
    assert reading.noun_span is not None
    assert reading.noun_span.text == "soldiers"
    assert reading.number_span is not None
    assert reading.number_span.text == "12"
