"""Other readers of dates, made to answer like the when room: spans with a moment or a length.

They are installed by `make bench-setup`; what is not installed is left out, and the benchmark says
so. Each is called the way its documentation shows for text of the past, sentence by sentence.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.text import split_sentences


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: offsets into the text, and a moment or a length."""

    start: int
    end: int
    value: dt.datetime | dt.timedelta


Reader = Callable[[str, dt.datetime], list[Found]]


def by_dateparser(text: str, now: dt.datetime) -> list[Found]:
    """`dateparser.search.search_dates`, past dates preferred."""
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "past"}
    found: list[Found] = []
    for start, end in split_sentences(text):
        sentence, at = text[start:end], 0
        for words, moment in search_dates(sentence, languages=["en"], settings=settings) or []:
            begin = sentence.find(words, at)
            if begin >= 0:
                at = begin + len(words)
                found.append(Found(start + begin, start + at, moment.replace(tzinfo=None)))
    return found


def by_dateutil(text: str, now: dt.datetime) -> list[Found]:
    """`dateutil.parser.parse(fuzzy_with_tokens=True)`: at most one date a sentence.

    It does not say where the date stood; the words it did not skip are taken to be it.
    """
    from dateutil.parser import parse

    found: list[Found] = []
    for start, end in split_sentences(text):
        sentence = text[start:end]
        try:
            moment, skipped = parse(sentence, fuzzy_with_tokens=True, default=now)
        except (ValueError, OverflowError, TypeError, AttributeError):
            continue
        head = len(skipped[0]) if skipped and sentence.startswith(skipped[0]) else 0
        tail = len(skipped[-1]) if len(skipped) > 1 and sentence.endswith(skipped[-1]) else 0
        if head + tail < len(sentence):
            found.append(Found(start + head, end - tail, moment.replace(tzinfo=None)))
    return found


def by_timefhuman(text: str, now: dt.datetime) -> list[Found]:
    """`timefhuman` with matched text, previous dates preferred; the start of a range."""
    from timefhuman import Direction, tfhConfig, timefhuman

    config = tfhConfig(now=now, direction=Direction.previous, return_matched_text=True)
    found: list[Found] = []
    for start, end in split_sentences(text):
        try:
            answers = timefhuman(text[start:end], config=config)
        except Exception:  # noqa: BLE001 (it raises many kinds on running text)
            continue
        for _, (begin, stop), value in answers:
            first = _first(value)
            if first is not None:
                found.append(Found(start + begin, start + stop, first))
    return found


def _first(value: Any) -> dt.datetime | dt.timedelta | None:
    while isinstance(value, list | tuple) and value:
        value = value[0]
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return value if isinstance(value, dt.timedelta) else None


def installed() -> dict[str, Reader]:
    """The readers whose library can be imported, by name."""
    warnings.filterwarnings("ignore")
    folder = str(Path(sys.prefix) / "bench")
    if folder not in sys.path:
        sys.path.append(folder)
    readers: dict[str, tuple[str, Reader]] = {
        "dateparser search_dates": ("dateparser", by_dateparser),
        "python-dateutil fuzzy": ("dateutil", by_dateutil),
        "timefhuman": ("timefhuman", by_timefhuman),
    }
    return {
        name: reader
        for name, (module, reader) in readers.items()
        if importlib.util.find_spec(module) is not None
    }
