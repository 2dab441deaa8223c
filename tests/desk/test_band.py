"""Pairs in the review band: alike, not joined, and not kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.factory import SETTINGS, arrive, bombing, by, incident_of
from tocsin.desk import carry_out, keep_apart, merge, undo
from tocsin.desk.band import BandPair, ReviewBand
from tocsin.records import Incident
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings

ONE = bombing("ledger")
OTHER = bombing(
    "courier", text="A blast shook the river district late in the day.", killed=9, weapons=[]
)
FAR = bombing("herald", town="Maiduguri")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "band.db"), StoreSettings()) as opened:
        arrive(opened, ONE, OTHER, FAR)
        yield opened


def incidents(store: Store) -> list[Incident]:
    return [stored.incident for stored in store.incidents()]


def pairs(store: Store, band: ReviewBand) -> list[BandPair]:
    return list(band.pairs(store, incidents(store)))


def test_alike_incidents_are_a_pair_once(store: Store) -> None:
    (pair,) = pairs(store, ReviewBand(SETTINGS))
    expected = {incident_of(store, ONE).id, incident_of(store, OTHER).id}
    assert {pair.one.id, pair.other.id} == expected
    assert {pair.score.a, pair.score.b} == {ONE.report.id, OTHER.report.id}
    assert SETTINGS.resolve.review_above <= pair.score.score < SETTINGS.resolve.join_above


def test_what_is_remembered_does_not_hide_decisions(store: Store) -> None:
    band = ReviewBand(SETTINGS)
    assert len(pairs(store, band)) == 1
    one, other = incident_of(store, ONE), incident_of(store, OTHER)
    decision = keep_apart(store, one, other, by())
    carry_out(store, SETTINGS, decision)
    assert pairs(store, band) == []
    carry_out(store, SETTINGS, undo(store, decision, by(1)))
    assert len(pairs(store, band)) == 1
    carry_out(store, SETTINGS, merge(store, [one, other], by(2)))
    assert pairs(store, band) == []


def test_a_report_that_came_since_is_found_from_its_own_side(store: Store) -> None:
    band = ReviewBand(SETTINGS)
    assert len(pairs(store, band)) == 1
    later = bombing(
        "planet", town="Maiduguri", text=OTHER.report.sentences[0].text, killed=9, weapons=[]
    )
    arrive(store, later)
    found = {frozenset({pair.one.id, pair.other.id}) for pair in pairs(store, band)}
    assert frozenset({incident_of(store, FAR).id, incident_of(store, later).id}) in found
