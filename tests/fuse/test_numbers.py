"""Counts: compatible figures meet, rival ones stand side by side, none are added."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuse.factory import NONE_REPORTED, NONE_STATED, Figure, killed, tell
from tocsin.fuse import fuse
from tocsin.fuse.figures import report_figures
from tocsin.records import Casualties, Claim, FusedField, Incident, Quantity, Span
from tocsin.records.vocab import (
    Agreement,
    ConflictVerdict,
    IncidentStatus,
    Outcome,
    QuantityStatus,
    VictimGroup,
)

Bounds = tuple[int | None, int | None, int | None]


def field(incident: Incident) -> FusedField[Quantity]:
    assert incident.killed is not None
    return incident.killed


def bounds(incident: Incident) -> Bounds:
    value = field(incident).value
    return value.min, value.best, value.max


def of_articles(*figures: Figure) -> Incident:
    """Each figure told by an article of its own origin, by nobody in particular."""
    return fuse([tell(f"art{n}", casualties=[killed(f)]) for n, f in enumerate(figures)])


@pytest.mark.parametrize(
    ("figures", "expected", "agreement"),
    [
        ([5], (5, 5, 5), Agreement.SINGLE),
        ([5, 5], (5, 5, 5), Agreement.AGREE),
        ([(3, None, None), 5], (5, 5, 5), Agreement.COMPATIBLE),
        ([(3, None, None), (4, None, None)], (4, None, None), Agreement.COMPATIBLE),
        ([(None, None, 30), (24, None, None)], (24, None, 30), Agreement.COMPATIBLE),
        ([5, 5, 9], (5, 5, 9), Agreement.CONFLICT),
        ([5, 9], (5, 5, 9), Agreement.CONFLICT),
        ([9, 9, 5], (5, 9, 9), Agreement.CONFLICT),
        ([NONE_REPORTED, 2], (2, 2, 2), Agreement.SINGLE),
        ([NONE_STATED, 2], (0, 0, 2), Agreement.CONFLICT),
        ([NONE_REPORTED, NONE_STATED], (0, 0, 0), Agreement.SINGLE),
    ],
)
def test_figures_of_several_origins(
    figures: list[Figure], expected: Bounds, agreement: Agreement
) -> None:
    incident = of_articles(*figures)
    assert bounds(incident) == expected
    assert field(incident).agreement is agreement


def test_none_reported_yields_and_is_shown() -> None:
    incident = of_articles(NONE_REPORTED, 2)
    assert field(incident).rule == "8"
    (other,) = field(incident).alternatives
    assert other.value.status is QuantityStatus.NONE_REPORTED


def test_about_fifty_agrees_with_fifty_two() -> None:
    incident = of_articles(Quantity(50, 50, 50, approx=True), 52)
    assert field(incident).agreement is Agreement.COMPATIBLE


def test_a_rising_toll_of_one_speaker_is_its_latest_figure_and_never_a_sum() -> None:
    incident = fuse(
        [
            tell("mon", day=9, casualties=[killed(4, by="the provincial police")]),
            tell("tue", day=10, casualties=[killed(7, by="Provincial police")]),
            tell("wed", day=11, casualties=[killed(11, by="provincial police spokesman")]),
        ]
    )
    assert bounds(incident) == (11, 11, 11)
    assert not incident.conflicts
    assert {a.note for a in field(incident).alternatives} == {"replaced by a later figure"}


def test_a_late_copy_of_an_old_text_does_not_bring_its_figure_back() -> None:
    old = tell("a", day=9, lineage="wire", casualties=[killed(4)])
    update = tell("b", day=10, lineage="wire", casualties=[killed(7)])
    late_copy = tell("c", day=12, lineage="wire", casualties=[killed(4)])
    assert bounds(fuse([old, update, late_copy])) == (7, 7, 7)


def test_a_correction_removes_what_its_lineage_said_before() -> None:
    wrong = tell("a", day=9, lineage="wire", casualties=[killed(70, by="an officer")])
    right = tell("b", day=10, lineage="wire", casualties=[killed(7)], is_correction=True)
    assert bounds(fuse([wrong, right])) == (7, 7, 7)


def test_a_recap_does_not_outrank_what_was_told_at_the_time() -> None:
    at_the_time = tell("a", casualties=[killed(6)])
    recap = tell("b", day=28, is_main=False, casualties=[killed(9)])
    incident = fuse([at_the_time, recap])
    assert bounds(incident) == (6, 6, 6)
    assert [a.note for a in field(incident).alternatives] == ["recap"]


def test_parts_of_one_report_add_up_only_without_a_total() -> None:
    soldiers = killed(3, group=VictimGroup.SECURITY_FORCE)
    shepherds = killed(2, group=VictimGroup.CIVILIAN)
    assert bounds(fuse([tell("a", casualties=[soldiers, shepherds])])) == (5, 5, 5)
    total = killed(6)
    assert bounds(fuse([tell("a", casualties=[total, soldiers, shepherds])])) == (6, 6, 6)


def test_a_lower_figure_of_the_outlet_is_a_part_of_what_it_quotes() -> None:
    quoted = killed((14, None, None), by="the interior ministry")
    infants = killed(2)
    assert bounds(fuse([tell("a", casualties=[quoted, infants])])) == (14, None, None)
    counted = killed(17)
    assert bounds(fuse([tell("a", casualties=[quoted, counted])])) == (17, 17, 17)


def test_attackers_are_counted_apart() -> None:
    attackers = killed(2, group=VictimGroup.ATTACKER)
    incident = fuse([tell("a", casualties=[killed(3), attackers])])
    assert bounds(incident) == (3, 3, 3)
    assert incident.attackers_killed is not None
    assert incident.attackers_killed.value.best == 2


def test_rival_tolls_are_an_open_conflict_and_far_ones_dispute_the_record() -> None:
    near, far = of_articles(10, 11), of_articles(10, 60)
    for incident in (near, far):
        (conflict,) = incident.conflicts
        assert conflict.field == "killed"
        assert conflict.verdict is ConflictVerdict.OPEN
        assert len(conflict.sides) == 2
    assert near.status is IncidentStatus.CORROBORATED
    assert far.status is IncidentStatus.DISPUTED


def test_one_speaker_quoted_with_two_figures_is_no_dispute() -> None:
    claims = [killed(10, by="the mayor"), killed(40, by="Mayor")]
    incident = fuse([tell(f"a{n}", casualties=[claim]) for n, claim in enumerate(claims)])
    (conflict,) = incident.conflicts
    assert conflict.verdict is ConflictVerdict.SAME_SOURCE
    assert incident.status is IncidentStatus.CORROBORATED


def test_a_speaker_quoted_by_many_is_one_voice() -> None:
    quoted = [tell(f"q{n}", casualties=[killed(20, by="the army")]) for n in range(3)]
    others = [tell(f"o{n}", casualties=[killed(8)]) for n in range(2)]
    assert bounds(fuse([*quoted, *others]))[1] == 8


def test_killed_and_injured_never_trade_places() -> None:
    incident = fuse([tell("a", casualties=[killed(3)])])
    assert incident.injured is None


figures = st.one_of(
    st.integers(0, 99),
    st.tuples(st.integers(0, 50), st.none(), st.none()),
    st.tuples(st.none(), st.none(), st.integers(0, 50)),
    st.tuples(st.integers(0, 20), st.none(), st.integers(21, 60)),
    st.integers(1, 60).map(lambda n: Quantity(n, n, n, approx=True)),
    st.integers(1, 60).map(lambda n: Quantity(None, n, None, approx=True)),
    st.just(NONE_REPORTED),
    st.just(NONE_STATED),
)


@settings(deadline=None)
@given(st.lists(figures, min_size=1, max_size=6))
def test_a_best_value_is_one_that_somebody_gave(given_figures: Sequence[Figure]) -> None:
    value = field(of_articles(*given_figures)).value
    stated = [f if isinstance(f, Quantity) else None for f in given_figures]
    bests = {f for f in given_figures if isinstance(f, int)} | {q.best for q in stated if q}
    assert value.best is None or value.best in bests
    known = [n for n in (value.min, value.best, value.max) if n is not None]
    assert known == sorted(known)


@settings(deadline=None)
@given(st.lists(figures, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_figures, random) -> None:  # type: ignore[no-untyped-def]
    contexts = [tell(f"art{n}", casualties=[killed(f)]) for n, f in enumerate(given_figures)]
    expected = fuse(contexts)
    random.shuffle(contexts)
    assert fuse(contexts) == expected


def test_no_report_figures_from_nothing() -> None:
    assert report_figures([]) == []
    assert fuse([tell("a")]).killed is None


def test_an_outlet_takes_back_its_own_figure() -> None:
    old = tell("a", casualties=[killed(90)], outlet="Herald", day=10)
    new = tell("b", casualties=[killed(61)], outlet="herald", day=12, is_correction=True)
    assert bounds(fuse([old, new])) == (61, 61, 61)
    assert field(fuse([old, new])).alternatives == ()
    other = tell("c", casualties=[killed(88)], outlet="Post", day=10)
    assert bounds(fuse([new, other])) == (61, 61, 88), "another outlet's figure stands"


def test_a_notice_that_repeats_the_figure_it_withdraws_stands_by_the_other() -> None:
    old = tell("a", casualties=[killed(90)], outlet="Herald", day=10)
    notice = [killed(90), killed(61)]
    new = tell("b", casualties=notice, outlet="Herald", day=12, is_correction=True)
    assert bounds(fuse([old, new])) == (61, 61, 61)
    assert bounds(fuse([new]))[2] == 90, "nothing says which of the two was withdrawn"


def words(text: str, number: int, at: int = 0) -> Claim[Casualties]:
    """A figure of the dead with its words, `at` characters into the article."""
    count = Quantity(number, number, number)
    return Claim(Casualties(Outcome.KILLED, count), (Span(at, at + len(text), text),))


def test_a_single_person_is_counted_in_a_figure_of_several() -> None:
    figures = report_figures([words("one of the drivers", 1), words("three drivers", 3)])
    assert [claim.value.best for claim in figures] == [3]


def test_persons_told_one_by_one_are_a_floor() -> None:
    told = [words("a driver", 1), words("another", 1, 40), words("killing another", 1, 32)]
    (claim,) = report_figures([*told, words("a third", 1, 80)])
    assert (claim.value.min, claim.value.best, claim.value.max) == (3, 3, None)
    assert claim.rule == "one_by_one"
    assert len(claim.evidence) == 4


def test_two_figures_of_several_stay_rivals() -> None:
    figures = report_figures([words("three drivers", 3), words("two drivers", 2)])
    assert [claim.value.best for claim in figures] == [3, 2]
