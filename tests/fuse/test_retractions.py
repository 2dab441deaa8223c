"""A withdrawn text takes its copies along; a correction reaches whoever leaned on the figure."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuse.factory import SPAN, killed, tell, who
from tocsin.fuse import fuse, relate
from tocsin.records import Attribution, Claim, Incident, ReportInContext, ReportRelation
from tocsin.records.vocab import (
    ActorRole,
    IncidentStatus,
    IncidentType,
    RelationKind,
    SourceKind,
)


def best(incident: Incident) -> int | None:
    return incident.killed.value.best if incident.killed else None


def retraction(article: str, **told: object) -> ReportInContext:
    return replace(tell(article, **told), is_retraction=True, is_correction=True)  # type: ignore[arg-type]


def test_a_retraction_takes_its_lineage_along_late_copies_too() -> None:
    first = tell("a", lineage="wire", casualties=[killed(40)], day=9)
    late = tell("b", lineage="wire", casualties=[killed(40)], day=14)
    notice = retraction("c", lineage="wire", casualties=[killed(40)], day=11)
    other = tell("d", casualties=[killed(2)], day=10)
    incident = fuse([first, late, notice, other])
    assert best(incident) == 2
    assert incident.corroboration.lineages == 1
    assert incident.corroboration.articles == 4, "pages stay counted"
    assert incident.status is IncidentStatus.UNCONFIRMED
    assert not incident.conflicts


def test_without_another_origin_the_incident_is_retracted_and_still_to_be_seen() -> None:
    first = tell("a", lineage="wire", casualties=[killed(40)], day=9)
    incident = fuse([first, retraction("c", lineage="wire", day=11)])
    assert incident.status is IncidentStatus.RETRACTED
    assert incident.corroboration.lineages == 0
    assert incident.title.startswith("Withdrawn: ")
    assert best(incident) == 40
    assert incident.id == fuse([first]).id


def test_an_outlet_takes_back_what_it_told_before_in_other_words() -> None:
    old = tell("a", outlet="Herald", casualties=[killed(40)], day=9)
    notice = retraction("b", outlet="herald", day=11)
    fresh = tell("c", outlet="Herald", casualties=[killed(3)], day=13)
    assert fuse([old, notice]).status is IncidentStatus.RETRACTED
    incident = fuse([old, notice, fresh])
    assert best(incident) == 3, "what it tells anew stands"


def test_a_notice_without_a_report_marks_the_lineage() -> None:
    copy = replace(tell("a", casualties=[killed(40)]), is_withdrawn=True)
    assert fuse([copy]).status is IncidentStatus.RETRACTED
    assert best(fuse([copy, tell("b", casualties=[killed(5)])])) == 5


def test_what_was_taken_back_ties_nothing() -> None:
    strike = tell("a", type_=IncidentType.AIR_STRIKE)
    raid = tell("a", type_=IncidentType.ARREST_RAID)
    stated = ReportRelation(RelationKind.FOLLOWS, raid.report.id, strike.report.id, SPAN)
    raid = replace(raid, relations=(stated,))
    contexts = [strike, raid]
    assert relate([fuse([c]) for c in contexts], contexts)[1].relations
    withdrawn = [replace(c, is_withdrawn=True) for c in contexts]
    assert not relate([fuse([c]) for c in withdrawn], withdrawn)[1].relations


def test_a_correction_reaches_the_client_that_gave_the_same_figure() -> None:
    wire = tell("a", outlet="Wire", casualties=[killed(70)], day=9)
    client = tell("b", agencies=("Wire",), casualties=[killed(70), killed(1, by="a nurse")], day=9)
    own = tell("c", agencies=("Wire",), casualties=[killed(8)], day=9)
    right = tell("d", outlet="Wire", casualties=[killed(7)], day=10, is_correction=True)
    incident = fuse([wire, client, own, right])
    assert incident.killed is not None
    told = {incident.killed.value.best, *(a.value.best for a in incident.killed.alternatives)}
    assert 70 not in told
    assert {7, 8} <= told, "what a client counted for itself is its own"


def test_an_officer_who_told_one_agency_gives_its_text_away() -> None:
    def quoting(article: str, outlet: str) -> ReportInContext:
        told = killed(4)
        by = Attribution("an officer", SourceKind.OFFICIAL, chain=("an officer", "the Wire"))
        return tell(article, outlet=outlet, casualties=[Claim(told.value, (SPAN,), (by,))])

    wire = tell("a", outlet="Wire", casualties=[killed(4)])
    assert fuse([quoting("b", "Herald"), quoting("c", "Post")]).corroboration.lineages == 1
    assert fuse([wire, quoting("b", "Herald")]).corroboration.lineages == 1
    other = tell("d", outlet="Globe", casualties=[killed(4)])
    assert fuse([wire, other]).corroboration.lineages == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from(["wire", "own", None]), st.integers(9, 14)),
        min_size=1,
        max_size=5,
    )
)
def test_no_value_leans_on_a_withdrawn_text(told: list[tuple[int, str | None, int]]) -> None:
    contexts = [
        tell(
            f"art{n}",
            lineage=lineage,
            casualties=[killed(figure)],
            actors=[who("River Brigade", ActorRole.BLAMED)],
            day=day,
        )
        for n, (figure, lineage, day) in enumerate(told)
    ]
    notice = retraction("notice", lineage="wire", day=12)
    incident = fuse([*contexts, notice])
    fallen = {c.report.article_id for c in (*contexts, notice) if c.lineage_id == "wire"}
    if len(fallen) == len(contexts) + 1:
        assert incident.status is IncidentStatus.RETRACTED
        return
    assert incident.status is not IncidentStatus.RETRACTED
    fields = [incident.type, incident.date, incident.place, incident.killed, *incident.actors]
    for field in fields:
        if field is not None:
            assert not {words.article_id for words in field.evidence} & fallen
            assert (
                not {words.article_id for other in field.alternatives for words in other.evidence}
                & fallen
            )
