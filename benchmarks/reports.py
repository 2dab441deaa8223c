"""Extraction against labelled reports: `python -m benchmarks.reports [seeds] [gold-dev] [...]`.

Runs `tocsin extract` as a user would, then the data sets' scorer. Prints one table per set. With
`--readers baseline,rules,learned` readers stand side by side; `baseline` is that of
`benchmarks/baseline.py`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.data import data_folder, machine, peak_memory_mb, rows, score, tocsin

SETS = {
    "seeds": ("seeds/articles.jsonl", "seeds/labels.jsonl"),
    "gold-dev": ("incident_gold/articles.dev.jsonl", "incident_gold/labels.dev.jsonl"),
    "gold-train": ("incident_gold/articles.train.jsonl", "incident_gold/labels.train.jsonl"),
}
BASELINE = "baseline"


class Scored(NamedTuple):
    """One reader's answers to one set: what the scorer says, and what they cost."""

    version: str
    result: dict[str, Any]
    articles: int
    seconds: float


def extract(texts: Path, out: Path, reader: str | None) -> None:
    """Write what a reader finds; None is the reader that is set."""
    if reader == BASELINE:
        command = [sys.executable, "-m", "benchmarks.baseline", str(texts), "--out", str(out)]
        subprocess.run(command, check=True)
    else:
        chosen = ("--reader", reader) if reader else ()
        tocsin("extract", texts, "--out", out, "--quiet", *chosen)


def read(name: str, reader: str | None) -> Scored:
    """Read a set and score it. The clock counts the start of the program in."""
    texts, gold = (data_folder() / path for path in SETS[name])
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "reports.jsonl"
        began = time.perf_counter()
        extract(texts, out, reader)
        seconds = time.perf_counter() - began
        result = score("score_reports.py", "--texts", texts, "--gold", gold, "--pred", out)
        lines = list(rows(out))
    version = lines[0]["extractor_version"] if lines else "nothing read"
    return Scored(version, result, len(lines), seconds)


def one_reader(name: str, reader: str | None) -> None:
    """Precision, recall and F1 of one reader."""
    scored = read(name, reader)
    rate = scored.articles / scored.seconds
    print(f"\n{name}: {scored.articles} articles in {scored.seconds:.1f} s, {rate:.1f}/s,")
    print(f"peak memory {peak_memory_mb():.0f} MiB, spans right {scored.result['spans']}")
    for key, value in scored.result.items():
        if isinstance(value, dict):
            print(
                f"  {key:10} P {value['p']:.3f}  R {value['r']:.3f}  F1 {value['f1']:.3f}"
                f"  ({value['hits']} of {value['gold']} gold, {value['pred']} predicted)"
            )


def side_by_side(name: str, readers: list[str]) -> None:
    """One column per reader: F1, with precision and recall behind it."""
    columns = [read(name, reader) for reader in readers]
    print(f"\n| {name}, F1 (P R) | " + " | ".join(one.version for one in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for key, first in columns[0].result.items():
        if isinstance(first, dict):
            values = [one.result[key] for one in columns]
            cells = [f"{one['f1']:.3f} ({one['p']:.3f} {one['r']:.3f})" for one in values]
            print(f"| {key} | " + " | ".join(cells) + " |")
    print("| spans right | " + " | ".join(str(one.result["spans"]) for one in columns) + " |")
    rates = (f"{one.articles / one.seconds:.1f}" for one in columns)
    print("| articles/s, start included | " + " | ".join(rates) + " |")


def main() -> None:
    """Score each named set (default: seeds and gold-dev)."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    parser.add_argument("--readers", help="names with commas between them, side by side")
    options = parser.parse_args()
    for name in set(options.sets) - set(SETS):
        parser.error(f"no set {name!r}; there are: {', '.join(SETS)}")
    print(machine())
    for name in options.sets or ["seeds", "gold-dev"]:
        if options.readers:
            side_by_side(name, options.readers.split(","))
        else:
            one_reader(name, None)


if __name__ == "__main__":
    main()
