"""Calibration: `python -m benchmarks.calibration [--reader NAME] [--svg FILE]`.

Runs `tocsin extract` on incident_gold dev and asks of every confidence it states whether it was
deserved, by the scorer's own rules of agreement: a report's, whether the report is found; a
value's, whether a labelled report that this one was paired with has it. Values of reports that no
label answers to are wrong. Expected calibration error over ten bins (Naeini et al. 2015), a table,
and a reliability plot. Where a reader's curves were fitted on the same articles, its error is
flattered: "cross-fitted" is what curves leave that were fitted on the other half of the articles.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import data_folder, machine, rows, scorer, tocsin
from benchmarks.platt import cross_fitted, fit_curve
from benchmarks.reliability import Judged, calibration_error, reliability, reliability_svg
from tocsin.extract.learned.layout import SLOTS
from tocsin.records.vocab import ActorRole

Row = dict[str, Any]
SCORER = "score_reports.py"
REPORT, ALL = "report", "**all values**"
PLOT = Path("docs/reliability.svg")
LISTS = ("place", "weapon", "target", "killed", "injured", "actor", "source")
"""Slots of which a report holds a list of values, by the scorer's names; JSON adds an s to most."""
ACTOR_SLOTS = [slot for slot in SLOTS if slot in set(ActorRole) and slot not in LISTS]
"""An actor's role is a slot of its own in the reader; few values make one curve of all."""
PLURALS = {slot: slot if slot in {"killed", "injured"} else f"{slot}s" for slot in LISTS}


@dataclass(frozen=True, slots=True)
class Scorer:
    """The functions of the data sets' scorer that say what agrees."""

    gold_view: Callable[[Row, str], Row]
    pred_view: Callable[[Row], Row]
    agree: Callable[[Row, Row], dict[str, tuple[int, int, int]]]
    found: Callable[[Row, Row, dict[str, tuple[int, int, int]]], bool]
    assign: Callable[[list[list[float]]], list[tuple[int, int]]]
    alike: Callable[[Row, Row], bool]
    same_count: Callable[[Row, Row], bool]
    words: Callable[[str | None], set[str]]

    @classmethod
    def load(cls, path: Path) -> Scorer:
        """From its file: it is a program, not a package."""
        spec = importlib.util.spec_from_file_location("score_reports", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} is no Python module")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return cls(*(getattr(module, name) for name in cls.__dataclass_fields__))

    def pair(self, gold: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[int, int, bool]]:
        """Gold and predicted reports one to one, as the scorer pairs them: the two indices, and
        whether the pair counts as found."""
        if not gold or not found:
            return
        agreed = [[self.agree(one, other) for other in found] for one in gold]
        hits = [
            [self.found(one, other, agreed[i][j]) for j, other in enumerate(found)]
            for i, one in enumerate(gold)
        ]
        weights = [
            [
                sum(slot[0] for slot in agreed[i][j].values()) + (0.5 if hits[i][j] else 0.0)
                for j in range(len(found))
            ]
            for i in range(len(gold))
        ]
        for i, j in self.assign(weights):
            if weights[i][j] > 0:
                yield i, j, hits[i][j]

    def rights(self, slot: str, gold: Sequence[Any], found: Sequence[Any]) -> list[bool | None]:
        """Of each predicted value of a slot, whether gold has it; None for a figure that gold
        marks as a part or as superseded, which the scorer counts neither for nor against."""
        if slot == "weapon":
            return [kind in gold for kind in found]
        if slot == "place":
            return [any(self.alike(one, value) for one in gold) for value in found]
        if slot in {"killed", "injured"}:
            whole = _greedy([one for one in gold if not one["part"]], found, self.same_count)
            aside = _greedy([one for one in gold if one["part"]], found, self.same_count)
            return [
                True if at in whole else None if at in aside else False for at in range(len(found))
            ]
        same = self._same_actor if slot == "actor" else self.alike
        hits = _greedy(gold, found, same)
        return [at in hits for at in range(len(found))]

    def _same_actor(self, one: Row, other: Row) -> bool:
        return bool(
            one["role"] == other["role"]
            and (self.alike(one, other) or self.words(one["name"]) & self.words(other["name"]))
        )


def _greedy(
    gold: Iterable[Row], found: Sequence[Row], same: Callable[[Row, Row], bool]
) -> set[int]:
    """Indices of the predicted values that a gold one takes, each taken once, in gold's order."""
    used: set[int] = set()
    for one in gold:
        hit = next(
            (at for at, value in enumerate(found) if at not in used and same(one, value)), None
        )
        if hit is not None:
            used.add(hit)
    return used


