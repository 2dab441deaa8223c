"""Memory: profiles and pair scores kept from one resolution to the next.

The reports of one day are compared with each other again and again as its news comes in. What a
pair scores follows from the two reports alone, so a process that resolves often may remember it.
Nothing depends on what is remembered but time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import islice
from typing import TypeVar

from tocsin.records import CandidateReport, ReportInContext
from tocsin.resolve.packing import unpack_profile
from tocsin.resolve.profile import Profile, profile
from tocsin.resolve.score import PairScore
from tocsin.resolve.veto import find_veto

K = TypeVar("K")
V = TypeVar("V")

MAX_PROFILES = 4_096
"""About 5 kB each: the reports of a busy week."""

MAX_PAIRS = 20_000
"""About a kilobyte each, most of it reasons in words: what some hundred additions compare."""

ContextKey = tuple[str, str, dt.datetime | None]
NumberedProfile = tuple[int, Profile]
"""A profile under the number that stands for it in a remembered pair."""


class PairMemory:
    """For one store at a time: two stores may hold different reports under one id."""

    def __init__(self, *, max_profiles: int = MAX_PROFILES, max_pairs: int = MAX_PAIRS) -> None:
        self._max_profiles = max_profiles
        self._max_pairs = max_pairs
        self._profiles: dict[ContextKey, NumberedProfile] = {}
        self._pairs: dict[tuple[int, int], PairScore | None] = {}
        self._last = 0

    def profile(self, context: ReportInContext) -> NumberedProfile:
        """A report's profile, and the number it is remembered under."""
        # An article read anew may give a report its former id: when it was kept tells them apart.
        key = (context.report.id, context.lineage_id, context.kept_at)
        found = self._profiles.get(key)
        if found is None:
            packed = unpack_profile(
                context.profile, lineage=context.lineage_id, sketch=context.sketch
            )
            found = self._remember(key, packed or profile(context))
        return found

    def candidate(self, report: CandidateReport) -> NumberedProfile | None:
        """The same of a candidate; None where it was not packed as this version packs."""
        key = (report.report_id, report.lineage_id, report.kept_at)
        found = self._profiles.get(key)
        if found is None:
            packed = unpack_profile(report.profile, lineage=report.lineage_id, sketch=report.sketch)
            found = self._remember(key, packed) if packed else None
        return found

    def _remember(self, key: ContextKey, found: Profile) -> NumberedProfile:
        _make_room(self._profiles, self._max_profiles)
        self._last += 1
        self._profiles[key] = self._last, found
        return self._profiles[key]

    def score(
        self,
        one: NumberedProfile,
        other: NumberedProfile,
        weigh: Callable[[Profile, Profile], PairScore],
    ) -> PairScore | None:
        """The score of a pair; None where a veto keeps it apart."""
        numbers = (one[0], other[0]) if one[0] < other[0] else (other[0], one[0])
        if numbers not in self._pairs:
            _make_room(self._pairs, self._max_pairs)
            vetoed = find_veto(one[1], other[1]) is not None
            self._pairs[numbers] = None if vetoed else weigh(one[1], other[1])
        return self._pairs[numbers]


def _make_room(remembered: dict[K, V], limit: int) -> None:
    """Forget the older half of what is full."""
    if len(remembered) >= limit:
        for key in list(islice(remembered, limit // 2)):
            del remembered[key]
