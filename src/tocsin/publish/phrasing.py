"""Values in words, as a person reads them in a table or on a page."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from tocsin.records import (
    Actor,
    Casualties,
    Damage,
    Effect,
    FusedField,
    Place,
    Quantity,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    ActorRole,
    PlacePrecision,
    QuantityStatus,
    TimePrecision,
)

NOT_STATED = "–"
CLOCK = frozenset({TimePrecision.MINUTE, TimePrecision.HOUR, TimePrecision.PART_OF_DAY})


def plain(text: str) -> str:
    """`text` on one line, harmless in a terminal: control and bidi characters are shown as codes.

    Letters of every script are kept; line breaks and tabs become single blanks.
    """
    kept: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif category in {"Cc", "Cf", "Cs", "Co"}:
            kept.append(f"\\u{ord(char):04x}")
        else:
            kept.append(char)
    return " ".join("".join(kept).split())


def day_words(day: dt.date) -> str:
    """`9 Jan 2020`."""
    return f"{day.day} {day:%b} {day.year}"


def interval_words(interval: TimeInterval) -> str:
    """A time as finely as known: `9 Jan 2020 00:00-01:00 (Asia/Baghdad)`, `25-31 Dec 2019`."""
    first, last = interval.first_day, interval.last_day
    if first is None and last is None:
        return "date open"
    if first is None or last is None:
        known = first or last
        assert known is not None  # noqa: S101 (one of the two is set, see above)
        return f"{'since' if first else 'before'} {day_words(known)}"
    if interval.precision in CLOCK and interval.earliest and interval.latest:
        clock = f"{interval.earliest:%H:%M}-{interval.latest:%H:%M}"
        zone = f" ({interval.zone})" if interval.zone else ""
        return f"{day_words(first)} {clock}{zone}"
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def date_cell(interval: TimeInterval) -> str:
    """A time for a table: ISO days, `2020-01-09` or `2019-12-25..31`."""
    first, last = interval.first_day, interval.last_day
    if first is None or last is None:
        return NOT_STATED if first is None and last is None else interval_words(interval)
    if first == last or interval.local_date:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.isoformat()}..{last.day:02d}"
    return f"{first.isoformat()}..{last.isoformat()}"


def quantity_words(quantity: Quantity) -> str:
    """A count with its bounds: `5`, `at least 3`, `2 to 7, best 5`, `none reported`."""
    low, best, high = quantity.min, quantity.best, quantity.max
    if quantity.status is QuantityStatus.NONE_REPORTED:
        return "none reported"
    if quantity.status is QuantityStatus.NONE_IMPLIED:
        return "none (implied)"
    if low == high == 0:
        return "none"
    if low is not None and low == high:
        return f"about {low}" if quantity.approx else str(low)
    if best is not None and low is not None and high is not None:
        return f"{low} to {high}, best {best}"
    if low is not None and high is not None:
        return f"{low} to {high}"
    if best is not None:
        return f"about {best}"
    if low is not None:
        return f"at least {low}" if low else "not known"
    return f"up to {high}" if high is not None else "not known"


def quantity_cell(field: FusedField[Quantity] | None) -> str:
    """A count for a table: `5`, `3+`, `132-160`, `0?` (none reported), `–` (not stated)."""
    if field is None:
        return NOT_STATED
    quantity = field.value
    if quantity.status is QuantityStatus.NONE_REPORTED:
        return "0?"
    low, high = quantity.min, quantity.max
    if low is not None and low == high:
        return str(low)
    if low is not None and high is not None:
        return f"{low}-{high}"
    if low is not None:
        return f"{low}+" if low else "0?"
    return f"≤{high}" if high is not None else "?"


def place_words(place: Place) -> str:
    """`Green Zone, Baghdad, IQ`, with the precision where it is coarse."""
    parts = [place.name]
    if place.admin1 and place.admin1.casefold() not in place.name.casefold():
        parts.append(place.admin1)
    if place.country and place.precision is not PlacePrecision.COUNTRY:
        parts.append(place.country)
    return plain(", ".join(parts))


def weapon_words(weapon: Weapon) -> str:
    """`rocket (Katyusha) x 3`."""
    name = f" ({weapon.name})" if weapon.name else ""
    count = f" × {quantity_words(weapon.count)}" if weapon.count else ""
    return f"{weapon.type.value}{name}{count}"


ROLE_WORDS = {
    ActorRole.PERPETRATOR: "did it, as told",
    ActorRole.CLAIMED: "claims it",
    ActorRole.DENIED: "denies it",
    ActorRole.BLAMED: "blamed",
    ActorRole.SUSPECTED: "suspected",
}


def value_words(value: object) -> str:
    """Any fused value in words."""
    if isinstance(value, TimeInterval):
        return interval_words(value)
    if isinstance(value, Place):
        return place_words(value)
    if isinstance(value, Quantity):
        return quantity_words(value)
    if isinstance(value, Weapon):
        return weapon_words(value)
    if isinstance(value, Target):
        return f"{plain(value.name)} ({value.kind.value})"
    if isinstance(value, Actor):
        return f"{plain(value.name)}: {ROLE_WORDS.get(value.role, value.role.value)}"
    if isinstance(value, Casualties):
        return f"{quantity_words(value.count)} {value.outcome.value}"
    if isinstance(value, Damage):
        return f"{value.level.value} damage" + (f", {plain(value.what)}" if value.what else "")
    if isinstance(value, Effect):
        return value.kind.value.replace("_", " ")
    return _enum_words(value)


def _enum_words(value: Any) -> str:
    return str(getattr(value, "value", value)).replace("_", " ")