def judge(scoring: Scorer, text: str, label: Row, line: Row) -> Iterator[tuple[str, Judged]]:
    """Every confidence of one line of `tocsin extract`, by kind, with whether it was deserved."""
    reports = line["reports"]
    gold = [scoring.gold_view(one, text) for one in label.get("reports", [])]
    found = [scoring.pred_view(one) for one in reports]
    partners = {j: (i, hit) for i, j, hit in scoring.pair(gold, found)}
    for j, report in enumerate(reports):
        at, is_found = partners.get(j, (None, False))
        partner = None if at is None else gold[at]
        yield REPORT, Judged(report["confidence"], is_found)
        agreed = scoring.agree(partner, found[j]) if partner else {}
        whole = ("date",) if _weighs(report["places"]) else ("date", "place")
        for slot in whole:
            value = report.get(slot)
            if value and "confidence" in value:
                yield slot, Judged(value["confidence"], bool(agreed and agreed[slot][0]))
        for slot in LISTS:
            values = report.get(PLURALS[slot], [])
            views = _views(slot, found[j], values)
            rights: list[bool | None] = [False] * len(views)
            if partner:
                rights = scoring.rights(slot, partner[slot], views)
            for value, deserved in zip(values, rights, strict=True):
                if "confidence" in value and deserved is not None:
                    yield slot, Judged(value["confidence"], deserved)


def _weighs(values: Sequence[Row]) -> bool:
    """Whether single values are weighed: else what was made of them all may be."""
    return any("confidence" in value for value in values)


def _views(slot: str, view: Row, values: Sequence[Row]) -> list[Any]:
    """The scorer's view of a slot's values, one for each."""
    if slot == "weapon":
        return [value["type"].split(".")[0] for value in values]
    views: list[Any] = view[slot]
    return views


Halves = tuple[list[Judged], list[Judged]]


def half_of(article: str) -> int:
    """0 or 1, by the article's id: what is fitted on one half is judged on the other."""
    return hashlib.sha256(article.encode()).digest()[0] % 2


def judge_all(split: str, pred: Path) -> tuple[str, dict[str, Halves]]:
    """The reader's version, and all that it states, by kind and half."""
    folder = data_folder() / "incident_gold"
    scoring = Scorer.load(scorer(SCORER))
    texts = {row["id"]: row["text"] for row in rows(folder / f"articles.{split}.jsonl")}
    labels = {row["id"]: row for row in rows(folder / f"labels.{split}.jsonl")}
    version = "nothing read"
    kinds: dict[str, Halves] = defaultdict(lambda: ([], []))
    for line in rows(pred):
        key, version = line["article"]["id"], line["extractor_version"]
        if key in labels:
            for kind, judged in judge(scoring, texts[key], labels[key], line):
                kinds[kind][half_of(key)].append(judged)
    return version, kinds


def table(kinds: dict[str, Halves]) -> None:
    """Print each kind, and all values together. Cross-fitted is what a new curve would leave."""
    stated = {kind: [*first, *second] for kind, (first, second) in kinds.items()}
    fitted = {kind: cross_fitted(halves) for kind, halves in kinds.items()}
    for some in (stated, fitted):
        if len(some) > 1:
            some[ALL] = [one for kind in kinds if kind != REPORT for one in some[kind]]
    print("| confidence of | stated | mean | right | calibration error | cross-fitted |")
    print("|---|---|---|---|---|---|")
    for kind, found in sorted(stated.items()):
        mean = sum(one.confidence for one in found) / len(found)
        right = sum(one.right for one in found) / len(found)
        error, left = calibration_error(found), calibration_error(fitted[kind])
        print(f"| {kind} | {len(found)} | {mean:.3f} | {right:.3f} | {error:.3f} | {left:.3f} |")


def main() -> None:
    """Print calibration error and reliability, and write the plot."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--reader", help="else the reader that is set")
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--pred", type=Path, help="what `tocsin extract` wrote, to spare a run")
    parser.add_argument("--svg", type=Path, default=PLOT)
    parser.add_argument(
        "--curves", action="store_true", help="print curves for the recipe, of a model without"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        pred = options.pred or Path(scratch) / "reports.jsonl"
        if not options.pred:
            texts = data_folder() / "incident_gold" / f"articles.{options.split}.jsonl"
            chosen = ("--reader", options.reader) if options.reader else ()
            tocsin("extract", texts, "--out", pred, "--quiet", *chosen)
        version, kinds = judge_all(options.split, pred)
    print(f"{machine()}\n{version} on incident_gold {options.split}\n")
    table(kinds)
    series = {"reports": [one for half in kinds[REPORT] for one in half]}
    values = [one for kind in kinds if kind != REPORT for half in kinds[kind] for one in half]
    if values:
        series["values"] = values
    for name, some in series.items():
        print(f"\n| {name}, confidence | mean | right | stated |\n|---|---|---|---|")
        for one in reliability(some):
            span = f"{one.low:.1f} to {one.high:.1f}"
            print(f"| {span} | {one.confidence:.3f} | {one.right:.3f} | {one.count} |")
    if options.curves:
        print("\n[calibration]")
        for kind in sorted(kinds):
            slope, shift = fit_curve([one for half in kinds[kind] for one in half])
            for slot in ACTOR_SLOTS if kind == "actor" else (kind,):
                print(f"{slot} = [{slope:.3f}, {shift:.3f}]")
    options.svg.write_text(reliability_svg(version, series), encoding="utf-8")
    print(f"\n{options.svg} written")


if __name__ == "__main__":
    main()
