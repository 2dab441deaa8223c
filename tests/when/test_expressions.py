"""The table of expressions: what news says, what it means, and why (`expressions.toml`)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tocsin.records import Published, TimeInterval
from tocsin.records.vocab import PublishedBasis, ZoneBasis
from tocsin.when import TimeContext, TimeReading, read_times

TABLE: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("expressions.toml").read_text(encoding="utf-8")
)["group"]
ROWS = [
    pytest.param(group, words, first, last, id=f"{group['name']}: {words}")
    for group in TABLE
    for words, first, last, _ in group["rows"]
]
FEWEST_ROWS = 232
"""The 32 expressions of the first comparison and 200 more."""


def test_the_table_is_long_and_gives_reasons() -> None:
    rows = [row for group in TABLE for row in group["rows"]]
    assert len(rows) >= FEWEST_ROWS
    assert all(len(row) == 4 and row[3] for row in rows)
    assert len({(group["name"], row[0]) for group in TABLE for row in group["rows"]}) == len(rows)


@pytest.mark.parametrize(("group", "words", "first", "last"), ROWS)
def test_expression(group: dict[str, Any], words: str, first: str, last: str) -> None:
    context = TimeContext(
        _published(group.get("published")),
        zone="Asia/Baghdad",
        zone_basis=ZoneBasis.PLACE_OF_EVENT,
        month_first=group.get("month_first"),
    )
    text = words.replace("[", "").replace("]", "")
    readings = read_times(text, context)
    if first == "none":
        assert readings == []
        return
    reading = _asked(readings, words)
    if first == "impossible":
        assert (reading.interval, reading.rule) == (None, "impossible")
        return
    assert reading.interval is not None
    assert reading.explanation
    assert _shown(reading.interval, is_timed="T" in first) == (first, last)


def _published(written: str | None) -> Published | None:
    if written is None:
        return None
    moment = dt.datetime.fromisoformat(written)
    is_instant = moment.tzinfo is not None
    return Published(moment.date(), PublishedBasis.METADATA, moment if is_instant else None)


def _asked(readings: list[TimeReading], words: str) -> TimeReading:
    """The reading of the bracketed words of a sentence, else the one reading there is."""
    bracketed = re.search(r"\[(.*?)\]", words)
    if bracketed is None:
        assert len(readings) == 1
        return readings[0]
    return next(reading for reading in readings if bracketed[1] in reading.span.text)


def _shown(interval: TimeInterval, *, is_timed: bool) -> tuple[str, str]:
    if is_timed:
        bounds = (interval.earliest, interval.latest)
        return tuple(b.isoformat(timespec="minutes") if b else "" for b in bounds)  # type: ignore[return-value]
    return str(interval.first_day or ""), str(interval.last_day or "")
