"""Who is cited, so that one spokesman quoted by many is one, under whatever article and title."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tocsin.records import (
    Conflict,
    ConflictSide,
    Evidence,
    PrimarySource,
    ReportInContext,
    Span,
)
from tocsin.records.vocab import ConflictVerdict, SourceKind
from tocsin.text.nations import nation_named, nation_of

Key = tuple[str, SourceKind]
"""A speaker's name for comparison, and what kind of speaker."""

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

_FORCES = frozenset(
    {"army", "military", "armed", "forces", "force", "troops", "defence", "defense"}
)
NOT_PRIMARY = frozenset({SourceKind.OUTLET})


@lru_cache(maxsize=16384)
def source_key(name: str) -> str:
    """A source's name for comparison: its telling words, sorted, without accents."""
    plain = unicodedata.normalize("NFKD", name).replace(".", "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = _WORD.findall(plain)
    kept = [word for word in words if word not in _SAYS_NOTHING] or words
    return " ".join(sorted(set(kept)))


@dataclass(slots=True)
class _Voice:
    """One speaker: every name it goes by, where, and in which lineages."""

    names: set[str] = field(default_factory=set)
    lineages: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    evidence: dict[Evidence, None] = field(default_factory=dict)

    def add(self, other: _Voice) -> None:
        self.names |= other.names
        self.lineages |= other.lineages
        self.reports |= other.reports
        self.evidence |= other.evidence


def primary_sources(contexts: Sequence[ReportInContext]) -> tuple[PrimarySource, ...]:
    """The speakers behind the reports, most lineages first, then by name."""
    return tuple(source for source, _ in cited_sources(contexts))


def cited_sources(
    contexts: Sequence[ReportInContext],
) -> tuple[tuple[PrimarySource, frozenset[str]], ...]:
    """The same speakers, each with the ids of the lineages that cite it.

    Names of one kind of which one holds all words of the other ("military", "Iraqi military") stay
    apart unless the shorter has two words: a bare noun may be anybody. The army of a nation and a
    command of it that the same text cites are one voice named twice.
    """
    cited = _by_key(contexts)
    voices: dict[Key, _Voice] = defaultdict(_Voice)
    for key, into in _merge(cited).items():
        voices[into].add(cited[key])
    found = [
        (
            PrimarySource(
                name=min(cited[into].names, key=lambda name: (len(name), name)),
                kind=into[1],
                lineages=len(voice.lineages),
            ),
            frozenset(voice.lineages),
        )
        for into, voice in voices.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one[0].lineages, one[0].name, one[0].kind.value)))


def source_conflicts(contexts: Sequence[ReportInContext]) -> tuple[Conflict, ...]:
    """One voice cited under several names, so that nobody counts it twice."""
    cited = _by_key(contexts)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key, into in _merge(cited).items():
        groups[into].append(key)
    return tuple(
        Conflict(
            "sources", tuple(_side(cited[key]) for key in members), ConflictVerdict.SAME_SOURCE
        )
        for into, others in sorted(groups.items())
        if len(members := [into, *sorted(key for key in others if key != into)]) > 1
    )


def _side(voice: _Voice) -> ConflictSide:
    name = min(voice.names, key=lambda name: (len(name), name))
    return ConflictSide(name, tuple(sorted(voice.reports)), tuple(sorted(voice.evidence)))


def _by_key(contexts: Sequence[ReportInContext]) -> dict[Key, _Voice]:
    """What is known of each speaker under each of its names."""
    found: dict[Key, _Voice] = defaultdict(_Voice)
    for context in sorted(contexts, key=lambda c: c.report.id):
        for name, kind, spans in _cited(context):
            key = (source_key(name), kind)
            if not key[0]:
                continue
            voice = found[key]
            voice.names.add(" ".join(name.split()))
            voice.lineages.add(context.lineage_id)
            voice.reports.add(context.report.id)
            voice.evidence |= dict.fromkeys(
                Evidence(context.report.article_id, span) for span in spans
            )
    return dict(found)


def _cited(context: ReportInContext) -> Iterator[tuple[str, SourceKind, tuple[Span, ...]]]:
    report = context.report
    for claim in report.sources:
        if claim.value.kind not in NOT_PRIMARY:
            yield claim.value.name, claim.value.kind, claim.evidence
    for attributions in (
        report.type.attributions,
        *(claim.attributions for claim in report.casualties),
        *(claim.attributions for claim in report.weapons),
    ):
        for one in attributions:
            if one.kind not in NOT_PRIMARY:
                yield one.source, one.kind, (one.span,) if one.span else ()


def _merge(cited: Mapping[Key, _Voice]) -> dict[Key, Key]:
    """Each key to the key that stands for it; itself where none does.

    That is the longest of its kind that holds all its words, or, for the army of a nation, the one
    body of that army which the same texts cite.
    """
    words = {key: frozenset(key[0].split()) for key in cited}
    into: dict[Key, Key] = {}
    for key, mine in words.items():
        holders = [
            other
            for other, theirs in words.items()
            if other[1] is key[1] and mine < theirs and len(mine) > 1
        ]
        into[key] = min(holders, key=lambda k: (-len(words[k]), k[0])) if holders else key
    for key, mine in words.items():
        bodies = {
            into[other]
            for other, theirs in words.items()
            if into[key] == key
            and _is_army(mine, key[1])
            and other[1] is key[1]
            and not _is_army(theirs, other[1])
            and _nations(mine) == _nations(theirs)
            and cited[key].lineages & cited[other].lineages
        }
        if len(bodies) == 1:
            into[key] = bodies.pop()
    return into


def _is_army(words: frozenset[str], kind: SourceKind) -> bool:
    """True for a nation's forces as such: "the Iraqi army", no command or person of it."""
    nations = {word for word in words if nation_of(word) or nation_named(word)}
    rest = words - nations
    return kind is SourceKind.OFFICIAL_MILITARY and bool(nations and rest) and rest <= _FORCES


def _nations(words: frozenset[str]) -> frozenset[str]:
    codes = (nation_of(word) or nation_named(word) for word in words)
    return frozenset(code for code in codes if code)
