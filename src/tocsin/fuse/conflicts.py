"""Conflicts: the sides of one field, kept side by side, and why they differ.

Each field says for itself how a statement differs from the chosen one; here its statements become
`Conflict` records, one for each verdict. Only `open` is a dispute: two clocks, two words for one
thing, a rough figure beside an exact one are differences, and are kept as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tocsin.fuse.stated import Stated, evidence_of, side
from tocsin.records import Conflict, ConflictSide, ReportInContext
from tocsin.records.vocab import ConflictVerdict

Difference = tuple[str, Stated[Any], ConflictVerdict]
"""A statement that differs from the chosen one: its value in words, itself, and why."""

_RANK = {verdict: rank for rank, verdict in enumerate(reversed(ConflictVerdict))}


def classed(
    field: str, value: str, agreeing: Sequence[Stated[Any]], differing: Iterable[Difference]
) -> tuple[Conflict, ...]:
    """One conflict for each verdict, disputes first; the chosen side comes first in each.

    `agreeing` state `value`. Nothing differs from a value that nobody states: no conflict then.
    """
    if not agreeing:
        return ()
    found: dict[ConflictVerdict, dict[str, list[Stated[Any]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for words, one, verdict in differing:
        found[verdict][words].append(one)
    return tuple(
        Conflict(
            field,
            (side(value, agreeing), *(side(words, members) for words, members in sides.items())),
            verdict,
        )
        for verdict, sides in sorted(found.items(), key=lambda item: _RANK[item[0]])
    )


def disputes(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """The open ones."""
    return tuple(one for one in conflicts if one.verdict is ConflictVerdict.OPEN)


def context_side(value: str, contexts: Sequence[ReportInContext]) -> ConflictSide:
    """The side of reports that are silent on a matter: the words that tell the event."""
    ordered = sorted(contexts, key=lambda context: context.report.id)
    return ConflictSide(
        value,
        tuple(context.report.id for context in ordered),
        tuple(
            words
            for context in ordered
            for words in evidence_of(
                context, context.report.type.evidence or (context.report.trigger,)
            )
        ),
    )
