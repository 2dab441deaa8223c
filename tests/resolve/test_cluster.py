"""Clusters are a function of the set of reports."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolve.factory import day_of, neighbours_in, tell
from tocsin.records import ReportInContext, TimeInterval
from tocsin.records.vocab import IncidentType, TimeBasis, TimePrecision
from tocsin.resolve import Cluster, ResolveSettings, incident_id, resolve, score_pair
from tocsin.resolve.profile import profile
from tocsin.resolve.veto import find_veto

SETTINGS = ResolveSettings()
Partition = frozenset[tuple[str, ...]]


def batch(reports: Sequence[ReportInContext]) -> list[Cluster]:
    return resolve(reports, neighbours_in(reports), SETTINGS)


def partition(clusters: Sequence[Cluster]) -> Partition:
    return frozenset(cluster.report_ids for cluster in clusters)


def incremental(reports: Sequence[ReportInContext]) -> Partition:
    """One report after the other, as a store sees them: only what each touches is made anew."""
    kept: list[ReportInContext] = []
    groups: set[tuple[str, ...]] = set()
    for context in reports:
        kept.append(context)
        found = resolve([context], neighbours_in(kept), SETTINGS)
        touched = {id_ for cluster in found for id_ in cluster.report_ids}
        groups = {group for group in groups if touched.isdisjoint(group)}
        groups |= {cluster.report_ids for cluster in found}
    return frozenset(groups)


SENTENCES = (
    "A car bomb went off at the vegetable market.",
    "Explosives in a parked car tore through a crowded market.",
    "Amal Rashid Noor, 34, died on Mill Street when the device exploded.",
    "Mourners buried Amal Rashid Noor, 34, near Mill Street.",
    "Gunmen fired on a checkpoint and fled on motorbikes.",
)


@st.composite
def report_sets(draw: st.DrawFn) -> list[ReportInContext]:
    return [
        tell(
            f"art{number}",
            draw(st.sampled_from(SENTENCES)),
            type_=draw(
                st.sampled_from(
                    (
                        IncidentType.BOMBING,
                        IncidentType.SUICIDE_BOMBING,
                        IncidentType.OTHER_ATTACK,
                        IncidentType.ARMED_ATTACK,
                    )
                )
            ),
            town=draw(st.sampled_from(("Mosul", "Mosul", "Kirkuk", None))),
            time=day_of(
                draw(st.integers(8, 10)),
                basis=draw(st.sampled_from((TimeBasis.TEXT, TimeBasis.PUBLISHED))),
            ),
            killed=draw(st.sampled_from((None, 1, 4, 5, 40))),
            outlet=draw(st.sampled_from(("Herald", "Gazette", "Courier", "Star"))),
            is_main=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 9)))
    ]


@settings(max_examples=120, deadline=None)
@given(report_sets(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_what_one_batch_gives(reports, random) -> None:  # type: ignore[no-untyped-def]
    expected = partition(batch(reports))
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert partition(batch(shuffled)) == expected
    assert incremental(shuffled) == expected


@settings(max_examples=60, deadline=None)
@given(report_sets())
def test_every_report_stands_in_one_cluster_and_no_cluster_holds_a_veto(reports) -> None:  # type: ignore[no-untyped-def]
    clusters = batch(reports)
    ids = sorted(id_ for cluster in clusters for id_ in cluster.report_ids)
    assert ids == sorted(context.report.id for context in reports)
    for cluster in clusters:
        for one, other in itertools.combinations(cluster.reports, 2):
            assert find_veto(profile(one), profile(other)) is None
        assert len(cluster.links) == len(cluster.reports) - 1
        for link in cluster.links:
            assert {link.a, link.b} <= set(cluster.report_ids)
            assert link.score >= SETTINGS.join_above


def test_nothing_makes_no_cluster() -> None:
    assert batch([]) == []


def test_any_seed_of_a_component_gives_all_of_it() -> None:
    reports = [tell(name, killed=4) for name in "abc"]
    found = {partition(resolve([seed], neighbours_in(reports), SETTINGS)) for seed in reports}
    assert found == {partition(batch(reports))}


def test_a_vague_report_does_not_bridge_two_attacks_that_exclude_each_other() -> None:
    text = "A car bomb went off near the vegetable market of the old town."
    monday = tell("a", text, day=8, killed=4)
    wednesday = tell("b", text, day=10, killed=4)
    week = TimeInterval(
        dt.datetime(2021, 3, 5),
        dt.datetime(2021, 3, 12),
        TimePrecision.WEEK,
    )
    vague = tell("c", text, time=week, killed=4)
    assert score_pair(vague, monday).score >= SETTINGS.join_above
    assert score_pair(vague, wednesday).score >= SETTINGS.join_above
    clusters = batch([monday, wednesday, vague])
    assert len(clusters) == 2
    apart = [c for c in clusters if vague.report.id not in c.report_ids]
    assert len(apart) == 1
    assert [pair for pair in apart[0].review_pairs if vague.report.id in (pair.a, pair.b)]


def test_uncertain_pairs_stay_apart_and_are_listed_for_review() -> None:
    one = tell("a", "Blast at a mill.", type_=IncidentType.BOMBING)
    other = tell("b", "Attack by the river.", type_=IncidentType.OTHER_ATTACK)
    pair = score_pair(one, other)
    middling = ResolveSettings(join_above=pair.score + 0.01, review_above=pair.score - 0.01)
    clusters = resolve([one, other], neighbours_in([one, other]), middling)
    assert [cluster.review_pairs for cluster in clusters] == [(pair,), (pair,)]


def test_hundreds_of_copies_are_one_cluster_without_hundreds_of_links_each() -> None:
    text = "A car bomb went off at the vegetable market, police said."
    reports = [tell(f"art{n:03}", text, killed=4, lineage="one") for n in range(200)]
    (cluster,) = batch(reports)
    assert len(cluster.reports) == 200
    assert len(cluster.links) == 199


@pytest.mark.parametrize("late", [True, False])
def test_an_incident_is_named_by_its_founding_report(late: bool) -> None:
    reports = [tell(name, killed=4) for name in ("a", "b")]
    (cluster,) = batch(reports)
    (same,) = batch(reports[::-1] if late else reports)
    assert incident_id(cluster) == incident_id(same)
    assert incident_id(cluster).startswith("inc_")
