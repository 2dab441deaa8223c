"""From a store to real receivers, some of which fail: each message once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.alert.conftest import HandClock
from tests.alert.factory import alerting, fill, happening, killed, origins, write
from tests.alert.servers import Hook, hook_server
from tocsin.alert import Alerting, Delivered, collect, deliver, open_receivers
from tocsin.alert.deliver import LAST_RETRY, MAX_ATTEMPTS, SPREAD, retry_wait
from tocsin.alert.webhook import is_signed, signature
from tocsin.fetch.waiting import retry_after
from tocsin.store import MessageState, Store

SECRET = "a secret of the desk"
ENVIRON = {"DESK_SECRET": SECRET, "PATH": "/usr/bin:/bin"}


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_server() as server:
        yield server


def to_hook(hook: Hook, **more: Any) -> Alerting:
    desk = {"kind": "webhook", "url": hook.url, "secret_env": "DESK_SECRET", "timeout_s": 5, **more}
    return alerting({"desk": desk})


def begin(store: Store, rules: Alerting, clock: HandClock) -> None:
    fill(store, 1, 2, 3)
    collect(store, rules, clock=clock)


def send(store: Store, rules: Alerting, clock: HandClock) -> Delivered:
    channels = open_receivers(rules, store.outbox, ENVIRON, clock=clock)
    collect(store, rules, clock=clock)
    return deliver(store.outbox, channels, rules, clock=clock)


def test_a_webhook_gets_json_with_its_key_and_signature(
    store: Store, clock: HandClock, hook: Hook
) -> None:
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening())
    assert send(store, rules, clock) == Delivered(sent=1)
    ((head, body),) = hook.requests
    message = json.loads(body)
    assert head["idempotency-key"] == message["id"]
    assert [a["incident"]["title"] for a in message["alerts"]] == ["Rocket attack 1 in Harran"]
    now = clock.at.timestamp()
    header = head["tocsin-signature"]
    assert is_signed(SECRET.encode(), body, header, now=now)
    assert not is_signed(b"another", body, header, now=now)
    assert not is_signed(SECRET.encode(), body + b" ", header, now=now)
    assert not is_signed(SECRET.encode(), body, header, now=now + 301)
    assert not is_signed(SECRET.encode(), body, "v1=00", now=now)
    assert send(store, rules, clock) == Delivered()


def test_a_receiver_that_fails_gets_it_again_under_the_same_key(
    store: Store, clock: HandClock, hook: Hook, capsys: pytest.CaptureFixture[str]
) -> None:
    hook.answers = [500, 0, None, 200]
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening())
    outcomes = []
    for _ in range(4):
        outcomes.append(send(store, rules, clock))
        clock.move(minutes=10)
    assert [one.failed for one in outcomes] == [1, 1, 1, 0]
    assert len({head["idempotency-key"] for head, _ in hook.requests}) == 1
    assert len({body for _, body in hook.requests}) == 1
    assert len(hook.taken) == 1
    assert SECRET not in "".join(capsys.readouterr())
    assert SECRET not in "".join(m.error or "" for m in store.outbox.messages())


def test_a_receiver_is_left_alone_as_long_as_it_asks(
    store: Store, clock: HandClock, hook: Hook
) -> None:
    hook.answers, hook.headers = [503], {"Retry-After": "3600"}
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening())
    assert send(store, rules, clock).failed == 1
    clock.move(minutes=59)
    assert send(store, rules, clock) == Delivered()
    clock.move(minutes=17)
    assert send(store, rules, clock).sent == 1


def test_a_receiver_that_is_down_is_tried_once_and_others_are_served(
    store: Store, clock: HandClock, hook: Hook
) -> None:
    down = {"kind": "webhook", "url": "http://127.0.0.1:9/", "timeout_s": 2}
    rules = alerting({"down": down, "up": {"kind": "webhook", "url": hook.url}})
    begin(store, rules, clock)
    write(store, happening(1), happening(2), happening(3))
    assert send(store, rules, clock) == Delivered(sent=3, failed=1)


def test_a_redirect_is_not_followed(store: Store, clock: HandClock, hook: Hook) -> None:
    hook.answers, hook.headers = [307], {"Location": hook.url}
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening())
    assert send(store, rules, clock).failed == 1
    assert len(hook.requests) == 1


def test_what_no_receiver_takes_is_given_up_kept_and_can_be_revived(
    store: Store, clock: HandClock, hook: Hook
) -> None:
    hook.answers = [400] * MAX_ATTEMPTS
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening())
    outcomes = []
    for _ in range(MAX_ATTEMPTS):
        outcomes.append(send(store, rules, clock))
        clock.move(hours=8)
    assert sum(one.failed for one in outcomes) == MAX_ATTEMPTS - 1
    assert outcomes[-1].dead == 1
    (dead,) = store.outbox.messages(MessageState.DEAD)
    assert dead.error == "answered 400"
    assert store.outbox.revive(clock()) == 1
    assert send(store, rules, clock).sent == 1


def test_a_night_goes_out_together_in_the_morning(
    store: Store, clock: HandClock, hook: Hook
) -> None:
    rules = to_hook(hook, quiet={"start": "11:00", "end": "13:00", "unless_killed": 50})
    begin(store, rules, clock)
    write(store, happening(1), happening(2))
    write(store, happening(3, killed=killed(60)))
    assert send(store, rules, clock).sent == 1
    assert [len(m["alerts"]) for m in hook.taken.values()] == [1]
    clock.move(hours=1)
    assert send(store, rules, clock).sent == 1
    assert [len(m["alerts"]) for m in hook.taken.values()] == [1, 2]


def test_a_storm_is_one_message(store: Store, clock: HandClock, hook: Hook) -> None:
    rules = to_hook(hook, storm={"messages": 1, "within_min": 30})
    begin(store, rules, clock)
    write(store, happening(1), happening(2), happening(3))
    assert send(store, rules, clock).sent == 1
    clock.move(minutes=30)
    assert send(store, rules, clock).sent == 1
    assert [len(m["alerts"]) for m in hook.taken.values()] == [1, 2]


def test_a_command_gets_json_and_no_secret(store: Store, clock: HandClock, tmp_path: Path) -> None:
    out = tmp_path / "got"
    script = f'cat > {out}; env >> {out}; echo "$0 $1" >> {out}'
    rules = alerting({"log": {"kind": "command", "command": ["sh", "-c", script, "a;b", "$HOME"]}})
    begin(store, rules, clock)
    write(store, happening(title="$(touch hacked); `id`"))
    assert send(store, rules, clock).sent == 1
    first, *rest = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["alerts"][0]["incident"]["title"] == "$(touch hacked); `id`"
    assert "a;b $HOME" in rest
    assert any(line.startswith("TOCSIN_MESSAGE_ID=msg_") for line in rest)
    assert SECRET not in "\n".join(rest)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["false"], "exit code 1"),
        (["/no/such/program"], "cannot be started"),
        (["sleep", "5"], "within 0.2 seconds"),
    ],
)
def test_a_command_that_fails_is_tried_again(
    store: Store, clock: HandClock, command: list[str], reason: str
) -> None:
    rules = alerting({"log": {"kind": "command", "command": command, "timeout_s": 0.2}})
    begin(store, rules, clock)
    write(store, happening())
    assert send(store, rules, clock).failed == 1
    assert reason in (store.outbox.messages()[0].error or "")


def test_a_message_that_breaks_its_channel_blocks_nothing(
    store: Store, clock: HandClock, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening(1), happening(2))
    channels = open_receivers(rules, store.outbox, ENVIRON, clock=clock)
    real = channels["desk"].send
    calls: list[str] = []

    def fragile(message: Any) -> None:
        calls.append(message.id)
        if len(calls) == 1:
            raise ValueError(SECRET)
        real(message)

    monkeypatch.setattr(channels["desk"], "send", fragile)
    collect(store, rules, clock=clock)
    assert deliver(store.outbox, channels, rules, clock=clock) == Delivered(sent=1, failed=1)
    assert [m.error for m in store.outbox.messages() if m.error] == ["cannot be told: ValueError"]


def test_killed_between_sending_and_marking_it_comes_again_under_its_key(
    store: Store, clock: HandClock, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = to_hook(hook)
    begin(store, rules, clock)
    write(store, happening())
    write(store, happening(corroboration=origins(2)))

    def killed_here(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.outbox, "mark_sent", killed_here)
        with pytest.raises(KeyboardInterrupt):
            send(store, rules, clock)
    assert send(store, rules, clock).sent == 1, "the other one; the first is leased"
    clock.move(hours=1)
    assert send(store, rules, clock).sent == 1
    assert len(hook.requests) == 3
    assert len(hook.taken) == 2


@hypothesis_settings(deadline=None)
@given(attempts=st.integers(1, 10_000), asked=st.none() | st.timedeltas(dt.timedelta()))
def test_waits_grow_to_a_bound_and_are_the_same_each_time(
    attempts: int, asked: dt.timedelta | None
) -> None:
    wait = retry_wait("msg_1", attempts, asked)
    assert dt.timedelta() < wait <= LAST_RETRY * (1 + SPREAD)
    assert wait == retry_wait("msg_1", attempts, asked)
    if asked is not None:
        assert wait >= min(asked, LAST_RETRY)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120),
        ("-1", None),
        ("soon", None),
        ("Mon, 01 Mar 2021 12:01:00 GMT", 60),
        ("Mon, 01 Mar 2021 11:00:00 GMT", 0),
        ("99999999999999999999", 10**8),
    ],
)
def test_retry_after(header: str | None, seconds: int | None, clock: HandClock) -> None:
    found = retry_after(header, clock.at)
    assert (found.total_seconds() if found is not None else None) == seconds


@hypothesis_settings(deadline=None)
@given(body=st.binary(max_size=200), secret=st.binary(min_size=1), at=st.integers(0, 2**40))
def test_a_signature_fits_its_own_body_alone(body: bytes, secret: bytes, at: int) -> None:
    header = signature(secret, body, at)
    assert is_signed(secret, body, header, now=at)
    assert not is_signed(secret, body + b"x", header, now=at)
    assert not is_signed(secret + b"x", body, header, now=at)


@hypothesis_settings(deadline=None)
@given(st.text())
def test_no_header_is_an_error(header: str) -> None:
    assert not is_signed(b"key", b"body", header, now=0)
