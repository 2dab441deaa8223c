"""ReportInContext: a report with what the later steps must know of its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.records.article import Published
from tocsin.records.ids import content_id
from tocsin.records.report import Report, ReportRelation, Statement, TallyClaim


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
    is_retraction: bool = False
    """The article withdraws what it, or its outlet, told before."""
    is_withdrawn: bool = False
    """A text of its lineage has been withdrawn, and with it every copy."""
    relations: tuple[ReportRelation, ...] = ()
    """Relations whose `source` is this report."""
    statements: tuple[Statement, ...] = ()
    """What its article says of this report: threats before it, denials, judgements."""
    tallies: tuple[TallyClaim, ...] = ()
    """Aggregate claims of its article, where the report is the article's fresh news."""
    agencies: tuple[str, ...] = ()
    """Agencies the article credits in its dateline or credit line."""
    kept_at: dt.datetime | None = None
    """When the store first kept it (UTC)."""
    sketch: bytes = b""
    """The rarest words of its article, packed, where the report leads the article; else empty."""
    profile: bytes = b""
    """What is compared of it, packed; empty where it was kept without."""


def founding_report(reports: Iterable[ReportInContext]) -> ReportInContext:
    """The report that names an incident: the earliest published (undated ones last), then the
    smallest id. A later article never changes it. Raises ValueError for no reports."""

    def rank(context: ReportInContext) -> tuple[dt.date, str]:
        published = context.published.date if context.published else dt.date.max
        return published, context.report.id

    return min(reports, key=rank)


def incident_id_of(reports: Iterable[ReportInContext]) -> str:
    """The id of the incident that these reports tell, from its founding report alone."""
    return content_id("inc", founding_report(reports).report.id)
