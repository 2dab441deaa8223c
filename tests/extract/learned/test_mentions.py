"""Incidents on pieces, made by hand, become mentions on the text."""

from __future__ import annotations

import pytest

from tests.train.conftest import make_tokenizer
from tocsin.extract.learned.confidence import Calibration
from tocsin.extract.learned.decode import Scored
from tocsin.extract.learned.incidents import Incident
from tocsin.extract.learned.layout import SLOTS
from tocsin.extract.learned.mentions import Mentions
from tocsin.extract.learned.windows import Pieces, read_pieces
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.timing import time_context
from tocsin.records import Article, ReportMention
from tocsin.who import ActorCatalogue


def scored(text: str, pieces: Pieces, words: str) -> Scored:
    at = text.index(words)
    inside = [number for number, start in enumerate(pieces.starts) if at <= start < at + len(words)]
    return Scored(inside[0], inside[-1] + 1, 0.9)


def read(text: str, *incidents: tuple[str, float, dict[str, str]]) -> list[ReportMention]:
    """Reports of incidents given by trigger, probability of being main, and slots."""
    article = Article(id="a", sha256="", text=text)
    pieces = read_pieces(article, make_tokenizer())
    told = [
        Incident(
            scored(text, pieces, trigger),
            "bombing",
            0.9,
            "accomplished",
            main,
            0.9,
            dict.fromkeys(SLOTS, ())
            | {slot: (scored(text, pieces, words),) for slot, words in slots.items()},
        )
        for trigger, main, slots in incidents
    ]
    findings = RuleExtractor().find_all(article, time_context(article), with_events=False)
    mentions = Mentions(article, pieces, findings, Calibration({}), ActorCatalogue.open())
    triggers = [mentions.home(one.trigger) for one in told]
    return [mentions.report(one, triggers, told) for one in told]


FIRST, SECOND = "A bomb went off in Hollin.", "Then a mine exploded in Tarvel."
NONE = "There were no reports of injuries."


@pytest.mark.parametrize(
    ("text", "mains", "expected"),
    [
        (f"{FIRST} {SECOND} {NONE}", (0.9, 0.9), (0, 1)),
        (f"{FIRST} {NONE} {SECOND}", (0.9, 0.9), (1, 0)),
        (f"{NONE} {FIRST} {SECOND}", (0.9, 0.9), (1, 0)),
        (f"{FIRST} {SECOND} {NONE}", (0.9, 0.1), (1, 0)),
        (f"{FIRST} {SECOND} {NONE}", (0.1, 0.1), (0, 0)),
    ],
)
def test_no_injuries_are_said_of_the_own_incident_told_last(
    text: str, mains: tuple[float, float], expected: tuple[int, int]
) -> None:
    reports = read(text, ("A bomb went off", mains[0], {}), ("a mine exploded", mains[1], {}))
    assert tuple(len(report.casualties) for report in reports) == expected


def test_a_figure_speaks_against_no_injuries() -> None:
    text = f"{FIRST} Two men were injured. {NONE}"
    (report,) = read(text, ("A bomb went off", 0.9, {"injured": "Two men"}))
    assert [one.span.text for one in report.casualties] == ["Two men"]
