"""What the targets share: limits, and the promise that every reader keeps.

The promise: a reader ends, raises nothing but RefusedInput, and what it yields is an Article, whose
own rules are checked when it is built, or a RefusedInput.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from tocsin.errors import RefusedInput
from tocsin.read import ReadSettings
from tocsin.records import Article

SETTINGS = ReadSettings(max_document_bytes=2**20, max_text_chars=2**19)
MAX_CPU_S = 10.0
"""Of one input of 16 KiB, instrumented: a hang. Of the processor's time, so that a busy machine
finds none that is not there."""


class TooSlow(Exception):
    """An input took so many seconds of the processor."""


def reader(read: Callable[[bytes], Iterable[object]]) -> Callable[[bytes], None]:
    """The check that a reader keeps its promise."""

    def check(data: bytes) -> None:
        try:
            for found in read(data):
                if not isinstance(found, Article | RefusedInput):
                    raise TypeError(f"yielded {type(found).__name__}")
        except RefusedInput:
            return

    return check


def timed(check: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The check, which also fails where it takes too long."""

    def checked(data: bytes) -> None:
        began = time.process_time()
        check(data)
        took = time.process_time() - began
        if took > MAX_CPU_S:
            raise TooSlow(f"{took:.1f} s")

    return checked
