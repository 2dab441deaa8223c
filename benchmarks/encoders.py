"""What an encoder costs: `python -m benchmarks.encoders`, with the training extra for the tagger.

The learned reader through the whole extraction, beside a tagger of BERT-base's shape (12 layers,
768 wide; random weights, for only its cost counts) over the very same windows, in fp32 and in int8,
and beside the int8 matrix rate that onnxruntime reaches on this machine. Two sets of articles:
incident_gold dev articles that tell an incident, and one of these to ten of other news of like
length. Each contender runs in processes of its own, so that its memory is its own; both cores are
used either by two threads of one process or by two processes of one thread.

What is timed: for the reader, from an Article in memory to its Extraction; for the tagger, to the
tags of its windows: it is spared decoding, kinds and grounding. Loading and three articles of
warming up are left out. A line gives the median of the repeats, and the slowest and fastest; names
of places that a repeat has met are in memory in the next, so that the first is often the slowest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer

from benchmarks.contenders import Job, Measured, measure, open_tokenizer
from benchmarks.data import data_folder, machine, model_folder, rows
from benchmarks.matrix_rate import Rate, Spent, int8_rate, spent_in
from tocsin.extract.learned.layout import ARTICLE_TAGS, SLOTS
from tocsin.extract.learned.windows import cut_windows, read_pieces
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import Article

ARTICLES = 40
UNRELATED_PER_RELEVANT = 10
OTHER_NEWS = ("basil/articles.jsonl", "polnear/dev.jsonl", "polnear/train.jsonl")
READER = "learned reader"
THREADS = 2


class Way(NamedTuple):
    """How both cores are used."""

    processes: int
    threads: int

    def __str__(self) -> str:
        return f"{self.processes} x {self.threads}"


WAYS = (Way(1, THREADS), Way(THREADS, 1))


def order(row: dict[str, str]) -> str:
    """Articles in an order that says nothing about them, and is the same each time."""
    return hashlib.sha256(row["id"].encode()).hexdigest()


def relevant_rows(count: int) -> list[dict[str, str]]:
    """incident_gold dev articles with a labelled report."""
    folder = data_folder() / "incident_gold"
    told = {row["id"] for row in rows(folder / "labels.dev.jsonl") if row["reports"]}
    found = [row for row in rows(folder / "articles.dev.jsonl") if row["id"] in told]
    return sorted(found, key=order)[:count]


def with_unrelated(relevant: list[dict[str, str]], each: int) -> list[dict[str, str]]:
    """These, and to each of them so many articles of other news, cut at the end of a sentence to
    its length. Politics and general news: nobody checked that they tell of no violence."""
    others = sorted((row for name in OTHER_NEWS for row in rows(data_folder() / name)), key=order)
    mixed = list(relevant)
    for row in relevant:
        length = len(row["text"])
        fitting = [other for other in others if len(other["text"]) >= length][:each]
        if len(fitting) < each:
            sys.exit("too few articles of other news of that length; ask for fewer (--articles)")
        taken = {other["id"] for other in fitting}
        others = [other for other in others if other["id"] not in taken]
        mixed += [{**other, "text": cut(other["text"], length)} for other in fitting]
    return sorted(mixed, key=order)


def cut(text: str, length: int) -> str:
    """The text up to the last sentence that ends before `length` characters, if there is one."""
    end = text.rfind(". ", 0, length)
    return text[: end + 1] if end > 0 else text[:length]


def articles_of(chosen: list[dict[str, str]], scratch: Path) -> list[Article]:
    """The rows as the reading room gives them: with regions, date and language."""
    path = scratch / "articles.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number, row in enumerate(chosen):
            line = {"id": str(number), "text": row["text"], "published": row["published"]}
            stream.write(json.dumps(line) + "\n")
    return [one for one in read_inputs([str(path)], ReadSettings()) if isinstance(one, Article)]


def pieces_of(articles: list[Article], tokenizer: Tokenizer) -> tuple[int, int]:
    """Pieces of the articles, each counted once, and windows."""
    counts = [len(read_pieces(article, tokenizer)) for article in articles]
    return sum(counts), sum(len(cut_windows(count)) for count in counts)


class Line(NamedTuple):
    """One contender, one way of using the cores, one set of articles."""

    contender: str
    way: Way
    measured: Measured

    @property
    def median_s(self) -> float:
        """Seconds of the middle repeat."""
        return statistics.median(self.measured.seconds)


def table(lines: list[Line], articles: int, pieces: int) -> None:
    """Print the lines, and how many times as fast as each other contender the reader is."""
    print("| contender | processes x threads | articles/s (spread) | pieces/s | peak MiB |")
    print("|---|---|---|---|---|")
    for name, way, measured in lines:
        slow, fast = articles / max(measured.seconds), articles / min(measured.seconds)
        median_s = statistics.median(measured.seconds)
        print(
            f"| {name} | {way} | {articles / median_s:.2f} ({slow:.2f} to {fast:.2f}) "
            f"| {pieces / median_s:,.0f} | {measured.peak_mb:.0f} |"
        )
    best: dict[str, Line] = {}
    for line in lines:
        kept = best.get(line.contender)
        if kept is None or line.median_s < kept.median_s:
            best[line.contender] = line
    reader = best.pop(READER, None)
    if reader is None:
        return
    for name, line in best.items():
        print(f"{READER} to {name}, the faster way of each: {line.median_s / reader.median_s:.1f}x")


def profile(job: Job, articles: list[Article]) -> Spent:
    """Operations and seconds of one contender over the articles, from a run of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        measure(replace(job, repeats=1, profile=Path(scratch)), articles, 1)
        return spent_in(sorted(Path(scratch).glob("nodes*.json")))


