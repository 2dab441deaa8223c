"""A place keeps the noun that says what its name names."""

from __future__ import annotations

import pytest

from tocsin.where import end_of_place


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("at National Hospital, he said", "at National", "at National Hospital"),
        ("the Brussels airport bomb", "the Brussels", "the Brussels airport"),
        ("a Sikh temple in Kabul", "a Sikh", "a Sikh temple"),
        ("a Sikh-temple school", "a Sikh", "a Sikh-temple school"),
        ("in Kabul on Monday", "in Kabul", "in Kabul"),
        ("in Kabul. Hospital staff", "in Kabul", "in Kabul"),
        ("in Kabul", "in Kabul", "in Kabul"),
    ],
)
def test_the_nouns_behind_belong_to_the_place(text: str, found: str, whole: str) -> None:
    assert text[: end_of_place(text, len(found))] == whole
