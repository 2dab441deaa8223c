"""Labels: the data sets, each read into one shape of example.

Nothing here enters the repository or a model's files: texts and labels stay where the caller keeps
them, and are named in the model card.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tocsin.errors import DataError, RefusedInput
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import Article

Range = tuple[int, int]
"""Code points `[start, end)` of the example's text."""

_SLOT_OF_FIELD = {
    "places": "place",
    "weapons": "weapon",
    "targets": "target",
    "killed": "killed",
    "injured": "injured",
    "sources": "source",
}


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """One incident as an article tells it, by a human reader."""

    is_main: bool
    type: str
    stage: str
    trigger: Range
    slots: dict[str, list[Range]]


class Tells(StrEnum):
    """What words tell that a reader might take for a report's trigger."""

    AGAIN = "again"
    """An incident that a report tells elsewhere in the article."""
    ANOTHER = "another"
    """An incident without a report of its own."""
    NOTHING = "nothing"
    """No incident: a series, a threat, a place, a speech."""
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words, no report's trigger, that a reader might take for one."""

    words: Range
    tells: Tells
    of: tuple[Range, ...] = ()
    """Triggers of the reports whose incidents are told again."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with what is known of it. None and missing keys: not labelled, so not learnt from."""

    article: Article
    reports: tuple[LabelledReport, ...] | None = None
    tags: dict[str, list[Range]] = field(default_factory=dict)
    """Ranges of each article tag that was labelled; an empty list says that there is none."""
    is_relevant: bool | None = None
    is_muc_relevant: bool | None = None
    violations: frozenset[str] | None = None
    perpetrator: str | None = None
    mentions: tuple[Mention, ...] | None = None


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def _articles(path: Path) -> Iterator[Article]:
    for found in read_inputs([str(path)], ReadSettings()):
        if isinstance(found, RefusedInput):
            raise DataError(str(path), found.reason)
        yield found


def occurrences(text: str, words: str) -> Iterator[Range]:
    """Every place where `words` stand as whole words."""
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        yield match.span()


