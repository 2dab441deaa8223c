"""Ties come back from both ends, of current reports alone, as of the version asked for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tests.store.factory import incident, kept, story
from tocsin.records import KnownTies, Tie
from tocsin.store import FoundTies, Store


def ids_of(number: int) -> list[str]:
    return sorted(report.id for report in kept(number).extraction.reports)


def tie(one: str, other: str, score: float = 0.9) -> Tie:
    a, b = sorted((one, other))
    return Tie(a, b, score, 2.2)


def write(store: Store, ties: dict[str, list[Tie]], version: str = "v1") -> None:
    store.write_incidents([], gone={}, resolved_report_ids=[], found_ties=FoundTies(version, ties))


def known(*ids: str, ties: Iterable[Tie] = ()) -> KnownTies:
    return KnownTies(frozenset(ids), tuple(sorted(ties)))


def test_a_tie_stands_from_either_end_and_is_told_once(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    one, other = ids_of(1)[0], ids_of(2)[0]
    write(store, {one: []})
    assert store.ties_of([one, other], "v1") == known(one)
    write(store, {other: [tie(one, other)]})
    for asked in ([one], [other], [one, other]):
        assert store.ties_of(asked, "v1") == known(*asked, ties=[tie(one, other)])


def test_ties_of_another_version_are_not_known(store: Store) -> None:
    store.keep(kept(1))
    one = ids_of(1)[0]
    write(store, {one: []}, version="v1")
    assert store.ties_of([one], "v2") == known()
    write(store, {one: []}, version="v2")
    assert store.ties_of([one], "v2") == known(one)
    assert store.ties_of([one], "v1") == known()


def test_looking_again_replaces_what_was_found(store: Store) -> None:
    store.keep_many([kept(1), kept(2), kept(3)])
    ids = one, two, three = ids_of(1)[0], ids_of(2)[0], ids_of(3)[0]
    every = [tie(a, b) for a, b in combinations(ids, 2)]
    write(store, {id_: [t for t in every if id_ in (t.a, t.b)] for id_ in ids})
    assert store.ties_of(ids, "v1") == known(*ids, ties=every)
    again = tie(one, three, 0.8)
    write(store, {one: [again]})
    assert store.ties_of(ids, "v1") == known(*ids, ties=[again, tie(two, three)])


def test_a_superseded_report_is_tied_to_nothing(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    one, other = ids_of(1)[0], ids_of(2)[0]
    write(store, {one: [], other: [tie(one, other)]})
    store.keep(kept(2, text=story(2, note="Nobody was hurt."), words=()))
    assert store.ties_of([one, other], "v1") == known(one)


def test_ties_to_unknown_reports_are_left_out(store: Store) -> None:
    store.keep(kept(1))
    one = ids_of(1)[0]
    write(store, {one: [tie(one, "rep_unknown")], "rep_unknown": []})
    assert store.ties_of([one, "rep_unknown"], "v1") == known(one)


def test_members_of_incidents(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    reports = [kept(number).extraction.reports for number in (1, 2)]
    store.write_incidents(
        [incident(1, *reports[0])],
        gone={},
        resolved_report_ids=[report.id for report in reports[0]],
    )
    assert store.members_of(["inc_0001", "inc_0009"]) == {
        "inc_0001": frozenset(report.id for report in reports[0])
    }
