"""The outbox: positions that never go back, messages that are handed out one at a time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.store.factory import SteppingClock, incident, kept
from tocsin.errors import StoreError
from tocsin.store import (
    Delivery,
    MessageState,
    Packing,
    Parcel,
    Store,
    StoredAlert,
    open_store,
)
from tocsin.store.config import StoreSettings

NOW = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


def alert(number: int) -> StoredAlert:
    return StoredAlert(f"alr_{number}", "rule", f"inc_{number}", NOW, '{"made": "up"}')


def queue(store: Store, *numbers: int, receiver: str = "desk") -> None:
    """Alerts of those numbers, each in a message of its own."""
    deliveries = [Delivery(f"alr_{n}", "rule", receiver, NOW, is_grouped=False) for n in numbers]
    store.outbox.advance("rule", max(numbers), [alert(n) for n in numbers], deliveries)
    store.outbox.pack(NOW, NOW - DAY, lambda ready, _: one_each(ready))


def one_each(ready: object) -> Packing:
    assert isinstance(ready, list)
    return Packing([Parcel(f"msg_{d.alert_id}", d.receiver, (d.alert_id,)) for d in ready])


def claim(store: Store, at: dt.datetime = NOW, receiver: str = "desk") -> str | None:
    found = store.outbox.claim(at, MINUTE, receivers=[receiver], horizon=DAY)
    return found.id if found else None


def test_a_message_is_handed_out_once_until_its_lease_ends(store: Store) -> None:
    queue(store, 1)
    assert claim(store) == "msg_alr_1"
    assert claim(store) is None
    assert claim(store, NOW + 2 * MINUTE) == "msg_alr_1"
    assert store.outbox.messages()[0].attempts == 2


def test_what_is_sent_stays_sent(store: Store) -> None:
    queue(store, 1)
    claim(store)
    store.outbox.mark_sent("msg_alr_1", NOW)
    store.outbox.mark_failed("msg_alr_1", NOW, "too late", retry_at=NOW)
    assert claim(store, NOW + DAY) is None
    (message,) = store.outbox.messages()
    assert (message.state, message.error, message.ended_at) == (MessageState.SENT, None, NOW)
    assert [one.id for one in message.alerts] == ["alr_1"]


def test_a_failure_waits_for_its_time_and_another_message_goes_on(store: Store) -> None:
    queue(store, 1, 2)
    assert claim(store) == "msg_alr_1"
    store.outbox.mark_failed("msg_alr_1", NOW, "away", retry_at=NOW + 5 * MINUTE)
    assert claim(store) == "msg_alr_2"
    assert claim(store) is None
    assert claim(store, NOW + 6 * MINUTE) == "msg_alr_1"


def test_what_is_given_up_can_be_revived(store: Store) -> None:
    queue(store, 1)
    claim(store)
    store.outbox.mark_failed("msg_alr_1", NOW, "gone", retry_at=None)
    assert claim(store, NOW + DAY) is None
    assert [m.id for m in store.outbox.messages(MessageState.DEAD)] == ["msg_alr_1"]
    assert store.outbox.revive(NOW) == 1
    assert claim(store) == "msg_alr_1"


def test_a_clock_that_was_set_back_does_not_hold_messages_for_years(store: Store) -> None:
    queue(store, 1, 2)
    claim(store)
    store.outbox.mark_failed("msg_alr_1", NOW, "away", retry_at=NOW + MINUTE)
    assert claim(store, NOW) == "msg_alr_2"
    years_ago = NOW - 900 * DAY
    assert claim(store, years_ago) == "msg_alr_1"
    assert claim(store, years_ago) == "msg_alr_2"


def test_an_alert_that_is_there_is_not_sent_anew(store: Store) -> None:
    queue(store, 1)
    again = Delivery("alr_1", "rule", "other", NOW, is_grouped=False)
    assert store.outbox.advance("rule", 9, [alert(1)], [again]) == 0
    assert store.outbox.waiting() == []


def test_a_position_never_goes_back(store: Store) -> None:
    store.outbox.advance("rule", 7, [], [])
    store.outbox.advance("rule", 3, [], [])
    store.outbox.begin(["rule", "new"])
    assert store.outbox.positions() == {"rule": 7, "new": 0}


def test_what_is_held_waits_in_a_group(store: Store) -> None:
    later = NOW + MINUTE
    delivery = Delivery("alr_1", "rule", "desk", NOW, is_grouped=False)
    held = Delivery("alr_1", "rule", "desk", later, is_grouped=True)
    store.outbox.advance("rule", 1, [alert(1)], [delivery])
    assert store.outbox.pack(NOW, NOW - DAY, lambda *_: Packing(held=[held])) == 0
    assert store.outbox.waiting() == [held]
    assert store.outbox.pack(NOW, NOW - DAY, lambda ready, _: one_each(ready)) == 0
    assert store.outbox.pack(later, NOW - DAY, lambda ready, _: one_each(ready)) == 1


def test_steps_stand_beside_what_was(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    first, second = (kept(n).extraction.reports[0] for n in (1, 2))
    write = store.write_incidents
    write([incident(2, second)], gone={}, resolved_report_ids=[], causes={"inc_0002": ["art_0002"]})
    renamed = incident(1, first, second)
    write([renamed], gone={"inc_0002": "inc_0001"}, resolved_report_ids=[])
    begun, again, ended = store.outbox.steps(0, limit=10)
    assert (begun.before, begun.after, begun.is_renamed) == (None, incident(2, second), False)
    assert begun.cause_article_ids == ("art_0002",)
    assert (again.before, again.after, again.is_renamed) == (incident(2, second), renamed, True)
    assert (ended.after, ended.forwarded_to, ended.is_renamed) == (None, "inc_0001", True)
    assert store.outbox.names_of("inc_0001") == ("inc_0001", "inc_0002")
    assert store.outbox.last_position() == ended.position
    assert store.outbox.steps(again.position, limit=10) == [ended]
    assert store.outbox.steps(0, limit=1) == [begun]


def test_of_two_that_become_one_under_a_new_id_one_goes_on(store: Store) -> None:
    store.keep_many([kept(1), kept(2), kept(3)])
    one, two, three = (kept(n).extraction.reports[0] for n in (1, 2, 3))
    write = store.write_incidents
    write([incident(2, two)], gone={}, resolved_report_ids=[])
    write([incident(3, three)], gone={}, resolved_report_ids=[])
    both = {"inc_0002": "inc_0001", "inc_0003": "inc_0001"}
    write([incident(1, one, two, three)], gone=both, resolved_report_ids=[])
    last = {s.incident_id: s for s in store.outbox.steps(0, limit=10)}
    assert last["inc_0001"].before == incident(2, two)
    assert [last[id_].is_renamed for id_ in sorted(last)] == [True, True, False]


def test_a_store_opened_to_read_keeps_no_alerts(
    store: Store, path: Path, settings: StoreSettings, clock: SteppingClock
) -> None:
    with (
        open_store(str(path), settings, read_only=True, clock=clock) as reader,
        pytest.raises(StoreError, match="read-only"),
    ):
        reader.outbox.begin(["rule"])
