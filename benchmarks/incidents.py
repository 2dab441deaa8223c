"""Resolution against known incidents, through the whole pipeline: `python -m benchmarks.incidents`.

Runs `tocsin run` on the violent_corpus dev articles into a fresh store, then the data sets' scorer.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.data import data_folder, machine, peak_memory_mb, score, tocsin


def main() -> None:
    """Print the scores, the speed and the peak memory."""
    folder = data_folder() / "violent_corpus"
    with tempfile.TemporaryDirectory() as scratch:
        db, out = Path(scratch) / "record.db", Path(scratch) / "incidents.jsonl"
        began = time.perf_counter()
        tocsin("run", folder / "articles.dev.jsonl", "--db", db, "--quiet")
        seconds = time.perf_counter() - began
        tocsin("incidents", "--db", db, "--format", "jsonl", "--out", out)
        gold = folder / "truth.dev.jsonl"
        result = score("score_incidents.py", "--gold", gold, "--pred", out)
    print(machine())
    print(f"{result['articles'] / seconds:.1f} articles/s, peak {peak_memory_mb():.0f} MiB")
    for key, value in result.items():
        if isinstance(value, list):
            print(f"  {key:10} P {value[0]:.3f}  R {value[1]:.3f}  F1 {value[2]:.3f}")
        elif isinstance(value, dict):
            right, stated = value["right"], value["stated"]
            print(f"  {key:10} right {right:.3f}  stated {stated:.3f}  (of {value['of']})")
        else:
            print(f"  {key:10} {value:.3f}" if isinstance(value, float) else f"  {key:10} {value}")


if __name__ == "__main__":
    main()
