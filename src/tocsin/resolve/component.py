"""Component: everything that joining edges connect with some seeds, and the pairs on the way.

What joins a report to others follows from it and them alone. A store therefore remembers it as
ties: only a seed looks for candidates; from a report that looked for them before, its ties are
followed. One addition so costs its own candidates, not those of every report it reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tocsin.records import CandidateReport, KnownTies, ReportInContext, Rulings, Tie
from tocsin.resolve.memory import NumberedProfile, PairMemory
from tocsin.resolve.profile import Profile
from tocsin.resolve.score import PairScore, weigh

Candidates = Callable[[ReportInContext], Iterable[CandidateReport]]
"""All reports that share a block key with one, as far as comparing them asks for; may include it.
Must be symmetric."""

Fetch = Callable[[Iterable[str]], Iterable[ReportInContext]]
"""The reports of these ids; unknown ones are left out."""

Recall = Callable[[Iterable[str]], KnownTies]
"""What is remembered of the reports of these ids."""


class Component:
    """The reports reached, their profiles, and the pairs scored."""

    def __init__(
        self,
        candidates: Candidates,
        rulings: Rulings,
        *,
        join_above: float,
        fetch: Fetch,
        recall: Recall,
        memory: PairMemory,
    ) -> None:
        self._candidates = candidates
        self._join_above = join_above
        self._companions = rulings.companions()
        self._fetch = fetch
        self._recall = recall
        self._memory = memory
        self.found_ties: dict[str, tuple[Tie, ...]] = {}
        """All ties of each report that looked for candidates, sorted."""
        self.reports: dict[str, ReportInContext] = {}
        """Reached over joining edges, ties or decisions."""
        self._profiles: dict[str, Profile] = {}
        self._numbered: dict[str, tuple[int, Profile]] = {}
        self.pairs: dict[tuple[str, str], PairScore | Tie] = {}
        """Every pair known to have no veto: candidates scored here, and ties."""

    def gather(self, seeds: Iterable[ReportInContext]) -> None:
        """Reach everything that joining edges, ties or decisions connect with the seeds."""
        self.reports = {context.report.id: context for context in seeds}
        seed_ids = frozenset(self.reports)
        reached: set[str] = set()
        ties: list[Tie] = []
        front = set(seed_ids)
        while front:
            reached |= front
            known = self._recall(sorted(front - seed_ids))
            # what a seed is tied to, the seed itself finds
            found = [t for t in known.ties if t.a not in seed_ids and t.b not in seed_ids]
            for context in self._contexts(front - known.looked):
                found += self._look_around(context)
            ties += found
            front = {id_ for one in front for id_ in self._companions.get(one, ())}
            front |= {id_ for tie in found for id_ in (tie.a, tie.b)}
            front -= reached
        self._contexts(reached)
        for tie in ties:
            if tie.a in self.reports and tie.b in self.reports:
                self.pairs.setdefault((tie.a, tie.b), tie)

    def _contexts(self, report_ids: Iterable[str]) -> list[ReportInContext]:
        """The reports of these ids, sorted by them; unknown ones are left out."""
        asked = sorted(report_ids)
        missing = [id_ for id_ in asked if id_ not in self.reports]
        if missing:
            self.reports.update((context.report.id, context) for context in self._fetch(missing))
        return [self.reports[id_] for id_ in asked if id_ in self.reports]

    def _look_around(self, context: ReportInContext) -> tuple[Tie, ...]:
        """The ties of a report with its candidates."""
        mine = self.profile(context)
        ties = []
        for other in self._candidate_profiles(context):
            if other.id == mine.id:
                continue
            pair = self.pair(mine, other)
            if pair is not None and pair.score >= self._join_above:
                ties.append(Tie(pair.a, pair.b, pair.score, pair.log_odds))
        found = self.found_ties[mine.id] = tuple(sorted(ties, key=lambda tie: (tie.a, tie.b)))
        return found

    def _candidate_profiles(self, context: ReportInContext) -> Iterator[Profile]:
        """What is compared of a report's candidates. Those that are not packed are fetched."""
        unpacked = []
        for candidate in self._candidates(context):
            known = self._profiles.get(candidate.report_id)
            numbered = self._memory.candidate(candidate) if known is None else None
            if known is not None:
                yield known
            elif numbered is not None:
                yield self._take(candidate.report_id, numbered)
            else:
                unpacked.append(candidate.report_id)
        for other in self._fetch(unpacked) if unpacked else ():
            yield self.profile(other)

    def profile(self, context: ReportInContext) -> Profile:
        """What is compared of a report."""
        found = self._profiles.get(context.report.id)
        return found or self._take(context.report.id, self._memory.profile(context))

    def _take(self, report_id: str, numbered: NumberedProfile) -> Profile:
        self._numbered[report_id] = numbered
        self._profiles[report_id] = numbered[1]
        return numbered[1]

    def pair(self, a: Profile, b: Profile) -> PairScore | Tie | None:
        """The score of two reports whose profiles were asked for; None where a veto is between."""
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        found = self.pairs.get(key)
        if found is None:
            found = self._memory.score(self._numbered[a.id], self._numbered[b.id], weigh)
            if found is not None:
                self.pairs[key] = found
        return found
