"""Authorship: how accounts of who did it differ.

A denial is a dispute over the author, never over the event. One outlet's fact that another does not
repeat is a difference of attribution, and so is blame for a series of attacks, which is not blame
for this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.fuse.conflicts import classed, context_side
from tocsin.fuse.naming import actor_key, is_named
from tocsin.fuse.stated import Stated, collect, side
from tocsin.records import Actor, Conflict, ReportInContext
from tocsin.records.vocab import ActorLevel, ActorRole, ConflictVerdict

FIELD = "actors"
ACCUSED = frozenset({ActorRole.PERPETRATOR, ActorRole.BLAMED, ActorRole.SUSPECTED})
_AUTHORS = ACCUSED | {ActorRole.CLAIMED}


def authorship_conflicts(
    stated: Sequence[Stated[Actor]],
    contexts: Sequence[ReportInContext],
    facts: Mapping[str, bool],
) -> tuple[Conflict, ...]:
    """The conflicts over who did it. `stated`: what is said of this incident; `facts`: which actors
    (by key) stand as its authors in the record's own voice."""
    found: list[Conflict] = []
    for key in sorted({actor_key(one.value) for one in stated}):
        own = [one for one in stated if actor_key(one.value) == key]
        denied = [one for one in own if one.value.role is ActorRole.DENIED]
        accused = [one for one in own if one.value.role in ACCUSED]
        name = own[0].value.name
        if denied:
            found += _denial(name, accused, denied, stated, contexts)
        elif not facts.get(key, True):
            found += _told_by_some(name, key, accused, stated, contexts)
    return (*found, *_series(stated, contexts))


def _denial(
    name: str,
    accused: Sequence[Stated[Actor]],
    denied: Sequence[Stated[Actor]],
    stated: Sequence[Stated[Actor]],
    contexts: Sequence[ReportInContext],
) -> tuple[Conflict, ...]:
    """An accusation beside its denial; a denial that meets no accusation of anybody by name."""
    says_no = [(f"{name} denies it", one, ConflictVerdict.OPEN) for one in denied]
    if accused:
        return classed(FIELD, f"{name} did it", accused, says_no)
    authors = [one for one in stated if one.value.role in _AUTHORS]
    if any(is_named(one.value) for one in authors):
        return ()  # somebody else is named: that this actor denies it disputes nothing
    if authors:
        return classed(FIELD, f"{authors[0].value.name} did it", authors, says_no)
    silent = context_side("the author is not named", contexts)
    sides = (silent, side(f"{name} denies it", denied))
    return (Conflict(FIELD, sides, ConflictVerdict.OPEN),)


def _told_by_some(
    name: str,
    key: str,
    accused: Sequence[Stated[Actor]],
    stated: Sequence[Stated[Actor]],
    contexts: Sequence[ReportInContext],
) -> tuple[Conflict, ...]:
    """What some lineages state as fact, beside those that attribute it or name nobody."""
    facts = [one for one in accused if one.value.role is ActorRole.PERPETRATOR]
    if not facts or not is_named(facts[0].value):
        return ()
    attributed = [one for one in accused if one not in facts]
    naming = {one.lineage for one in stated if actor_key(one.value) == key}
    silent = [context for context in contexts if context.lineage_id not in naming]
    sides = [side(f"{name} did it", facts)]
    if attributed:
        sides.append(side(f"{name} is accused", attributed))
    if silent:
        sides.append(context_side(f"{name} is not named", silent))
    if len(sides) == 1:
        return ()
    return (Conflict(FIELD, tuple(sides), ConflictVerdict.ATTRIBUTION),)


def _series(
    stated: Sequence[Stated[Actor]], contexts: Sequence[ReportInContext]
) -> tuple[Conflict, ...]:
    """Blame for many attacks by an article that blames nobody by name for this one."""
    blamed_here = {
        one.lineage for one in stated if one.value.role in _AUTHORS and is_named(one.value)
    }
    blamed = [
        one
        for one in collect(contexts, lambda c: c.report.actors)
        if one.value.level is ActorLevel.SERIES
        and one.value.role in ACCUSED
        and one.lineage not in blamed_here
    ]
    if not blamed:
        return ()
    lineages = {one.lineage for one in blamed}
    alone = context_side(
        "nobody is named for this one", [c for c in contexts if c.lineage_id in lineages]
    )
    names = sorted({one.value.name for one in blamed})
    series = side(f"{', '.join(names)} blamed for the series", blamed)
    return (Conflict(FIELD, (alone, series), ConflictVerdict.ATTRIBUTION),)
