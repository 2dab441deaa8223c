"""The whole pool, read into one store: `python -m benchmarks.pool [--jobs N]`.

About 3,100 real articles: how many are refused and why, articles a second, peak memory, and that a
second run changes nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from benchmarks.data import data_folder, machine, peak_memory_mb, tocsin


def main() -> None:
    """Print counts, rate and memory of a first and a second run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--jobs", type=int, default=1)
    jobs = parser.parse_args().jobs
    data = data_folder()
    inputs = [*sorted((data / "pool").glob("*.jsonl")), data / "violent_corpus/articles.dev.jsonl"]
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "record.db"
        for label in ("first run", "second run"):
            began = time.perf_counter()
            done = tocsin("run", *inputs, "--db", db, "--json-log", "--jobs", jobs)
            seconds = time.perf_counter() - began
            counts = json.loads(done.stderr.strip().splitlines()[-1])
            refused = counts.pop("refused")
            print(f"{label}: {seconds:.1f} s, {counts['read'] / seconds:.1f} articles/s, {counts}")
            print(f"  {len(refused)} refused {refused[:5]}")
        print(f"store {db.stat().st_size / 2**20:.0f} MiB, peak memory {peak_memory_mb():.0f} MiB")


if __name__ == "__main__":
    main()
