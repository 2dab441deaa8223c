"""What reports found when they looked for their like stands in for looking again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolve.factory import neighbours_in, tell
from tests.resolve.test_cluster import report_sets
from tocsin.records import CandidateReport, KnownTies, ReportInContext, Tie
from tocsin.resolve import ResolveSettings, packed_profile, resolve, resolve_tied

KEPT = dt.datetime(2021, 3, 10, tzinfo=dt.UTC)
SETTINGS = ResolveSettings()
COPIES = [tell(f"a{n}", killed=14, outlet=f"o{n}", lineage="one") for n in range(6)]


class Book:
    """What a store does: keeps reports, and the ties they found."""

    def __init__(self) -> None:
        self.kept: dict[str, ReportInContext] = {}
        self.ties: dict[str, dict[str, Tie]] = {}
        self.looked: list[str] = []

    def keep(self, context: ReportInContext) -> None:
        self.kept[context.report.id] = context

    def recall(self, report_ids: Iterable[str]) -> KnownTies:
        looked = frozenset(report_ids) & self.ties.keys()
        ties = {tie for id_ in looked for tie in self.ties[id_].values()}
        return KnownTies(looked, tuple(sorted(ties)))

    def fetch(self, report_ids: Iterable[str]) -> list[ReportInContext]:
        return [self.kept[id_] for id_ in report_ids]

    def candidates(self, context: ReportInContext) -> Iterator[CandidateReport]:
        self.looked.append(context.report.id)
        for other in neighbours_in(self.kept.values())(context):
            # every other one is packed, as where a store is older than packing
            packed = packed_profile(other) if other.report.id[-1] in "02468ace" else b""
            yield CandidateReport(other.report.id, other.lineage_id, KEPT, other.sketch, packed)

    def add(self, context: ReportInContext) -> frozenset[tuple[str, ...]]:
        """Keep a report and resolve it; the clusters reached."""
        self.keep(context)
        found = resolve_tied(
            [context],
            self.candidates,
            SETTINGS,
            fetch=self.fetch,
            recall=self.recall,
        )
        for id_, ties in found.ties.items():
            self.ties[id_] = {tie.other(id_): tie for tie in ties}
            for tie in ties:
                self.ties.setdefault(tie.other(id_), {})[id_] = tie
        return frozenset(cluster.report_ids for cluster in found.clusters)


def in_order(reports: Sequence[ReportInContext]) -> frozenset[tuple[str, ...]]:
    book, groups = Book(), set[tuple[str, ...]]()
    for context in reports:
        found = book.add(context)
        touched = {id_ for group in found for id_ in group}
        groups = {group for group in groups if touched.isdisjoint(group)} | found
    return frozenset(groups)


@settings(max_examples=60, deadline=None)
@given(report_sets(), st.randoms())
def test_ties_give_what_one_batch_gives(reports, random) -> None:  # type: ignore[no-untyped-def]
    expected = frozenset(c.report_ids for c in resolve(reports, neighbours_in(reports), SETTINGS))
    random.shuffle(reports)
    assert in_order(reports) == expected


def test_only_what_is_new_looks_for_its_like() -> None:
    book = Book()
    for context in COPIES:
        book.add(context)
    assert book.looked == [context.report.id for context in COPIES]
    last = COPIES[-1].report.id
    assert {tie.other(last) for tie in book.ties[last].values()} == {
        context.report.id for context in COPIES[:-1]
    }


def test_one_that_never_looked_does_so_when_it_is_reached() -> None:
    book = Book()
    for context in COPIES[:-1]:
        book.keep(context)
    (group,) = book.add(COPIES[-1])
    assert set(group) == book.kept.keys()
    assert sorted(book.looked) == sorted(book.kept)


def test_a_seed_looks_again_whatever_it_was_tied_to() -> None:
    book = Book()
    for context in COPIES[:3]:
        book.add(context)
    far = tell("a2", town="Maiduguri", killed=3, outlet="o2", lineage="one")
    assert far.report.id == COPIES[2].report.id
    assert sorted(map(len, book.add(far))) == [1]
    assert book.ties[far.report.id] == {}
