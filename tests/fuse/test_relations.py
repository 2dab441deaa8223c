"""Relations of reports become relations of the incidents they tell."""

from __future__ import annotations

from dataclasses import replace

from tests.fuse.factory import SPAN, tell
from tocsin.fuse import fuse, relate
from tocsin.records import ReportRelation
from tocsin.records.vocab import IncidentType, RelationKind


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