def outermost(ranges: Iterable[Range]) -> list[Range]:
    """The ranges that lie in no other, in order."""
    kept: list[Range] = []
    for start, end in sorted(set(ranges), key=lambda one: (one[0], -one[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _quoted(text: str, quote: dict[str, Any] | None) -> Range | None:
    if not quote or not quote.get("q"):
        return None
    words, at = quote["q"], -1
    for _ in range(quote.get("n", 1)):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at, at + len(words)


def _report(text: str, label: dict[str, Any]) -> LabelledReport | None:
    trigger = _quoted(text, label["trigger"])
    if trigger is None:
        return None
    slots: dict[str, list[Range]] = {}

    def add(slot: str, found: Range | None) -> None:
        if found is not None and found not in slots.setdefault(slot, []):
            slots[slot].append(found)

    add("date", _quoted(text, label.get("date")))
    for name, slot in _SLOT_OF_FIELD.items():
        for fill in label.get(name, []):
            add(slot, _quoted(text, fill))
    for actor in label.get("actors", []):
        add(actor["role"], _quoted(text, actor))
        if actor.get("by"):
            add("by", _quoted(text, {"q": actor["by"]}))
    stage = label.get("stage", "accomplished")
    return LabelledReport(bool(label["main"]), label["type"], stage, trigger, slots)


def read_reports(articles: Path, labels: Iterable[Path]) -> Iterator[Example]:
    """Articles labelled report by report, in the format of the incident gold data."""
    known = {row["id"]: row["reports"] for path in labels for row in _rows(path)}
    for article in _articles(articles):
        if article.id not in known:
            continue
        made = (_report(article.text, label) for label in known[article.id])
        reports = tuple(report for report in made if report is not None)
        triggers = sorted({report.trigger for report in reports})
        yield Example(article, reports, {"trigger": triggers}, is_relevant=bool(reports))


def _offsets_report(label: dict[str, Any]) -> LabelledReport:
    """A report of the project's own labels, which hold offsets and no words."""
    slots: dict[str, list[Range]] = {}

    def add(slot: str, span: list[int] | None) -> None:
        if span is not None and tuple(span) not in slots.setdefault(slot, []):
            slots[slot].append((span[0], span[1]))

    add("date", label.get("date", {}).get("span"))
    for name, slot in _SLOT_OF_FIELD.items():
        for fill in label.get(name, []):
            add(slot, fill["span"])
    for actor in label.get("actors", []):
        add(actor["role"], actor["span"])
        add("by", actor.get("by"))
    trigger = label["trigger"]
    return LabelledReport(
        label["main"], label["type"], label["stage"], (trigger[0], trigger[1]), slots
    )


def read_offsets(texts: Iterable[Path], labels: Path) -> Iterator[Example]:
    """Articles of `texts` with the project's own labels.

    Raises DataError where a text is another than the one that was labelled.
    """
    known = {row["id"]: row for row in _rows(labels)}
    for path in texts:
        for article in _articles(path):
            label = known.pop(article.id, None)
            if label is None:
                continue
            if article.sha256 != label["text_sha256"]:
                raise DataError(str(path), f"{article.id} is not the text that was labelled")
            reports = tuple(_offsets_report(report) for report in label["reports"])
            triggers = sorted({report.trigger for report in reports})
            yield Example(article, reports, {"trigger": triggers}, is_relevant=bool(reports))
    if known:
        raise DataError(str(labels), f"no text for {', '.join(sorted(known)[:5])} ...")


def read_labelled(data: Path, labels: Path) -> tuple[list[Example], list[Example]]:
    """All articles labelled report by report: those of the first fit, and those that came later.
    `data` is the folder of data sets, `labels` that of the project's own labels."""
    gold = data / "incident_gold"
    pool = sorted((data / "pool").glob("*.jsonl"))
    shootings = data / "violent_corpus" / "articles.train.jsonl"
    first = [
        *read_reports(gold / "articles.train.jsonl", [gold / "labels.train.jsonl"]),
        *read_offsets(pool, labels / "pool.jsonl"),
    ]
    return first, list(read_offsets([*pool, shootings], labels / "later.jsonl"))


def with_mentions(examples: Iterable[Example], labels: Path) -> Iterator[Example]:
    """Articles with the project's labels of what their other words tell.

    Raises DataError where a text is another than the one that was labelled.
    """
    known = {row["id"]: row for row in _rows(labels)}
    for example in examples:
        row = known.get(example.article.id, {"mentions": ()})
        if row.get("text_sha256", example.article.sha256) != example.article.sha256:
            raise DataError(str(labels), f"{example.article.id} is not the text that was labelled")
        mentions = tuple(_mention(label) for label in row["mentions"])
        yield replace(example, mentions=mentions if example.reports else None)


def _mention(label: dict[str, Any]) -> Mention:
    start, end = label["span"]
    of = tuple((first, last) for first, last in label.get("of", ()))
    return Mention((start, end), Tells(label["tells"]), of)


UNRELATED = ("Arts", "Business", "Disaster", "Health", "Science", "Sports")
"""Openings of the categories of current events that tell of no attack."""
_VIOLENT = re.compile(
    r"attack|bomb|missile|drone|gunm|shoot|shot|stab|militan|strike|terror|murder|arson|explo"
    r"|massacre|assassin|hostage|kidnap|abduct|clash|ceasefire|war\b",
    re.IGNORECASE,
)


def is_held_out(name: str) -> bool:
    """Every other item by a hash of its id: kept from training, to measure with."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def read_unrelated(path: Path) -> Iterator[Example]:
    """Current events of other kinds than violence, as texts without a report. Those with a word of
    violence are left out: nobody has looked whether they tell of an incident."""
    for row in _rows(path):
        if not row["category"].startswith(UNRELATED) or is_held_out(row["id"]):
            continue
        if not _VIOLENT.search(row["text"]):
            article = Article(id=row["id"], sha256="", text=row["text"])
            yield Example(article, (), {"trigger": []}, is_relevant=False)


def read_texts(data: Path) -> Iterator[Article]:
    """Texts of all kinds, without their labels: the pool, current events, PolNeAR's news."""
    for path in sorted((data / "pool").glob("*.jsonl")):
        yield from _articles(path)
    for row in _rows(data / "current_events" / "current_events.jsonl"):
        yield Article(id=row["id"], sha256="", text=row["text"])
    for number, row in enumerate(_rows(data / "polnear" / "train.jsonl")):
        yield Article(id=f"polnear-{number}", sha256="", text=row["text"])


def read_role_fillers(texts: Path, keys: Iterable[Path]) -> Iterator[Example]:
    """MUC-4 texts with their role fillers (GRIT's release). Every whole-word occurrence of a
    filler counts, since the release gives the first one only; of nested ones the outermost, which
    would else be cut where the inner one begins."""
    relevant = {row["doc_id"]: bool(row["relevant"]) for path in keys for row in _rows(path)}
    for row in _rows(texts):
        text = row["doctext"]
        article = Article(id=row["docid"], sha256="", text=text)
        tags = {
            role: outermost(
                at
                for entity in entities
                for mention in entity
                for at in occurrences(text, mention[0])
            )
            for role, entities in row["extracts"].items()
        }
        yield Example(article, None, tags, is_muc_relevant=relevant.get(row["docid"]))


def read_attributions(path: Path) -> Iterator[Example]:
    """PolNeAR: who says what. The first annotator's reading where there are two."""
    for number, row in enumerate(_rows(path)):
        if not row["annotations"]:
            continue
        tags: dict[str, list[Range]] = {}
        for part in ("source", "cue", "content"):
            found = {
                (start, end)
                for attribution in row["annotations"][0]["attributions"]
                for span in attribution.get(part, [])
                for start, end in span
            }
            tags[f"attribution_{part}"] = sorted(found)
        article = Article(id=f"polnear-{number}", sha256="", text=row["text"])
        yield Example(article, None, tags)


def read_defenders(path: Path) -> Iterator[Example]:
    """HRDsAttack: what was done to human rights defenders, by whom, and the names of victims."""
    for article, row in zip(_articles(path), _rows(path), strict=True):
        label = row["annotations"][0]
        names = {victim["victim_name"] for victim in label["victims"] if victim["victim_name"]}
        tags = sorted({at for name in names for at in occurrences(article.text, name)})
        yield Example(
            article,
            None,
            {"victim_name": tags},
            violations=frozenset(label["violation_types"]),
            perpetrator=label["perpetrator_type"],
        )
