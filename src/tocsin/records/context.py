"""ReportInContext: a report with what the later steps must know of its article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tocsin.records.article import Published
from tocsin.records.report import Report, ReportRelation


@dataclass(frozen=True, slots=True)
class ReportInContext:
    """A report, where it was published, and which origin its article shares."""

    report: Report
    lineage_id: str
    """Articles that share origin text or a declared agency share it."""
    outlet: str | None = None
    published: Published | None = None
    is_provisional: bool = False
    """The article calls itself breaking or developing."""
    is_correction: bool = False
    """The article says it corrects or withdraws an earlier text."""
    relations: tuple[ReportRelation, ...] = ()
    """Relations whose `source` is this report."""
    kept_at: dt.datetime | None = None
    """When the store first kept it (UTC)."""
