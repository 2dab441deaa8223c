"""Waiting: it ends when it should, also by a signal that comes at the worst moment."""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType
from typing import Any

from tocsin.watch.clock import LOOK_S, Stop, SystemClock

LONG_S = 60


def test_a_wait_passes() -> None:
    began = time.monotonic()
    Stop().wait(0.01)
    assert 0.01 <= time.monotonic() - began < LONG_S


def test_a_signal_ends_a_wait() -> None:
    stop = Stop()
    before = signal.signal(signal.SIGALRM, lambda *_: stop.set())
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        began = time.monotonic()
        SystemClock(stop).wait(LONG_S)
        assert time.monotonic() - began < LONG_S / 2 + LOOK_S
        assert stop.is_set()
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_handler_that_interrupts_any_line_of_a_wait_is_not_held_up() -> None:
    """Before each line of `wait`, a signal is handled in the middle of it."""
    stop, interrupted = Stop(), 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal interrupted
        if event == "line" and frame.f_code is Stop.wait.__code__:
            interrupted += 1
            os.kill(os.getpid(), signal.SIGALRM)
        return trace

    handler = signal.signal(signal.SIGALRM, lambda *_: stop.set())
    before = sys.gettrace()
    try:
        sys.settrace(trace)
        stop.wait(LONG_S)
    finally:
        sys.settrace(before)
        signal.signal(signal.SIGALRM, handler)
    assert interrupted
    assert stop.is_set()
