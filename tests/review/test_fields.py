"""Values that decisions set: read, checked, put beside what the reports say."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuse.factory import killed, tell, who
from tocsin.errors import RecordError
from tocsin.fuse import fuse
from tocsin.records import Place, Quantity
from tocsin.records.codec import from_json, to_json
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    IncidentStatus,
    IncidentType,
    PlacePrecision,
    QuantityStatus,
    Stage,
    TimePrecision,
)
from tocsin.review import FieldName, parse_value, read_typed, value_text
from tocsin.review.fields import SET_ASIDE, with_value

INCIDENT = fuse(
    [
        tell("a", casualties=[killed(3)], actors=[who("The Front", ActorRole.BLAMED, by="police")]),
        tell("b", casualties=[killed(3)]),
    ]
)


@pytest.mark.parametrize("name", list(FieldName))
def test_a_field_set_to_what_it_is_keeps_its_value(name: FieldName) -> None:
    text = value_text(INCIDENT, name)
    if text == "null":
        return
    after = with_value(INCIDENT, name, text, "dec_1")
    assert value_text(after, name) == text
    assert read_typed(name, text) == text or name is FieldName.TYPE


def test_another_value_stands_and_what_reports_say_beside_it() -> None:
    after = with_value(INCIDENT, FieldName.KILLED, read_typed(FieldName.KILLED, "5"), "dec_1")
    assert after.killed is not None
    assert after.killed.value == Quantity(5, 5, 5)
    assert (after.killed.pinned_by, after.killed.rule) == ("dec_1", "1")
    assert after.killed.agreement is Agreement.CONFLICT
    aside = after.killed.alternatives[0]
    assert (aside.value, aside.note) == (Quantity(3, 3, 3), SET_ASIDE)
    assert aside.evidence


def test_the_same_value_keeps_its_words_and_is_marked() -> None:
    after = with_value(INCIDENT, FieldName.KILLED, value_text(INCIDENT, FieldName.KILLED), "dec_1")
    assert INCIDENT.killed is not None
    assert after.killed is not None
    assert after.killed.evidence == INCIDENT.killed.evidence
    assert after.killed.pinned_by == "dec_1"


def test_unknown_takes_a_value_away() -> None:
    assert with_value(INCIDENT, FieldName.KILLED, "null", "dec_1").killed is None
    for name in (FieldName.TYPE, FieldName.STATUS, FieldName.ACTORS):
        with pytest.raises(RecordError, match=name.value):
            read_typed(name, "unknown")


def test_actors_set_by_hand_have_no_accuser() -> None:
    text = read_typed(FieldName.ACTORS, '[{"name": "The League", "role": "claimed"}]')
    after = with_value(INCIDENT, FieldName.ACTORS, text, "dec_1")
    assert [field.value.name for field in after.actors] == ["The League"]
    assert after.actor_by == (None,)


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [("3", (3, 3, 3)), ("3-5", (3, None, 5)), ("4+", (4, None, None)), ("7 - 7", (7, 7, 7))],
)
def test_counts_as_typed(typed: str, bounds: tuple[int, int | None, int | None]) -> None:
    quantity = from_json(Quantity, read_typed(FieldName.KILLED, typed))
    assert (quantity.min, quantity.best, quantity.max) == bounds


def test_zero_as_typed_is_stated() -> None:
    none = from_json(Quantity, read_typed(FieldName.INJURED, "0"))
    assert none.status is QuantityStatus.NONE_STATED


def test_dates_as_typed() -> None:
    day = parse_value(FieldName.DATE, read_typed(FieldName.DATE, "2021-03-09", zone="Asia/Baghdad"))
    assert (day.local_date, day.zone) == (dt.date(2021, 3, 9), "Asia/Baghdad")
    days = parse_value(FieldName.DATE, read_typed(FieldName.DATE, "2021-03-09/2021-03-11"))
    assert (days.last_day, days.precision) == (dt.date(2021, 3, 11), TimePrecision.DAYS)
    minute = parse_value(FieldName.DATE, read_typed(FieldName.DATE, "2021-03-09T14:30"))
    assert (minute.earliest, minute.precision) == (
        dt.datetime(2021, 3, 9, 14, 30),
        TimePrecision.MINUTE,
    )


def test_words_of_enumerations_as_typed() -> None:
    assert (
        parse_value(FieldName.TYPE, read_typed(FieldName.TYPE, "Bombing")) is IncidentType.BOMBING
    )
    assert parse_value(FieldName.STAGE, read_typed(FieldName.STAGE, "foiled")) is Stage.FOILED
    status = parse_value(FieldName.STATUS, read_typed(FieldName.STATUS, "disputed"))
    assert status is IncidentStatus.DISPUTED


def test_a_place_is_looked_up_or_given_whole() -> None:
    mill = Place("Mill Quarter", PlacePrecision.ZONE, country="XK", lat=42.6, lon=21.1)
    assert read_typed(FieldName.PLACE, "the mill", find_place=lambda _: mill) == to_json(mill)
    assert read_typed(FieldName.PLACE, to_json(mill)) == to_json(mill)
    with pytest.raises(RecordError, match="place"):
        read_typed(FieldName.PLACE, "the mill", find_place=lambda _: None)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (FieldName.KILLED, "many"),
        (FieldName.KILLED, "5-3"),
        (FieldName.KILLED, '{"min": 4, "best": 3}'),
        (FieldName.KILLED, '{"min": "x"}'),
        (FieldName.DATE, "last week"),
        (FieldName.DATE, "2021-03-09T10:00+03:00"),
        (FieldName.DATE, "2021-03-09/2021-03-01"),
        (FieldName.TYPE, "picnic"),
        (FieldName.STATUS, "rejected"),
        (FieldName.WEAPONS, "rocket"),
        (FieldName.WEAPONS, '{"type": "rocket"}'),
        (FieldName.WEAPONS, "[rocket"),
        (FieldName.PLACE, '{"name": "x", "precision": "point", "lat": 91, "lon": 0}'),
    ],
)
def test_what_is_no_value_is_refused(name: FieldName, typed: str) -> None:
    with pytest.raises(RecordError):
        read_typed(name, typed)


@given(st.text(max_size=20), st.sampled_from(FieldName))
def test_whatever_is_typed_is_read_or_refused(typed: str, name: FieldName) -> None:
    try:
        text = read_typed(name, typed)
    except RecordError:
        return
    json.loads(text)
    assert text == "null" or parse_value(name, text) is not None
