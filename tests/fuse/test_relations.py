"""Relations of reports become relations of the incidents they tell."""

from __future__ import annotations

from dataclasses import replace

from tests.fuse.factory import SPAN, tell
from tocsin.fuse import fuse, relate
from tocsin.records import Quantity, ReportRelation, Statement, TallyClaim
from tocsin.records.vocab import (
    IncidentType,
    IncludesCurrent,
    RelationKind,
    StatementKind,
    TallyKind,
)


def test_a_relation_is_lifted_with_its_words_and_hedged_only_if_all_are() -> None:
    strike = tell("a")
    raid = tell("a", type_=IncidentType.ARREST_RAID)
    again = tell("b", type_=IncidentType.ARREST_RAID)
    kind = RelationKind.IN_RESPONSE_TO
    stated = ReportRelation(kind, raid.report.id, strike.report.id, SPAN, hedged=True)
    firm = ReportRelation(kind, again.report.id, strike.report.id, SPAN)
    raid, again = replace(raid, relations=(stated,)), replace(again, relations=(firm,))
    first, second = relate([fuse([strike]), fuse([raid, again])], [strike, raid, again])
    assert first.relations == ()
    (relation,) = second.relations
    assert (relation.kind, relation.to, relation.hedged) == (kind, first.id, False)
    assert {evidence.article_id for evidence in relation.evidence} == {"a", "b"}


def test_relations_inside_one_incident_or_to_nowhere_are_left_out() -> None:
    one, other = tell("a"), tell("b")
    inside = ReportRelation(RelationKind.FOLLOWS, one.report.id, other.report.id, SPAN)
    nowhere = ReportRelation(RelationKind.FOLLOWS, one.report.id, "rep_gone", SPAN)
    one = replace(one, relations=(inside, nowhere))
    (incident,) = relate([fuse([one, other])], [one, other])
    assert incident.relations == ()
    (lifted,) = relate([fuse([one])], [one], elsewhere={"rep_gone": "inc_there"})
    assert [relation.to for relation in lifted.relations] == ["inc_there"]


def test_a_threat_before_it_and_a_tally_of_it_are_relations_told_once_by_copies() -> None:
    threat = Statement("sta_1", "a", StatementKind.VOW, SPAN, is_before=True)
    late = replace(threat, id="sta_2", is_before=False)
    tally = TallyClaim(
        "tal_1",
        "a",
        TallyKind.INCIDENTS,
        Quantity(4, 4, 4),
        "attack",
        SPAN,
        includes_current=IncludesCurrent.YES,
    )
    told = replace(tell("a"), statements=(threat, late), tallies=(tally,))
    copy = replace(
        tell("b", lineage="a", day=12),
        statements=(replace(threat, id="sta_9", article_id="b"),),
        tallies=(replace(tally, id="tal_9", article_id="b"),),
    )
    for contexts in ([told], [told, copy]):
        (incident,) = relate([fuse(contexts)], contexts)
        assert {(one.kind, one.to) for one in incident.relations} == {
            (RelationKind.PRECEDED_BY_THREAT, "sta_1"),
            (RelationKind.IN_TALLY, "tal_1"),
        }
