"""Clusters and calibration of the pair score: `python -m benchmarks.resolution [--keep FOLDER]`.

violent_corpus dev through the whole pipeline into a store, beside average-link clustering of TF-IDF
vectors, its threshold tuned on dev itself. Three further lines tell what a figure is made of:

- `perfect clusters`: what is left to lose where the articles that have a report were placed
  without fault. The rest is the reader's: an article without a report is in no incident.
- `rules where it finds none`: the same store after the rules have read what the reader found no
  report in: resolution where nearly every article has something to resolve.
- `values only`: the same reports without the likeness of their articles.

Then the score of every pair that resolution compares: how often pairs of a score are one incident,
as the score stands and by curves fitted on the other half of the incidents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.data import data_folder, machine, rows, score, tocsin
from benchmarks.platt import cross_fitted, fit_curve
from benchmarks.reliability import Judged, calibration_error, reliability
from benchmarks.text_clusters import average_link, similarities
from tocsin.pipeline import candidate_keys, kept_keys
from tocsin.records import ReportInContext
from tocsin.resolve import ResolveSettings, resolve
from tocsin.resolve.profile import profile
from tocsin.resolve.score import score_profiles
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

MAX_BLOCK = 400
"""Reports under one key that are still compared; a key of more tells little."""


def contexts_of(db: Path) -> list[ReportInContext]:
    """Every current report of a store."""
    with open_store(str(db), StoreSettings()) as store:
        return store.reports_in_context(store.all_report_ids())


def blocks(contexts: Iterable[ReportInContext]) -> dict[str, list[ReportInContext]]:
    """The reports found under each key."""
    by_key: dict[str, list[ReportInContext]] = defaultdict(list)
    for context in contexts:
        for key in kept_keys(context.report, context.sketch):
            by_key[key].append(context)
    return by_key


def clusters_of(contexts: Sequence[ReportInContext]) -> list[list[Mapping[str, Any]]]:
    """The members of each cluster, as the scorer reads them."""
    by_key = blocks(contexts)

    def neighbours(context: ReportInContext) -> list[ReportInContext]:
        keys = candidate_keys(context)
        return list({c.report.id: c for key in keys for c in by_key.get(key, ())}.values())

    return [
        [{"article_id": c.report.article_id, "is_main": c.report.is_main} for c in cluster.reports]
        for cluster in resolve(contexts, neighbours, ResolveSettings())
    ]


def score_groups(
    groups: Iterable[Sequence[Mapping[str, Any]]], gold: Path, scratch: Path
) -> dict[str, Any]:
    """Groups of articles against the truth."""
    predicted = scratch / "groups.jsonl"
    with predicted.open("w", encoding="utf-8") as stream:
        for number, members in enumerate(groups):
            stream.write(json.dumps({"id": f"group{number}", "reports": members}) + "\n")
    return score("score_incidents.py", "--gold", gold, "--pred", predicted)


def main_of(ids: Iterable[str]) -> list[Mapping[str, Any]]:
    """Articles as members of one group."""
    return [{"article_id": id_, "is_main": True} for id_ in ids]


def perfect(contexts: Iterable[ReportInContext], gold: Path, scratch: Path) -> dict[str, Any]:
    """The truth, less the articles that have no report."""
    placed = {context.report.article_id for context in contexts}
    truth = ([a for a in row["articles"] if a in placed] for row in rows(gold))
    return score_groups((main_of(ids) for ids in truth if ids), gold, scratch)


def by_words(articles: Path, gold: Path, scratch: Path) -> tuple[float, dict[str, Any]]:
    """The threshold, to hundredths, of the best B cubed F1, and what the scorer says of it."""
    read = list(rows(articles))
    by_threshold = {}
    for union, groups in average_link(similarities([f"{r['title']}\n{r['text']}" for r in read])):
        by_threshold[round(union, 2)] = [[read[number]["id"] for number in g] for g in groups]
    scored = {
        threshold: score_groups(map(main_of, groups), gold, scratch)
        for threshold, groups in sorted(by_threshold.items())
    }
    best = max(scored, key=lambda threshold: scored[threshold]["b3"][2])
    return best, scored[best]


def judged_pairs(
    contexts: Sequence[ReportInContext], incidents: Mapping[str, str]
) -> tuple[list[Judged], list[Judged]]:
    """The pairs of leading reports that a score is given, by the half their incident falls in."""
    led = [c for c in contexts if c.sketch and c.report.article_id in incidents]
    profiles = {context.report.id: profile(context) for context in led}
    incident = {c.report.id: incidents[c.report.article_id] for c in led}
    pairs = {
        pair
        for found in blocks(led).values()
        if len(found) <= MAX_BLOCK
        for pair in combinations(sorted(c.report.id for c in found), 2)
    }
    halves: tuple[list[Judged], list[Judged]] = ([], [])
    for a, b in sorted(pairs):
        scored = score_profiles(profiles[a], profiles[b])
        if not scored.vetoes:
            group = min(incident[a], incident[b])
            half = hashlib.sha256(group.encode()).digest()[0] % 2
            halves[half].append(Judged(scored.score, incident[a] == incident[b]))
    return halves


def show(name: str, result: Mapping[str, Any]) -> None:
    """One clustering as a row of a table, and its fused values below where it has any."""
    b3, pairs = (" / ".join(f"{value:.3f}" for value in result[key]) for key in ("b3", "pairs"))
    print(
        f"| {name} | {b3} | {result['ceafe'][2]:.3f} | {pairs} | {result['over_merge']:.3f} |"
        f" {result['over_split']:.3f} | {result['unplaced']} |"
    )
    values = {key: value for key, value in result.items() if isinstance(value, dict)}
    if any(value["stated"] for value in values.values()):
        told = (f"{key} {v['right']:.3f} ({v['stated']:.2f})" for key, v in values.items())
        print(f"|   | right (stated): {', '.join(told)} |")


def show_reliability(name: str, judged: Sequence[Judged]) -> None:
    """Expected calibration error and its bins."""
    print(f"\n{name}: {len(judged)} pairs, {sum(one.right for one in judged)} of one incident,")
    print(f"expected calibration error {calibration_error(judged):.4f}")
    for one in reliability(judged):
        print(f"  {one.low:.1f}  {one.count:5}  said {one.confidence:.3f}  was {one.right:.3f}")


def main() -> None:
    """Print the table and the reliability of scores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--keep", type=Path, help="folder for the store; what it holds is reused")
    with tempfile.TemporaryDirectory() as scratch:
        measure(parser.parse_args().keep or Path(scratch), Path(scratch))


