"""CandidateReport: a report found under a key that another looks under."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class CandidateReport(NamedTuple):
    """As much of a report as comparing it asks for: most candidates are nobody's like.

    A tuple, because each report that looks for its like is given hundreds.
    """

    report_id: str
    lineage_id: str
    kept_at: dt.datetime
    """When the store first kept it (UTC)."""
    sketch: bytes
    """As in `ReportInContext`."""
    profile: bytes
    """What is compared of it, packed; empty where it was kept without."""
