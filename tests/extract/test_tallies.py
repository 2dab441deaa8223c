from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.records import Reading
from tocsin.records.vocab import IncludesCurrent, TallyKind

ReadText = Callable[..., Reading]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed four people in Lyon on Tuesday, the deadliest attack since 2011.",
        "Guards have been on alert since two people were shot dead in Lyon.",
        "The truce ended after two days of attacks since June.",
        "An American was killed in Basra since the truce began.",
    ],
)
def test_one_incident_is_no_tally(text: str, read: ReadText) -> None:
    assert read(text).tallies == ()


def test_a_tally_with_window_scope_and_currency(read: ReadText) -> None:
    text = "It was the third attack on the camp in two days."
    (tally,) = read(text).tallies
    assert tally.span.text == "the third attack on the camp in two days"
    assert tally.kind is TallyKind.INCIDENTS
    assert tally.scope is not None
    assert tally.scope.text == "on the camp"
    assert tally.includes_current is IncludesCurrent.YES


def test_a_total_with_its_period_before_it(read: ReadText) -> None:
    text = "Since October there have been 19 attacks on bases in the country."
    (tally,) = read(text).tallies
    assert tally.count.text == "19"
    assert tally.window is not None
    assert tally.scope is not None
    assert tally.scope.text == "on bases"
