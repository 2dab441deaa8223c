"""The when room: `python -m benchmarks.times [tempeval] [held-out] [quotes] [speed]`.

Without names: `tempeval` (dev half), `quotes` and `speed`. `held-out` is the other half of the
TIMEX3 texts, which no rule was tuned on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.data import data_folder, machine, rows
from benchmarks.date_readers import Found, installed
from benchmarks.grounding import mention
from tocsin.errors import RefusedInput
from tocsin.ground.places import ArticlePlaces
from tocsin.ground.times import ArticleTimes
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis
from tocsin.when import TimeContext, read_times, read_timexes
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

LIBRARIES = ("dateparser", "python-dateutil", "timefhuman")


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked stretch of a text and what it is said to mean."""

    start: int
    end: int
    value: str
    moment: dt.datetime | None = None
    """For libraries that answer with a moment, whatever the words named."""


@dataclass(slots=True)
class Score:
    """Counts over texts, and the F1 figures made of them."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    right: int = 0
    seconds: float = 0.0

    def add(self, gold: Sequence[Marked], found: Sequence[Marked]) -> None:
        """Pair each gold stretch with the first free answer that overlaps it."""
        self.gold += len(gold)
        self.found += len(found)
        free = list(found)
        for one in gold:
            other = next((f for f in free if f.start < one.end and one.start < f.end), None)
            if other is None:
                continue
            free.remove(other)
            self.relaxed += 1
            self.strict += (one.start, one.end) == (other.start, other.end)
            self.right += same_value(one.value, other)

    def f1(self, hits: int) -> float:
        """F1 of so many hits."""
        return 2 * hits / (self.gold + self.found) if self.gold + self.found else 0.0


def same_value(gold: str, found: Marked) -> bool:
    """Equal strings. A library's moment is cut to what the gold value says: "1998-03" takes any day
    of that March, so that it loses nothing by having no precision."""
    if found.moment is None:
        return gold == found.value
    moment = found.moment
    year, week, _ = moment.isocalendar()
    return gold in {
        f"{moment.year}",
        f"{moment:%Y-%m}",
        f"{moment:%Y-%m-%d}",
        f"{moment:%Y-%m-%dT%H:%M}",
        f"{year}-W{week:02}",
        f"{moment.year // 10}X",
        f"{moment.year}-Q{(moment.month + 2) // 3}",
    }


def is_dev(name: str) -> bool:
    """True for the half of the texts that rules may be tuned on: an even SHA-256 of the id."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


def timex_texts(*, dev: bool) -> Iterator[dict[str, Any]]:
    """TimeBank and AQUAINT texts of one half."""
    for name in ("timebank", "aquaint"):
        for row in rows(data_folder() / "tempeval3" / f"{name}.jsonl"):
            if is_dev(row["id"]) == dev:
                yield row


def by_tocsin(text: str, now: dt.datetime) -> list[Marked]:
    """The when room's answers as TIMEX3."""
    context = TimeContext(Published(now.date(), PublishedBasis.METADATA))
    return [Marked(t.span.start, t.span.end, t.value) for t in read_timexes(text, context)]


def _library(reader: Callable[[str, dt.datetime], list[Found]]) -> Callable[..., list[Marked]]:
    def answer(text: str, now: dt.datetime) -> list[Marked]:
        return [_marked(found) for found in reader(text, now)]

    return answer


def _marked(found: Found) -> Marked:
    if isinstance(found.value, dt.timedelta):
        days, seconds = found.value.days, found.value.seconds
        value = f"PT{seconds // 3600}H" if seconds and not days else f"P{days}D"
        return Marked(found.start, found.end, value)
    return Marked(found.start, found.end, "", found.value)


def tempeval(*, dev: bool) -> None:
    """Span and value F1 of the when room beside the installed libraries."""
    readers: dict[str, Callable[..., list[Marked]]] = {"Tocsin": by_tocsin}
    readers |= {name: _library(reader) for name, reader in installed().items()}
    texts = list(timex_texts(dev=dev))
    print(f"\nTIMEX3, {'dev' if dev else 'held-out'} half: {len(texts)} texts")
    print(f"  {'':26} strict  relaxed  value   right of relaxed  chars/CPU-s")
    for name, reader in readers.items():
        score = Score()
        for row in texts:
            text, now = row["text"], dt.datetime.fromisoformat(row["dct"][:10])
            began = time.process_time()
            answers = reader(text, now)
            score.seconds += time.process_time() - began
            gold = [Marked(t["start"], t["end"], t["value"]) for t in row["timexes"]]
            score.add(gold, answers)
        characters = sum(len(row["text"]) for row in texts)
        print(
            f"  {name:26} {score.f1(score.strict):.3f}   {score.f1(score.relaxed):.3f}"
            f"    {score.f1(score.right):.3f}   {score.right / max(score.relaxed, 1):.3f}"
            f"             {characters / score.seconds:,.0f}"
        )
    if len(readers) <= len(LIBRARIES):
        print(f"  (`make bench-setup` installs what is missing of {', '.join(LIBRARIES)})")


