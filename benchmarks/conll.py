"""Scores of coreference: MUC, B cubed, CEAF by entities, and their mean, the CoNLL F1.

As the reference scorer has them (Pradhan et al. 2014), for gold mentions: both sides partition the
same mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

Labels = Mapping[Any, Hashable]
"""Mention to its cluster."""


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Zero where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def muc(gold: Labels, found: Labels) -> Score:
    """Links (Vilain et al. 1995)."""
    return Score(_links(found, gold), _links(gold, found))


def _links(key: Labels, other: Labels) -> float:
    parts: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, cluster in key.items():
        parts[cluster].add(other[mention])
    size = Counter(key.values())
    wanted = sum(count - 1 for count in size.values())
    kept = sum(size[cluster] - len(seen) for cluster, seen in parts.items())
    return kept / wanted if wanted else 0.0


def b_cubed(gold: Labels, found: Labels) -> Score:
    """Mentions (Bagga and Baldwin 1998)."""
    both = Counter((gold[mention], found[mention]) for mention in gold)
    golds, founds = Counter(gold.values()), Counter(found.values())
    count = max(1, len(gold))
    return Score(
        sum(n * n / founds[f] for (_, f), n in both.items()) / count,
        sum(n * n / golds[g] for (g, _), n in both.items()) / count,
    )


def ceaf_entities(gold: Labels, found: Labels) -> Score:
    """Clusters matched one to one (Luo 2005, phi 4), part by part of the graph of overlaps."""
    both = Counter((gold[mention], found[mention]) for mention in gold)
    golds, founds = Counter(gold.values()), Counter(found.values())
    matched = 0.0
    for rows, columns in _parts(both):
        matched += best_assignment(
            [[2 * both[g, f] / (golds[g] + founds[f]) for f in columns] for g in rows]
        )
    return Score(matched / max(1, len(founds)), matched / max(1, len(golds)))


def conll_f1(gold: Labels, found: Labels) -> float:
    """The mean of the three F1."""
    return sum(one(gold, found).f1 for one in (muc, b_cubed, ceaf_entities)) / 3


def _parts(
    overlaps: Mapping[tuple[Hashable, Hashable], int],
) -> list[tuple[list[Hashable], list[Hashable]]]:
    """The connected parts of the overlaps, each as its gold and its found clusters."""
    beside: dict[tuple[int, Hashable], set[tuple[int, Hashable]]] = defaultdict(set)
    for gold, found in overlaps:
        beside[0, gold].add((1, found))
        beside[1, found].add((0, gold))
    parts, seen = [], set[tuple[int, Hashable]]()
    for start in list(beside):
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            node = waiting.pop()
            part.append(node)
            fresh = beside[node] - seen
            seen |= fresh
            waiting.extend(fresh)
        parts.append(
            ([name for side, name in part if not side], [name for side, name in part if side])
        )
    return parts


def best_assignment(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum of weights with each row and each column used once at most (the Hungarian
    method, with potentials; O(rows^2 columns)). Weights are not negative."""
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    rows, columns = len(weights), len(weights[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by = [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0], at = row, 0
        least, came = [float("inf")] * (columns + 1), [0] * (columns + 1)
        used = [False] * (columns + 1)
        while taken_by[at]:
            used[at] = True
            here, step, then = taken_by[at], float("inf"), 0
            for column in range(1, columns + 1):
                if used[column]:
                    continue
                cost = -weights[here - 1][column - 1] - row_price[here] - column_price[column]
                if cost < least[column]:
                    least[column], came[column] = cost, at
                if least[column] < step:
                    step, then = least[column], column
            for column in range(columns + 1):
                if used[column]:
                    row_price[taken_by[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            at = then
        while at:
            taken_by[at] = taken_by[came[at]]
            at = came[at]
    return sum(
        weights[taken_by[column] - 1][column - 1]
        for column in range(1, columns + 1)
        if taken_by[column]
    )