def measure(kept: Path, scratch: Path) -> None:
    """Fill the store where it is not filled yet, and score it."""
    folder = data_folder() / "violent_corpus"
    source, gold = folder / "articles.dev.jsonl", folder / "truth.dev.jsonl"
    kept.mkdir(parents=True, exist_ok=True)
    db, out, unread = kept / "dev.db", scratch / "incidents.jsonl", scratch / "unread.jsonl"
    tocsin("run", source, "--db", db, "--quiet")
    tocsin("incidents", "--db", db, "--format", "jsonl", "--out", out)
    contexts = contexts_of(db)
    print(machine())
    print("| | B3 P / R / F1 | CEAFe F1 | pairs P / R / F1 | over-merge | over-split | unplaced |")
    print("|---|---|---|---|---|---|---|")
    show("Tocsin", score("score_incidents.py", "--gold", gold, "--pred", out))
    bare = [replace(context, sketch=b"") for context in contexts]
    show("values only", score_groups(clusters_of(bare), gold, scratch))
    show("perfect clusters", perfect(contexts, gold, scratch))
    have = {context.report.article_id for context in contexts}
    lines = [json.dumps(row) + "\n" for row in rows(source) if row["id"] not in have]
    unread.write_text("".join(lines), encoding="utf-8")
    both = scratch / "both.db"
    both.write_bytes(db.read_bytes())
    tocsin("run", unread, "--db", both, "--reader", "rules", "--quiet")
    tocsin("incidents", "--db", both, "--format", "jsonl", "--out", out)
    show("rules where it finds none", score("score_incidents.py", "--gold", gold, "--pred", out))
    more = contexts_of(both)
    show("perfect clusters of these", perfect(more, gold, scratch))
    threshold, result = by_words(source, gold, scratch)
    show(f"TF-IDF, average link above {threshold:.2f}", result)
    incidents = {a: row["incident_id"] for row in rows(gold) for a in row["articles"]}
    halves = judged_pairs(more, incidents)
    show_reliability("As the score stands", [*halves[0], *halves[1]])
    show_reliability("Cross-fitted", cross_fitted(halves))
    print("\nA curve fitted on all:", fit_curve([*halves[0], *halves[1]]))


if __name__ == "__main__":
    main()