def same_date(gold: tuple[dt.date, dt.date], found: tuple[dt.date, dt.date]) -> bool:
    """The scorer's rule: they meet, and neither end is over two days (or half the length) out."""
    slack = dt.timedelta(days=max(2, (gold[1] - gold[0]).days // 2))
    meets = found[0] <= gold[1] and gold[0] <= found[1]
    return meets and gold[0] - slack <= found[0] and found[1] <= gold[1] + slack


def quotes(split: str, *, shows_misses: bool = False) -> None:
    """Each gold date quote read in its article, scored against its own label: no pairing."""
    folder = data_folder() / "incident_gold"
    labels = {row["id"]: row["reports"] for row in rows(folder / f"labels.{split}.jsonl")}
    gazetteer, actors = Gazetteer.open(), ActorCatalogue.open()
    right = stated = total = 0
    for article in read_inputs([str(folder / f"articles.{split}.jsonl")], ReadSettings()):
        if isinstance(article, RefusedInput):
            raise article
        pairs = [(label, mention(article, label)) for label in labels[article.id]]
        known = [(label, one) for label, one in pairs if one is not None]
        places = ArticlePlaces(article, gazetteer, actors)
        zones = [places.locate(one).zone for _, one in known]
        dates = ArticleTimes(article, gazetteer).date_all([one for _, one in known], zones)
        for (label, one), (claim, _) in zip(known, dates, strict=True):
            if not one.times:
                continue
            total += 1
            interval = claim.value if claim else None
            first, last = (interval.first_day, interval.last_day) if interval else (None, None)
            gold = tuple(dt.date.fromisoformat(label["date"][end]) for end in ("start", "end"))
            is_right = bool(first and last and same_date((gold[0], gold[1]), (first, last)))
            stated += bool(first and last)
            right += is_right
            if shows_misses and not is_right:
                today = article.published.date if article.published else None
                words, rule = one.times[0].span.text, interval.rule if interval else ""
                print(f"  {article.id} {words!r} of {today}: {gold[0]}..{gold[1]}", end="")
                print(f", read {first}..{last} ({rule})")
    print(f"  {split:6} {right / total:.3f} right of {total} ({stated} stated)")


def speed() -> None:
    """Characters and expressions per CPU second, and how time grows with hostile text."""
    texts = [row["text"] for row in rows(data_folder() / "pool" / "fa-kes.jsonl")]
    context = TimeContext(Published(dt.date(2020, 1, 8), PublishedBasis.METADATA))
    began = time.process_time()
    found = sum(len(read_times(text, context)) for text in texts)
    seconds = time.process_time() - began
    characters = sum(map(len, texts))
    print(f"\npool text: {characters:,} characters, {found:,} expressions in {seconds:.2f} s:")
    print(
        f"  {characters / seconds:,.0f} characters/CPU-s, {found / seconds:,.0f} expressions/CPU-s"
    )
    for name, unit in HOSTILE.items():
        took = []
        for times in (2_000, 20_000):
            began = time.process_time()
            read_times(unit * times, context)
            took.append(time.process_time() - began)
        print(f"  {name:22} 10 times the text, {took[1] / took[0]:.1f} times the time")


HOSTILE = {
    "the night of": "the night of ",
    "on Monday and Tuesday": "Monday and Tuesday, ",
    "digits": "3 and 5 March, 2020-03-0",
    "will ... without end": "will they ",
    "a day after": "a day after ",
    "at around": "at around between 9 and ",
}


def main(names: list[str]) -> None:
    """Run the named parts."""
    names = names or ["tempeval", "quotes", "speed"]
    print(machine())
    if "tempeval" in names:
        tempeval(dev=True)
    if "held-out" in names:
        tempeval(dev=False)
    if "quotes" in names:
        print("\nincident_gold, date quotes given: intervals right as the scorer counts them")
        for split in ("dev", "train"):
            quotes(split)
    if "misses" in names:
        quotes("train", shows_misses=True)
    if "speed" in names:
        speed()


if __name__ == "__main__":
    main(sys.argv[1:])
