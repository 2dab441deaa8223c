"""Which reports belong together, and which apart, after a row of decisions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tocsin.review.bonds import Bonds

IDS = "abcdef"


def apart_pairs(bonds: Bonds) -> set[frozenset[str]]:
    return {frozenset((a, b)) for one, other in bonds.rulings().apart for a in one for b in other}


def together_pairs(bonds: Bonds) -> set[frozenset[str]]:
    groups = bonds.rulings().together
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


def test_what_is_bound_is_one_group_and_groups_that_meet_are_one() -> None:
    bonds = Bonds()
    bonds.bind("ab")
    bonds.bind("cd")
    assert bonds.rulings().together == (frozenset("ab"), frozenset("cd"))
    bonds.bind("bc")
    assert bonds.rulings().together == (frozenset("abcd"),)


def test_parts_are_groups_of_their_own_and_apart() -> None:
    bonds = Bonds()
    bonds.bind("abcd")
    bonds.part(["ab", "cd"])
    assert bonds.rulings().together == (frozenset("ab"), frozenset("cd"))
    assert bonds.rulings().apart == ((frozenset("ab"), frozenset("cd")),)


def test_a_later_merge_voids_just_the_separations_inside_it() -> None:
    bonds = Bonds()
    bonds.part(["a", "b", "c"])
    bonds.bind("ab")
    assert apart_pairs(bonds) == {frozenset("ac"), frozenset("bc")}


def test_a_report_named_on_both_sides_is_on_the_first() -> None:
    bonds = Bonds()
    bonds.part(["ab", "bc"])
    assert apart_pairs(bonds) == {frozenset("ac"), frozenset("bc")}
    assert bonds.rulings().together == (frozenset("ab"),)


def test_a_rejection_stays_until_its_reports_are_merged_split_or_confirmed() -> None:
    lifting: tuple[Callable[[Bonds], None], ...] = (
        lambda bonds: bonds.open("a"),
        lambda bonds: bonds.part(["a", "b"]),
    )
    for lift in lifting:
        bonds = Bonds()
        bonds.close("dec_1", "ab")
        bonds.close("dec_2", "cd")
        assert bonds.rulings().closed == (frozenset("ab"), frozenset("cd"))
        lift(bonds)
        assert bonds.closed_by == {"dec_2"}


acts = st.one_of(
    st.tuples(st.just("bind"), st.sets(st.sampled_from(IDS), min_size=1)),
    st.tuples(
        st.just("part"),
        st.lists(st.sets(st.sampled_from(IDS), min_size=1), min_size=2, max_size=3),
    ),
)


@given(st.lists(acts, max_size=8))
def test_no_row_of_decisions_contradicts_itself_and_the_last_one_holds(
    row: list[tuple[str, Any]],
) -> None:
    """Rulings refuses contradictions when it is built; the last act is true of every pair."""
    bonds = Bonds()
    for kind, named in row:
        if kind == "bind":
            bonds.bind(named)
        else:
            bonds.part(named)
    bonds.rulings()
    assert together_pairs(bonds).isdisjoint(apart_pairs(bonds))
    if not row:
        return
    kind, named = row[-1]
    if kind == "bind":
        assert {frozenset(p) for p in combinations(sorted(named), 2)} <= together_pairs(bonds)
        return
    first, *rest = named
    for side in rest:
        for a in first:
            for b in side - first:
                assert frozenset((a, b)) in apart_pairs(bonds)
