"""Values of fields as people type them: `3`, `3-5`, `2021-03-09`, `bombing`, `unknown`, JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

from tocsin.errors import RecordError
from tocsin.records import Place, Quantity, TimeInterval
from tocsin.records.codec import to_json
from tocsin.records.vocab import QuantityStatus, TimeBasis, TimePrecision, ZoneBasis
from tocsin.review.fields import LISTED, PLAIN, UNKNOWN, FieldName, parse_value

RULE = "review"
"""The rule that a typed date names as its origin."""

_COUNT = re.compile(r"(?P<low>\d{1,9})(?:(?P<open>\+)|-(?P<high>\d{1,9}))?")
_DAY_CHARS = len("2021-03-09")

FindPlace = Callable[[str], Place | None]
"""The place that a typed name means; None where it is not known or not one alone."""


def read_typed(
    name: FieldName, text: str, *, zone: str | None = None, find_place: FindPlace | None = None
) -> str:
    """The JSON text of a typed value, checked.

    `zone` is the time zone a typed date is meant in. Raises RecordError naming the field, and what
    it takes, for anything that is no value of it.
    """
    text = text.strip()
    if text.lower() in {"", "unknown", UNKNOWN}:
        parse_value(name, UNKNOWN)
        return UNKNOWN
    if text[0] in '[{"':
        return to_text(name, text)
    match name:
        case FieldName.DATE:
            return to_json(_interval(text, zone))
        case FieldName.KILLED | FieldName.INJURED | FieldName.ATTACKERS_KILLED:
            return to_json(_quantity(name, text))
        case FieldName.PLACE:
            place = find_place(text) if find_place else None
            if place is None:
                raise _no_value(name, text, "a place known by that name, or JSON")
            return to_json(place)
        case _ if name in LISTED:
            raise _no_value(name, text, "a JSON list")
    return to_text(name, json.dumps(text.lower()))


def to_text(name: FieldName, text: str) -> str:
    """JSON text in the one form that equal values share. Raises RecordError as `parse_value`."""
    value = parse_value(name, text)
    if name in LISTED:
        return "[" + ",".join(to_json(entry) for entry in value) + "]"
    return json.dumps(value.value) if name in PLAIN or name is FieldName.TYPE else to_json(value)


def _no_value(name: FieldName, text: str, wanted: str) -> RecordError:
    return RecordError("ReviewDecision", name.value, f"{text!r} is not {wanted}")


def _quantity(name: FieldName, text: str) -> Quantity:
    found = _COUNT.fullmatch(text.replace(" ", ""))
    if found is None:
        raise _no_value(name, text, "a count: 3, 3-5, 3+ or unknown")
    low = int(found["low"])
    if found["open"]:
        return Quantity(low, None, None)
    if found["high"] and int(found["high"]) != low:
        return Quantity(low, None, int(found["high"]))
    status = QuantityStatus.STATED if low else QuantityStatus.NONE_STATED
    return Quantity(low, low, low, status=status)


def _interval(text: str, zone: str | None) -> TimeInterval:
    first, _, last = text.partition("/")
    try:
        start = dt.datetime.fromisoformat(first.strip())
        end = dt.datetime.fromisoformat(last.strip()) if last else start
    except ValueError:
        raise _no_value(FieldName.DATE, text, "a day, a day/day or a local time") from None
    if start.tzinfo or end.tzinfo:
        raise _no_value(FieldName.DATE, text, "in local time, without an offset")
    is_day = len((last or first).strip()) == _DAY_CHARS
    precision = TimePrecision.MINUTE
    if is_day:
        precision = TimePrecision.DAYS if last and end != start else TimePrecision.DAY
    elif last:
        precision = TimePrecision.HOUR
    return TimeInterval(
        start,
        end + (dt.timedelta(days=1) if is_day else dt.timedelta(minutes=1)),
        precision,
        zone=zone,
        zone_basis=ZoneBasis.PLACE_OF_EVENT if zone else ZoneBasis.UNKNOWN,
        basis=TimeBasis.INFERRED,
        rule=RULE,
    )
