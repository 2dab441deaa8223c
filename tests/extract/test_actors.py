from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.extract.doers import find_doers
from tocsin.extract.sentences import read_sentences
from tocsin.records import Article, Reading
from tocsin.records.vocab import ActorRole
from tocsin.who import ActorCatalogue

ReadText = Callable[..., Reading]
MakeArticle = Callable[..., Article]


@pytest.fixture(scope="module")
def catalogue() -> ActorCatalogue:
    return ActorCatalogue.open()


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The Turkish army moved north.", ["The Turkish army"]),
        (
            "The Iranian-backed militia Kataib Hezbollah issued a warning.",
            ["The Iranian-backed militia Kataib Hezbollah"],
        ),
        ("Fighters of a rebel-held town fled from masked gunmen.", ["Fighters", "masked gunmen"]),
        ("At least five suicide attackers came.", ["At least five suicide attackers"]),
        ("Russian or Syrian warplanes flew over.", ["Russian or Syrian warplanes"]),
    ],
)
def test_a_phrase_runs_from_determiner_to_head(
    text: str, phrases: list[str], make_article: MakeArticle, catalogue: ActorCatalogue
) -> None:
    article = make_article(text)
    (sentence,) = read_sentences(article)
    found = find_doers(article, sentence, catalogue)
    assert [sentence.span(article, one.first, one.last).text for one in found] == phrases


@pytest.mark.parametrize(
    ("text", "span", "role"),
    [
        (
            "Turkish air strikes hit Sinjar on Tuesday.",
            "Turkish air strikes",
            ActorRole.PERPETRATOR,
        ),
        (
            "The Turkish military said on Tuesday it had bombed militants near Sinjar.",
            "The Turkish military",
            ActorRole.CLAIMED,
        ),
        (
            "Gunmen shot dead a judge in Basra on Tuesday, police said.",
            "Gunmen",
            ActorRole.PERPETRATOR,
        ),
        (
            "Ukraine said Russian forces shelled Nikopol on Tuesday.",
            "Russian forces",
            ActorRole.BLAMED,
        ),
        (
            "Russian or Syrian warplanes bombed Saraqib on Tuesday.",
            "Russian or Syrian warplanes",
            ActorRole.SUSPECTED,
        ),
        ("Iran fired missiles at Erbil on Tuesday.", "Iran", ActorRole.PERPETRATOR),
    ],
)
def test_role_and_words_of_an_actor(text: str, span: str, role: ActorRole, read: ReadText) -> None:
    (report,) = read(text).reports
    assert [(actor.span.text, actor.role) for actor in report.actors] == [(span, role)]


def test_a_nationality_before_a_word_of_attack_bears_a_name(read: ReadText) -> None:
    (report,) = read("Turkish shelling hit Sinjar on Tuesday.").reports
    assert [actor.name for actor in report.actors] == ["Turkish forces"]


def test_the_accuser_stands_with_the_blamed(read: ReadText) -> None:
    (report,) = read("Ukraine said Russian forces shelled Nikopol on Tuesday.").reports
    (actor,) = report.actors
    assert actor.by is not None
    assert actor.by.source == "Ukraine"


@pytest.mark.parametrize(
    "text",
    [
        "Six soldiers were killed in an ambush near Gao on Tuesday.",
        "Six soldiers killed near Gao in an ambush on Tuesday.",
        "A drone struck a hospital in Odesa on Tuesday.",
        "An army convoy bombing in Gao on Tuesday killed three people.",
    ],
)
def test_the_harmed_and_the_weapon_are_no_perpetrators(text: str, read: ReadText) -> None:
    for report in read(text).reports:
        assert report.actors == ()


def test_a_denial_of_something_else_is_no_denial(read: ReadText) -> None:
    text = (
        "A bomb killed two people in Basra on Tuesday. The rebels denied visas to the envoys "
        "after the attack."
    )
    for report in read(text).reports:
        assert all(actor.role is not ActorRole.DENIED for actor in report.actors)


def test_a_later_gunman_is_the_perpetrator(read: ReadText) -> None:
    text = "Two people were shot dead in Lyon on Tuesday. The gunman fled on foot."
    (report,) = read(text).reports
    assert [actor.span.text for actor in report.actors] == ["The gunman"]
