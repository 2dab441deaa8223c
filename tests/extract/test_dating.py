from __future__ import annotations

from collections.abc import Callable

from tocsin.records import Reading

ReadText = Callable[..., Reading]


def test_a_clock_time_told_later_dates_the_incident(read: ReadText) -> None:
    text = (
        "Rockets hit a hospital in Taiz on Tuesday, killing two nurses. The wounded were flown "
        "out. It happened shortly after midnight local time."
    )
    (report,) = read(text).reports
    assert [time.span.text for time in report.times] == [
        "on Tuesday",
        "shortly after midnight local time",
    ]


def test_a_day_after_counts_from_the_report_told_next(read: ReadText) -> None:
    text = (
        "Gunmen killed five farmers in Gao a day after a car bomb killed nine soldiers in Timbuktu."
    )
    reading = read(text)
    anchors = {
        report.trigger.text: [(time.span.text, time.anchor) for time in report.times]
        for report in reading.reports
    }
    bombing = next(
        i for i, report in enumerate(reading.reports) if "car bomb" in report.trigger.text
    )
    shooting = next(i for i in range(len(reading.reports)) if i != bombing)
    assert anchors[reading.reports[shooting].trigger.text] == [("a day after", bombing)]
    assert anchors[reading.reports[bombing].trigger.text] == []


def test_the_time_of_another_event_dates_nothing_else(read: ReadText) -> None:
    text = (
        "A car bomb killed nine soldiers in Timbuktu on Tuesday in retaliation for an air strike "
        "that killed 12 fighters in Kidal on May 3."
    )
    bombing, strike = read(text).reports
    assert [time.span.text for time in bombing.times] == ["on Tuesday"]
    assert [time.span.text for time in strike.times] == ["on May 3"]
