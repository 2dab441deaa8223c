"""What review decided of reports holds in clustering, whatever the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.resolve.factory import neighbours_in, tell
from tocsin.records import ReportInContext, Rulings
from tocsin.records.vocab import WeaponType
from tocsin.resolve import ResolveSettings, resolve
from tocsin.resolve.ruled import RuledGroups
from tocsin.review.bonds import Bonds

SETTINGS = ResolveSettings()
BOMB = "A car bomb went off at the vegetable market, killing 14 people."


def bombing(article: str, **changes: Any) -> ReportInContext:
    values: dict[str, Any] = {"killed": 14, "weapons": [WeaponType.VEHICLE_BOMB]} | changes
    return tell(article, BOMB, **values)


def ids(*reports: ReportInContext) -> frozenset[str]:
    return frozenset(context.report.id for context in reports)


def clusters(
    everything: Iterable[ReportInContext],
    rulings: Rulings,
    seeds: Iterable[ReportInContext] | None = None,
) -> set[frozenset[str]]:
    reports = {context.report.id: context for context in everything}
    found = resolve(
        reports.values() if seeds is None else seeds,
        neighbours_in(reports.values()),
        SETTINGS,
        rulings=rulings,
        fetch=lambda wanted: [reports[id_] for id_ in wanted],
    )
    return {frozenset(cluster.report_ids) for cluster in found}


A, B = bombing("a"), bombing("b")
FAR = bombing("far", town="Maiduguri")
LATER = bombing("later", day=20)


def test_without_rulings_evidence_decides() -> None:
    assert clusters([A, B, FAR], Rulings()) == {ids(A, B), ids(FAR)}


def test_what_is_joined_is_joined_over_a_veto() -> None:
    assert clusters([A, FAR], Rulings(together=(ids(A, FAR),))) == {ids(A, FAR)}


def test_a_seed_reaches_what_a_decision_joins_with_it_and_what_is_like_that() -> None:
    rulings = Rulings(together=(ids(A, FAR),))
    assert clusters([A, B, FAR], rulings, seeds=[FAR]) == {ids(A, B, FAR)}


def test_a_new_report_finds_its_like_inside_a_merged_incident() -> None:
    """It need not agree with the other half, which a person joined against the evidence."""
    new = bombing("new", day=20)
    assert clusters([A, LATER, new], Rulings(together=(ids(A, LATER),))) == {ids(A, LATER, new)}


def test_what_is_apart_stays_apart_and_new_reports_join_one_side() -> None:
    new = bombing("new")
    rulings = Rulings(apart=((ids(A), ids(B)),))
    found = clusters([A, B, new], rulings)
    assert len(found) == 2
    assert all(len(cluster & ids(A, B)) == 1 for cluster in found)


def test_apart_holds_by_way_of_what_another_decision_joins() -> None:
    rulings = Rulings(together=(ids(A, FAR),), apart=((ids(FAR), ids(B)),))
    assert clusters([A, B, FAR], rulings) == {ids(A, FAR), ids(B)}


def test_only_copies_join_what_was_rejected() -> None:
    copy, other = bombing("copy", lineage="a"), bombing("other")
    rulings = Rulings(closed=(ids(A),))
    assert clusters([A, copy], rulings) == {ids(A, copy)}
    assert clusters([A, other], rulings) == {ids(A), ids(other)}


def test_reports_that_are_not_at_hand_are_nobodys_matter() -> None:
    rulings = Rulings(
        together=(frozenset({"gone", "lost"}),),
        apart=((frozenset({"gone"}), ids(A)),),
        closed=(frozenset({"other"}),),
    )
    groups = RuledGroups({A.report.id: "a", B.report.id: "b"}, rulings)
    assert groups.may_unite(A.report.id, B.report.id)
    assert list(groups.incidents()) == []


REPORTS = (A, B, FAR, LATER, bombing("c"), bombing("d", day=20), bombing("e", town="Maiduguri"))
pairs = st.lists(st.tuples(st.sampled_from(range(7)), st.sampled_from(range(7))), max_size=4)


@given(pairs, pairs, st.permutations(range(7)))
@hypothesis_settings(max_examples=60, deadline=None)
def test_rulings_hold_and_neither_order_nor_seeds_matter(
    joined: list[tuple[int, int]], parted: list[tuple[int, int]], order: list[int]
) -> None:
    bonds = Bonds()
    for a, b in parted:
        if a != b:
            bonds.part([ids(REPORTS[a]), ids(REPORTS[b])])
    for a, b in joined:
        bonds.bind(ids(REPORTS[a], REPORTS[b]))
    rulings = bonds.rulings()
    whole = clusters(REPORTS, rulings)
    for group in rulings.together:
        assert any(group <= cluster for cluster in whole)
    for one, other in rulings.apart:
        assert all(cluster.isdisjoint(one) or cluster.isdisjoint(other) for cluster in whole)
    assert clusters([REPORTS[n] for n in order], rulings) == whole
    for report in REPORTS:
        mine = next(cluster for cluster in whole if report.report.id in cluster)
        assert mine in clusters(REPORTS, rulings, seeds=[report])
