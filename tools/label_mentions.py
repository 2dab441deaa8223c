"""Labelling what other words of labelled articles tell, for `training/labels/mentions.jsonl`.

    python tools/label_mentions.py show --data DATA --model MODEL --out SHEETS
    ... a reader writes SHEETS/0001.answers beside SHEETS/0001.txt, and so on ...
    python tools/label_mentions.py collect SHEETS --out training/labels/mentions.jsonl

A sheet shows articles with their reports' triggers as [1| words] and, as [a| words], what the model
might take for a trigger too. An answer is a line per article: its number, then what each lettered
mark tells: `0 a=1 b=0 c=x d=1+2 e=?` for report 1 again, nothing, an incident without a report, two
reports together, unclear. Sheets hold texts of the data sets and stay where they are; what is
collected is ids and offsets.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import ascii_lowercase
from typing import Any, Final

from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.wording import tidy
from tocsin.records import Article
from tocsin.train.labels import Example, Range, Tells, read_labelled

LEAST: Final = 0.08
"""Probability of a trigger from which words are asked about: the model has seen these articles, so
what it might take for a trigger elsewhere is fainter here."""
MOST: Final = 12
"""Words of one article, the likeliest."""
ARTICLES: Final = 14
"""Of one sheet."""
ANSWERS: Final = {"0": Tells.NOTHING, "x": Tells.ANOTHER, "?": Tells.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Question:
    """An article to be asked about: its triggers, one a report, and the words in question."""

    article: Article
    triggers: tuple[Range, ...]
    words: tuple[Range, ...]

    def text(self) -> str:
        """The article with its marks."""
        names: dict[Range, list[str]] = {}
        for number, trigger in enumerate(self.triggers, 1):
            names.setdefault(trigger, []).append(str(number))
        marks = [(span, "+".join(some)) for span, some in names.items()]
        marks += list(zip(self.words, ascii_lowercase, strict=False))
        parts, at = [], 0
        for (start, end), name in sorted(marks):
            begin = max(start, at)
            parts.append(f"{self.article.text[at:begin]}[{name}| {self.article.text[begin:end]}]")
            at = max(at, end)
        return "".join(parts) + self.article.text[at:]

    def key(self) -> dict[str, Any]:
        """What turns answers into offsets."""
        return {
            "id": self.article.id,
            "text_sha256": self.article.sha256,
            "triggers": self.triggers,
            "words": self.words,
        }


def question(example: Example, model: ReaderModel) -> Question | None:
    """What to ask about an article; None where the model doubts nothing."""
    triggers = tuple(report.trigger for report in example.reports or ())
    look = model.look(example.article)
    found: list[tuple[float, Range]] = []
    for one in look.triggers(LEAST):
        start, end = look.pieces.edges(one.first, one.last)
        is_labelled = any(start < last and first < end for first, last in triggers)
        if not is_labelled and tidy(look.text, start, end) is not None:
            found.append((one.score, (start, end)))
    words = sorted(span for _, span in sorted(found, reverse=True)[:MOST])
    return Question(example.article, triggers, tuple(words)) if triggers and words else None


def answered(key: dict[str, Any], answers: Sequence[str]) -> dict[str, Any]:
    """The labels of one article. Raises ValueError for an answer that is none."""
    names = [answer.partition("=")[0] for answer in answers]
    if names != list(ascii_lowercase[: len(key["words"])]):
        raise ValueError(f"{key['id']}: {len(key['words'])} marks, answers for {names}")
    mentions = []
    for span, answer in zip(key["words"], answers, strict=True):
        value = answer.partition("=")[2]
        label: dict[str, Any] = {"span": span, "tells": ANSWERS.get(value, Tells.AGAIN)}
        if value not in ANSWERS:
            reports = [int(number) for number in value.split("+")]
            if not all(1 <= number <= len(key["triggers"]) for number in reports):
                raise ValueError(f"{key['id']}: {answer}: there are {len(key['triggers'])} reports")
            label["of"] = [key["triggers"][number - 1] for number in reports]
        mentions.append(label)
    return {"id": key["id"], "text_sha256": key["text_sha256"], "mentions": mentions}


def collect(sheets: Path) -> Iterator[dict[str, Any]]:
    """The labels of all answered sheets. Raises ValueError naming the article of a bad answer."""
    for path in sorted(sheets.glob("*.answers")):
        keys = json.loads(path.with_suffix(".key.json").read_text(encoding="utf-8"))
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                number, *answers = line.split()
                yield answered(keys[int(number)], answers)


def show(questions: Iterator[Question], out: Path) -> int:
    """Write sheets; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    while some := list(islice(questions, ARTICLES)):
        count += 1
        blocks = [f"##### {number}\n{one.text()}\n" for number, one in enumerate(some)]
        (out / f"{count:04}.txt").write_text("\n".join(blocks), encoding="utf-8")
        (out / f"{count:04}.key.json").write_text(json.dumps([one.key() for one in some]))
    return count


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    showing = commands.add_parser("show")
    showing.add_argument("--data", type=Path, required=True)
    showing.add_argument("--labels", type=Path, default=Path("training/labels"))
    showing.add_argument("--model", type=Path, required=True)
    showing.add_argument("--out", type=Path, required=True)
    collecting = commands.add_parser("collect")
    collecting.add_argument("sheets", type=Path)
    collecting.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if given.command == "show":
        first, later = read_labelled(given.data, given.labels)
        model = ReaderModel(given.model)
        asked = (question(example, model) for example in (*first, *later))
        print(f"{show((one for one in asked if one), given.out)} sheets in {given.out}")
        return 0
    try:
        rows = list(collect(given.sheets))
    except ValueError as error:
        print(f"label_mentions: {error}", file=sys.stderr)
        return 1
    lines = [
        json.dumps(row, separators=(",", ":")) for row in sorted(rows, key=lambda row: row["id"])
    ]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
