"""The names of an article made ready to be weighed against each other (`coherence.py`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tocsin.records import Span
from tocsin.where.chains import Chains
from tocsin.where.coherence import MAX_HOMONYMS, Coherence, Named, size_logit
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.outlets import Outlet

COUNTRY_LOGIT = 4.0
"""What a country that alone is spoken of adds to the logarithm of its places' likelihoods."""
OUTLET_LOGIT = 3.0
"""What a paper's name adds to the town it is named after."""


def with_named(
    candidates: tuple[PlaceCandidate, ...], named: Sequence[Span], gazetteer: Gazetteer
) -> tuple[PlaceCandidate, ...]:
    """The candidates and the names given, in order; a given name displaces what it overlaps."""
    given = {
        span: PlaceCandidate(span, entries)
        for span in named
        if (entries := gazetteer.entries_of(name_key(span.text)))
    }
    if not given:
        return candidates
    ends = sorted(given, key=lambda span: span.start)
    starts = [span.start for span in ends]

    def is_free(span: Span) -> bool:
        at = bisect_left(starts, span.end)
        return at == 0 or not ends[at - 1].overlaps(span)

    kept = [candidate for candidate in candidates if is_free(candidate.span)]
    return tuple(sorted([*kept, *given.values()], key=lambda one: one.span.start))


def anchored(candidate: PlaceCandidate, chains: Chains) -> tuple[GazetteerEntry, ...]:
    """The entries that the rows of the article leave possible; all where they say nothing."""
    kind = chains.kinds.get(candidate.span.start)
    if kind is not None:
        return tuple(e for e in candidate.entries if e.precision is kind) or candidate.entries
    allowed = chains.holders.get(candidate.span.start) or chains.anchors.get(
        name_key(candidate.span.text)
    )
    if allowed:
        return tuple(e for e in candidate.entries if e.ref in allowed) or candidate.entries
    return candidate.entries


def weigh(
    candidates: Sequence[PlaceCandidate],
    chains: Chains,
    shares: dict[str, float],
    outlet: Outlet,
) -> Coherence:
    """All names of the article weighed against each other."""
    found: dict[str, tuple[list[int], tuple[GazetteerEntry, ...]]] = {}
    for candidate in candidates:
        entries = anchored(candidate, chains)[:MAX_HOMONYMS]
        key = name_key(candidate.span.text)
        if key in found and len(found[key][1]) <= len(entries):
            found[key][0].append(candidate.span.start)
        else:
            found[key] = ([*found.get(key, ([], ()))[0], candidate.span.start], entries)

    def named(key: str, at: list[int], entries: tuple[GazetteerEntry, ...]) -> Named:
        logits = (
            size_logit(entry)
            + OUTLET_LOGIT * outlet.is_home(entry, key)
            + COUNTRY_LOGIT * max((shares.get(code, 0.0) for code in entry.countries), default=0.0)
            for entry in entries
        )
        return Named(key, tuple(at), entries, tuple(logits))

    names = [named(key, at, entries) for key, (at, entries) in found.items()]
    if outlet.towns and name_key(outlet.towns[0].name) not in found:
        names.append(named("", [0], outlet.towns))
    return Coherence(names)
