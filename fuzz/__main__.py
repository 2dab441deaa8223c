"""Fuzz one target: `python -m fuzz TARGET [LIBFUZZER OPTIONS]`, e.g. `-max_total_time=60`."""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

import atheris

LIBFUZZER_LIMITS = ("-timeout=300", "-rss_limit_mb=2048", "-max_len=16384")
"""A hang is told by the time of the processor (`promise.MAX_CPU_S`); this ends what never ends."""
INSTRUMENTED = {
    "times": ["tocsin.when", "tocsin.text"],
    "counts": ["tocsin.how_many", "tocsin.text"],
    "watching": ["tocsin.watch", "tocsin.fetch", "tocsin.read"],
    "api": ["tocsin.api", "tocsin.desk"],
}
"""What each target's search follows; the reading room where nothing is said."""


def main() -> None:
    """Run libFuzzer until its time is over, or it finds something."""
    name, options = sys.argv[1], sys.argv[2:]
    with atheris.instrument_imports(include=INSTRUMENTED.get(name, ["tocsin.read"])):
        target = import_module(f"fuzz.{name}")
        promise = import_module("fuzz.promise")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(target.SEEDS):
            (corpus / f"seed{number}").write_bytes(seed)
        words = Path(folder) / "words"
        lines = (_quoted(word) for word in getattr(target, "WORDS", "").split())
        words.write_text("".join(lines), encoding="ascii")
        arguments = [sys.argv[0], *LIBFUZZER_LIMITS, f"-dict={words}", *options, str(corpus)]
        atheris.Setup(arguments, promise.timed(target.check))
        atheris.Fuzz()


def _quoted(word: str) -> str:
    """A line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'


if __name__ == "__main__":
    main()
