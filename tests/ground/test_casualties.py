"""Whom a figure counts as killed and whom as injured: the words decide before the reader does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ground.casualties import casualties_of
from tocsin.ground.outcomes import speaks_of_death
from tocsin.records import CasualtyMention, ReportMention, Span
from tocsin.records.vocab import IncidentType, Outcome
from tocsin.text import split_sentences

KILLED, INJURED = Outcome.KILLED, Outcome.INJURED


def figures(text: str, *told: tuple[str, Outcome], is_main: bool = True) -> dict[str, object]:
    """(best by outcome) of the figures that a reader gives, its report being the whole text."""
    mention = ReportMention(
        is_main=is_main,
        type=IncidentType.ARMED_ATTACK,
        trigger=Span.of(text, 0, 1),
        casualties=tuple(
            CasualtyMention(Span.of(text, at := text.index(words), at + len(words)), outcome)
            for words, outcome in told
        ),
        sentences=tuple(Span.of(text, *ends) for ends in split_sentences(text)),
    )
    found: dict[str, object] = {}
    for claim in casualties_of(mention, text):
        assert all(span.text in text for span in claim.evidence)
        found.setdefault(claim.value.outcome.value, claim.value.count.best)
    return found


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Four people were shot outside a bar on Elm Street.", "Four people", {"injured": 4}),
        ("The shooting sent four people to the hospital.", "four people", {"injured": 4}),
        ("A boy was shot in the leg. He is in stable condition.", "A boy", {"injured": 1}),
        ("Two men were wounded in the raid.", "Two men", {"injured": 2}),
        ("Her injuries are non-life-threatening. A girl was shot.", "A girl", {"injured": 1}),
        ("A man was shot in the face. He was pronounced dead.", "A man", {"killed": 1}),
        ("Two men were shot dead in the raid.", "Two men", {"killed": 2}),
        ("Shells hit a school. Ten children, medics said.", "Ten children", {"killed": 10}),
        ("The shelling reached a clinic and ten nurses.", "ten nurses", {"killed": 10}),
    ],
)
def test_who_was_harmed_lived_where_no_death_is_told(
    text: str, words: str, expected: dict[str, int]
) -> None:
    assert figures(text, (words, KILLED)) == expected


def test_the_harmed_less_the_dead_among_them_are_injured() -> None:
    text = "A gunman shot five people outside a bar. One of them, a 20-year-old, died."
    told = figures(text, ("five people", KILLED), ("a 20-year-old", KILLED))
    assert told == {"killed": 1, "injured": 4}


def test_others_who_were_harmed_are_not_those_who_died() -> None:
    text = "One man was killed. Three other men were shot and are in hospital."
    told = figures(text, ("One man", KILLED), ("Three other men", INJURED))
    assert told == {"killed": 1, "injured": 3}


def test_each_figure_of_one_sentence_has_its_own_outcome() -> None:
    text = "Gunmen opened fire, wounding four men and killing another."
    assert figures(text, ("four men", KILLED), ("another", INJURED)) == {"killed": 1, "injured": 4}


def test_one_figure_given_twice_is_one_claim() -> None:
    text = "Four people were shot outside a bar."
    told = figures(text, ("Four people", KILLED), ("Four people", INJURED))
    assert told == {"injured": 4}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The victim died.", True),
        ("Her injuries are not life-threatening.", False),
        ("Her injuries are believed to be non-life-threatening.", False),
        ("His injuries are life-threatening.", True),
        ("Four people were hurt.", False),
    ],
)
def test_words_of_dying(text: str, expected: bool) -> None:
    assert speaks_of_death(text) is expected


@given(st.text(alphabet="shot dead four. people in a hospital five killed, hurt\n", max_size=120))
def test_no_words_lose_or_add_a_figure(words: str) -> None:
    text = f"Seven people {words}"
    told = figures(text, ("Seven people", KILLED))
    assert set(told) <= {"killed", "injured"}
    assert len(told) == 1
    assert all(0 < int(str(best)) <= 7 for best in told.values())
