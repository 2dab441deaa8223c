"""What a step changed: each kind where it should be, none where only the volume grew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.alert.factory import (
    WITHDRAWN,
    actor,
    dispute,
    fused,
    happening,
    killed,
    origins,
    place,
    step,
)
from tocsin.alert.developments import are_apart, are_disjoint, developments
from tocsin.alert.records import DevelopmentKind as Kind
from tocsin.records import Incident, Place, Quantity, TimeInterval
from tocsin.records.vocab import (
    ActorRole,
    IncidentStatus,
    IncidentType,
    PlacePrecision,
    TimePrecision,
)


def kinds(before: Incident | None, after: Incident | None, **changes: Any) -> list[str]:
    return [f"{d.kind.value} {d.field}" for d in developments(step(before, after, **changes))]


def sides(before: Incident, after: Incident) -> tuple[str | None, str]:
    (one,) = developments(step(before, after))
    return one.before.words if one.before else None, one.after.words


def test_a_new_incident_is_a_first_report() -> None:
    assert kinds(None, happening()) == ["first_report incident"]


def test_one_that_begins_with_two_origins_is_confirmed_at_once() -> None:
    told = kinds(None, happening(corroboration=origins(2)))
    assert told == ["first_report incident", "confirmed origins"]


def test_the_second_origin_confirms_and_the_third_does_not() -> None:
    one, two, three = (happening(corroboration=origins(n)) for n in (1, 2, 3))
    assert kinds(one, two) == ["confirmed origins"]
    assert sides(one, two) == ("1 independent origin", "2 independent origins")
    assert kinds(two, three) == []


def test_a_toll_goes_up() -> None:
    before, after = happening(killed=killed(3)), happening(killed=killed(5))
    assert kinds(before, after) == ["toll_up killed"]
    assert sides(before, after) == ("3", "5")


def test_a_first_toll_goes_up_from_nothing_known() -> None:
    before, after = happening(killed=None), happening(killed=killed(2))
    assert sides(before, after) == (None, "2")


def test_none_dead_is_no_rise() -> None:
    assert kinds(happening(killed=None), happening(killed=killed(0))) == []


def test_a_lower_toll_is_a_correction() -> None:
    assert kinds(happening(killed=killed(5)), happening(killed=killed(3))) == ["corrected killed"]


def test_bounds_are_compared_by_the_figure_that_is_known() -> None:
    least = happening(killed=fused(Quantity(3)))
    more = happening(killed=fused(Quantity(4)))
    assert kinds(least, more) == ["toll_up killed"]


def test_blame_is_an_attribution_and_its_words_are_kept() -> None:
    before = happening()
    after = happening(actors=(actor("Northern Front", ActorRole.BLAMED),))
    assert kinds(before, after) == ["attribution_changed actors"]
    assert sides(before, after) == (None, "Northern Front: blamed")
    (one,) = developments(step(before, after))
    assert [evidence.span.text for evidence in one.after.evidence] == ["spokesman"]


def test_a_claim_replaces_a_suspicion() -> None:
    before = happening(actors=(actor("Northern Front", ActorRole.SUSPECTED),))
    after = happening(actors=(actor("Northern Front", ActorRole.CLAIMED),))
    assert sides(before, after) == ("Northern Front: suspected", "Northern Front: claims it")


def test_victims_are_no_authors() -> None:
    after = happening(actors=(actor("a convoy", ActorRole.VICTIM),))
    assert kinds(happening(), after) == []


def test_a_denial_stands_beside_what_was_said_before() -> None:
    blamed = actor("Northern Front", ActorRole.BLAMED)
    denied = actor("Northern Front", ActorRole.DENIED)
    before, after = happening(actors=(blamed,)), happening(actors=(blamed, denied))
    assert kinds(before, after) == ["denial_issued actors"]
    assert sides(before, after) == ("Northern Front: blamed", "Northern Front: denies it")
    assert kinds(after, after) == []


def test_a_dispute_opens_once() -> None:
    before = happening()
    after = happening(conflicts=(dispute("killed", "3", "9"),))
    assert kinds(before, after) == ["dispute_opened killed"]
    assert sides(before, after) == ("3", "3 / 9")
    wider = happening(conflicts=(dispute("killed", "3", "9", "12"),))
    assert kinds(after, wider) == []


def test_another_day_is_a_correction_and_a_finer_one_is_not() -> None:
    third, fourth = happening(day=dt.date(2020, 3, 3)), happening(day=dt.date(2020, 3, 4))
    assert kinds(third, fourth) == ["corrected date"]
    assert third.date is not None
    hour = TimeInterval(dt.datetime(2020, 3, 3, 9), dt.datetime(2020, 3, 3, 10), TimePrecision.HOUR)
    assert kinds(third, replace(third, date=fused(hour, words="Tuesday"))) == []


def test_another_town_is_a_correction_and_a_quarter_of_it_is_not() -> None:
    before = replace(happening(), place=place())
    assert kinds(before, replace(before, place=place("Old Harran", lat=36.91))) == []
    assert kinds(before, replace(before, place=place("Urfa", lat=37.2))) == ["corrected place"]
    abroad = place("Harran", country="SY", lat=None, lon=None)
    assert kinds(before, replace(before, place=abroad)) == ["corrected place"]


def test_a_type_that_says_more_is_no_correction() -> None:
    vague = happening(type=fused(IncidentType.OTHER_ATTACK, words="hit"))
    bombing = happening(type=fused(IncidentType.BOMBING, words="hit"))
    assert kinds(vague, bombing) == []
    assert kinds(happening(), bombing) == ["corrected type"]


def test_withdrawn_is_told_alone_and_once() -> None:
    gone = happening(status=WITHDRAWN, killed=killed(0), corroboration=origins(0))
    assert kinds(happening(), gone) == ["retracted status"]
    assert kinds(gone, gone) == []
    assert kinds(None, gone) == []
    assert kinds(gone, None) == []


def test_what_stands_again_is_a_correction() -> None:
    assert kinds(happening(status=WITHDRAWN), happening())[0] == "corrected status"


def test_an_incident_that_nothing_reports_is_taken_back() -> None:
    assert kinds(happening(), None) == ["retracted incident"]


def test_an_incident_that_went_into_another_is_merged() -> None:
    assert kinds(happening(), None, forwarded_to="inc_0002") == ["merged incident"]


def test_a_new_id_alone_is_nothing() -> None:
    assert kinds(happening(), None, forwarded_to="inc_0002", is_renamed=True) == []


def test_more_articles_of_one_origin_are_nothing() -> None:
    before = happening()
    after = replace(before, corroboration=replace(before.corroboration, articles=30, reports=30))
    assert kinds(before, after) == []


STATES = st.builds(
    lambda dead, count, status, who: happening(
        killed=killed(dead) if dead is not None else None,
        corroboration=origins(count),
        status=status,
        actors=tuple(actor("Northern Front", role) for role in who),
    ),
    st.none() | st.integers(0, 40),
    st.integers(0, 3),
    st.sampled_from(IncidentStatus),
    st.lists(st.sampled_from(ActorRole), max_size=3, unique=True),
)


@hypothesis_settings(deadline=None)
@given(before=STATES | st.none(), after=STATES)
def test_the_same_step_gives_the_same_and_no_change_gives_none(
    before: Incident | None, after: Incident
) -> None:
    assert developments(step(before, after)) == developments(step(before, after))
    assert developments(step(after, after)) == ()


@hypothesis_settings(deadline=None)
@given(before=STATES, after=STATES)
def test_a_toll_goes_up_one_way_only(before: Incident, after: Incident) -> None:
    forth = {d.field for d in developments(step(before, after)) if d.kind is Kind.TOLL_UP}
    back = {d.field for d in developments(step(after, before)) if d.kind is Kind.TOLL_UP}
    assert not forth & back


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 2, 1))


@hypothesis_settings(deadline=None)
@given(first=DAYS, second=DAYS, length=st.integers(1, 9))
def test_days_exclude_each_other_both_ways(first: dt.date, second: dt.date, length: int) -> None:
    def interval(day: dt.date) -> TimeInterval:
        start = dt.datetime.combine(day, dt.time())
        return TimeInterval(start, start + dt.timedelta(days=length), TimePrecision.DAYS)

    one, other = interval(first), interval(second)
    assert are_disjoint(one, other) == are_disjoint(other, one)
    assert are_disjoint(one, other) == (abs((first - second).days) >= length)


@pytest.mark.parametrize("precision", list(PlacePrecision))
def test_a_place_is_not_apart_from_itself(precision: PlacePrecision) -> None:
    here = Place("Harran", precision, country="TR", lat=36.9, lon=39.0)
    assert not are_apart(here, here)
