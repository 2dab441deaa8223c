"""Persons told one by one are counted once each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.fuse.persons import count_persons


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        ([], 0),
        (["The victim"], 1),
        (["The victim", "the man"], 1),
        (["A 24-year-old man", "a 25-year-old woman"], 2),
        (["A 24-year-old man", "the 24-year-old"], 1),
        (["Omar Saleh, 24", "Ali Hasan, 31"], 2),
        (["Omar Saleh", "A 24-year-old man"], 1),
        (["Omar Saleh", "Ali Hasan", "a 24-year-old man"], 2),
        (["One man", "another", "a third man"], 3),
        (["A two-month-old girl", "a 30-year-old man"], 2),
    ],
)
def test_each_person_counts_once(texts: list[str], number: int) -> None:
    assert count_persons(texts) == number


@given(st.lists(st.text(max_size=40), max_size=8))
def test_never_more_persons_than_texts(texts: list[str]) -> None:
    assert count_persons(texts) <= len(set(texts))
    assert count_persons(texts) == count_persons([*texts, *texts])