def share(line: Line, spent: Spent, rate: float) -> None:
    """Print what part of the machine's int8 matrix rate a contender uses."""
    per_s = spent.int8_ops / line.median_s
    part, whole = spent.int8_s / spent.all_s, spent.all_s / line.median_s
    print(
        f"{line.contender}, {line.way}: {spent.int8_ops / 1e9:.1f} Gop of int8 products in "
        f"{line.median_s:.2f} s = {per_s / 1e9:.1f} Gop/s, {per_s / rate:.1%} of the rate; they "
        f"take {part:.0%} of the network's time, and it {whole:.0%} of the whole; "
        f"{spent.float_ops / 1e9:.1f} Gop in float products"
    )


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=ARTICLES, help="that tell an incident")
    parser.add_argument("--each", type=int, default=UNRELATED_PER_RELEVANT, help="other news")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--no-tagger", action="store_true", help="the reader alone; no torch")
    options = parser.parse_args()
    folder = model_folder()
    tokenizer = open_tokenizer(folder)
    print(machine())
    rates = int8_rate(THREADS)
    print(f"\nint8 products, {THREADS} threads: " + "; ".join(map(shown, rates)))
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        contenders: dict[str, Path | None] = {READER: None}
        if not options.no_tagger:
            # Needs torch, which the reader alone does not.
            from benchmarks.tagger import write_taggers  # noqa: PLC0415

            tags = 3 * (len(ARTICLE_TAGS) + len(SLOTS))
            written = write_taggers(scratch, tokenizer.get_vocab_size(), tags)
            contenders |= {f"BERT-base tagger, {kind}": file for kind, file in written.items()}
        relevant = relevant_rows(options.articles)
        sets = {
            "articles that tell an incident": relevant,
            f"one of them to {options.each} of other news": with_unrelated(relevant, options.each),
        }
        for title, chosen in sets.items():
            articles = articles_of(chosen, scratch)
            pieces, windows = pieces_of(articles, tokenizer)
            print(f"\n{title}: {len(articles)} articles, {pieces:,} pieces, {windows} windows\n")
            lines = [
                Line(name, way, measure(job, articles, way.processes))
                for name, file in contenders.items()
                for way in WAYS
                for job in [Job(folder, file, way.threads, options.repeats)]
            ]
            table(lines, len(articles), pieces)
            if chosen is relevant:
                for line in lines:
                    if line.way == WAYS[0] and "fp32" not in line.contender:
                        job = Job(folder, contenders[line.contender], line.way.threads, 1)
                        share(line, profile(job, articles), rates[0].per_second)


def shown(rate: Rate) -> str:
    """One product's rate in words."""
    shape = f"{rate.rows}x{rate.inner}x{rate.outer}"
    return f"{rate.op} {shape} {rate.per_second / 1e9:.0f} Gop/s"


if __name__ == "__main__":
    main()
