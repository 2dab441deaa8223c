"""Who the counted are: group, nation, attackers, parts, old and running figures, strengths."""

from __future__ import annotations

import pytest

from tocsin.how_many import (
    QuantityReading,
    group_of,
    group_phrases,
    read_quantities,
    read_quantity,
)
from tocsin.records.vocab import Outcome, VictimGroup


def find(text: str, words: str) -> QuantityReading:
    found = {reading.span.text: reading for reading in read_quantities(text)}
    assert words in found, sorted(found)
    return found[words]


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("three policemen", VictimGroup.SECURITY_FORCE),
        ("three U.S. troops", VictimGroup.FOREIGN_MILITARY),
        ("a defence contractor", VictimGroup.CONTRACTOR),
        ("five villagers", VictimGroup.CIVILIAN),
        ("ten militants", VictimGroup.MILITANT),
        ("the suicide bomber", VictimGroup.ATTACKER),
        ("two mayors", VictimGroup.UNKNOWN),
        ("two judges", VictimGroup.OFFICIAL),
        ("a reporter", VictimGroup.JOURNALIST),
        ("four aid workers", VictimGroup.AID_WORKER),
        ("twelve people", VictimGroup.UNKNOWN),
        ("army people", VictimGroup.UNKNOWN),
        ("", VictimGroup.UNKNOWN),
    ],
)
def test_the_noun_tells_the_group(words: str, group: VictimGroup) -> None:
    assert group_of(words) is group


def test_every_phrase_names_a_group_of_the_vocabulary() -> None:
    assert {group for group, _ in group_phrases()} >= set(VictimGroup) - {
        VictimGroup.DIPLOMAT,
        VictimGroup.MIXED,
    }


def test_a_reading_says_of_whom() -> None:
    reading = find("Two Iraqi policemen were killed.", "Two Iraqi policemen")
    assert (reading.group, reading.nationality) == (VictimGroup.SECURITY_FORCE, "IQ")
    assert not reading.are_attackers


def test_a_list_of_several_groups_is_mixed() -> None:
    reading = read_quantity("two soldiers and a teacher")
    assert reading is not None
    assert (reading.quantity.best, reading.group) == (3, VictimGroup.MIXED)


@pytest.mark.parametrize("words", ["Four gunmen", "Two suicide bombers", "Three attackers"])
def test_attackers_stand_apart(words: str) -> None:
    assert find(f"{words} were killed.", words).are_attackers


def test_a_part_shares_the_outcome_of_its_total() -> None:
    text = "13 people, including four children, were killed, and six were hurt."
    part = find(text, "four children")
    assert part.is_part
    assert part.outcome_hint is Outcome.KILLED


def test_a_part_does_not_take_the_verb_of_the_next_clause() -> None:
    text = "The raid killed 14 people, including six guards, and 13 others were injured."
    assert find(text, "six guards").outcome_hint is Outcome.KILLED
    assert find(text, "13 others").outcome_hint is Outcome.INJURED
    assert not find(text, "13 others").is_part


@pytest.mark.parametrize(
    "text", ["Six nurses were among the dead.", "Among the dead were six nurses."]
)
def test_among_the_dead_is_a_part(text: str) -> None:
    reading = next(r for r in read_quantities(text) if "nurses" in r.span.text)
    assert reading.is_part
    assert reading.outcome_hint is Outcome.KILLED


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The toll rose from 5 to 9.", "5", "9"),
        ("The death toll climbed to nine from five.", "five", "nine"),
        ("The death toll stood at 31, up from 20 a day before.", "20", "31"),
        ("An earlier toll of five was revised to eight.", "five", "eight"),
    ],
)
def test_an_old_figure_is_told_from_the_new(text: str, old: str, new: str) -> None:
    before, after = find(text, old), find(text, new)
    assert before.is_old
    assert not after.is_old
    assert after.is_cumulative
    assert before.outcome_hint is after.outcome_hint is Outcome.KILLED


