"""The notation of lexicon phrases, and the scan that finds them."""

from __future__ import annotations

import pytest

from tocsin.text import tokenize
from tocsin.text.phrases import PhraseTable, noun_forms, verb_forms


def found(table: PhraseTable, text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)
    return [
        (text[tokens[match.first].start : tokens[match.last - 1].end], match.value)
        for match in table.scan(tokens)
    ]


def test_notation() -> None:
    table = PhraseTable([("c", "v", "~fire ... rocket+|shell+")])
    assert found(table, "They fired two more rockets.") == [("fired two more rockets", "v")]
    assert found(table, "Firing a shell") == [("Firing a shell", "v")]
    assert found(table, "They fired, and rockets fell.") == []
    assert found(table, "They fired one two three four five rockets") == []


def test_hyphens_are_skipped_and_the_longest_wins() -> None:
    table = PhraseTable(
        [("c", "long", "car bomb+"), ("c", "short", "bomb+"), ("d", "other", "bomb+")]
    )
    assert found(table, "a car-bomb") == [("car-bomb", "long"), ("bomb", "other")]


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("kidnap", "kidnapped"),
        ("seize", "seizing"),
        ("deny", "denies"),
        ("clash", "clashes"),
        ("shoot", "shot"),
    ],
)
def test_verb_forms(verb: str, form: str) -> None:
    assert form in verb_forms(verb)


@pytest.mark.parametrize(
    ("noun", "form"), [("gunman", "gunmen"), ("embassy", "embassies"), ("bus", "buses")]
)
def test_noun_forms(noun: str, form: str) -> None:
    assert form in noun_forms(noun)
