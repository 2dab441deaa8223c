"""What is only rehearsed, general or denied is no report; what is told of an event is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ground.reality import is_unreal
from tocsin.records import CasualtyMention, ReportMention, Span, TimeMention
from tocsin.records.vocab import IncidentType, Outcome
from tocsin.text import split_sentences


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span.of(text, at, at + len(words))


def mention(text: str, trigger: str, *, dead: str = "", time: str = "") -> ReportMention:
    return ReportMention(
        is_main=True,
        type=IncidentType.BOMBING,
        trigger=span(text, trigger),
        times=(TimeMention(span(text, time)),) if time else (),
        casualties=(CasualtyMention(span(text, dead), Outcome.KILLED),) if dead else (),
        sentences=tuple(Span.of(text, *ends) for ends in split_sentences(text)),
    )


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Troops staged a mock attack on the fort for their guests.", "attack"),
        ("Troops staged a mock attack on the fort for their guests.", "staged a mock attack"),
        ("Mines maim herders in the valley every spring.", "Mines maim"),
        ("Every year mines maim herders in the valley.", "mines maim"),
        ("Shelling was common along the line in those days.", "Shelling"),
        ("Gunmen often ambush trucks on that road.", "ambush"),
        ("The ministry denied that its jets had bombed the market.", "bombed"),
        ("A spokesman rejected reports that they had bombed the ferry.", "bombed"),
        ("The militia denies having bombed the ferry on Monday.", "bombed"),
    ],
)
def test_rehearsed_general_and_denied_words_are_no_report(text: str, trigger: str) -> None:
    assert is_unreal(mention(text, trigger), text)


@pytest.mark.parametrize(
    ("text", "trigger", "dead", "time"),
    [
        # it happened, whoever often does such things
        ("Rebels, who often attack convoys, ambushed a truck near Harwell.", "ambushed", "", ""),
        ("A bomb went off, as such bombs do every year.", "A bomb went off", "", ""),
        # counted dead, a day of its own, more sentences: an event
        ("Mines kill herders every year and killed two of them.", "killed", "two of them", ""),
        ("Gunmen regularly raid the town and raided it on Monday.", "raided", "", "on Monday"),
        ("The army denied that it bombed the market. Stalls burnt.", "bombed", "", ""),
        ("The ministry denied any blame, and a jet bombed the market.", "bombed", "", ""),
        ("The ministry denied it and said that rebels had shelled a port.", "shelled", "", ""),
        ("He denied that they hit it and said rebels bombed the port.", "bombed", "", ""),
        ("The bombed market is open again, the mayor denied nothing.", "bombed", "", ""),
    ],
)
def test_what_is_told_of_an_event_is_a_report(
    text: str, trigger: str, dead: str, time: str
) -> None:
    assert not is_unreal(mention(text, trigger, dead=dead, time=time), text)


def test_a_trigger_outside_the_reports_sentences_is_kept() -> None:
    text = "Troops staged a mock attack."
    alone = ReportMention(True, IncidentType.BOMBING, span(text, "attack"))
    assert not is_unreal(alone, text)


@given(st.text(alphabet="denied that, every year mock attack often bombs.\n ", max_size=80))
def test_no_words_break_it(words: str) -> None:
    text = f"{words} bombed {words}"
    is_unreal(mention(text, "bombed"), text)
