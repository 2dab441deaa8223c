"""Rulings: what review decisions, replayed, say of which reports tell one incident."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.errors import RecordError


@dataclass(frozen=True, slots=True)
class Rulings:
    """Report ids that belong together, and those that do not, whatever their evidence.

    Raises RecordError where a report stands in two groups of `together`, or where a group would
    have to be apart from itself: decisions in order leave no such contradiction.
    """

    together: tuple[frozenset[str], ...] = ()
    """Disjoint groups; the reports of each tell one incident."""
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    """No report of the one side tells the incident of a report of the other."""
    closed: tuple[frozenset[str], ...] = ()
    """Rejected incidents: only copies of these reports may join them. Each lies within one group
    of `together`, or is a single report."""

    def __post_init__(self) -> None:
        group_of: dict[str, int] = {}
        for number, group in enumerate(self.together):
            for id_ in group:
                if group_of.setdefault(id_, number) != number:
                    raise RecordError("Rulings", "together", f"{id_} stands in two groups")
        for one, other in self.apart:
            sides = [{group_of.get(id_, id_) for id_ in side} for side in (one, other)]
            if not sides[0].isdisjoint(sides[1]):
                raise RecordError("Rulings", "apart", "one group is on both sides")

    def companions(self) -> dict[str, frozenset[str]]:
        """Report id to its group of `together`; reports without one are left out."""
        return {id_: group for group in self.together for id_ in group}


NO_RULINGS = Rulings()
