"""How an outlet writes dates in numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.when import writes_month_first


@pytest.mark.parametrize(
    ("address", "is_month_first"),
    [
        ("https://news.example.us/a", True),
        ("https://www.example.gov/a", True),
        ("https://www.example.co.uk/a", False),
        ("news.example.com.lb", False),
        ("https://example.com/a", None),
        ("https://example.tv/a", None),
        ("My Daily", None),
        (None, None),
    ],
)
def test_the_address_tells(address: str | None, is_month_first: bool | None) -> None:
    assert writes_month_first(address) is is_month_first


def test_the_first_address_that_tells_decides() -> None:
    assert writes_month_first("https://example.com/a", "paper.example.us") is True


@given(st.text(max_size=300))
def test_any_name_is_looked_at(name: str) -> None:
    assert writes_month_first(name) in {True, False, None}
