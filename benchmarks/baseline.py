"""A reader that an afternoon would give: `python -m benchmarks.baseline ARTICLES.jsonl --out FILE`.

What Tocsin's readers must beat to be worth their weight, written to be good rather than to lose:
keywords for the type, a name after "in" or "at" for the place (the gazetteer's most populous one of
that name), the day of publication, the number before "people ... killed", names before "said".
It knows nothing of threats, of metaphors, of old attacks, of who accuses whom, nor of any rule of
Tocsin's. Writes the lines of `tocsin extract`; its keywords were looked over on incident_gold train
alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.baseline_words import (
    ACTORS,
    NOT_PLACES,
    NUMBERS,
    PLACE,
    SENTENCE,
    SOURCE,
    TARGETS,
    TOLLS,
    TYPES,
    VAGUE,
    WEAPONS,
)
from benchmarks.data import rows
from tocsin.publish.contract import SCHEMA_VERSION
from tocsin.where import Gazetteer, GazetteerEntry

VERSION = "baseline/1"
Json = dict[str, Any]


class Baseline:
    """Reports of an article: one for its first sentence with a keyword, and one more for each
    further sentence with a keyword that names a place not yet named."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        """None opens the shipped gazetteer."""
        self._gazetteer = gazetteer or Gazetteer.open()

    def read(self, row: Json) -> Json:
        """The line of one article, of which `id` and `text` are given, and `published` may be."""
        text: str = row["text"]
        reports: list[Json] = []
        named: set[str] = set()
        for sentence in SENTENCE.finditer(text):
            words, at = sentence.group(), sentence.start()
            place = self._place(words)
            trigger = next(
                ((kind, hit) for kind, like in TYPES if (hit := like.search(words))), None
            )
            is_new = place is not None and place[0].group("name") not in named
            if trigger is not None and (not reports or is_new):
                reports.append(_report(row, trigger[0], _span(trigger[1], at)))
            if not reports:
                continue
            if place is not None and trigger is not None:
                named.add(place[0].group("name"))
                _locate(reports[-1], *place, at)
            _add_values(reports[-1], words, at)
        published = row.get("published")
        return {
            "schema_version": SCHEMA_VERSION,
            "extractor_version": VERSION,
            "article": {
                "id": row["id"],
                "sha256": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
                "published": published,
                "published_basis": "metadata" if published else "unknown",
                "regions": [],
            },
            "reports": reports,
            "tallies": [],
            "statements": [],
            "relations": [],
        }

    def _place(self, words: str) -> tuple[re.Match[str], GazetteerEntry | None] | None:
        """The first name behind a preposition that the gazetteer knows, else the first at all."""
        names = [hit for hit in PLACE.finditer(words) if hit.group("name") not in NOT_PLACES]
        for hit in names:
            entries = self._gazetteer.look_up(hit.group("name"))
            if entries:
                return hit, max(entries, key=lambda entry: entry.population)
        return (names[0], None) if names else None


def _span(hit: re.Match[str], at: int, group: str | int = 0) -> Json:
    return {"start": at + hit.start(group), "end": at + hit.end(group), "text": hit.group(group)}


def _report(row: Json, kind: str, trigger: Json) -> Json:
    """A report of that type, taken for fresh news and dated by the day of publication."""
    day = row["published"][:10] if row.get("published") else None
    empty = (
        "modifiers",
        "places",
        "weapons",
        "targets",
        "killed",
        "injured",
        "missing",
        "abducted",
    )
    rest = ("arrested", "damage", "effects", "actors", "sources", "hedges")
    key = hashlib.sha256(f"{row['id']} {trigger['start']} {kind}".encode()).hexdigest()
    return {
        "id": f"rep_{key[:16]}",
        "is_main": True,
        "specificity": "high",
        "type": kind,
        "stage": "accomplished",
        "trigger": trigger,
        "date": {
            "earliest": day,
            "latest": day,
            "local_date": day,
            "precision": "day",
            "basis": "published",
            "evidence": [],
        }
        if day
        else None,
        "place": None,
        **{name: [] for name in (*empty, *rest)},
        "confidence": 0.5,
    }


def _locate(report: Json, hit: re.Match[str], entry: GazetteerEntry | None, at: int) -> None:
    """Put a report where a name says, if it is nowhere yet."""
    if report["places"]:
        return
    name = hit.group("name")
    report["places"] = [{**_span(hit, at, "name"), "role": "impact", "name": name}]
    report["place"] = {
        "name": entry.name if entry else name,
        "country": entry.country if entry else None,
        "lat": entry.lat if entry else None,
        "lon": entry.lon if entry else None,
        "precision": entry.precision.value if entry else "unknown",
        "role": "impact",
    }


def _add_values(report: Json, words: str, at: int) -> None:
    """What a sentence tells of a report: each kind and each figure once."""
    for kind, like in WEAPONS:
        hit = like.search(words)
        if hit and not any(one["type"] == kind for one in report["weapons"]):
            report["weapons"].append({"type": kind, "name": None, **_span(hit, at)})
    for kind, like in TARGETS:
        hit = like.search(words)
        if hit and not any(one["kind"] == kind for one in report["targets"]):
            value = {"name": hit.group(), "kind": kind, "aimed_at": False, **_span(hit, at)}
            report["targets"].append(value)
    for outcome, patterns in TOLLS.items():
        for hit in (hit for like in patterns for hit in like.finditer(words)):
            low, high = bounds(hit.group("figure"))
            if not any((one["min"], one["max"]) == (low, high) for one in report[outcome]):
                counts = {"min": low, "best": high, "max": high, "status": "stated"}
                report[outcome].append({**counts, "group": "unknown", **_span(hit, at, "figure")})
    for hit in ACTORS.finditer(words):
        if not any(one["text"] == hit.group() for one in report["actors"]):
            value = {"name": hit.group(), "role": "perpetrator", "level": "incident"}
            report["actors"].append({**value, **_span(hit, at)})
    for hit in SOURCE.finditer(words):
        group = "name" if hit.group("name") else "other"
        if not any(one["text"] == hit.group(group) for one in report["sources"]):
            value = {"name": hit.group(group), "kind": "official", **_span(hit, at, group)}
            report["sources"].append(value)


def bounds(figure: str) -> tuple[int, int | None]:
    """Least and most that "at least 12", "dozens", "three" allow; None where there is no most."""
    *before, number = figure.lower().split()
    if number in VAGUE:
        return VAGUE[number], None
    value = NUMBERS.get(number) or int(number.replace(",", "") or 0)
    if not before:
        return value, value
    return (value if before[-1] == "least" else value + 1), None


def read_file(texts: Path) -> Iterator[Json]:
    """The lines of a file of articles."""
    baseline = Baseline()
    for row in rows(texts):
        yield baseline.read(row)


def main() -> None:
    """Read a file of articles into a file of lines."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as stream:
        for line in read_file(options.texts):
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
