"""Labels with quotes to labels with offsets: `python tools/label_offsets.py TEXTS LABELS > OUT`.

The quotes of a label file (the format of the incident gold data) are words of articles that are not
ours to publish. What is kept in the repository are article ids, code-point offsets, enumerated
values, numbers and days: no word of a text, no name. A digest of the text says which version of an
article the offsets belong to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEPT = {
    "weapons": ("type", "min", "max"),
    "targets": ("kind",),
    "killed": ("min", "max", "group", "part", "old"),
    "injured": ("min", "max", "group", "part", "old"),
    "actors": ("role",),
    "places": (),
    "sources": (),
}
"""What of each fill is kept beside its span."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def span_of(text: str, quote: str, occurrence: int = 1) -> list[int]:
    """Offsets of the n-th occurrence of a quote. Raises ValueError where there is none."""
    at = -1
    for _ in range(occurrence):
        at = text.index(quote, at + 1)
    return [at, at + len(quote)]


def report_offsets(text: str, label: dict[str, Any]) -> dict[str, Any]:
    """One report, quotes made offsets."""

    def span(fill: dict[str, Any]) -> list[int]:
        return span_of(text, fill["q"], fill.get("n", 1))

    made: dict[str, Any] = {
        "main": label["main"],
        "type": label["type"],
        "stage": label.get("stage", "accomplished"),
        "trigger": span(label["trigger"]),
    }
    if date := label.get("date"):
        made["date"] = {key: date[key] for key in ("start", "end")}
        if date.get("q"):
            made["date"]["span"] = span(date)
    if place := label.get("place"):
        made["country"], made["precision"] = place["country"], place["precision"]
    for name, keys in KEPT.items():
        fills = []
        for fill in label.get(name, []):
            kept = {"span": span(fill)}
            kept |= {key: fill[key] for key in keys if fill.get(key) is not None}
            if name == "actors" and fill.get("by"):
                kept["by"] = span_of(text, fill["by"])
            fills.append(kept)
        if fills:
            made[name] = fills
    return made


def main() -> None:
    """Convert and print, sorted by article id; faults are named and end the program."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    texts = {row["id"]: row["text"] for path in options.texts for row in rows(path)}
    labels = {row["id"]: row for path in options.labels for row in rows(path)}
    for name, label in sorted(labels.items()):
        text = texts[name]
        try:
            line = {
                "id": name,
                "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                "reports": [report_offsets(text, report) for report in label["reports"]],
                "tallies": [
                    span_of(text, tally["q"], tally.get("n", 1))
                    for tally in label.get("tallies", [])
                ],
            }
        except (KeyError, ValueError) as error:
            sys.exit(f"{name}: {error!r}")
        print(json.dumps(line, separators=(",", ":")))


if __name__ == "__main__":
    main()
