"""ReviewDecision: what a person decided. Added, never overwritten; replayed on recomputation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from tocsin.records.context import ReportInContext, founding_report
from tocsin.records.span import Evidence
from tocsin.records.vocab import DecisionKind, IncidentType


@dataclass(frozen=True, slots=True)
class ReportAnchor:
    """A report that a decision speaks of, and enough to find it again when it is extracted anew.

    `start` and `end` are the code points of its trigger in the article's text, end excluded.
    """

    report_id: str
    article_id: str
    type: IncidentType
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """One act of review. `inputs` and `outputs` hold ids before and after.

    Incidents are recomputed and their ids may change; reports are what they are made of. So a
    decision holds on to reports: it means the incidents that `subjects` tell, whatever their ids.
    """

    id: str
    at: dt.datetime
    reviewer: str
    kind: DecisionKind
    inputs: tuple[str, ...]
    """Incident ids; for `undo` the id of the decision that is withdrawn."""
    outputs: tuple[str, ...] = ()
    reason: str = ""
    field_values: dict[str, str] = field(default_factory=dict)
    """Field name to JSON text, for `edit` and `pin`. `null` says that the field is not known."""
    subjects: tuple[tuple[ReportAnchor, ...], ...] = ()
    """The reports of each incident of `inputs`; for `split`, of each part. The founding report of
    each comes first."""
    evidence: dict[str, str] = field(default_factory=dict)
    """Field name to JSON text of what the reports alone gave when the decision was made: what new
    evidence is measured against."""
    relation: str | None = None
    """The RelationKind of a `relate`, from the first subject to the second."""
    words: dict[str, Evidence] = field(default_factory=dict)
    """Field name to the words of an article that an `edit` rests on, where a person showed them."""

    @property
    def anchors(self) -> tuple[ReportAnchor, ...]:
        """The anchors of all subjects, in order."""
        return tuple(anchor for subject in self.subjects for anchor in subject)


def anchors_of(reports: Iterable[ReportInContext]) -> tuple[ReportAnchor, ...]:
    """The anchors of one incident's reports: the founding report first, then by report id.

    Raises ValueError for no reports.
    """
    kept = sorted(reports, key=lambda c: c.report.id)
    first = founding_report(kept)
    return tuple(
        ReportAnchor(
            c.report.id,
            c.report.article_id,
            c.report.type.value,
            c.report.trigger.start,
            c.report.trigger.end,
        )
        for c in (first, *(c for c in kept if c is not first))
    )
