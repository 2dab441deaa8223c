"""Merge cards: why the reports of one incident are taken for one, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.records import ReportInContext
from tocsin.resolve import PairScore, score_pair

MAX_REPORTS = 40
"""Reports compared each with each: 780 pairs. The rest of a larger incident is counted and said."""


@dataclass(frozen=True, slots=True)
class MergeCard:
    """The strongest ties that hold the reports together, and the pairs that pull them apart."""

    links: tuple[PairScore, ...]
    """One fewer than the reports compared: the best tie of each to those before, best first."""
    doubts: tuple[PairScore, ...]
    """Pairs inside with a veto, sorted by ids: only what stands between holds them together."""
    left_out: int
    """Reports beyond MAX_REPORTS, by id."""


def merge_card(contexts: Sequence[ReportInContext]) -> MergeCard:
    """Compare the reports of an incident. The order they come in does not matter."""
    ordered = sorted(contexts, key=lambda context: context.report.id)
    compared, left_out = ordered[:MAX_REPORTS], len(ordered[MAX_REPORTS:])
    pairs = [
        score_pair(one, other) for at, one in enumerate(compared) for other in compared[at + 1 :]
    ]
    return MergeCard(_spanning(pairs), tuple(pair for pair in pairs if pair.vetoes), left_out)


def _spanning(pairs: Sequence[PairScore]) -> tuple[PairScore, ...]:
    """The best pairs that tie all reports together without a ring (Kruskal)."""
    home: dict[str, str] = {}

    def root(id_: str) -> str:
        while home.setdefault(id_, id_) != id_:
            id_ = home[id_]
        return id_

    kept = []
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b)):
        one, other = root(pair.a), root(pair.b)
        if one != other:
            home[other] = one
            kept.append(pair)
    return tuple(kept)
