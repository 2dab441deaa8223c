"""Retractions: a withdrawn text takes along every copy, and what its outlet told before (rule 2).

What rests on it leaves every field. Where another origin still tells the incident, the record
stands on that one; where none does, the incident stays to be seen, as retracted.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.fuse.stated import published_at
from tocsin.records import ReportInContext


def standing(contexts: Sequence[ReportInContext]) -> list[ReportInContext]:
    """The reports that nobody took back; none where all are.

    A lineage falls as a whole, late copies included. Of the outlet that withdraws, texts of other
    lineages fall too, unless they appeared after the retraction.
    """
    fallen = {c.lineage_id for c in contexts if c.is_withdrawn or c.is_retraction}
    notices = [
        (c.outlet.casefold(), published_at(c)) for c in contexts if c.is_retraction and c.outlet
    ]
    return [
        context
        for context in contexts
        if context.lineage_id not in fallen
        and not any(
            context.outlet is not None
            and context.outlet.casefold() == outlet
            and published_at(context) <= at
            for outlet, at in notices
        )
    ]
