from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.who.names import actor_key, loose_key


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kataib Sayyid al-Shuhada", "Kata'eb Seyyed ash-Shohada"),
        ("Jamaat-ul-Ahrar", "Jamaat ul-Ahraar"),
        ("Liwa Fatemiyoun", "Liwa Fatimiyun"),
        ("Ansar al-Islamiyya", "Ansar al-Islamiyah"),
        ("Qassam Brigades", "Kassam Brigades"),
    ],
)
def test_transliterations_share_a_loose_key(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jaish al-Adl", "Jaish al-Islam"),
        ("Hezbollah Brigades", "Hamza Brigades"),
        ("Ansar al-Din", "Ansar al-Sunna"),
        ("Lashkar-e-Islam", "Lashkar-e-Jhangvi"),
        ("Islamic State", "Islamic Front"),
    ],
)
def test_false_friends_have_loose_keys_of_their_own(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)


def test_us_is_never_an_article_that_opens_a_name() -> None:
    assert actor_key("US Army") == "us army"
    assert actor_key("Ansar us-Sunna") == actor_key("Ansar al-Sunna")


def test_short_names_have_no_loose_key() -> None:
    assert loose_key("Amal") == ""


@given(st.text())
def test_loose_keys_are_found_for_any_text(name: str) -> None:
    assert isinstance(loose_key(name), str)
