"""Readings as TIMEX3 annotations; written on Wednesday 8 January 2020."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.when import TimeContext, find_times, read_timexes

ContextMaker = Callable[..., TimeContext]

VALUES = [
    ("They met on Tuesday.", [("Tuesday", "DATE", "2020-01-07")]),
    ("They will meet on Friday.", [("Friday", "DATE", "2020-01-10")]),
    ("It fell on Tuesday evening.", [("Tuesday evening", "TIME", "2020-01-07TEV")]),
    ("It fell at 9:30 pm on Tuesday.", [("9:30 pm on Tuesday", "TIME", "2020-01-07T21:30")]),
    ("It fell overnight.", [("overnight", "TIME", "2020-01-07TNI")]),
    ("in March 2016", [("March 2016", "DATE", "2016-03")]),
    ("last month", [("last month", "DATE", "2019-12")]),
    ("last week", [("last week", "DATE", "2020-W01")]),
    ("over the weekend", [("the weekend", "DATE", "2020-W01-WE")]),
    ("last summer", [("last summer", "DATE", "2019-SU")]),
    ("since 2011", [("2011", "DATE", "2011")]),
    ("after 1 January 2019", [("1 January 2019", "DATE", "2019-01-01")]),
    ("in the 1990s", [("the 1990s", "DATE", "199X")]),
    ("the third quarter of 2016", [("the third quarter of 2016", "DATE", "2016-Q3")]),
    ("two years ago", [("two years ago", "DATE", "2018")]),
    ("a ban of two years", [("two years", "DURATION", "P2Y")]),
    ("a 36-hour curfew", [("a 36-hour", "DURATION", "PT36H")]),
    ("for several days", [("several days", "DURATION", "PXD")]),
    ("over the past two weeks", [("the past two weeks", "DURATION", "P2W")]),
    ("in recent weeks", [("recent weeks", "DATE", "PAST_REF")]),
    ("They are now free.", [("now", "DATE", "PRESENT_REF")]),
    ("a fear for the future", [("the future", "DATE", "FUTURE_REF")]),
    ("It is shelled daily.", [("daily", "SET", "P1D")]),
    ("They march every Friday.", [("every Friday", "SET", "XXXX-WXX-5")]),
    (
        "on Saturday and Sunday",
        [("Saturday", "DATE", "2020-01-04"), ("Sunday", "DATE", "2020-01-05")],
    ),
    (
        "He fled in 2014. That year it fell.",
        [("2014", "DATE", "2014"), ("That year", "DATE", "2014")],
    ),
    ("in two and a half years", [("two and a half years", "DURATION", "P2Y6M")]),
    ("for an hour and a half", [("an hour and a half", "DURATION", "PT1H30M")]),
    ("two to three weeks of war", [("two to three weeks", "DURATION", "P2W")]),
    ("for a hundred days", [("a hundred days", "DURATION", "P100D")]),
    ("He will leave in two years.", [("two years", "DATE", "2022")]),
    ("Prices fell at year-end.", [("year-end", "DATE", "2019-12-31")]),
    ("The deal closes by year-end.", [("year-end", "DATE", "2020-12-31")]),
    ("the quarter a year ago", [("the quarter a year ago", "DATE", "2018-Q4")]),
    ("fiscal 1989", [("fiscal 1989", "DATE", "1989")]),
    ("her failed 1988 bid", [("1988", "DATE", "1988")]),
    ("He was on 60 Minutes.", []),
    ("on 31 June", []),
    ("Later it burned.", []),
]


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[text for text, _ in VALUES])
def test_values(text: str, expected: list[tuple[str, str, str]], context: ContextMaker) -> None:
    found = read_timexes(text, context())
    assert [(one.span.text, one.type, one.value) for one in found] == expected


def test_without_a_day_of_writing_the_words_keep_what_they_say() -> None:
    found = read_timexes("It fell on Friday, since March 3.", TimeContext())
    assert [one.value for one in found] == ["XXXX-WXX-5", "XXXX-03-03"]


def test_words_that_date_nothing_are_found_only_on_demand() -> None:
    text = "They are now shelled daily, for two years."
    assert [found.span.text for found in find_times(text)] == ["for two years"]
    wide = [found.span.text for found in find_times(text, is_wide=True)]
    assert wide == ["now", "daily", "for two years"]


WORDS = [
    "on",
    "in",
    "the",
    "of",
    "last",
    "this",
    "next",
    "Friday",
    "May",
    "3",
    "2016",
    "week",
    "quarter",
    "year",
    "two",
    "a",
    "now",
    "daily",
    "ago",
    "past",
    "recent",
    "night",
    "third",
    "half",
    "1990s",
    "since",
    "and",
    "to",
    ",",
    ".",
    "every",
    "first",
    "few",
    "'",
    "-",
    "future",
    "ended",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_words_give_spans_of_the_text(text: str) -> None:
    for one in read_timexes(text, TimeContext()):
        one.span.check(text)
        assert one.type in {"DATE", "TIME", "DURATION", "SET"}
        assert one.value
