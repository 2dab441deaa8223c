"""What the fuzz targets share: seeds, instrumentation, and the promise every reader keeps.

The promise: a reader ends, raises nothing but RefusedInput, and what it yields is an Article, whose
own rules are checked when it is built, or a RefusedInput.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tocsin.read"]):
    from tocsin.errors import RefusedInput
    from tocsin.read import ReadSettings
    from tocsin.records import Article

SETTINGS = ReadSettings(max_document_bytes=2**20, max_text_chars=2**19)
LIBFUZZER_LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=16384")


def fuzz(read: Callable[[bytes], Iterable[object]], seeds: Iterable[bytes]) -> None:
    """Run libFuzzer on `read` until its time is over; arguments are libFuzzer's own."""

    def target(data: bytes) -> None:
        try:
            for found in read(data):
                if not isinstance(found, Article | RefusedInput):
                    raise TypeError(f"yielded {type(found).__name__}")
        except RefusedInput:
            return

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / f"seed{number}").write_bytes(seed)
        atheris.Setup([*sys.argv, *LIBFUZZER_LIMITS, corpus], target)
        atheris.Fuzz()
