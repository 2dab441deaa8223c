"""From steps of a store to alerts: once each, quoted, and tied to what was told before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.alert.conftest import HandClock
from tests.alert.factory import (
    WITHDRAWN,
    alerting,
    fill,
    happening,
    killed,
    origins,
    reports,
    write,
)
from tests.store.factory import incident, kept, story
from tocsin.alert.collect import alert_of, collect, foreseen
from tocsin.alert.records import Alert, AlertAction
from tocsin.alert.rules import Alerting
from tocsin.store import Store

HOOK = {"desk": {"kind": "command", "command": ["true"]}}


def told(store: Store, asked: Alerting, clock: HandClock) -> list[Alert]:
    """The alerts that a collection adds, oldest first."""
    had = {one.id for one in store.outbox.alerts()}
    collect(store, asked, clock=clock)
    return [alert_of(one) for one in reversed(store.outbox.alerts()) if one.id not in had]


def heads(alerts: list[Alert]) -> list[tuple[str, list[str]]]:
    return [(a.action.value, [d.kind.value for d in a.developments]) for a in alerts]


@pytest.fixture
def begun(store: Store, clock: HandClock) -> Alerting:
    """A rule that asks for nothing, begun on an empty store that holds articles 1 to 3."""
    fill(store, 1, 2, 3)
    asked = alerting(HOOK)
    collect(store, asked, clock=clock)
    return asked


def test_what_was_there_before_a_rule_is_not_told(store: Store, clock: HandClock) -> None:
    fill(store, 1)
    write(store, happening())
    assert told(store, alerting(), clock) == []
    write(store, happening(killed=killed(9)))
    assert heads(told(store, alerting(), clock)) == [("alert", ["toll_up"])]


def test_a_first_report_quotes_the_words_and_who_says_them(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening())
    (alert,) = told(store, begun, clock)
    assert alert.action is AlertAction.ALERT
    (quote,) = alert.developments[0].after.quotes
    text = kept(1).article.text
    assert text[quote.start : quote.end] == quote.exact == "hit"
    assert quote.prefix + quote.exact + quote.suffix in text
    assert (quote.outlet, quote.url) == ("Outlet 1", "https://news.example/1")
    assert alert.headline.place == "Harran, Turkey"


def test_a_toll_quotes_its_speaker_before_and_after(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening(killed=killed(3)))
    told(store, begun, clock)
    write(store, happening(killed=killed(5)))
    (alert,) = told(store, begun, clock)
    (rise,) = alert.developments
    assert rise.before is not None
    assert (rise.before.words, rise.after.words) == ("3", "5")
    assert [quote.source for quote in rise.before.quotes] == ["police"]


def test_an_update_names_what_it_updates_and_a_cancellation_ends_it(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening())
    (first,) = told(store, begun, clock)
    write(store, happening(corroboration=origins(2)))
    (second,) = told(store, begun, clock)
    write(store, happening(status=WITHDRAWN))
    (third,) = told(store, begun, clock)
    assert heads([first, second, third]) == [
        ("alert", ["first_report"]),
        ("update", ["confirmed"]),
        ("cancel", ["retracted"]),
    ]
    assert [[r.alert_id for r in a.references] for a in (first, second, third)] == [
        [],
        [first.id],
        [second.id],
    ]
    write(store, happening())
    (again,) = told(store, begun, clock)
    assert (again.action, again.references) == (AlertAction.ALERT, ())


def test_steps_collected_together_are_told_as_one_by_one(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening())
    write(store, happening(corroboration=origins(2)))
    write(store, happening(status=WITHDRAWN))
    alerts = told(store, begun, clock)
    assert [a.action.value for a in alerts] == ["alert", "update", "cancel"]
    assert alerts[2].references[0].alert_id == alerts[1].id


def test_collecting_again_adds_nothing(store: Store, clock: HandClock, begun: Alerting) -> None:
    write(store, happening())
    assert len(told(store, begun, clock)) == 1
    assert told(store, begun, clock) == []
    assert len(store.outbox.waiting()) == 1


def test_whoever_was_told_is_told_of_a_retraction_they_did_not_ask_for(
    store: Store, clock: HandClock
) -> None:
    fill(store, 1)
    asked = alerting(rule={"on": ["first_report"]})
    collect(store, asked, clock=clock)
    write(store, happening())
    told(store, asked, clock)
    write(store, happening(killed=killed(9)))
    write(store, happening(status=WITHDRAWN))
    assert heads(told(store, asked, clock)) == [("cancel", ["retracted"])]


def test_whoever_was_not_told_is_spared_it(store: Store, clock: HandClock) -> None:
    fill(store, 1)
    asked = alerting(rule={"on": ["toll_up"]})
    collect(store, asked, clock=clock)
    write(store, happening())
    write(store, happening(status=WITHDRAWN))
    assert told(store, asked, clock) == []


def test_what_comes_to_fit_a_rule_is_a_first_report_to_it(store: Store, clock: HandClock) -> None:
    fill(store, 1)
    asked = alerting(rule={"on": ["first_report"], "killed": {"min": 5}})
    collect(store, asked, clock=clock)
    write(store, happening(killed=killed(3)))
    assert told(store, asked, clock) == []
    write(store, happening(killed=killed(6)))
    assert heads(told(store, asked, clock)) == [("alert", ["first_report"])]


def test_what_leaves_a_rule_is_told_once_more(store: Store, clock: HandClock) -> None:
    fill(store, 1)
    asked = alerting(rule={"killed": {"min": 5}})
    collect(store, asked, clock=clock)
    write(store, happening(killed=killed(6)))
    told(store, asked, clock)
    write(store, happening(killed=killed(2)))
    assert heads(told(store, asked, clock)) == [("update", ["corrected"])]
    write(store, happening(killed=killed(3)))
    assert told(store, asked, clock) == []


def test_a_merge_cancels_what_was_told_of_the_one_that_ended(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening(1), happening(2))
    first, second = told(store, begun, clock)
    both = incident(1, reports(1)[0], reports(2)[0], corroboration=origins(2))
    write(store, both, gone={"inc_0002": "inc_0001"})
    alerts = {a.headline.incident_id: a for a in told(store, begun, clock)}
    assert alerts["inc_0001"].references[0].alert_id == first.id
    merged = alerts["inc_0002"]
    assert heads([merged]) == [("cancel", ["merged"])]
    assert merged.references[0].alert_id == second.id
    assert "inc_0001" in merged.developments[0].after.words


def test_a_new_id_is_no_news_and_its_alerts_follow_the_old_ones(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening(2))
    (first,) = told(store, begun, clock)
    # An article that was published earlier turns up, and the incident takes its id.
    members = incident(1, reports(1)[0], reports(2)[0]).reports
    renamed = happening(1, reports=members, title=first.headline.title)
    write(store, renamed, gone={"inc_0002": "inc_0001"})
    assert told(store, begun, clock) == []
    write(store, happening(1, reports=members, killed=killed(8)))
    (update,) = told(store, begun, clock)
    assert update.action is AlertAction.UPDATE
    assert [r.alert_id for r in update.references] == [first.id]


def test_a_revised_article_is_quoted_as_it_stood(
    store: Store, clock: HandClock, begun: Alerting
) -> None:
    write(store, happening())
    store.keep(kept(1, text="Nothing of what was told.\n" + story(1)))
    (alert,) = told(store, begun, clock)
    (quote,) = alert.developments[0].after.quotes
    assert quote.prefix.endswith("A rocket ")


def test_rules_read_on_by_themselves(store: Store, clock: HandClock) -> None:
    fill(store, 1)
    one = Alerting.model_validate({"rules": {"one": {}}})
    both = Alerting.model_validate({"rules": {"one": {}, "two": {}}})
    collect(store, one, clock=clock)
    write(store, happening())
    told(store, one, clock)
    assert told(store, both, clock) == []
    write(store, happening(corroboration=origins(2)))
    assert sorted(a.rule for a in told(store, both, clock)) == ["one", "two"]


@pytest.mark.parametrize("recaps", [False, True])
def test_recaps_are_told_where_they_are_asked_for(
    store: Store, clock: HandClock, recaps: bool
) -> None:
    fill(store, 1)
    asked = alerting(rule={"recaps": recaps})
    collect(store, asked, clock=clock)
    write(store, happening(background_only=True))
    assert len(told(store, asked, clock)) == recaps


def test_a_preview_says_what_a_rule_would_have_sent(store: Store, clock: HandClock) -> None:
    fill(store, 1)
    asked = alerting()
    collect(store, asked, clock=clock)
    states: list[dict[str, Any]] = [{}, {"corroboration": origins(2)}, {"status": WITHDRAWN}]
    moments = []
    for state in states:
        clock.move(hours=1)
        moments.append(clock.at)
        write(store, happening(**state))
    foretold = list(foreseen(store, asked))
    assert store.outbox.alerts() == []
    assert [(a.id, a.action) for a in foretold] == [
        (a.id, a.action) for a in told(store, asked, clock)
    ]
    window = foreseen(store, asked, since=moments[1], until=moments[2])
    assert [a.number for a in window] == [2]
