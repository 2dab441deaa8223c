"""Extraction against labelled reports: `python -m benchmarks.reports [seeds] [gold-dev] [...]`.

Runs `tocsin extract` as a user would, then the data sets' scorer. Prints one table per set.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import data_folder, machine, peak_memory_mb, rows, score, tocsin

SETS = {
    "seeds": ("seeds/articles.jsonl", "seeds/labels.jsonl"),
    "gold-dev": ("incident_gold/articles.dev.jsonl", "incident_gold/labels.dev.jsonl"),
    "gold-train": ("incident_gold/articles.train.jsonl", "incident_gold/labels.train.jsonl"),
}


def main(names: list[str]) -> None:
    """Score each named set (default: seeds and gold-dev)."""
    print(machine())
    for name in names or ["seeds", "gold-dev"]:
        texts, gold = (data_folder() / path for path in SETS[name])
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "reports.jsonl"
            began = time.perf_counter()
            tocsin("extract", texts, "--out", out, "--quiet")
            seconds = time.perf_counter() - began
            result = score("score_reports.py", "--texts", texts, "--gold", gold, "--pred", out)
            articles = sum(1 for _ in rows(out))
        print(f"\n{name}: {articles} articles in {seconds:.1f} s, {articles / seconds:.1f}/s,")
        print(f"peak memory {peak_memory_mb():.0f} MiB, spans right {result['spans']}")
        for key, value in result.items():
            if isinstance(value, dict):
                print(
                    f"  {key:10} P {value['p']:.3f}  R {value['r']:.3f}  F1 {value['f1']:.3f}"
                    f"  ({value['hits']} of {value['gold']} gold, {value['pred']} predicted)"
                )


if __name__ == "__main__":
    main(sys.argv[1:])
