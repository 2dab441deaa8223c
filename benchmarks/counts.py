"""Counts and the counted, read alone: `python -m benchmarks.counts`.

Quotes: each labelled figure of incident_gold, its quote given, against the labelled bounds. Tolls:
killed and injured of whole articles of violent_corpus, no words given, against the record that all
reports of the incident led to. Each beside a regular expression that a first attempt would use.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from benchmarks.data import data_folder, machine, rows
from tocsin.how_many import (
    QuantityKind,
    QuantityReading,
    TollFigure,
    read_quantities,
    read_quantity_at,
    read_toll,
)

Bounds = tuple[int | None, int | None]
"""Smallest and largest number that the words allow; None leaves a side open."""

_WORDS: Final = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS: Final = {word: number for number, word in enumerate(_WORDS.split())}
NUMBER: Final = r"\d[\d,]*|" + "|".join(NUMBER_WORDS)
CLASSES: Final = (
    ("none", re.compile(r"^(?:no|nobody|none|neither|without)\b(?! (?:fewer|less))", re.I)),
    ("range", re.compile(r"\bbetween\b|\d ?[-–] ?\d|\b(?:two|three|four) (?:to|or) ", re.I)),
    ("vague", re.compile(r"\b(?:dozens?|scores|hundreds|thousands|several|many|few|some)\b", re.I)),
    ("bounded", re.compile(r"\b(?:least|than|over|up to|as many as|nearly|almost|about)\b", re.I)),
    ("list", re.compile(rf"\b(?:an?|his|her|{NUMBER})\b.* and (?:an?|his|her|{NUMBER})\b", re.I)),
    ("digits", re.compile(r"\d")),
    ("number words", re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b|\w+ty\b", re.I)),
    ("article", re.compile(r"\b(?:an?|another|the|his|her|their)\b", re.I)),
)
"""Kinds of quotes by their words; the first that fits counts, `bare` where none does."""


class Figure(NamedTuple):
    """A labelled figure: where its quote stands, its bounds, and of whom it is."""

    text: str
    start: int
    end: int
    bounds: Bounds
    outcome: str
    group: str
    is_part: bool

    @property
    def quote(self) -> str:
        """The words."""
        return self.text[self.start : self.end]


def figures(split: str) -> Iterator[Figure]:
    """Every killed and injured figure of incident_gold that has a quote."""
    folder = data_folder() / "incident_gold"
    texts = {row["id"]: row["text"] for row in rows(folder / f"articles.{split}.jsonl")}
    for row in rows(folder / f"labels.{split}.jsonl"):
        text = texts[row["id"]]
        for report in row["reports"]:
            pairs = [(name, one) for name in ("killed", "injured") for one in report[name]]
            for outcome, figure in pairs:
                at = -1
                for _ in range(figure.get("n", 1) if figure.get("q") else 0):
                    at = text.index(figure["q"], at + 1)
                if at >= 0:
                    end = at + len(figure["q"])
                    bounds = figure["min"], figure["max"]
                    is_part = bool(figure.get("part"))
                    yield Figure(text, at, end, bounds, outcome, figure["group"], is_part)


def word_class(quote: str) -> str:
    """The kind of words a quote is made of."""
    return next((name for name, pattern in CLASSES if pattern.search(quote)), "bare")


def value(word: str) -> int:
    """The number that a word or digits of `NUMBER` write."""
    return NUMBER_WORDS.get(word.lower(), 0) or int(re.sub(r"\D", "", word) or 0)


def by_pattern(figure: Figure) -> Bounds | None:
    """The baseline for quotes: first number, "at least" before it; else "no", a dozen, one."""
    quote = figure.quote
    if re.match(r"no\b|none\b|nobody\b", quote, re.I):
        return 0, 0
    found = re.search(rf"\b(?:{NUMBER})\b", quote, re.I)
    if found is None:
        if re.search(r"\bdozens\b", quote, re.I):
            return 24, None
        if re.match(r"(?:an?|the|his|her)\b", quote, re.I):
            return 1, 1
        return None
    number = value(found.group())
    before = quote[: found.start()].lower()
    if "at least" in before:
        return number, None
    if "more than" in before:
        return number + 1, None
    if "up to" in before:
        return None, number
    return number, number


def by_room(figure: Figure) -> Bounds | None:
    """The room `how_many`, as grounding calls it."""
    reading = read_quantity_at(figure.text, figure.start, figure.end, plural_is_vague=True)
    return (reading.quantity.min, reading.quantity.max) if reading else None


def quotes(split: str) -> None:
    """Share of figures with both bounds right, by word class."""
    found = list(figures(split))
    total = Counter(word_class(one.quote) for one in found)
    readers: tuple[tuple[str, Callable[[Figure], Bounds | None]], ...] = (
        ("how_many", by_room),
        ("pattern", by_pattern),
    )
    right: dict[str, Counter[str]] = {}
    for name, read in readers:
        right[name] = Counter(word_class(one.quote) for one in found if read(one) == one.bounds)
    print(f"\nincident_gold {split}: both bounds of {len(found)} quoted figures")
    for kind, count in [*total.most_common(), ("all", len(found))]:
        cells = (
            f"{(n.total() if kind == 'all' else n[kind]) / count:.3f} {name}"
            for name, n in right.items()
        )
        print(f"  {kind:13}{count:5}   {'   '.join(cells)}")


def counted(split: str) -> None:
    """Who the counted are: outcome, group and part, read from the running text.

    Only figures that the room finds by itself are compared; what it does not tell is counted apart.
    """
    found: dict[str, Counter[str]] = {name: Counter() for name in ("outcome", "group", "part")}
    total = met = 0
    cache: dict[str, list[QuantityReading]] = {}
    for figure in figures(split):
        total += 1
        if figure.text not in cache:
            cache[figure.text] = read_quantities(figure.text)
        near = [
            one
            for one in cache[figure.text]
            if one.span.start < figure.end
            and figure.start < one.span.end
            and one.kind is QuantityKind.PERSONS
        ]
        if not near:
            continue
        met += 1
        outcome = {one.outcome_hint.value for one in near if one.outcome_hint}
        found["outcome"][_verdict(outcome, figure.outcome)] += 1
        if figure.group not in {"unknown", "mixed"}:
            group = {one.group.value for one in near} - {"unknown"}
            found["group"][_verdict(group, figure.group)] += 1
        found["part"]["right" if figure.is_part == near[0].is_part else "wrong"] += 1
    print(f"\nincident_gold {split}: {met} of {total} figures found in running text")
    for name, verdicts in found.items():
        told = verdicts["right"] + verdicts["wrong"]
        print(
            f"  {name:8} right {verdicts['right'] / told:.3f} of {told} told, "
            f"{verdicts['silent']} not told"
        )


def _verdict(told: set[str], known: str) -> str:
    return "silent" if not told else "right" if known in told else "wrong"


Toll = tuple[int | None, int | None]
"""Killed and injured, None where nothing is read."""

KILLED_PATTERNS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b({NUMBER}) (?:\w+ )?(?:(?:were|was|are|is) )?(?:killed|dead)\b",
        rf"\b(?:killed|killing|kills) (?:at least )?({NUMBER})\b",
    )
)
INJURED_PATTERNS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b({NUMBER}) (?:\w+ )?(?:(?:were|was|are|is) )?(?:injured|wounded|hurt)\b",
        rf"\b(?:injured|injuring|injures|wounded|wounding|wounds) (?:at least )?({NUMBER})\b",
    )
)


def toll_by_pattern(text: str) -> Toll:
    """The baseline for articles: the first "N people were killed" or "killed N"."""

    def first(patterns: tuple[re.Pattern[str], ...]) -> int | None:
        hits = [hit for pattern in patterns if (hit := pattern.search(text))]
        return value(min(hits, key=lambda hit: hit.start()).group(1)) if hits else None

    return first(KILLED_PATTERNS), first(INJURED_PATTERNS)


def toll_by_room(text: str) -> Toll:
    """The room's reading. The records count attackers in, so they are counted in here too."""
    toll = read_toll(text)

    def best(figure: TollFigure | None) -> int | None:
        """The figure told; of "at least 12" the 12."""
        if figure is None:
            return None
        q = figure.quantity
        return next((n for n in (q.best, q.min, q.max) if n is not None), None)

    killed, attackers = best(toll.killed), best(toll.attackers_killed)
    if attackers is not None:
        killed = (killed or 0) + attackers
    return killed, best(toll.injured)


