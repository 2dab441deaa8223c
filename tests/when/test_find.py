"""Where time expressions stand, and of which kind they are."""

from __future__ import annotations

import pytest

from tocsin.when import TimeKind, find_times

SPANS = [
    ("It began early on Sunday.", ["early on Sunday"]),
    ("A mine went off on Wednesday afternoon near the gate.", ["on Wednesday afternoon"]),
    ("The post fell in late December.", ["in late December"]),
    ("Thursday's ambush was the worst.", ["Thursday"]),
    ("Six died in Thursday's ambush.", ["Thursday"]),
    ("Thursday’s ambush was the worst.", ["Thursday"]),
    ("Shells fell just after midnight local time.", ["just after midnight local time"]),
    ("He died last week.", ["last week"]),
    ("It happened on March 26, 2020, in Taji.", ["on March 26, 2020"]),
    ("It happened on 26 March 2020 in Taji.", ["on 26 March 2020"]),
    ("Eleven raids since June 6.", ["since June 6"]),
    ("Raids grew in recent weeks.", ["in recent weeks"]),
    ("It fell two days ago.", ["two days ago"]),
    ("On the night of May 14 a car blew up.", ["On the night of May 14"]),
    ("It struck at around 9:30 pm (1830 GMT) today.", ["at around 9:30 pm (1830 GMT) today"]),
    ("The town was shelled overnight.", ["overnight"]),
    ("Clashes raged over the weekend.", ["over the weekend"]),
    ("Between 3 and 5 March they fled.", ["Between 3 and 5 March"]),
    ("Raids on Saturday and Sunday.", ["on Saturday and Sunday"]),
    ("It came a day after the truce ended.", ["a day after"]),
    ("Hours later a second bomb blew up.", ["Hours later"]),
    ("He was shot earlier this month.", ["earlier this month"]),
    ("On Christmas Day a church was hit.", ["On Christmas Day"]),
    ("It rained on Monday. On Tuesday it cleared.", ["on Monday", "On Tuesday"]),
    ("on Sunday and on Wednesday afternoon", ["on Sunday", "on Wednesday afternoon"]),
    ("From Monday to Friday the road was shut.", ["From Monday to Friday"]),
    ("A 24-hour curfew.", ["A 24-hour"]),
    ("in the past 24 hours", ["in the past 24 hours"]),
    ("He left in May 2015.", ["in May 2015"]),
    ("since the 2003 invasion", ["since the 2003"]),
    ("by late Friday evening", ["by late Friday evening"]),
    ("within the first three days of the year", ["within the first three days of the year"]),
    ("during the holy month of Ramadan", ["during the holy month of Ramadan"]),
    ("2016-04-12 14:05", ["2016-04-12 14:05"]),
    ("on 14/07/2016 in Nice", ["on 14/07/2016"]),
    ("Wed Nov 23 2016", ["Wed Nov 23 2016"]),
    ("Late on Monday, gunmen came.", ["Late on Monday"]),
    ("at dawn on Thursday", ["at dawn on Thursday"]),
    ("in the early hours of Saturday", ["in the early hours of Saturday"]),
    ("Wednesday before dawn", ["Wednesday before dawn"]),
    ("on Nov. 27 last year", ["on Nov. 27 last year"]),
    ("three weeks later", ["three weeks later"]),
    ("Shortly afterwards a second bomb blew up.", ["Shortly afterwards"]),
    ("It burned down soon after.", ["soon after"]),
    ("shortly after 9 pm on Friday", ["shortly after 9 pm on Friday"]),
    ("Later that evening", ["Later that evening"]),
    ("the following day", ["the following day"]),
    ("at 5 p.m. local time on Friday", ["at 5 p.m. local time on Friday"]),
]

NOTHING = [
    "They may march on the capital.",
    "He sat in the sun.",
    "A second man died.",
    "The 26 wounded were moved.",
    "2000 people fled the town.",
    "She is 30 years old.",
    "A 10-year-old boy was hurt.",
    "Route 66 and Flight 370.",
    "Fire at 3.5 percent.",
    "He won the fall of the city.",
    "The mayor said so.",
    "the May family",
    "",
]

KINDS = [
    ("on Friday", TimeKind.WEEKDAY),
    ("on May 3", TimeKind.DATE),
    ("overnight", TimeKind.PART_OF_DAY),
    ("yesterday", TimeKind.RELATIVE),
    ("last month", TimeKind.RELATIVE),
    ("since Friday", TimeKind.WINDOW),
    ("in the past two weeks", TimeKind.WINDOW),
    ("in two days", TimeKind.DURATION),
    ("a week after", TimeKind.ANCHORED),
    ("the same day", TimeKind.ANCHORED),
    ("at 9:30 pm", TimeKind.CLOCK),
    ("in March", TimeKind.MONTH),
    ("in the summer of 2014", TimeKind.SEASON),
    ("in 2013", TimeKind.YEAR),
    ("recently", TimeKind.VAGUE),
]


@pytest.mark.parametrize(("text", "spans"), SPANS, ids=[text for text, _ in SPANS])
def test_span_is_the_natural_phrase(text: str, spans: list[str]) -> None:
    assert [found.span.text for found in find_times(text)] == spans


@pytest.mark.parametrize("text", NOTHING)
def test_other_words_are_no_time(text: str) -> None:
    assert find_times(text) == []


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: TimeKind) -> None:
    assert [found.kind for found in find_times(text)] == [kind]


def test_only_the_asked_stretch_is_read() -> None:
    text = "On Monday and then on Tuesday and then on Friday."
    found = find_times(text, 10, 35)
    assert [(e.span.text, text[e.span.start : e.span.end]) for e in found] == [
        ("on Tuesday", "on Tuesday")
    ]


def test_an_anchored_phrase_keeps_the_words_of_its_anchor() -> None:
    (found,) = find_times("It came two days after rebels took the dam, officials said.")
    assert found.anchor is not None
    assert found.anchor.text == "rebels took the dam"
    assert found.needs_anchor


def test_phrases_stop_at_a_paragraph() -> None:
    found = find_times("He left on\n\nFriday\n\nafternoon")
    assert [e.span.text for e in found] == ["Friday"]
