"""A value's words as one would quote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.learned.wording import is_inside_word, is_one_value, tidy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the harbour", "the harbour"),
        ("of the old harbour,", "the old harbour"),
        ("a school and", "a school"),
        ("school and a", "school"),
        ("“rebels”", "rebels"),
        ("U.S.", "U.S."),
        ("the U.S.", "the U.S."),
        ("in Hollin.", "Hollin"),
        ("at least 12 men", "at least 12 men"),
        ("by at least 12", "at least 12"),
        ("as many as thirty", "as many as thirty"),
        ("NLA) fighters", "fighters"),
        ("fighters (NLA", "fighters"),
        ("the fighters (NLA)", "the fighters (NLA)"),
        ("(NLA),", "NLA"),
        ("fighters (the (NLA", "fighters"),
        ("a", None),
        ("of the", None),
        ("their", None),
        ("near", None),
        ("near Hollin", "near Hollin"),
        ("Hollin, near", "Hollin"),
        (" - ", None),
        ("", None),
    ],
)
def test_edges_are_tidied(words: str, expected: str | None) -> None:
    edges = tidy(words, 0, len(words))
    assert (words[slice(*edges)] if edges else None) == expected


@given(
    text=st.lists(
        st.sampled_from([*"ab1.,-'()“” \n", "of ", "the ", "at least "]), max_size=20
    ).map("".join),
    ends=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_tidying_only_takes_away_and_twice_is_once(text: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(one, len(text)) for one in ends)
    edges = tidy(text, start, end)
    if edges is not None:
        assert start <= edges[0] < edges[1] <= end
        assert tidy(text, *edges) == edges


@pytest.mark.parametrize(
    "text", ["US|-led", "US-|led", "al-Na|sr", "U|.S.", "the mayor|'s", "1|2", "AT|&T"]
)
def test_marks_that_join_are_inside_a_word(text: str) -> None:
    at = text.index("|")
    assert is_inside_word(text.replace("|", ""), at)


@pytest.mark.parametrize(
    "text", ["dead|, he", "dead |he", "dead,| he", "|x", "x|", "end|.", "a|/b"]
)
def test_other_marks_are_not(text: str) -> None:
    at = text.index("|")
    assert not is_inside_word(text.replace("|", ""), at)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Observatory head| Rami Harun", True),
        ("500 kg of| dynamite", True),
        ("a U.S.-led| coalition", True),
        ("tanks,| guns", False),
        ("tanks and| guns", False),
        ("a school| a mosque", False),
        ("trenches| eight tanks", False),
        ("the dead| 12 men", False),
        ("a base in| Tarvel", False),
        ("|Tarvel", False),
        ("Tarvel|", False),
    ],
)
def test_values_that_touch_are_one_unless_words_part_them(words: str, expected: bool) -> None:
    middle = words.index("|")
    text = words.replace("|", "")
    assert is_one_value(text, 0, middle, len(text)) is expected
