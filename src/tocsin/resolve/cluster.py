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

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from tocsin.records import (
    NO_RULINGS,
    CandidateReport,
    KnownTies,
    ReportInContext,
    Rulings,
    Tie,
)
from tocsin.resolve.component import Candidates, Component, Fetch, Recall
from tocsin.resolve.config import ResolveSettings
from tocsin.resolve.memory import PairMemory
from tocsin.resolve.profile import Profile
from tocsin.resolve.ruled import RuledGroups
from tocsin.resolve.score import PairScore
from tocsin.resolve.veto import find_veto, is_soft_veto

Neighbours = Callable[[ReportInContext], Iterable[ReportInContext]]
"""All reports that share a block key with one; may include it. Must be symmetric."""

_State = tuple[str, int]
"""Tells a group of reports from every other that there ever is in one resolution."""

UNKEPT = dt.datetime.min.replace(tzinfo=dt.UTC)
"""Stands for when a report was kept that no store keeps."""

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
    reasons_for: tuple[str, ...] = ()
    """Empty where the pair was tied before."""
    reasons_against: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Resolution:
    """What resolving some seeds came to."""

    clusters: tuple[Cluster, ...]
    """Of every report reached, sorted by first id."""
    ties: Mapping[str, tuple[Tie, ...]]
    """Those of each report that looked for candidates, to be remembered."""


def _fetch_nothing(report_ids: Iterable[str]) -> Iterable[ReportInContext]:  # noqa: ARG001
    return ()


def _recall_nothing(report_ids: Iterable[str]) -> KnownTies:  # noqa: ARG001
    return KnownTies(frozenset(), ())


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
    seen: dict[str, ReportInContext] = {}

    def candidates(context: ReportInContext) -> Iterable[CandidateReport]:
        for other in neighbours(context):
            seen[other.report.id] = other
            yield _bare(other)

    def fetch_seen(report_ids: Iterable[str]) -> Iterable[ReportInContext]:
        asked = list(report_ids)
        yield from (seen[id_] for id_ in asked if id_ in seen)
        yield from fetch([id_ for id_ in asked if id_ not in seen])

    resolution = resolve_tied(
        seeds, candidates, settings, rulings=rulings, fetch=fetch_seen, memory=memory
    )
    return list(resolution.clusters)


def _bare(context: ReportInContext) -> CandidateReport:
    kept_at = context.kept_at or UNKEPT
    return CandidateReport(
        context.report.id, context.lineage_id, kept_at, context.sketch, context.profile
    )


def resolve_tied(
    seeds: Iterable[ReportInContext],
    candidates: Candidates,
    settings: ResolveSettings,
    *,
    fetch: Fetch,
    rulings: Rulings = NO_RULINGS,
    recall: Recall = _recall_nothing,
    memory: PairMemory | None = None,
) -> Resolution:
    """`resolve` where ties are remembered: it gives the same clusters, and the ties it found.

    What `recall` gives must be of this `join_above` and of this version of scores and keys; `fetch`
    must find every candidate, and every report that a tie names.
    """
    component = Component(
        candidates,
        rulings,
        join_above=settings.join_above,
        fetch=fetch,
        recall=recall,
        memory=memory or PairMemory(),
    )
    component.gather(seeds)
    clusters = _Clustering(component, settings, rulings).clusters()
    return Resolution(tuple(clusters), component.found_ties)


class _Clustering:
    """The reports of a component, united as far as they may be."""

    def __init__(self, component: Component, settings: ResolveSettings, rulings: Rulings) -> None:
        self._component = component
        self._settings = settings
        self._rulings = rulings

    def clusters(self) -> list[Cluster]:
        """Unite best first, then write the groups down."""
        settings, reports = self._settings, self._component.reports
        groups = {id_: _Group.of(self._component.profile(c)) for id_, c in reports.items()}
        lineages = {id_: context.lineage_id for id_, context in reports.items()}
        ruled = RuledGroups(lineages, self._rulings)
        links: dict[str, list[Link]] = defaultdict(list)
        refused: set[frozenset[_State]] = set()
        pairs = self._component.pairs.values()
        candidates = sorted(pairs, key=lambda pair: (-pair.log_odds, pair.a, pair.b))
        for pair in candidates:
            if pair.score < settings.join_above:
                break
            one, other = groups.get(pair.a), groups.get(pair.b)
            # an end may have left the store since the pair was found
            if one is None or other is None or one is other:
                continue
            if not ruled.may_unite(pair.a, pair.b):
                continue
            # many edges cross two look-alike groups, and their answer is the same till one grows
            states = frozenset((one.state, other.state))
            if states in refused or not self._may_unite(one, other):
                refused.add(states)
                continue
            ruled.unite(pair.a, pair.b)
            _unite(groups, one, other)
            links[pair.a].append(_link(pair))
        for first, *rest in ruled.incidents():
            for id_ in rest:
                if groups[id_] is not groups[first]:
                    _unite(groups, groups[first], groups[id_])
        reviews: dict[int, list[PairScore]] = defaultdict(list)
        for pair in sorted(candidates, key=lambda pair: (pair.a, pair.b)):
            if pair.score < settings.review_above:
                continue
            one, other = groups.get(pair.a), groups.get(pair.b)
            if one is other:
                continue
            for group in (one, other):
                if group is not None:
                    reviews[id(group)].append(_scored(pair))
        distinct = {id(group): group for group in groups.values()}
        found = [
            Cluster(
                reports=tuple(reports[id_] for id_ in sorted(group.ids)),
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
            known = (a.id, b.id) if a.id < b.id else (b.id, a.id)
            if known in self._component.pairs or find_veto(a, b) is None:
                continue
            if not is_soft_veto(a, b):
                return False
            doubtful += 1
        if doubtful > MAX_DOUBTFUL * asked:
            return False
        sample = [self._score(a, b) for a, b in product(one.sample(), other.sample())]
        return sum(sample) / len(sample) >= MEAN_ABOVE

    def _score(self, a: Profile, b: Profile) -> float:
        pair = self._component.pair(a, b)
        return pair.score if pair else 0.0


def _link(pair: PairScore | Tie) -> Link:
    reasons = (pair.reasons_for, pair.reasons_against) if isinstance(pair, PairScore) else ()
    return Link(pair.a, pair.b, pair.score, *reasons)


def _scored(pair: PairScore | Tie) -> PairScore:
    if isinstance(pair, PairScore):
        return pair
    return PairScore(pair.a, pair.b, pair.score, log_odds=pair.log_odds)


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

    @property
    def state(self) -> _State:
        """Its smallest id and its size. Groups only grow: no other one ever has both."""
        return self.ids[0], len(self.ids)

    def sample(self) -> list[Profile]:
        return [self.profiles[id_] for id_ in self.ids[:MAX_SAMPLE]]


def _unite(groups: dict[str, _Group], one: _Group, other: _Group) -> None:
    kept, gone = sorted((one, other), key=lambda group: (-len(group.ids), group.ids[0]))
    kept.take(gone)
    for id_ in gone.ids:
        groups[id_] = kept
