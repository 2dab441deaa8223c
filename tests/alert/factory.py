"""Incidents in consecutive states, and a store that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.store.factory import article, claim, incident, kept, report
from tocsin.alert.rules import Alerting
from tocsin.records import (
    Actor,
    Conflict,
    ConflictSide,
    Corroboration,
    Evidence,
    FusedField,
    Incident,
    Place,
    Quantity,
    Report,
)
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    ConflictVerdict,
    IncidentStatus,
    PlacePrecision,
)
from tocsin.store import SnapshotStep, Store

NOW = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)


def fused(value: Any, *, number: int = 1, words: str = "three people") -> FusedField[Any]:
    """A field that rests on words of article `number`."""
    source = article(number)
    span = claim(source, words, None).evidence[0]
    return FusedField(
        value, "5", Agreement.SINGLE, (reports(number)[0].id,), (Evidence(source.id, span),)
    )


def killed(count: int | None, **at: Any) -> FusedField[Any]:
    return fused(Quantity(count, count, count), **at)


def actor(name: str, role: ActorRole) -> FusedField[Any]:
    return fused(Actor(name, role), words="spokesman")


def dispute(field: str, *values: str) -> Conflict:
    sides = tuple(
        ConflictSide(value, (), (Evidence("art_0001", report(article(1)).trigger),))
        for value in values
    )
    return Conflict(field, sides, ConflictVerdict.OPEN)


def place(name: str = "Harran", **values: Any) -> FusedField[Any]:
    known: dict[str, Any] = {"country": "TR", "lat": 36.9, "lon": 39.0, "uncertainty_km": 5.0}
    return fused(Place(name, PlacePrecision.SETTLEMENT, **(known | values)), words="Harran")


def reports(number: int) -> Sequence[Report]:
    return kept(number).extraction.reports


def happening(number: int = 1, **changes: Any) -> Incident:
    """Incident `number`, told by the first report of article `number`."""
    values: dict[str, Any] = {
        "place": Place(
            "Harran",
            PlacePrecision.SETTLEMENT,
            country="TR",
            lat=36.9,
            lon=39.0,
            uncertainty_km=5.0,
        )
    }
    return incident(number, reports(number)[0], **(values | changes))


def origins(count: int) -> Corroboration:
    return Corroboration(count, count, count)


def step(before: Incident | None, after: Incident | None, **changes: Any) -> SnapshotStep:
    values: dict[str, Any] = {
        "position": 1,
        "incident_id": (after or before or happening()).id,
        "number": 2 if before else 1,
        "recorded_at": NOW,
        "before": before,
        "after": after,
        "forwarded_to": None,
        "cause_article_ids": ("art_0001",),
        "cause_decision_ids": (),
    }
    return SnapshotStep(**(values | changes))


def write(store: Store, *incidents: Incident, gone: dict[str, str | None] | None = None) -> None:
    """Bring the record of the store to these states."""
    store.write_incidents(incidents, gone=gone or {}, resolved_report_ids=[])


def fill(store: Store, *numbers: int) -> None:
    """Keep the articles that the incidents quote."""
    store.keep_many([kept(number) for number in numbers])


def alerting(
    receivers: dict[str, Any] | None = None, rule: dict[str, Any] | None = None, **more: Any
) -> Alerting:
    """One rule, `all`, that asks for nothing and sends to every receiver given."""
    asked = {"send_to": tuple(receivers or {})} | (rule or {})
    return Alerting.model_validate({"rules": {"all": asked}, "receivers": receivers or {}} | more)


WITHDRAWN = IncidentStatus.RETRACTED
