"""A report is found again in its article, or not guessed at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.resolve.factory import tell
from tocsin.records import Report, anchors_of
from tocsin.records.vocab import IncidentType
from tocsin.review import find_again

TEXT = "A bomb exploded at the gate. Gunmen opened fire on the bridge."
BLAST = tell("a", TEXT, trigger="exploded")
SHOTS = tell("a", TEXT, trigger="opened fire", type_=IncidentType.ARMED_ATTACK)


def again(report: Report, **changes: Any) -> Report:
    """The report as another extractor version reads it."""
    return replace(report, id=f"{report.id}2", extractor_version="2", **changes)


def test_the_founding_report_is_the_first_anchor() -> None:
    later = replace(BLAST, published=None)
    assert anchors_of([later, SHOTS])[0].report_id == SHOTS.report.id
    assert anchors_of([SHOTS, later])[1].report_id == BLAST.report.id


def test_the_same_report_comes_before_any_other() -> None:
    (anchor,) = anchors_of([BLAST])
    assert find_again(anchor, [SHOTS.report, BLAST.report]) == BLAST.report.id


def test_a_report_read_anew_is_found_by_its_trigger() -> None:
    (anchor,) = anchors_of([BLAST])
    wider = again(BLAST.report, trigger=BLAST.report.sentences[0])
    assert find_again(anchor, [again(SHOTS.report), wider]) == wider.id


def test_a_report_that_moved_is_found_by_its_type_where_one_alone_has_it() -> None:
    (anchor,) = anchors_of([BLAST])
    moved = tell("a", "The day after. " * 6 + TEXT, trigger="exploded").report
    other = tell("a", "The day after. " * 6 + TEXT, trigger="bomb").report
    shots = tell("a", "x" * 90 + TEXT, trigger="opened fire", type_=IncidentType.ARMED_ATTACK)
    assert find_again(anchor, [moved, shots.report]) == moved.id
    assert find_again(anchor, [moved, other, shots.report]) is None


def test_the_only_report_of_an_article_is_meant_and_of_none_there_is_none() -> None:
    (anchor,) = anchors_of([BLAST])
    shots = tell("a", "x" * 90 + TEXT, trigger="opened fire", type_=IncidentType.ARMED_ATTACK)
    assert find_again(anchor, [shots.report]) == shots.report.id
    assert find_again(anchor, []) is None
