"""Collecting: steps of the record that rules have not read yet become alerts in the outbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from tocsin.alert.developments import developments
from tocsin.alert.matching import matchers
from tocsin.alert.quoting import Quoter, headline
from tocsin.alert.records import (
    Alert,
    AlertAction,
    Development,
    DevelopmentKind,
    Reference,
    Side,
)
from tocsin.alert.rules import Alerting
from tocsin.alert.timing import ready
from tocsin.records import Incident
from tocsin.records.codec import from_json, to_json
from tocsin.records.ids import content_id
from tocsin.store import Clock, Delivery, SnapshotStep, Store, StoredAlert, StoreView

STEPS_AT_ONCE = 200
"""Steps read together: two records each, some megabytes at most."""
TAKEN_BACK = frozenset({DevelopmentKind.RETRACTED, DevelopmentKind.MERGED})
"""Whoever was told of an incident is told of these, whatever else a rule asks for."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one collection did."""

    steps: int
    alerts: int

    def __add__(self, other: Collected) -> Collected:
        return Collected(self.steps + other.steps, self.alerts + other.alerts)


def collect(store: Store, alerting: Alerting, *, clock: Clock) -> Collected:
    """Keep an alert for each step that a rule asks for, and say to whom it goes.

    A rule that is new to the store begins behind the newest snapshot. Killed at any moment, the
    next call goes on where this one was.
    """
    outbox = store.outbox
    outbox.begin(alerting.rules.keys())
    reached = {rule: at for rule, at in outbox.positions().items() if rule in alerting.rules}
    at = min(reached.values())
    teller = Teller(store, alerting)
    steps = alerts = 0
    while batch := outbox.steps(at, limit=STEPS_AT_ONCE):
        at = batch[-1].position
        steps += len(batch)
        for rule, position in reached.items():
            new = [step for step in batch if step.position > position]
            if not new:
                continue
            told = list(teller.tell(rule, new, clock))
            deliveries = [d for alert in told for d in _deliveries(alerting, alert)]
            alerts += outbox.advance(rule, at, [_stored(alert) for alert in told], deliveries)
            reached[rule] = at
    return Collected(steps, alerts)


def foreseen(
    store: StoreView,
    alerting: Alerting,
    *,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> Iterator[Alert]:
    """What the rules would have said of the steps recorded in `[since, until)`, oldest first.

    Nothing is kept. Each alert is made at the time its step was recorded, and knows as earlier ones
    those of the same window. `go_on` is asked before each batch of steps, and may end it early.
    """
    teller = Teller(store, alerting, is_preview=True)
    at = 0
    while go_on() and (
        batch := store.outbox.steps(at, limit=STEPS_AT_ONCE, since=since, until=until)
    ):
        at = batch[-1].position
        for step in batch:
            for rule in alerting.rules:
                yield from teller.tell(rule, [step], partial(_recorded_at, step))


def _recorded_at(step: SnapshotStep) -> dt.datetime:
    return step.recorded_at


class Teller:
    """Says what a rule makes of steps. Remembers what it said, for what comes later."""

    def __init__(self, store: StoreView, alerting: Alerting, *, is_preview: bool = False) -> None:
        self._store = store
        self._matchers = matchers(alerting)
        self._quoter = Quoter(store)
        self._said: dict[tuple[str, str], Alert] = {}
        self._is_preview = is_preview

    def tell(self, rule: str, steps: Iterable[SnapshotStep], clock: Clock) -> Iterator[Alert]:
        """The alerts of one rule on steps in their order."""
        matcher = self._matchers[rule]
        for step in steps:
            found = developments(step)
            did_pass, does_pass = matcher.passes(step.before), matcher.passes(step.after)
            is_new = does_pass and not did_pass
            if not is_new and not found:
                continue
            earlier = self._earlier(rule, step)
            asked = frozenset(matcher.rule.on) if did_pass or does_pass else frozenset()
            wanted = _wanted(step, found, earlier, asked, is_new=is_new)
            if wanted:
                alert = self._alert(rule, step, wanted, earlier, clock())
                self._said[rule, alert.headline.incident_id] = alert
                yield alert

    def _earlier(self, rule: str, step: SnapshotStep) -> tuple[Alert, ...]:
        """The last alerts on the incident, under whatever id, that are not cancelled."""
        ids = self._store.outbox.names_of(step.incident_id)
        kept: Mapping[str, Alert] = {}
        if not self._is_preview:
            stored = self._store.outbox.last_alerts(rule, ids)
            kept = {one.incident_id: alert_of(one) for one in stored}
        last = [self._said.get((rule, id_)) or kept.get(id_) for id_ in ids]
        standing = [a for a in last if a is not None and a.action is not AlertAction.CANCEL]
        return tuple(sorted(standing, key=lambda a: (a.made_at, a.id)))

    def _alert(
        self,
        rule: str,
        step: SnapshotStep,
        wanted: Sequence[Development],
        earlier: Sequence[Alert],
        now: dt.datetime,
    ) -> Alert:
        current = step.after or step.before
        assert current is not None  # noqa: S101 (a step with a development has one of the two)
        return Alert(
            id=content_id("alr", rule, step.incident_id, str(step.number)),
            rule=rule,
            action=_action(wanted, earlier),
            made_at=now.astimezone(dt.UTC).replace(microsecond=0),
            headline=headline(current),
            developments=self._quoter.developments(wanted, step.before, step.after),
            number=step.number,
            recorded_at=step.recorded_at,
            references=tuple(Reference(one.id, one.made_at) for one in earlier),
            cause_article_ids=step.cause_article_ids,
            cause_decision_ids=step.cause_decision_ids,
        )


def _wanted(
    step: SnapshotStep,
    found: Sequence[Development],
    earlier: Sequence[Alert],
    asked: Set[DevelopmentKind],
    *,
    is_new: bool,
) -> list[Development]:
    """The developments that are asked for, or that earlier alerts make due."""
    due = TAKEN_BACK if earlier else frozenset()
    wanted = [one for one in found if one.kind in asked or one.kind in due]
    # An incident that comes to fit a rule, by its toll or when its place is found, is news to those
    # who wait for such incidents, though the record held it before.
    if (
        is_new
        and step.before is not None
        and step.after is not None
        and not earlier
        and DevelopmentKind.FIRST_REPORT in asked
    ):
        wanted.insert(0, _first(step.after))
    return wanted


def _first(incident: Incident) -> Development:
    now = Side(incident.title, incident.type.evidence)
    return Development(DevelopmentKind.FIRST_REPORT, "incident", None, now)


def _action(wanted: Iterable[Development], earlier: Sequence[Alert]) -> AlertAction:
    if not earlier:
        return AlertAction.ALERT
    if any(one.kind in TAKEN_BACK for one in wanted):
        return AlertAction.CANCEL
    return AlertAction.UPDATE


def _deliveries(alerting: Alerting, alert: Alert) -> Iterator[Delivery]:
    for name in dict.fromkeys(alerting.rules[alert.rule].send_to):
        at, is_grouped = ready(alerting.receivers[name], alert.made_at, alert.headline.deaths)
        yield Delivery(alert.id, alert.rule, name, at, is_grouped)


def _stored(alert: Alert) -> StoredAlert:
    return StoredAlert(
        alert.id, alert.rule, alert.headline.incident_id, alert.made_at, to_json(alert)
    )


def alert_of(stored: StoredAlert) -> Alert:
    """The alert as it was kept."""
    return from_json(Alert, stored.record)
