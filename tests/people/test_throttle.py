"""Never more than the limit at once, never shut for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.people import throttle as module
from tocsin.people.throttle import Throttle, network_of


class Watch:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_the_limit_passes_at_once_and_then_evenly() -> None:
    watch = Watch()
    throttle = Throttle(3, 60, watch)
    assert [throttle.take("a") for _ in range(3)] == [0, 0, 0]
    wait_s = throttle.take("a")
    assert wait_s == pytest.approx(20)
    assert throttle.take("b") == 0, "keys do not share"
    watch.now += wait_s
    assert throttle.take("a") == 0
    assert throttle.take("a") > 0


def test_forgetting_lets_in() -> None:
    throttle = Throttle(1, 60, Watch())
    assert throttle.take("a") == 0
    assert throttle.take("a") > 0
    throttle.forget("a")
    throttle.forget("unknown")
    assert throttle.take("a") == 0


def test_it_remembers_so_many_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_KEYS", 2)
    throttle = Throttle(1, 60, Watch())
    assert [throttle.take(key) for key in "abc"] == [0, 0, 0]
    assert throttle.take("a") == 0, "the one longest unseen was forgotten"
    assert throttle.take("c") > 0


@given(
    limit=st.integers(1, 20),
    window_s=st.floats(0.5, 1_000),
    gaps=st.lists(st.floats(0, 200), min_size=1, max_size=60),
)
def test_no_window_lets_twice_the_limit_through(
    limit: int, window_s: float, gaps: list[float]
) -> None:
    watch = Watch()
    throttle = Throttle(limit, window_s, watch)
    passed: list[float] = []
    for gap in gaps:
        watch.now += gap
        wait_s = throttle.take("key")
        if wait_s == 0:
            passed.append(watch.now)
        else:
            assert 0 < wait_s <= window_s
            watch.now += wait_s
            assert throttle.take("key") == 0, "whoever waits as told is let in"
            passed.append(watch.now)
    for start in passed:
        assert sum(start <= at <= start + window_s for at in passed) <= 2 * limit + 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv6_customer_is_one_asker(address: str, network: str) -> None:
    assert network_of(address) == network