def test_figures_given_earlier_are_old() -> None:
    assert find("Officials had earlier put the number of dead at seven.", "seven").is_old
    assert not find("Earlier, gunmen killed seven men.", "seven men").is_old


def test_more_of_them_raise_a_running_total() -> None:
    text = "Two more died in hospital, raising the number of dead to 12."
    assert find(text, "Two more").is_other
    assert find(text, "12").is_cumulative
    assert find(text, "12").outcome_hint is Outcome.KILLED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some 5,200 troops are stationed there.", "Some 5,200 troops"),
        ("A 900-strong force arrived.", "900-strong"),
    ],
)
def test_a_strength_says_nothing_of_harm(text: str, words: str) -> None:
    reading = find(text, words)
    assert reading.is_strength
    assert reading.outcome_hint is None


@pytest.mark.parametrize(
    ("text", "words", "outcome"),
    [
        ("Eleven people lost their lives.", "Eleven people", Outcome.KILLED),
        ("Three men were shot and killed.", "Three men", Outcome.KILLED),
        ("Raiders fatally shot two guards.", "two guards", Outcome.KILLED),
        ("Three guards, one nurse dead in fire", "Three guards", Outcome.KILLED),
        ("All four members of the patrol died.", "All four members", Outcome.KILLED),
        ("Seven men remained in a critical condition.", "Seven men", Outcome.INJURED),
        ("Six people were taken to hospital.", "Six people", Outcome.INJURED),
        ("Two women suffered gunshot wounds.", "Two women", Outcome.INJURED),
        ("Killed were two nurses.", "two nurses", Outcome.KILLED),
        ("He denied the murder of a guard.", "a guard", Outcome.KILLED),
        ("He denied the fatal shooting of a boy.", "a boy", Outcome.KILLED),
        ("19-year-old killed in raid", "19-year-old", Outcome.KILLED),
        ("A missing girl and her uncle were found dead.", "A missing girl", Outcome.KILLED),
        ("They killed his aunt and four cousins.", "four cousins", Outcome.KILLED),
        ("Nurse killed, two hurt in Basra", "Nurse", Outcome.KILLED),
        ("A soldier shot dead two men.", "two men", Outcome.KILLED),
    ],
)
def test_more_ways_to_tell_an_outcome(text: str, words: str, outcome: Outcome) -> None:
    assert find(text, words).outcome_hint is outcome


@pytest.mark.parametrize("text", ["Four people were shot.", "He stabbed four people."])
def test_harm_that_may_have_been_deadly_is_a_toll_of_neither(text: str) -> None:
    reading = next(r for r in read_quantities(text) if "four people" in r.span.text.lower())
    assert reading.is_combined
    assert reading.outcome_hint is None


def test_a_headline_leaves_the_article_out_only_at_the_head_of_a_line() -> None:
    assert find("Driver wounded in ambush\n\nIt rained.", "Driver").rule == "headline"
    assert not [r for r in read_quantities("It rained. Driver training helps.") if r.noun]
    assert not [r for r in read_quantities("Gunman killed three guards") if r.rule == "headline"]


@pytest.mark.parametrize(
    "text",
    [
        "Two officials said a man died.",
        "Two officials said the driver was killed.",
        "Two medics told reporters that a bomb went off.",
    ],
)
def test_what_a_speaker_tells_did_not_befall_the_speaker(text: str) -> None:
    speakers = read_quantities(text)[0]
    assert speakers.span.text.startswith("Two")
    assert speakers.outcome_hint is None


def test_one_officer_on_duty_is_no_strength() -> None:
    assert not find("A police officer was stationed there.", "A police officer").is_strength


@pytest.mark.parametrize("text", ["Tram injures man near lake", "ARCHIVE - One nurse is dead"])
def test_a_headline_opens_with_plain_words(text: str) -> None:
    assert not [reading for reading in read_quantities(text) if reading.rule == "headline"]
