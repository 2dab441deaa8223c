"""The courier: alerts follow a nudge, nothing it meets ends it, and it ends when it is told to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.alert.factory import alerting, happening, killed
from tests.alert.servers import Hook, hook_server
from tests.store.factory import kept
from tocsin.alert import Alerting, Courier, open_receivers
from tocsin.alert.deliver import Channel
from tocsin.errors import StoreError
from tocsin.store import MessageState, Outbox, Store, open_store
from tocsin.store.config import StoreSettings

PATIENCE_S = 30
LONG_S = 600
"""Rounds by themselves are out of reach: what comes, comes of a nudge."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_server() as opened:
        yield opened


@pytest.fixture
def rules(hook: Hook) -> Alerting:
    return alerting({"desk": {"kind": "webhook", "url": hook.url}})


def opener(path: Path) -> Callable[[], Store]:
    return lambda: open_store(str(path), StoreSettings())


def channels(rules: Alerting) -> Callable[[Outbox], Mapping[str, Channel]]:
    return lambda outbox: open_receivers(rules, outbox, {})


def change(store: Store, count: int) -> None:
    """A higher toll of the one incident."""
    store.keep(kept(1))
    store.write_incidents([happening(killed=killed(count))], gone={}, resolved_report_ids=[])


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)


def test_alerts_follow_a_nudge(path: Path, rules: Alerting, hook: Hook) -> None:
    with opener(path)() as store:
        store.outbox.begin(rules.rules.keys())
        courier = Courier(opener(path), channels(rules), rules, round_s=LONG_S)
        with courier:
            for count in (1, 2, 3):
                change(store, count)
                courier.nudge()
                until(lambda seen=count: len(hook.requests) == seen)  # type: ignore[misc]
            change(store, 4)  # not nudged: the last round takes it
        assert len(hook.taken) == 4
        assert (courier.collected.alerts, courier.delivered.sent) == (4, 4)


def test_it_looks_by_itself(path: Path, rules: Alerting, hook: Hook) -> None:
    with opener(path)() as store:
        store.outbox.begin(rules.rules.keys())
        change(store, 1)
        with Courier(opener(path), channels(rules), rules, round_s=0.01):
            until(lambda: len(hook.requests) == 1)


def test_in_a_hurry_alerts_are_kept_and_sent_later(path: Path, rules: Alerting, hook: Hook) -> None:
    with opener(path)() as store:
        store.outbox.begin(rules.rules.keys())
        change(store, 1)
        told = opener(path), channels(rules), rules
        with Courier(*told, is_hurried=lambda: True, round_s=LONG_S):
            pass
        assert hook.requests == []
        (message,) = store.outbox.messages()
        assert message.state is MessageState.QUEUED
        with Courier(*told, round_s=LONG_S):
            pass
        assert len(hook.taken) == 1


def test_nothing_ends_it(path: Path, rules: Alerting, hook: Hook) -> None:
    failures = iter([StoreError("x", "the disk is full"), ZeroDivisionError("a fault of ours")])

    def failing() -> Store:
        failure = next(failures, None)
        if failure is not None:
            raise failure
        return opener(path)()

    with opener(path)() as store:
        store.outbox.begin(rules.rules.keys())
        change(store, 1)
        with Courier(failing, channels(rules), rules, round_s=0.01):
            until(lambda: len(hook.requests) == 1)
