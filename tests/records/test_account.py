"""Names have one form, roles an order."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import RecordError
from tocsin.records import Account, Role, account_name

NOW = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Ada", "ada"), (" ada.l@desk-2 ", "ada.l@desk-2"), ("ＡＤＡ", "ada"), ("ليلى", "ليلى")],
)
def test_a_name_has_one_form(typed: str, name: str) -> None:
    assert account_name(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "a b", "-a", "a\u202e", "<b>", "a" * 65, "a\0"])
def test_other_names_are_refused(typed: str) -> None:
    with pytest.raises(RecordError, match="name"):
        account_name(typed)


@given(st.text(max_size=80))
def test_the_form_of_a_name_is_its_own(typed: str) -> None:
    try:
        name = account_name(typed)
    except RecordError:
        return
    assert account_name(name) == name
    assert Account(name, Role.VIEWER, NOW).name == name


def test_an_account_has_its_name_in_that_form() -> None:
    with pytest.raises(RecordError, match="normal form"):
        Account("Ada", Role.VIEWER, NOW)


def test_each_role_may_what_the_ones_before_it_may() -> None:
    assert [[one.may(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
