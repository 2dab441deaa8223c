"""The fields of an incident that a person can set, and their values as JSON text.

Values travel in decisions as the store's JSON (`tocsin.records.codec`); `null` says that the field
is not known, which is not the same as no decision.
"""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import Any

from tocsin.errors import RecordError
from tocsin.records import (
    Actor,
    Alternative,
    Evidence,
    FusedField,
    Incident,
    Place,
    Quantity,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.codec import from_json, to_json
from tocsin.records.vocab import Agreement, IncidentStatus, IncidentType, Stage

PIN_RULE = "1"
"""Review pins win: rule 1 of section 6 of the incident model."""
SET_ASIDE = "set aside by review"
"""Note of the alternative that holds what the reports say where a person set another value."""
UNKNOWN = "null"


class FieldName(StrEnum):
    """Fields that `edit` and `pin` take. Titles follow from values and are not among them."""

    TYPE = "type"
    STAGE = "stage"
    STATUS = "status"
    DATE = "date"
    PLACE = "place"
    KILLED = "killed"
    INJURED = "injured"
    ATTACKERS_KILLED = "attackers_killed"
    WEAPONS = "weapons"
    TARGETS = "targets"
    ACTORS = "actors"


FUSED: dict[FieldName, type[Any]] = {
    FieldName.TYPE: IncidentType,
    FieldName.DATE: TimeInterval,
    FieldName.PLACE: Place,
    FieldName.KILLED: Quantity,
    FieldName.INJURED: Quantity,
    FieldName.ATTACKERS_KILLED: Quantity,
}
"""Fields with one value that rests on evidence."""
PLAIN: dict[FieldName, type[Any]] = {
    FieldName.STAGE: Stage,
    FieldName.STATUS: IncidentStatus,
}
"""Fields with a bare value."""
LISTED: dict[FieldName, type[Any]] = {
    FieldName.WEAPONS: Weapon,
    FieldName.TARGETS: Target,
    FieldName.ACTORS: Actor,
}
"""Fields with any number of values, set as a whole."""
FIELDS = tuple(FieldName)
KEY_FIELDS = (
    FieldName.TYPE,
    FieldName.STATUS,
    FieldName.DATE,
    FieldName.PLACE,
    FieldName.KILLED,
    FieldName.INJURED,
)
"""What a person who confirms an incident has looked at: a change of these is offered anew."""
_NEEDED = frozenset({FieldName.TYPE, FieldName.STAGE, FieldName.STATUS})


def value_text(incident: Incident, name: FieldName) -> str:
    """The present value of a field as JSON text; `null` where it is not known."""
    found = getattr(incident, name.value)
    if name in LISTED:
        return "[" + ",".join(to_json(field.value) for field in found) + "]"
    if found is None:
        return UNKNOWN
    return to_json(found.value if name in FUSED else found)


def parse_value(name: FieldName, text: str) -> Any:
    """The value that JSON text holds: one, a tuple for a listed field, or None for `null`.

    Raises RecordError naming the field where the text is not a value of it.
    """
    if text == UNKNOWN:
        if name in _NEEDED or name in LISTED:
            raise RecordError("ReviewDecision", name.value, "always has a value")
        return None
    if name in LISTED:
        try:
            entries = json.loads(text)
        except json.JSONDecodeError as error:
            raise RecordError("ReviewDecision", name.value, f"is not JSON: {error}") from error
        if not isinstance(entries, list):
            raise RecordError("ReviewDecision", name.value, "is not a JSON list")
        return tuple(_parsed(name, LISTED[name], json.dumps(entry)) for entry in entries)
    value = _parsed(name, (FUSED | PLAIN)[name], text)
    if value is IncidentStatus.REJECTED:
        raise RecordError("ReviewDecision", name.value, "incidents are rejected, not edited to be")
    return value


def _parsed(name: FieldName, kind: type[Any], text: str) -> Any:
    try:
        return from_json(kind, text)
    except RecordError as error:
        where = f"{name.value}.{error.field}" if error.field else name.value
        raise RecordError("ReviewDecision", where, error.reason) from error


def with_value(
    incident: Incident,
    name: FieldName,
    text: str,
    decision_id: str,
    words: Evidence | None = None,
) -> Incident:
    """The incident with a field as a decision sets it. What the reports say stays beside it.

    `words` are those of an article that the reviewer showed for the value.
    """
    value = parse_value(name, text)
    shown = (words,) if words else ()
    changes: dict[str, Any] = {name.value: value}
    if name in LISTED:
        changes[name.value] = tuple(_pinned(None, entry, decision_id, shown) for entry in value)
        if name is FieldName.ACTORS:
            changes["actor_by"] = (None,) * len(value)
    elif name in FUSED and value is not None:
        changes[name.value] = _pinned(getattr(incident, name.value), value, decision_id, shown)
    return replace(incident, **changes)


def _pinned(
    before: FusedField[Any] | None, value: Any, decision_id: str, shown: tuple[Evidence, ...]
) -> FusedField[Any]:
    if before is None:
        return FusedField(value, PIN_RULE, Agreement.SINGLE, (), shown, pinned_by=decision_id)
    if before.value == value:
        known = tuple(one for one in before.evidence if one not in shown)
        return replace(before, rule=PIN_RULE, evidence=shown + known, pinned_by=decision_id)
    set_aside = Alternative(before.value, before.report_ids, before.evidence, note=SET_ASIDE)
    return FusedField(
        value,
        PIN_RULE,
        Agreement.CONFLICT,
        (),
        shown,
        alternatives=(set_aside, *before.alternatives),
        pinned_by=decision_id,
    )
