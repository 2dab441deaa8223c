"""Clustering: pair scores to clusters of reports, one cluster per incident.

The answer is a function of the set of reports. From the seeds, everything reachable over edges
that join (score at or above `join_above`, no veto) is gathered: the connected component. Reports
outside a component cannot change what happens inside it, so re-resolving the components a new
report touches gives what resolving everything at once would give.

Inside a component, edges are taken best first (then by ids). Two groups are united unless a pair
across them has a veto, or the pairs across them score too low on average: single links must not
chain look-alike attacks together.

Review decisions come in as `Rulings`. What they keep apart is not united; what they join is joined
at the end, over groups that evidence alone has formed. Reports that a decision joins count as
connected, so the answer stays a function of the set of reports and of the decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

from tocsin.records import NO_RULINGS, ReportInContext, Rulings
from tocsin.resolve.config import ResolveSettings
from tocsin.resolve.memory import PairMemory
from tocsin.resolve.profile import Profile
from tocsin.resolve.ruled import RuledGroups
from tocsin.resolve.score import PairScore, weigh
from tocsin.resolve.veto import find_veto, is_soft_veto

Neighbours = Callable[[ReportInContext], Iterable[ReportInContext]]
"""All reports that share a block key with one; may include it. Must be symmetric."""

Fetch = Callable[[Iterable[str]], Iterable[ReportInContext]]
"""The reports of these ids; unknown ones are left out."""

MEAN_ABOVE = 0.4
"""Mean score of the pairs across two groups from which they are united; a vetoed pair scores 0."""
MAX_DOUBTFUL = 0.5
"""Share of pairs across two groups that may differ by a place which words did not name: one
misplaced report must not keep the rest apart."""
MAX_SAMPLE = 8
"""Reports of each group whose cross pairs are averaged: the smallest ids, so 64 pairs at most."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pair that united two groups, and why."""

    a: str
    b: str
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports taken for one incident."""

    reports: tuple[ReportInContext, ...]
    """Sorted by report id."""
    links: tuple[Link, ...] = ()
    """The pairs that united them, sorted by ids: one fewer than reports, where no decision did."""
    review_pairs: tuple[PairScore, ...] = ()
    """Pairs with at least one end here that were left apart and deserve a look, sorted by ids."""

    @property
    def report_ids(self) -> tuple[str, ...]:
        """Ids of the reports, sorted."""
        return tuple(context.report.id for context in self.reports)


def _fetch_nothing(report_ids: Iterable[str]) -> Iterable[ReportInContext]:  # noqa: ARG001
    return ()


def resolve(
    seeds: Iterable[ReportInContext],
    neighbours: Neighbours,
    settings: ResolveSettings,
    *,
    rulings: Rulings = NO_RULINGS,
    fetch: Fetch = _fetch_nothing,
    memory: PairMemory | None = None,
) -> list[Cluster]:
    """The clusters of every report that joining edges reach from the seeds, sorted by first id.

    `rulings` are what review decisions say of reports; `fetch` finds those that they join with one
    at hand. `memory` saves time where the same one is passed again. The result does not depend on
    the order of the seeds, of the neighbours, or of earlier calls.
    """
    component = _Component(neighbours, settings, rulings, fetch, memory or PairMemory())
    component.gather(seeds)
    return component.clusters()


class _Component:
    """The reports reached, their profiles, and the pairs scored."""

    def __init__(
        self,
        neighbours: Neighbours,
        settings: ResolveSettings,
        rulings: Rulings,
        fetch: Fetch,
        memory: PairMemory,
    ) -> None:
        self._neighbours = neighbours
        self._settings = settings
        self._rulings = rulings
        self._companions = rulings.companions()
        self._fetch = fetch
        self._memory = memory
        self._reports: dict[str, ReportInContext] = {}
        """Reached over joining edges."""
        self._profiles: dict[str, Profile] = {}
        self._numbered: dict[str, tuple[int, Profile]] = {}
        self._pairs: dict[tuple[str, str], PairScore] = {}
        """Every unvetoed pair that was a candidate."""

    def gather(self, seeds: Iterable[ReportInContext]) -> None:
        """Reach everything that joining edges or decisions connect with the seeds."""
        todo = sorted({c.report.id: c for c in seeds}.values(), key=_id)
        self._reports.update((context.report.id, context) for context in todo)
        todo += [other for context in todo for other in self._reach_companions(context)]
        while todo:
            context = todo.pop()
            mine = self._profile(context)
            for other in self._neighbours(context):
                if other.report.id == mine.id:
                    continue
                pair = self._candidate(mine, self._profile(other))
                if pair is None or pair.score < self._settings.join_above:
                    continue
                if other.report.id not in self._reports:
                    self._reports[other.report.id] = other
                    todo += (other, *self._reach_companions(other))

    def _reach_companions(self, context: ReportInContext) -> list[ReportInContext]:
        """The reports that decisions join with one, as far as they are not reached yet."""
        group = self._companions.get(context.report.id, frozenset())
        missing = sorted(group - self._reports.keys())
        found = list(self._fetch(missing)) if missing else []
        self._reports.update((other.report.id, other) for other in found)
        return found

    def _profile(self, context: ReportInContext) -> Profile:
        found = self._profiles.get(context.report.id)
        if found is None:
            numbered = self._memory.profile(context)
            self._numbered[context.report.id] = numbered
            found = self._profiles[context.report.id] = numbered[1]
        return found

    def _candidate(self, a: Profile, b: Profile) -> PairScore | None:
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        found = self._pairs.get(key)
        if found is None:
            found = self._memory.score(self._numbered[a.id], self._numbered[b.id], weigh)
            if found is not None:
                self._pairs[key] = found
        return found

    def clusters(self) -> list[Cluster]:
        """Unite best first, then write the groups down."""
        settings = self._settings
        groups = {id_: _Group.of(self._profiles[id_]) for id_ in self._reports}
        lineages = {id_: context.lineage_id for id_, context in self._reports.items()}
        ruled = RuledGroups(lineages, self._rulings)
        links: dict[str, list[Link]] = defaultdict(list)
        candidates = sorted(self._pairs.values(), key=lambda pair: (-pair.log_odds, pair.a, pair.b))
        for pair in candidates:
            if pair.score < settings.join_above:
                break
            one, other = groups[pair.a], groups[pair.b]
            if one is other or not ruled.may_unite(pair.a, pair.b):
                continue
            if not self._may_unite(one, other):
                continue
            ruled.unite(pair.a, pair.b)
            _unite(groups, one, other)
            links[pair.a].append(
                Link(pair.a, pair.b, pair.score, pair.reasons_for, pair.reasons_against)
            )
        for first, *rest in ruled.incidents():
            for id_ in rest:
                if groups[id_] is not groups[first]:
                    _unite(groups, groups[first], groups[id_])
        reviews: dict[int, list[PairScore]] = defaultdict(list)
        for pair in sorted(candidates, key=lambda pair: (pair.a, pair.b)):
            if pair.score < settings.review_above:
                continue
            ends = {id(groups[end]) for end in (pair.a, pair.b) if end in groups}
            if pair.a in groups and pair.b in groups and len(ends) == 1:
                continue
            for end in ends:
                reviews[end].append(pair)
        distinct = {id(group): group for group in groups.values()}
        found = [
            Cluster(
                reports=tuple(self._reports[id_] for id_ in sorted(group.ids)),
                links=tuple(
                    sorted(
                        (link for id_ in group.ids for link in links.get(id_, ())),
                        key=lambda link: (link.a, link.b),
                    )
                ),
                review_pairs=tuple(reviews.get(key, ())),
            )
            for key, group in distinct.items()
        ]
        return sorted(found, key=lambda cluster: cluster.report_ids)

    def _may_unite(self, one: _Group, other: _Group) -> bool:
        if not one.articles.isdisjoint(other.articles):
            return False
        asked = doubtful = 0
        for a, b in product(one.distinct.values(), other.distinct.values()):
            asked += 1
            if find_veto(a, b) is None:
                continue
            if not is_soft_veto(a, b):
                return False
            doubtful += 1
        if doubtful > MAX_DOUBTFUL * asked:
            return False
        sample = [self._score(a, b) for a, b in product(one.sample(), other.sample())]
        return sum(sample) / len(sample) >= MEAN_ABOVE

    def _score(self, a: Profile, b: Profile) -> float:
        pair = self._candidate(a, b)
        return pair.score if pair else 0.0


@dataclass(slots=True)
class _Group:
    """Reports united so far."""

    ids: list[str]
    articles: set[str]
    profiles: dict[str, Profile]
    distinct: dict[tuple[object, ...], Profile] = field(default_factory=dict)
    """One profile for each answer the vetoes can give: copies are not asked again."""

    @classmethod
    def of(cls, member: Profile) -> _Group:
        key = (*member.veto_key, member.outlet, member.is_main)
        return cls([member.id], {member.article_id}, {member.id: member}, {key: member})

    def take(self, other: _Group) -> None:
        self.ids = sorted((*self.ids, *other.ids))
        self.articles |= other.articles
        self.profiles.update(other.profiles)
        for key, member in other.distinct.items():
            self.distinct.setdefault(key, member)

    def sample(self) -> list[Profile]:
        return [self.profiles[id_] for id_ in self.ids[:MAX_SAMPLE]]


def _unite(groups: dict[str, _Group], one: _Group, other: _Group) -> None:
    kept, gone = sorted((one, other), key=lambda group: (-len(group.ids), group.ids[0]))
    kept.take(gone)
    for id_ in gone.ids:
        groups[id_] = kept


def _id(context: ReportInContext) -> str:
    return context.report.id
