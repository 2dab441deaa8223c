"""The words of time, read once from `lexicon.toml` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tocsin.when.expression import TimeUnit

_DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8")
)

WEEKDAYS: Final[dict[str, int]] = _DATA["weekdays"]
"""Full names to 0 (Monday) .. 6."""
WEEKDAY_ABBREVIATIONS: Final[dict[str, int]] = _DATA["weekday_abbreviations"]
"""Read only before a date or a full stop: "sat" and "sun" are common words."""
MONTHS: Final[dict[str, int]] = _DATA["months"]
MONTH_ABBREVIATIONS: Final[dict[str, int]] = _DATA["month_abbreviations"]
NUMBERS: Final[dict[str, int]] = _DATA["numbers"]
VAGUE_NUMBERS: Final[dict[str, tuple[int, int | None]]] = {
    word: (low, high or None) for word, (low, high) in _DATA["vague_numbers"].items()
}
UNITS: Final[dict[str, TimeUnit]] = {w: TimeUnit(u) for w, u in _DATA["units"].items()}
WIDE_UNITS: Final[dict[str, TimeUnit]] = UNITS | {
    w: TimeUnit(u) for w, u in _DATA["wide_units"].items()
}
ORDINALS: Final[dict[str, int]] = _DATA["ordinals"]
DECADES: Final[dict[str, int]] = _DATA["decades"]
REFERENCES: Final[dict[str, str]] = _DATA["references"]
"""Phrase to `present`, `past` or `future`."""
RECURRING: Final[dict[str, TimeUnit]] = {w: TimeUnit(u) for w, u in _DATA["recurring"].items()}
SEASONS: Final[dict[str, int]] = _DATA["seasons"]
"""First month of a season of the northern half of the world."""
PARTS: Final[dict[str, tuple[int, int]]] = {
    name: (low, high) for name, (low, high) in _DATA["parts"].items()
}
"""Part of the day to hours from the midnight that starts the day; the end is excluded."""
ZONES: Final[dict[str, str]] = _DATA["zones"]
CITIES: Final[dict[str, str]] = _DATA["cities"]
"""Read only in "Baghdad time"."""
CUES: Final[dict[str, frozenset[str]]] = {
    name: frozenset(words.split()) for name, words in _DATA["cues"].items()
}
"""Words that open a time phrase or stand before one."""
HOLIDAYS: Final[dict[str, tuple[int, int, int]]] = {
    name: (month, day, days) for name, (month, day, days) in _DATA["holidays"].items()
}
"""Name to (month, day, days); months 0, 13 and 14 are movable feasts, see `lexicon.toml`."""
ISLAMIC: Final[dict[str, tuple[int, int, int]]] = {
    name: (month, day, days) for name, (month, day, days) in _DATA["islamic"].items()
}
"""Name to (month, day, days) of the Islamic calendar."""

ISLAMIC_EITHER: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(names) for name, names in _DATA["islamic_either"].items()
}
"""Name to the feasts it may mean: the later past one is taken."""
ISLAMIC_MONTHS: Final[dict[str, int]] = _DATA["islamic_months"]
SOLAR_MONTHS: Final[dict[str, int]] = _DATA["solar_months"]
LANDMARK_DAYS: Final[dict[tuple[int, int], int]] = {
    (int(day[:2]), int(day[3:])): year for day, year in _DATA["landmark_days"].items()
}
"""(month, day) to the year of the attack that the day is a name for."""


def phrase_index(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word to the phrases that begin with it, as words, longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append(words)
    return {
        first: tuple(sorted(found, key=lambda words: (-len(words), words)))
        for first, found in index.items()
    }
