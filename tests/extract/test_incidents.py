from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.records import Reading
from tocsin.records.vocab import IncidentType

ReadText = Callable[..., Reading]


def test_a_headline_and_its_story_are_one_incident(read: ReadText) -> None:
    text = (
        "Eleven killed in Taiz attack.\n\n"
        "A suicide bomber killed 11 people at a market in Taiz on Tuesday, medics said."
    )
    assert len(read(text).reports) == 1


@pytest.mark.parametrize(
    "second",
    [
        "Separately, gunmen killed two farmers in Gao on Tuesday.",
        "A car bomb killed two people in Lyon on Tuesday.",
        "A car bomb had killed nine people in the city on Friday.",
    ],
)
def test_other_places_days_and_words_keep_incidents_apart(second: str, read: ReadText) -> None:
    text = f"A car bomb killed five people in Taiz on Tuesday, medics said. {second}"
    assert len(read(text).reports) == 2


def test_a_retaliatory_strike_is_one_event(read: ReadText) -> None:
    text = "Nine people were killed in several retaliatory air strikes across Taiz on Tuesday."
    (report,) = read(text).reports
    assert report.type is IncidentType.AIR_STRIKE
    assert [place.span.text for place in report.places] == ["Taiz"]
