"""Every fuzz target for a share of the time: `python -m benchmarks.fuzz --minutes 60`.

    python -m benchmarks.fuzz [--minutes M] [--targets html,feed,...] [--keep FOLDER]

Minutes are of the wall clock, divided evenly; the report says what the processor gave. What is
found is kept in FOLDER as libFuzzer names it (`crash-...`, `timeout-...`); exit code 1 where
anything is. A target that found something begins anew until its time is over.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import machine

TARGETS = ("html", "feed", "warc", "jsonl", "text", "times", "counts", "watching", "api")
LEAST_S = 15
"""Less than that is loading alone."""
_RUNS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


@dataclass(slots=True)
class Fuzzed:
    """What became of one target."""

    runs: int = 0
    cpu_s: float = 0.0
    finds: int = 0


def fuzz(target: str, seconds: float, keep: Path) -> Fuzzed:
    """One target for so long."""
    done = Fuzzed()
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > LEAST_S or not done.cpu_s:
        command = [sys.executable, "-m", "fuzz", target]
        command += [f"-max_total_time={max(int(left), LEAST_S)}", "-print_final_stats=1"]
        command += [f"-artifact_prefix={keep}/{target}-"]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, stdout=said, stderr=said)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read().decode("utf-8", "replace")
        found = _RUNS.search(words)
        done.runs += int(found[1]) if found else 0
        done.cpu_s += usage.ru_utime + usage.ru_stime
        if process.returncode:
            done.finds += 1
            print(words[-3_000:], file=sys.stderr)
    return done


def main() -> None:
    """Fuzz and report."""
    parser = argparse.ArgumentParser(description="fuzz every target")
    parser.add_argument("--minutes", type=float, default=9.0)
    parser.add_argument("--targets", default=",".join(TARGETS))
    parser.add_argument("--keep", type=Path, default=Path("fuzz-finds"))
    asked = parser.parse_args()
    targets = asked.targets.split(",")
    asked.keep.mkdir(parents=True, exist_ok=True)
    print(machine())
    total, finds = 0.0, 0
    for target in targets:
        done = fuzz(target, 60 * asked.minutes / len(targets), asked.keep.absolute())
        total += done.cpu_s
        finds += done.finds
        print(
            f"{target}: {done.runs:,} inputs, {done.cpu_s / 60:.1f} CPU minutes,"
            f" {done.finds} finds",
            flush=True,
        )
    print(f"in all {total / 60:.1f} CPU minutes, {finds} finds")
    sys.exit(1 if finds else 0)


if __name__ == "__main__":
    main()
