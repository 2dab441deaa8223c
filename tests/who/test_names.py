from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.who.names import actor_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kata'ib Hezbollah", "the Kataib Hizballah"),
        ("Ahrar al-Sham", "Ahrar ash-Sham"),
        ("Al-Shabaab", "Shabab"),
        ("Jaysh al-Islam", "Jaish al-Islam"),
        ("U.S. Navy", "US Navy"),
        ("Séléka", "Seleka"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert actor_key(one) == actor_key(other) != ""


def test_no_word_is_dropped_but_the_article() -> None:
    assert actor_key("Islamic State") != actor_key("Islamic State in Somalia")
    assert actor_key("Real IRA") != actor_key("IRA")
    assert actor_key("Al") == "al"


@given(st.text())
def test_keys_are_stable(name: str) -> None:
    assert actor_key(actor_key(name)) == actor_key(name)
