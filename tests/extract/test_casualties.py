from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.extract.casualties import find_casualties
from tocsin.extract.sentences import Sentence, read_sentences
from tocsin.records import Article, Reading
from tocsin.records.vocab import Outcome

MakeArticle = Callable[..., Article]
ReadText = Callable[..., Reading]

CASES = [
    ("The blast killed nine shoppers.", [("nine shoppers", "killed")]),
    ("Nine shoppers were killed in the blast.", [("Nine shoppers", "killed")]),
    (
        "A mine killed two herders and wounded at least four soldiers.",
        [("two herders", "killed"), ("at least four soldiers", "injured")],
    ),
    ("The shelling left 17 dead and dozens wounded.", [("17", "killed"), ("dozens", "injured")]),
    (
        "Around 50 army recruits are reported to have been killed.",
        [("Around 50 army recruits", "killed")],
    ),
    ("No one was hurt.", [("No one was hurt", "injured")]),
    ("There were no casualties.", [("no casualties", "injured"), ("no casualties", "killed")]),
    ("There were no reports of injuries.", [("no reports of injuries", "injured")]),
    ("No injuries were reported.", [("No injuries", "injured")]),
    (
        "The raid ended, killing no Danish or Swedish troops.",
        [("no Danish or Swedish troops", "killed")],
    ),
    ("Gunmen shot dead a policeman.", [("a policeman", "killed")]),
    ("The death toll rose to 46.", [("46", "killed")]),
    ("Three hikers are missing.", [("Three hikers", "missing")]),
    ("Gunmen kidnapped six nurses.", [("six nurses", "abducted")]),
]


def words(sentence: Sentence, text: str) -> list[tuple[str, str]]:
    return [
        (text[sentence.tokens[c.first].start : sentence.tokens[c.last - 1].end], c.outcome.value)
        for c in find_casualties(sentence)
    ]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_count_and_outcome(
    text: str, expected: list[tuple[str, str]], first_sentence: Callable[[str], Sentence]
) -> None:
    assert sorted(words(first_sentence(text), text)) == sorted(expected)


def test_parts_are_marked(first_sentence: Callable[[str], Sentence]) -> None:
    text = "At least 40 people, including nine children, were killed."
    found = find_casualties(first_sentence(text))
    assert [(c.is_part, c.group.value) for c in found] == [(False, "unknown"), (True, "civilian")]


@pytest.mark.parametrize(
    "text",
    [
        "The strike killed and wounded 30 people.",
        "The army suffered 30 casualties.",
        "In 2013 the village had 4,000 people.",
        "The killer was 34 years old.",
        "The 40 km road was damaged.",
    ],
)
def test_combined_and_foreign_numbers_count_nobody(
    text: str, first_sentence: Callable[[str], Sentence]
) -> None:
    assert find_casualties(first_sentence(text)) == []


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("General Adel Karim was killed in a blast on Tuesday.", ["General Adel Karim"]),
        ("A bomb killed the cleric Omar Said on Tuesday.", ["the cleric Omar Said"]),
        ("They met after the killing of Omar Said on Tuesday.", ["Omar Said"]),
        ("Three Villagers Killed 12 Injured in Taiz.", ["Three Villagers"]),
        ("The fire was killed on Tuesday.", []),
        ("He died aged 37 in New York.", []),
    ],
)
def test_a_named_victim_is_one_person(
    text: str, killed: list[str], make_article: MakeArticle
) -> None:
    article = make_article(text)
    (sentence,) = read_sentences(article)
    found = [
        sentence.span(article, one.first, one.last).text
        for one in find_casualties(sentence)
        if one.outcome is Outcome.KILLED
    ]
    assert found == killed


def test_a_figure_has_its_speaker(read: ReadText) -> None:
    (report,) = read("Police said a bomb killed four people in Basra on Tuesday.").reports
    (figure,) = report.casualties
    assert figure.attribution is not None
    assert figure.attribution.source == "Police"


def test_a_withdrawn_figure_is_none(read: ReadText) -> None:
    text = (
        "A bomb killed 35 people in Basra on Tuesday. An earlier version of this story said 359 "
        "people were killed; the figure was wrong."
    )
    (report,) = read(text).reports
    assert [figure.span.text for figure in report.casualties] == ["35 people"]
