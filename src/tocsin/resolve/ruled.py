"""Groups as review decisions bind them: which are one incident already, which may never be one.

Automatic groups are formed beneath, on evidence alone, so that a report finds its like whatever was
decided of it; what decisions join is joined after. But no automatic union may bring together what a
decision keeps apart, also by way of what another decision joined: hence this second book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.records import Rulings


class RuledGroups:
    """Begins with what decisions join; each automatic union is entered as it is made."""

    def __init__(self, lineages: Mapping[str, str], rulings: Rulings) -> None:
        """`lineages`: the lineage id of each report at hand. Other reports are nobody's matter."""
        self._members: dict[str, set[str]] = {id_: {id_} for id_ in lineages}
        self._home = {id_: id_ for id_ in lineages}
        self._lineages = {id_: {lineage} for id_, lineage in lineages.items()}
        self._foes: dict[str, set[str]] = {id_: set() for id_ in lineages}
        self._closed: set[str] = set()
        for group in rulings.together:
            here = sorted(id_ for id_ in group if id_ in lineages)
            for id_ in here[1:]:
                self.unite(here[0], id_)
        for one, other in rulings.apart:
            for a in self._homes(one):
                for b in self._homes(other):
                    self._foes[a].add(b)
                    self._foes[b].add(a)
        for rejected in rulings.closed:
            self._closed |= self._homes(rejected)

    def _homes(self, report_ids: frozenset[str]) -> set[str]:
        return {self._home[id_] for id_ in report_ids if id_ in self._home}

    def may_unite(self, a: str, b: str) -> bool:
        """False where a decision keeps the incidents of two reports apart."""
        one, other = self._home[a], self._home[b]
        if one == other:
            return True
        if other in self._foes[one]:
            return False
        return self._may_enter(one, other) and self._may_enter(other, one)

    def _may_enter(self, home: str, guest: str) -> bool:
        return home not in self._closed or self._lineages[guest] <= self._lineages[home]

    def unite(self, a: str, b: str) -> None:
        """Two reports tell one incident."""
        kept, gone = sorted(
            (self._home[a], self._home[b]), key=lambda home: (-len(self._members[home]), home)
        )
        if kept == gone:
            return
        for id_ in self._members[gone]:
            self._home[id_] = kept
        self._members[kept] |= self._members.pop(gone)
        self._lineages[kept] |= self._lineages.pop(gone)
        for foe in self._foes.pop(gone):
            self._foes[foe].discard(gone)
            self._foes[foe].add(kept)
            self._foes[kept].add(foe)
        if gone in self._closed:
            self._closed.discard(gone)
            self._closed.add(kept)

    def incidents(self) -> Iterator[list[str]]:
        """The reports of each incident that has more than one, sorted."""
        for members in self._members.values():
            if len(members) > 1:
                yield sorted(members)
