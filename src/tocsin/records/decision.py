"""ReviewDecision: what a person decided. Added, never overwritten; replayed on recomputation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tocsin.records.vocab import DecisionKind


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """One act of review. `inputs` and `outputs` hold ids and values before and after."""

    id: str
    at: dt.datetime
    reviewer: str
    kind: DecisionKind
    inputs: tuple[str, ...]
    outputs: tuple[str, ...] = ()
    reason: str = ""
    field_values: dict[str, str] = field(default_factory=dict)
    """Field name to JSON text, for `edit` and `pin`."""
