"""Relations: links between two reports, and back to what an earlier sentence tells."""

from __future__ import annotations

import pytest

from tests.extract.conftest import MakeArticle, ReadText
from tocsin.extract.asides import relations_of
from tocsin.extract.relations import Told
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.timing import time_context

LEAD = "Gunmen attacked a police post in Torvel on Monday, killing three officers. "
Tie = tuple[str, int, int, bool]


@pytest.fixture
def ties(extractor: RuleExtractor, make_article: MakeArticle):  # type: ignore[no-untyped-def]
    """The relations of a text whose reports are told in the words given; the first is main."""

    def find(text: str, *told: str) -> set[Tie]:
        article = make_article(text)
        findings = extractor.find_all(article, time_context(article), with_events=False)
        places = []
        for report, words in enumerate(told):
            start = text.index(words)
            sentence = next(
                f.sentence for f in findings if f.sentence.start <= start < f.sentence.end
            )
            first, last = (sentence.token_at(at) for at in (start, start + len(words)))
            places.append(Told(report, sentence.index, first, last))
        found = relations_of(article, findings, places, 0)
        return {(one.kind, one.source, one.target, one.hedged) for one in found}

    return find


def test_a_link_between_two_events_ties_them(ties) -> None:  # type: ignore[no-untyped-def]
    text = "The shelling of Dorn came in retaliation for the ambush near Kellim."
    assert ties(text, "shelling", "ambush") == {("retaliation_for", 0, 1, False)}


def test_a_link_that_opens_the_sentence_ties_what_follows(ties) -> None:  # type: ignore[no-untyped-def]
    text = "After gunmen ambushed a convoy near Dorn, helicopters bombed a camp in Kellim."
    assert ties(text, "bombed", "ambushed") == {("follows", 0, 1, False)}


def test_who_answers_an_attack_with_words_answers_with_none(ties) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Rockets hit the port. In response to the raid on Dorn, the premier said talks were over."
    )
    assert not ties(text, "Rockets hit", "raid on Dorn")


def test_retaliatory_fire_answers_what_was_told_before(ties) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Rockets hit a base at Dorn. The army responded with retaliatory fire on a camp in Kellim."
    )
    found = ties(text, "Rockets hit", "fire on a camp")
    assert ("retaliation_for", 1, 0, False) in found
    assert all((source, target) == (1, 0) for _, source, target, _ in found)


@pytest.mark.parametrize("link", ["Days later,", "Hours later,"])
def test_what_comes_later_follows(ties, link: str) -> None:  # type: ignore[no-untyped-def]
    text = f"Rockets hit a base at Dorn. {link} jets bombed a camp in Kellim."
    assert ties(text, "Rockets hit", "bombed") == {("follows", 1, 0, False)}


def test_the_passive_turns_a_link_round(ties) -> None:  # type: ignore[no-untyped-def]
    text = "The ambush near Dorn was followed by the shelling of Kellim."
    assert ties(text, "ambush", "shelling") == {("follows", 1, 0, False)}


def test_a_phrase_that_points_back_is_looked_up_by_its_words(ties) -> None:  # type: ignore[no-untyped-def]
    text = (
        "A mine killed two guards at the port. Crowds burned the consulate in May. Troops shot a "
        "driver at a checkpoint. In the days that followed the May consulate attack, jets bombed a "
        "camp in Kellim."
    )
    found = ties(text, "A mine killed", "burned", "shot", "bombed")
    assert found == {("follows", 3, 1, False)}


def test_these_strikes_are_those_told_last(ties) -> None:  # type: ignore[no-untyped-def]
    text = (
        "A mine killed two guards. Jets struck a depot in air strikes near Kellim. These strikes "
        "were launched in retaliation for the ambush at Dorn."
    )
    found = ties(text, "A mine killed", "air strikes", "ambush")
    assert found == {("retaliation_for", 1, 2, False)}


def test_a_belief_that_moves_somebody_is_hedged(ties) -> None:  # type: ignore[no-untyped-def]
    text = (
        "A mine killed two guards. Crowds stormed the consulate. The junta, believing the colonel "
        "had been behind the storming of the consulate, shelled his camp."
    )
    assert ties(text, "A mine killed", "stormed", "shelled") == {("in_response_to", 2, 1, True)}


def test_what_sets_off_a_chain_of_events_triggered_the_next(ties) -> None:  # type: ignore[no-untyped-def]
    text = "A rocket hit Dorn and unleashed a chain of events. The army shelled Kellim."
    assert ties(text, "A rocket hit", "shelled") == {("triggered", 0, 1, False)}


def test_another_of_the_same_in_the_same_town_is_of_a_series(ties) -> None:  # type: ignore[no-untyped-def]
    text = "Two rockets landed in Torvel on Monday. Another pair of rockets struck Torvel in May."
    assert ties(text, "Two rockets landed", "pair of rockets") == {("same_series", 0, 1, False)}


def test_another_three_people_are_no_second_attack(ties) -> None:  # type: ignore[no-untyped-def]
    text = "Strikes killed two in Torvel. Another three people were killed in strikes on Torvel."
    assert not ties(text, "Strikes killed", "killed in strikes")


def test_a_raid_on_those_who_had_fired_answers_them(ties) -> None:  # type: ignore[no-untyped-def]
    text = "Police raided the office of a party whose guards had fired on a crowd."
    assert ties(text, "raided", "fired on") == {("in_response_to", 0, 1, True)}


@pytest.mark.parametrize(
    ("sentence", "is_before"),
    [
        ("The attack comes as the Valley Front vowed to drive out foreign troops.", True),
        ("The attack came hours after the Valley Front threatened to strike the port.", True),
        ("Hours after the attack the Valley Front threatened to strike the port.", False),
        ("The Valley Front vowed to answer the attack.", False),
    ],
)
def test_a_threat_is_before_the_attack_where_the_words_say_so(
    read: ReadText, sentence: str, is_before: bool
) -> None:
    statements = read(LEAD + sentence).statements
    assert [one.is_before for one in statements] == [is_before]
