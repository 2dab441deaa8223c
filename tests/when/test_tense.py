"""Whether the words around a time speak of what is to come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.when import find_times

AHEAD = [
    "They will meet on Thursday.",
    "They'll meet on Thursday.",
    "The funeral is planned for Thursday.",
    "Troops are to leave on Thursday.",
    "On Thursday, the council will vote.",
    "The trial was adjourned until Thursday.",
    "The base will get armoured cars on Thursday.",
    "The ban takes effect on March 3.",
    "The March 3 deadline looms.",
    "The election is on March 3.",
]
BEHIND = [
    "They met on Thursday.",
    "He said on Thursday that troops will leave.",
    "The court will hear those who attacked it on Thursday.",
    "Police will look into the blast that killed two on Thursday.",
    "On Thursday, gunmen shot the guard who will testify.",
    "The army is in the town it took on Thursday.",
    "Police will investigate the attack on Thursday.",
    "He said he would avenge the raid in March.",
    "It is the second such blast in March.",
    "There are reports of shelling in March.",
    "She will return. Gunmen came on Thursday.",
    "On Thursday gunmen came.",
]


@pytest.mark.parametrize("text", AHEAD)
def test_the_future_is_seen(text: str) -> None:
    assert find_times(text)[0].is_ahead


@pytest.mark.parametrize("text", BEHIND)
def test_the_past_is_not_taken_for_the_future(text: str) -> None:
    assert not any(found.is_ahead for found in find_times(text))


def test_a_quote_alone_says_nothing_of_its_tense() -> None:
    text = "They will meet on Thursday."
    start = text.index("on Thursday")
    assert not find_times(text, start, len(text) - 1)[0].is_ahead


@given(
    st.lists(
        st.sampled_from(
            ["will", "met", "the", "army", "to", "is", "on", "Friday", ",", ".", "said"]
        ),
        max_size=20,
    )
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    for found in find_times(" ".join(words)):
        assert isinstance(found.is_ahead, bool)
