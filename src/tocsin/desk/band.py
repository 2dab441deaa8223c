"""Pairs in the review band: incidents so alike that a person should say whether they are one.

Comes in: some incidents. Goes out: each with the incidents beside it that hold a report scoring at
or above `review_above` with one of its own, unless a decision keeps them apart.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tocsin.config import Settings
from tocsin.pipeline import standing_decisions
from tocsin.records import Incident
from tocsin.records.vocab import IncidentStatus
from tocsin.resolve import PairScore, block_keys, score_pair
from tocsin.store import StoreView

MAX_REPORTS = 12
"""Reports of one incident that are compared with others, the smallest ids. What is in the band
is rarely said by one report of many only."""
MAX_CANDIDATES = 60
"""Reports compared with each of those: the ones that share most block keys come first."""

MAX_REMEMBERED = 20_000
"""Incidents whose scores are remembered: a few megabytes."""


@dataclass(frozen=True, slots=True)
class BandPair:
    """Two incidents that may be one, and their two most alike reports."""

    one: Incident
    other: Incident
    score: PairScore
    """Of the reports `score.a` and `score.b`, in whichever of the two incidents they are."""


class ReviewBand:
    """Finds pairs in the band, and remembers what it scored.

    Reports never change, so a score holds as long as the incident has the same reports. A report
    that came since is found from its own incident's side.
    """

    def __init__(self, settings: Settings) -> None:
        self._at_least = settings.resolve.review_above
        self._scored: OrderedDict[tuple[str, ...], tuple[PairScore, ...]] = OrderedDict()

    def pairs(self, store: StoreView, incidents: Iterable[Incident]) -> Iterator[BandPair]:
        """The pairs that these incidents are in, each pair once, the order of the incidents kept.

        Of one incident's pairs the most alike comes first. The other one of a pair need not be
        among those given.
        """
        apart = standing_decisions(store).rulings.apart
        told: set[frozenset[str]] = set()
        for incident in incidents:
            for other_id, score in self._best_by_home(store, incident):
                pair = frozenset({incident.id, other_id})
                stored = store.incident(other_id) if pair not in told else None
                if stored is None or len(pair) < 2:
                    continue
                told.add(pair)
                other = stored.incident
                mine = {member.report_id for member in incident.reports}
                theirs = {member.report_id for member in other.reports}
                if other.status is not IncidentStatus.REJECTED and not any(
                    _parts(sides, mine, theirs) for sides in apart
                ):
                    yield BandPair(incident, other, score)

    def _best_by_home(self, store: StoreView, incident: Incident) -> list[tuple[str, PairScore]]:
        """The best pair with each other incident, with its id; the most alike first."""
        mine = {member.report_id for member in incident.reports}
        scored = self._scores(store, tuple(sorted(mine)))
        others = {score: score.b if score.a in mine else score.a for score in scored}
        homes = store.incidents_of_reports(others.values())
        best: dict[str, PairScore] = {}
        for score in scored:
            home = homes.get(others[score])
            if home and (home not in best or score.score > best[home].score):
                best[home] = score
        return sorted(best.items(), key=lambda item: (-item[1].score, item[0]))

    def _scores(self, store: StoreView, report_ids: tuple[str, ...]) -> tuple[PairScore, ...]:
        """Scores in the band of these reports with those that share a block with them."""
        known = self._scored.get(report_ids)
        if known is not None:
            return known
        found = [
            pair
            for context in store.reports_in_context(report_ids[:MAX_REPORTS])
            for other in store.reports_sharing(block_keys(context.report), limit=MAX_CANDIDATES)
            if other.report.id not in report_ids
            and (pair := score_pair(context, other)).score >= self._at_least
        ]
        self._scored[report_ids] = tuple(found)
        while len(self._scored) > MAX_REMEMBERED:
            self._scored.popitem(last=False)
        return tuple(found)


def _parts(sides: tuple[frozenset[str], frozenset[str]], mine: set[str], theirs: set[str]) -> bool:
    """True where a ruling keeps a report of one from a report of the other."""
    one, other = sides
    return not (
        (one.isdisjoint(mine) or other.isdisjoint(theirs))
        and (one.isdisjoint(theirs) or other.isdisjoint(mine))
    )