def tolls(split: str, limit: int | None = None) -> None:
    """Exact match of killed and injured, per article. A figure not read counts as none."""
    folder = data_folder() / "violent_corpus"
    truth = {row["incident_id"]: row for row in rows(folder / f"truth.{split}.jsonl")}
    articles = [
        row
        for row in rows(folder / f"articles.{split}.jsonl")
        if not row["shared_with"]
        and (incident := truth.get(row["incident_id"]))
        and incident["killed"] is not None
        and incident["injured"] is not None
    ][:limit]
    print(f"\nviolent_corpus {split}: {len(articles)} articles with a known toll, no words given")
    readers: tuple[tuple[str, Callable[[str], Toll]], ...] = (
        ("how_many", toll_by_room),
        ("pattern", toll_by_pattern),
        ("always none", lambda _: (None, None)),
    )
    for name, read in readers:
        scores = [
            (read(f"{row['title'] or ''}\n\n{row['text']}"), truth[row["incident_id"]])
            for row in articles
        ]
        for at, outcome in enumerate(("killed", "injured")):
            given = [(toll[at], record[outcome]) for toll, record in scores]
            stated = [pair for pair in given if pair[0] is not None]
            exact = sum((found or 0) == known for found, known in given) / len(given)
            right = sum(found == known for found, known in stated) / max(len(stated), 1)
            harmed = [pair for pair in given if pair[1]]
            recall = sum(found == known for found, known in harmed) / len(harmed)
            print(
                f"  {name:12} {outcome:8} exact {exact:.3f}   where read {right:.3f} "
                f"(coverage {len(stated) / len(given):.3f})   of those harmed {recall:.3f}"
            )


def speed() -> None:
    """Quantities a second on one core, over the articles of incident_gold dev."""
    folder = data_folder() / "incident_gold"
    texts = [row["text"] for row in rows(folder / "articles.dev.jsonl")]
    start = time.process_time()
    count = sum(len(read_quantities(text)) for text in texts)
    seconds = time.process_time() - start
    size = sum(map(len, texts)) / 1e6
    print(f"\n{count / seconds:,.0f} quantities/s, {size / seconds:.2f} million characters/s")


def main() -> None:
    """Print all of it."""
    print(machine())
    for split in ("dev", "train"):
        quotes(split)
    for split in ("dev", "train"):
        counted(split)
    for split in ("dev", "train"):
        tolls(split)
    speed()


if __name__ == "__main__":
    main()
