"""Names of places that stand in a row, and what the row says of them.

"Troy, Alabama": the second name holds the first, and "Troy" means that one in the whole article.
"Oregon, Washington and Maine": a list of one kind, in which no name holds another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.records import GazetteerRef
from tocsin.records.vocab import PlacePrecision
from tocsin.where.distance import place_distance_km
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.holding import holds
from tocsin.where.names import name_key

MIN_LIST = 3
"""Names of one kind in a row that make a list; two may be a town and its state."""
HOLDING_PEOPLE = 500_000
CITY_KM = 20.0
"""A city of so many people holds what lies so near: "Brooklyn, New York"."""
SEAT_PEOPLE = 50_000
"""From here on a town is as likely meant as the province it gave its name to."""
HOLDER_HOMONYMS = 6
"""Homonyms of a holder's name that are tried: "Georgia" is a state and a country."""

_GAP = re.compile(r"(?:, |,? and |,? or |/| / )(?:the )?")
_HELD_BY = re.compile(r"(?:['’]s?)?(?:, (?:in )?|,? in | \()(?:the )?(?:U\.?S\.? )?(?:state of )?")
_AND = re.compile(r"\b(?:and|or)\b")
_LIST_KINDS = (PlacePrecision.ADM1, PlacePrecision.COUNTRY)


@dataclass(frozen=True, slots=True)
class Chains:
    """What the rows of one article say."""

    kinds: dict[int, PlacePrecision] = field(default_factory=dict)
    """Offset of a name in a list to the kind of its fellows."""
    anchors: dict[str, frozenset[GazetteerRef]] = field(default_factory=dict)
    """Look-up key to the entries that a holder named beside it allows, anywhere in the article."""
    holders: dict[int, frozenset[GazetteerRef]] = field(default_factory=dict)
    """Offset of a name that holds the one before it, to the entries that do."""


def read_chains(
    text: str,
    candidates: Sequence[PlaceCandidate],
    states: dict[int, GazetteerEntry],
) -> Chains:
    """The rows of an article. `states`: end of a name to the state abbreviated behind it."""
    kinds: dict[int, PlacePrecision] = {}
    for row in _rows(text, candidates):
        joined = len(row) > 1 and bool(_AND.search(text, row[-2].span.end, row[-1].span.start))
        kind = _list_kind(row, joined)
        if kind is not None:
            kinds.update((candidate.span.start, kind) for candidate in row)
    anchors: dict[str, set[GazetteerRef]] = {}
    holders: dict[int, frozenset[GazetteerRef]] = {}
    for at, candidate in enumerate(candidates):
        if candidate.span.start in kinds:
            continue
        allowed: set[GazetteerRef] = set()
        state = states.get(candidate.span.end)
        if state is not None:
            allowed = {entry.ref for entry in candidate.entries if holds(state, entry)}
        elif at + 1 < len(candidates) and candidates[at + 1].span.start not in kinds:
            behind = candidates[at + 1]
            if _HELD_BY.fullmatch(text, candidate.span.end, behind.span.start):
                pairs = [
                    (entry.ref, parent.ref)
                    for parent in behind.entries[:HOLDER_HOMONYMS]
                    if parent.is_division or parent.population >= HOLDING_PEOPLE
                    for entry in candidate.entries
                    if _is_inside(entry, parent)
                ]
                allowed = {held for held, _ in pairs}
                if pairs:
                    holders[behind.span.start] = frozenset(parent for _, parent in pairs)
        if allowed:
            anchors.setdefault(name_key(candidate.span.text), set()).update(allowed)
    return Chains(kinds, {key: frozenset(refs) for key, refs in anchors.items()}, holders)


def _is_inside(entry: GazetteerEntry, parent: GazetteerEntry) -> bool:
    if parent.is_division:
        return holds(parent, entry)
    km = place_distance_km(parent, entry)
    return km is not None and 0.0 < km <= CITY_KM and entry.population < parent.population


def _rows(text: str, candidates: Sequence[PlaceCandidate]) -> Iterator[list[PlaceCandidate]]:
    """Runs of names joined by commas, "and", "or"."""
    row: list[PlaceCandidate] = []
    for candidate in candidates:
        if row and not _GAP.fullmatch(text, row[-1].span.end, candidate.span.start):
            yield row
            row = []
        row.append(candidate)
    if row:
        yield row


def _list_kind(row: Sequence[PlaceCandidate], joined: bool) -> PlacePrecision | None:
    """The kind that every name of a row can be; None for mixed rows.

    Two names make a list only where "and" or "or" joins them. Provinces that bear the names of
    their seats ("Cairo, Giza and Minya") say nothing: at least half must be provinces alone.
    """
    if len(row) < MIN_LIST - joined:
        return None
    for kind in _LIST_KINDS:
        plain = [_is_plainly(candidate, kind) for candidate in row]
        if None not in plain and sum(map(bool, plain)) * 2 >= len(plain):
            return kind
    return None


def _is_plainly(candidate: PlaceCandidate, kind: PlacePrecision) -> bool | None:
    """True where a name is of the kind and of no town in it; None where it cannot be of it."""
    fitting = [entry for entry in candidate.entries if entry.precision is kind]
    if not fitting:
        return None
    if kind is PlacePrecision.COUNTRY:
        return True
    return not any(
        entry.precision is PlacePrecision.SETTLEMENT
        and entry.population >= SEAT_PEOPLE
        and any(holds(division, entry) for division in fitting)
        for entry in candidate.entries
    )
