"""Who says what: `python -m benchmarks.attribution`, on PolNeAR dev.

Spans of sources and of cues, as the labels have them: strict (both ends right) and overlapping
(matched one to one). Beside the reader: the speakers that the rules find.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.data import data_folder, machine, model_folder
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.sentences import read_sentences
from tocsin.extract.sources import find_sources
from tocsin.records import Article
from tocsin.train.labels import Range, read_attributions

PARTS = ("attribution_source", "attribution_cue", "attribution_content")
THRESHOLD = 0.5


def by_model(model: ReaderModel, article: Article) -> dict[str, list[Range]]:
    """Spans of each part."""
    look = model.look(article)
    starts, ends = look.pieces.starts, look.pieces.ends
    return {
        part: [(starts[one.first], ends[one.last - 1]) for one in look.values(part, THRESHOLD)]
        for part in PARTS
    }


def by_rules(article: Article) -> dict[str, list[Range]]:
    """Sources and cues of the first reader; it finds no content."""
    found: dict[str, list[Range]] = {part: [] for part in PARTS}
    for sentence in read_sentences(article):
        for phrase in find_sources(sentence):
            mention = phrase.mention(article, sentence)
            found[PARTS[0]].append((mention.span.start, mention.span.end))
            if mention.cue:
                found[PARTS[1]].append((mention.cue.start, mention.cue.end))
    return found


def overlaps(gold: Iterable[Range], found: Iterable[Range]) -> int:
    """Gold spans that share a character with a found one, each found one used once."""
    left = sorted(found)
    hits = 0
    for start, end in sorted(gold):
        for at, (first, last) in enumerate(left):
            if first < end and start < last:
                del left[at]
                hits += 1
                break
    return hits


def f1(hits: int, gold: int, found: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * hits / (gold + found) if gold + found else 0.0


def main() -> None:
    """Print F1 of each part, strict and overlapping."""
    model = ReaderModel(model_folder())
    examples = list(read_attributions(data_folder() / "polnear" / "dev.jsonl"))
    print(f"{machine()}; {len(examples)} articles, first annotator")
    for name, read in (
        (model.version, lambda article: by_model(model, article)),
        ("rules", by_rules),
    ):
        totals = {part: [0, 0, 0, 0] for part in PARTS}
        for example in examples:
            found = read(example.article)
            for part in PARTS:
                gold = example.tags[part]
                total = totals[part]
                total[0] += len(set(gold) & set(found[part]))
                total[1] += overlaps(gold, found[part])
                total[2] += len(gold)
                total[3] += len(found[part])
        print(name)
        for part, (strict, touching, gold_count, found_count) in totals.items():
            print(
                f"  {part:20} strict F1 {f1(strict, gold_count, found_count):.3f}"
                f"  overlapping F1 {f1(touching, gold_count, found_count):.3f}"
                f"  ({gold_count} gold, {found_count} found)"
            )


if __name__ == "__main__":
    main()
