"""Origins: articles that lean on one agency and tell one incident with its figures count once.

Near copies already share a lineage. A desk that rewrites an agency's text leaves no common wording,
but its credit ("(Reuters)", "an officer told Reuters") and its figures give the origin away. The
credit alone is not enough: an outlet that names an agency may have counted for itself; nor is the
bare credit "agencies", which names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.fuse.credits import credits_of
from tocsin.fuse.figures import report_figures
from tocsin.records import Quantity, ReportInContext
from tocsin.records.vocab import Outcome, QuantityStatus

Figures = tuple[tuple[Outcome, frozenset[Quantity]], ...]
"""The totals of one report, by outcome."""

_COUNTED = (Outcome.KILLED, Outcome.INJURED)
_SAYS_NOTHING = frozenset(
    {QuantityStatus.NOT_STATED, QuantityStatus.NONE_REPORTED, QuantityStatus.NONE_IMPLIED}
)


def share_origins(contexts: Sequence[ReportInContext]) -> list[ReportInContext]:
    """The same reports, with one lineage id (the smallest) for each shared origin."""
    parent = {c.lineage_id: c.lineage_id for c in contexts}

    def root(lineage: str) -> str:
        while parent[lineage] != lineage:
            lineage = parent[lineage]
        return lineage

    named = {agency for c in contexts for agency in credits_of(c)}
    by_credit: dict[frozenset[str], dict[tuple[str, Figures], None]] = {}
    for context in contexts:
        credit = credits_of(context)
        if not credit and context.outlet and context.outlet.casefold() in named:
            credit = frozenset({context.outlet.casefold()})  # the agency's own text
        figures = figures_of(context)
        if not credit or not figures:
            continue
        known = by_credit.setdefault(credit, {})
        if (context.lineage_id, figures) in known:
            continue
        for lineage, others in known:
            if _tell_the_same(figures, others):
                low, high = sorted((root(lineage), root(context.lineage_id)))
                parent[high] = low
        known[context.lineage_id, figures] = None
    return [
        c if root(c.lineage_id) == c.lineage_id else replace(c, lineage_id=root(c.lineage_id))
        for c in contexts
    ]


def figures_of(context: ReportInContext) -> Figures:
    """The totals a report gives, by outcome; outcomes without a figure are left out."""
    found = []
    for outcome in _COUNTED:
        claims = report_figures(context.report.counts(outcome))
        totals = frozenset(c.value for c in claims if c.value.status not in _SAYS_NOTHING)
        if totals:
            found.append((outcome, totals))
    return tuple(found)


def _tell_the_same(one: Figures, other: Figures) -> bool:
    first, second = dict(one), dict(other)
    shared = first.keys() & second.keys()
    return bool(shared) and all(first[outcome] == second[outcome] for outcome in shared)
