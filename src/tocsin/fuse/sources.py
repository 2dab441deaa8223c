"""Who is cited, so that one spokesman quoted by many is one, under whatever article and title."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tocsin.records import PrimarySource, ReportInContext
from tocsin.records.vocab import SourceKind

_WORD = re.compile(r"[^\W_]+")

# fmt: off
_SAYS_NOTHING = frozenset({
    "a", "an", "the", "of", "for", "in", "on", "at", "by", "to", "from", "its", "his", "her",
    "their", "and", "spokesman", "spokeswoman", "spokesperson", "spokesmen", "statement",
    "statements", "said", "says", "source", "sources", "official", "officials", "according",
    "speaking", "s",
})
# fmt: on
"""Words by which two names of one source differ."""

NOT_PRIMARY = frozenset({SourceKind.OUTLET})


@lru_cache(maxsize=16384)
def source_key(name: str) -> str:
    """A source's name for comparison: its telling words, sorted, without accents."""
    plain = unicodedata.normalize("NFKD", name).replace(".", "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = _WORD.findall(plain)
    kept = [word for word in words if word not in _SAYS_NOTHING] or words
    return " ".join(sorted(set(kept)))


def primary_sources(contexts: Sequence[ReportInContext]) -> tuple[PrimarySource, ...]:
    """The speakers behind the reports, most lineages first, then by name.

    Names of one kind of which one holds all words of the other ("military", "Iraqi military") stay
    apart unless the shorter has two words: a bare noun may be anybody.
    """
    lineages: dict[tuple[str, SourceKind], set[str]] = defaultdict(set)
    names: dict[tuple[str, SourceKind], set[str]] = defaultdict(set)
    for context in contexts:
        for name, kind in _cited(context):
            key = (source_key(name), kind)
            if key[0]:
                lineages[key].add(context.lineage_id)
                names[key].add(" ".join(name.split()))
    merged = _merge({key: frozenset(key[0].split()) for key in lineages})
    groups: dict[tuple[str, SourceKind], list[tuple[str, SourceKind]]] = defaultdict(list)
    for key, into in merged.items():
        groups[into].append(key)
    found = [
        PrimarySource(
            name=min(names[into], key=lambda name: (len(name), name)),
            kind=into[1],
            lineages=len(set().union(*(lineages[key] for key in members))),
        )
        for into, members in groups.items()
    ]
    return tuple(sorted(found, key=lambda s: (-s.lineages, s.name, s.kind.value)))


def _cited(context: ReportInContext) -> Iterable[tuple[str, SourceKind]]:
    report = context.report
    for claim in report.sources:
        if claim.value.kind not in NOT_PRIMARY:
            yield claim.value.name, claim.value.kind
    named: list[tuple[str, SourceKind]] = []
    for attributions in (
        report.type.attributions,
        *(claim.attributions for claim in report.casualties),
        *(claim.attributions for claim in report.weapons),
    ):
        named += [(a.source, a.kind) for a in attributions if a.kind not in NOT_PRIMARY]
    yield from named


def _merge(
    words: dict[tuple[str, SourceKind], frozenset[str]],
) -> dict[tuple[str, SourceKind], tuple[str, SourceKind]]:
    """Each key to the longest key of its kind that holds all its words; itself where none does."""
    into = {}
    for key, mine in words.items():
        holders = [
            other
            for other, theirs in words.items()
            if other[1] is key[1] and mine < theirs and len(mine) > 1
        ]
        into[key] = min(holders, key=lambda k: (-len(words[k]), k[0])) if holders else key
    return into
