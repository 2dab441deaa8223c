"""Decisions built by hand, about reports named by letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tocsin.records import ReportAnchor, ReviewDecision
from tocsin.records.vocab import DecisionKind, IncidentType

AT = dt.datetime(2021, 3, 12, 9, tzinfo=dt.UTC)


def anchor(name: str, *, start: int = 0, end: int = 5) -> ReportAnchor:
    return ReportAnchor(name, f"article of {name}", IncidentType.BOMBING, start, end)


def decision(
    number: int,
    kind: DecisionKind,
    *subjects: Iterable[str],
    inputs: tuple[str, ...] = ("inc_1",),
    values: dict[str, str] | None = None,
    relation: str | None = None,
) -> ReviewDecision:
    return ReviewDecision(
        id=f"dec_{number}",
        at=AT + dt.timedelta(minutes=number),
        reviewer="ana",
        kind=kind,
        inputs=inputs,
        field_values=values or {},
        subjects=tuple(tuple(map(anchor, subject)) for subject in subjects),
        relation=relation,
    )


def undo(number: int, of: ReviewDecision) -> ReviewDecision:
    return decision(number, DecisionKind.UNDO, inputs=(of.id,))


def all_current(*decisions: ReviewDecision) -> dict[ReportAnchor, str]:
    """Every anchor means the report it names."""
    return {anchor: anchor.report_id for made in decisions for anchor in made.anchors}
