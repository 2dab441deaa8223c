"""Bonds: which reports belong together and which apart, as one decision after another leaves it.

The later decision wins, and only where the two speak of the same reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tocsin.records import Rulings

Side = frozenset[str]


class Bonds:
    """Grows decision by decision; `rulings` reads it off."""

    def __init__(self) -> None:
        self._group_of: dict[str, Side] = {}
        self._apart: dict[int, tuple[Side, Side]] = {}
        self._apart_of: dict[str, set[int]] = defaultdict(set)
        self._closed: dict[str, Side] = {}
        """Decision id to the reports it rejects."""
        self._closed_of: dict[str, set[str]] = defaultdict(set)
        """Report id to the decisions that reject it, or did."""
        self._next = 0

    def bind(self, reports: Iterable[str]) -> None:
        """The reports tell one incident; what said otherwise of two of them is void."""
        named = frozenset(reports)
        whole = named.union(*(self._group_of[id_] for id_ in named if id_ in self._group_of))
        self._void_within(whole)
        if len(whole) > 1:
            self._group_of.update(dict.fromkeys(whole, whole))

    def part(self, parts: Sequence[Iterable[str]]) -> None:
        """Each part tells one incident, and no two parts the same."""
        sides: list[Side] = []
        taken: set[str] = set()
        for part in parts:
            side = frozenset(part) - taken
            taken |= side
            if side:
                sides.append(side)
        for id_ in taken:
            group = self._group_of.get(id_)
            if group is not None:
                rest = group - taken
                self._regroup(group, rest)
        for side in sides:
            self.bind(side)
        for at, one in enumerate(sides):
            for other in sides[at + 1 :]:
                self._add_apart(one, other)
        self.open(taken)

    def close(self, decision_id: str, reports: Iterable[str]) -> None:
        """The reports tell no incident; they stay together and none but copies joins them."""
        named = frozenset(reports)
        self.bind(named)
        self._closed[decision_id] = named
        for id_ in named:
            self._closed_of[id_].add(decision_id)

    def open(self, reports: Iterable[str]) -> None:
        """Lift every rejection that holds one of the reports."""
        for report_id in reports:
            for decision_id in self._closed_of.pop(report_id, ()):
                self._closed.pop(decision_id, None)

    @property
    def closed_by(self) -> frozenset[str]:
        """Ids of the rejections that stand."""
        return frozenset(self._closed)

    def rulings(self) -> Rulings:
        """What stands, in an order that depends on content alone."""
        return Rulings(
            together=tuple(sorted(set(self._group_of.values()), key=sorted)),
            apart=tuple(self._apart[number] for number in sorted(self._apart)),
            closed=tuple(sorted(set(self._closed.values()), key=sorted)),
        )

    def _regroup(self, group: Side, rest: Side) -> None:
        for id_ in group:
            self._group_of.pop(id_, None)
        if len(rest) > 1:
            self._group_of.update(dict.fromkeys(rest, rest))

    def _add_apart(self, one: Side, other: Side) -> None:
        if not one or not other:
            return
        self._next += 1
        self._apart[self._next] = (one, other)
        for id_ in one | other:
            self._apart_of[id_].add(self._next)

    def _void_within(self, whole: Side) -> None:
        """Take back every "apart" of two reports inside `whole`, and no other."""
        for number in sorted(set().union(*(self._apart_of.get(id_, ()) for id_ in whole))):
            one, other = self._apart[number]
            if whole.isdisjoint(one) or whole.isdisjoint(other):
                continue
            del self._apart[number]
            for id_ in one | other:
                self._apart_of[id_].discard(number)
            self._add_apart(one - whole, other)
            self._add_apart(one & whole, other - whole)
