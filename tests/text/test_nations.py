"""Nations in words."""

from __future__ import annotations

import pytest

from tocsin.text.nations import nationality_of


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("three Iraqi policemen", "IQ"),
        ("two U.S. soldiers", "US"),
        ("six South Korean sailors", "KR"),
        ("four Syrians", "SY"),
        ("Iraqi and Syrian drivers", None),
        ("Iranian-backed fighters", None),
        ("three policemen", None),
        ("some of us", None),
    ],
)
def test_the_words_name_one_nation_or_none(words: str, code: str | None) -> None:
    assert nationality_of(words) == code
