"""Grounding alone, the gold words given: `python -m benchmarks.grounding`.

The labels' quotes become the reading of an imaginary perfect extractor; grounding turns them into
values, and the scorer of the data sets compares. What is wrong here is grounding's fault.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.data import data_folder, machine, rows, score
from tocsin.errors import RefusedInput
from tocsin.ground import ground
from tocsin.publish.contract import extraction_json
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import (
    Article,
    CasualtyMention,
    PlaceMention,
    Reading,
    ReportMention,
    Span,
    TimeMention,
)
from tocsin.records.vocab import IncidentType, Outcome, VictimGroup
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

SLOTS = ("date", "country", "killed", "injured")


def quoted(article: Article, quote: dict[str, Any] | None) -> Span | None:
    """The span of a label's quote: its `n`-th occurrence in the text."""
    if not quote or not quote.get("q"):
        return None
    at = -1
    for _ in range(quote.get("n", 1)):
        at = article.text.index(quote["q"], at + 1)
    return article.span(at, at + len(quote["q"]))


def mention(article: Article, label: dict[str, Any]) -> ReportMention | None:
    """A labelled report as a perfect extractor would hand it on."""
    trigger = quoted(article, label["trigger"])
    if trigger is None:
        return None
    date = quoted(article, label.get("date"))
    places = [quoted(article, place) for place in label.get("places", [])]
    casualties = [
        CasualtyMention(span, outcome, VictimGroup(figure["group"]), bool(figure.get("part")))
        for outcome in (Outcome.KILLED, Outcome.INJURED)
        for figure in label.get(outcome.value, [])
        if (span := quoted(article, figure)) is not None
    ]
    return ReportMention(
        is_main=label["main"],
        type=IncidentType(label["type"]),
        trigger=trigger,
        times=(TimeMention(date),) if date else (),
        places=tuple(PlaceMention(span) for span in places if span),
        casualties=tuple(casualties),
    )


def main() -> None:
    """Print precision and recall of each grounded slot on incident_gold dev and train."""
    gazetteer, actors = Gazetteer.open(), ActorCatalogue.open()
    folder = data_folder() / "incident_gold"
    print(machine())
    for split in ("dev", "train"):
        texts, gold = folder / f"articles.{split}.jsonl", folder / f"labels.{split}.jsonl"
        labels = {row["id"]: row["reports"] for row in rows(gold)}
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch) / "grounded.jsonl"
            with out.open("w", encoding="utf-8") as stream:
                for article in read_inputs([str(texts)], ReadSettings()):
                    if isinstance(article, RefusedInput):
                        raise article
                    found = (mention(article, label) for label in labels[article.id])
                    reading = Reading("gold", tuple(one for one in found if one))
                    extraction = ground(article, reading, gazetteer, actors)
                    stream.write(json.dumps(extraction_json(article, extraction)) + "\n")
            result = score("score_reports.py", "--texts", texts, "--gold", gold, "--pred", out)
        print(f"\nincident_gold {split}, gold words given")
        for slot in SLOTS:
            value = result[slot]
            print(f"  {slot:8} P {value['p']:.3f}  R {value['r']:.3f}  ({value['gold']} gold)")


if __name__ == "__main__":
    main()
