"""Finding the reports of a decision again after their article was revised or read anew.

A report's id holds its extractor version and its trigger, so another version of either makes
another id. A decision is about the happening, not about one way of reading it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.records import Report, ReportAnchor


def find_again(anchor: ReportAnchor, reports: Sequence[Report]) -> str | None:
    """Id of the report among an article's current ones that an anchor means; None where none is.

    The report itself; else the one whose trigger overlaps the anchor's most; else the only one of
    its type; else the article's only report. Nothing is guessed between two.
    """
    if any(report.id == anchor.report_id for report in reports):
        return anchor.report_id
    overlapping = [
        (min(anchor.end, report.trigger.end) - max(anchor.start, report.trigger.start), report.id)
        for report in reports
    ]
    best = max(overlapping, key=lambda found: (found[0], found[1]), default=(0, ""))
    if best[0] > 0:
        return best[1]
    like = [report.id for report in reports if report.type.value is anchor.type]
    if len(like) == 1:
        return like[0]
    return reports[0].id if len(reports) == 1 else None
