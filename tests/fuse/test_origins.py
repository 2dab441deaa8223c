"""One agency's text under several mastheads is one origin."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.fuse.factory import Figure, harm, killed, tell
from tocsin.fuse import fuse
from tocsin.records import ReportInContext
from tocsin.records.vocab import IncidentStatus, Outcome


def told(article: str, figure: Figure, *agencies: str) -> ReportInContext:
    return tell(article, casualties=[killed(figure)], agencies=agencies)


@pytest.mark.parametrize(
    ("reports", "origins"),
    [
        ([told("a", 4, "Wire"), told("b", 4, "Wire"), told("c", 4, "WIRE")], 1),
        ([told("a", 4, "Wire"), told("b", 5, "Wire")], 2),
        ([told("a", 4, "Wire"), told("b", 4, "Other")], 2),
        ([told("a", 4, "agencies"), told("b", 4, "agencies")], 2),
        ([told("a", 4, "Wire"), told("b", 4, "Other"), told("c", 4, "Wire", "Other")], 3),
        ([told("a", 4), told("b", 4)], 2),
        ([tell("a", agencies=("Wire",)), tell("b", agencies=("Wire",))], 2),
    ],
    ids=["same", "figures", "agency", "unnamed", "mixed", "uncredited", "no figures"],
)
def test_origins_are_counted(reports: Sequence[ReportInContext], origins: int) -> None:
    for ordered in (reports, reports[::-1]):
        assert fuse(ordered).corroboration.lineages == origins


def test_an_agency_and_its_client_are_one_origin() -> None:
    wire = tell("a", casualties=[killed(4)], outlet="Wire")
    client = told("b", 4, "Wire")
    incident = fuse([wire, client])
    assert incident.corroboration.lineages == 1
    assert incident.status is IncidentStatus.UNCONFIRMED


def test_every_figure_both_give_must_be_the_same() -> None:
    one = tell(
        "a",
        casualties=[killed(4), harm(Outcome.INJURED, 9)],
        agencies=("Wire",),
    )
    same = tell("b", casualties=[killed(4)], agencies=("Wire",))
    other = tell("c", casualties=[killed(4), harm(Outcome.INJURED, 8)], agencies=("Wire",))
    assert fuse([one, same]).corroboration.lineages == 1
    assert fuse([one, other]).corroboration.lineages == 2


def test_two_texts_of_one_outlet_that_nobody_credits_are_two() -> None:
    texts = [tell(name, casualties=[killed(4)], outlet="Herald") for name in ("a", "b")]
    assert fuse(texts).corroboration.lineages == 2
