"""Credits: whose text an article leans on, by its credit line or by whom its speakers told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.records import Attribution, ReportInContext

UNNAMED_CREDITS = frozenset({"agencies", "news agencies", "wires", "wire services"})
_ARTICLE = re.compile(r"(?i)^the ")
_SHORT = {
    "agence france-presse": "afp",
    "agence france presse": "afp",
    "associated press": "ap",
    "anadolu agency": "anadolu",
}
"""Names written out in running text, under which a credit line is shorter."""


def credits_of(context: ReportInContext) -> frozenset[str]:
    """The agencies and outlets an article leans on for a report, folded.

    Two of them are compared as a pair and equal no single one: the text mixes two origins. "Told"
    counts only where no credit line names anybody: an agency's text quotes what it was told itself.
    """
    declared = frozenset(fold(agency) for agency in context.agencies) - UNNAMED_CREDITS
    if declared:
        return declared
    own = fold(context.outlet) if context.outlet else ""
    return frozenset(fold(name) for name in relays_of(context)) - {own}


def relays_of(context: ReportInContext) -> frozenset[str]:
    """The outlets that the speakers of a report told, as the text names them."""
    return frozenset(name for one in _attributions(context) for name in one.chain[1:])


def fold(name: str) -> str:
    """An outlet's name for comparison."""
    plain = _ARTICLE.sub("", name.casefold())
    return _SHORT.get(plain, plain)


def _attributions(context: ReportInContext) -> Iterator[Attribution]:
    report = context.report
    yield from report.type.attributions
    for claims in (report.casualties, report.weapons, report.actors):
        for claim in claims:
            yield from claim.attributions
