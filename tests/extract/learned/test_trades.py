"""What the model answers beside incidents: role fillers of MUC-4, attacks on defenders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.conftest import TEXT
from tocsin.extract.learned.defenders import read_defenders_attack
from tocsin.extract.learned.layout import PERPETRATORS, VIOLATIONS
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.roles import ROLES, Filler, gather, read_roles
from tocsin.records import Article

TINY = Path(__file__).parent / "data" / "tiny"


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    made = ReaderModel(TINY)
    made.thresholds |= {"muc": 0.0, **dict.fromkeys(ROLES, 0.5)}
    return made


def article(text: str) -> Article:
    return Article(id="a", sha256="", text=text)


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([("the rebels", 0.9), ("Rebels", 0.6)], ["the rebels"]),
        ([("army convoy", 0.7), ("convoy", 0.9)], ["convoy"]),
        ([("Popular Action Front", 0.9), ("PAF", 0.8)], ["Popular Action Front"]),
        ([("a judge", 0.9), ("two guards", 0.8)], ["a judge", "two guards"]),
        ([("a judge", 0.4)], []),
        ([("a judge", 0.4), ("a judge", 0.4)], ["a judge"]),  # told twice, faintly: 0.64
        ([("the", 0.9)], []),
    ],
)
def test_mentions_are_gathered_into_entities(
    mentions: list[tuple[str, float]], expected: list[str]
) -> None:
    assert [filler.mention for filler in gather(mentions, 0.5)] == expected


def test_an_entity_is_as_sure_as_its_surest_mention() -> None:
    assert gather([("convoy", 0.9), ("army convoy", 0.7)], 0.5) == [Filler("convoy", 0.9)]


def test_every_role_is_answered(model: ReaderModel) -> None:
    assert set(read_roles(model, article(TEXT))) == set(ROLES)


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_text_without_pieces_fills_no_role(model: ReaderModel, text: str) -> None:
    assert read_roles(model, article(text)) == {role: [] for role in ROLES}
    found = read_defenders_attack(model, article(text))
    assert (found.victims, found.violations) == ((), frozenset({"unknown"}))


def test_an_irrelevant_text_fills_no_role(model: ReaderModel) -> None:
    strict = ReaderModel(TINY)
    strict.thresholds |= model.thresholds | {"muc": 1.1}
    assert not any(read_roles(strict, article(TEXT)).values())


def test_attacks_on_defenders_are_told_in_the_words_of_their_scheme(model: ReaderModel) -> None:
    found = read_defenders_attack(model, article(TEXT))
    assert found.violations
    assert found.violations <= set(VIOLATIONS)
    assert found.perpetrator in PERPETRATORS
    assert all(name in TEXT for name in found.victims)


def test_an_acronym_in_brackets_is_the_name_before_it() -> None:
    mentions = [("Marti Liberation Front", 0.9), ("FMLN", 0.8), ("ELN", 0.7)]
    text = "The Farabundo Marti Liberation Front (FMLN) and the army [ELN] met."
    found = [filler.mention for filler in gather(mentions, 0.5, text)]
    assert found == ["Marti Liberation Front", "ELN"]
    assert len(gather(mentions, 0.5)) == len(mentions)
