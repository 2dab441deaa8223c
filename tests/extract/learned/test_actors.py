"""Who did it, in which role, as the words of the network's spans tell it."""

from __future__ import annotations

import pytest

from tocsin.extract.learned.actors import actor_mentions, names_anyone, whole_name
from tocsin.extract.reports import Finding
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.timing import time_context
from tocsin.records import ActorMention, Article, Span
from tocsin.records.vocab import ActorRole
from tocsin.who import ActorCatalogue

CATALOGUE = ActorCatalogue.open()


def read(text: str, **words: tuple[str, float]) -> list[ActorMention]:
    article = Article(id="a", sha256="", text=text)
    findings = RuleExtractor().find_all(article, time_context(article), with_events=False)

    def finding_at(offset: int) -> Finding | None:
        return next(
            (one for one in findings if one.sentence.start <= offset < one.sentence.end), None
        )

    spans: dict[str, list[tuple[Span, float]]] = {
        name: [] for name in ("by", "place", *(role.value for role in ActorRole))
    }
    for role, (quote, sure) in words.items():
        at = text.index(quote)
        spans[role].append((article.span(at, at + len(quote)), sure))
    return actor_mentions(article, spans, finding_at, CATALOGUE)


def test_the_surest_role_of_a_mention_is_taken() -> None:
    (actor,) = read(
        "The militia of Tarvel shelled the town.",
        perpetrator=("The militia of Tarvel", 0.8),
        suspected=("The militia", 0.4),
    )
    assert (actor.span.text, actor.role) == ("The militia of Tarvel", ActorRole.PERPETRATOR)


def test_blame_that_nobody_lays_is_a_fact_of_the_article() -> None:
    (actor,) = read("The militia shelled the town.", blamed=("The militia", 0.8))
    assert (actor.role, actor.by) == (ActorRole.PERPETRATOR, None)


def test_blame_keeps_who_lays_it() -> None:
    (actor,) = read(
        "Police said the militia shelled the town.", blamed=("the militia", 0.8), by=("Police", 0.9)
    )
    assert actor.role is ActorRole.BLAMED
    assert actor.by is not None
    assert actor.by.source == "Police"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Islamic State claimed the attack.", "Islamic", "Islamic State"),
        ("It said the Islamic State group did it.", "the Islamic", "the Islamic State group"),
        ("The militia and Hamas fired.", "The militia", "The militia"),
    ],
)
def test_a_part_of_a_known_name_becomes_the_name(text: str, words: str, name: str) -> None:
    (actor,) = read(text, claimed=(words, 0.8))
    assert actor.span.text == name


def test_the_place_of_the_incident_did_not_do_it() -> None:
    text = "Rockets hit Camp Tarvel, and the Tarvel fire killed two. Hamas fired at Hamas Street."
    places = {"place": ("Camp Tarvel", 0.9)}
    assert read(text, perpetrator=("Tarvel", 0.5), **places) == []
    assert read(text, perpetrator=("Hamas", 0.5), place=("Hamas Street", 0.9)) != []


@pytest.mark.parametrize("words", ["at least one", "50", "an alleged", "the other three", "-"])
def test_words_that_name_nobody_are_left_out(words: str) -> None:
    assert not names_anyone(words)
    assert read(f"Then {words} fired.", perpetrator=(words, 0.9)) == []


@pytest.mark.parametrize("words", ["a gunman", "Hamas", "the US-led coalition", "two men"])
def test_words_that_name_somebody(words: str) -> None:
    assert names_anyone(words)


def test_words_of_no_known_name_stay() -> None:
    article = Article(id="a", sha256="", text="A gunman in Tarvel fired.")
    assert whole_name(article, article.span(0, 8), CATALOGUE) == article.span(0, 8)
