"""Stage and modifiers of an incident, from the words around its triggers."""

from __future__ import annotations

from tocsin.extract.events import Event
from tocsin.extract.incidents import Draft
from tocsin.records.vocab import IncidentType, Modifier, Stage

_REACH = 4
"""Tokens before or after a trigger within which a word tells how far it got."""


def _near(event: Event, section: str) -> set[str]:
    first, last = event.trigger.first - _REACH, event.trigger.last + _REACH
    return {
        match.value
        for match in event.sentence.get(section)
        if match.last > first and match.first < last
    }


def stage_of(draft: Draft) -> Stage:
    """Foiled and attempted only where the founding event says so and nobody came to harm."""
    values = _near(draft.founder, "stages.stage")
    if any(event.casualties for event in draft.events):
        return Stage.ACCOMPLISHED
    if Stage.FOILED.value in values:
        return Stage.FOILED
    return Stage.ATTEMPTED if Stage.ATTEMPTED.value in values else Stage.ACCOMPLISHED


def modifiers_of(draft: Draft) -> tuple[Modifier, ...]:
    """In the order of the vocabulary, each once."""
    found = {value for event in draft.events for value in _near(event, "stages.modifier")}
    if draft.type is IncidentType.SUICIDE_BOMBING:
        found.add(Modifier.SUICIDE.value)
    if draft.type is IncidentType.HOSTAGE_SIEGE:
        found.add(Modifier.HOSTAGE.value)
    if stage_of(draft) is Stage.ATTEMPTED:
        found.add(Modifier.FAILED.value)
    return tuple(modifier for modifier in Modifier if modifier.value in found)
