"""ECB+ as a check of which articles tell one event: `python -m benchmarks.coreference`.

Gold event mentions of the selected sentences of the dev topics, grouped by the stem of their last
word: everywhere, within the articles whose likeness Tocsin would call one story, and within the
gold stories. CoNLL F1 over all mentions, singletons kept.

A check and no more: Tocsin resolves incidents of violence and not verbs, and ECB+ tells of casting
news and product launches too. What it shows is what the likeness of articles is worth on
news of another kind, beside the stories that ECB+ itself gives.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import Any

from benchmarks.conll import b_cubed, ceaf_entities, conll_f1, muc
from benchmarks.data import data_folder, machine, rows
from tocsin.resolve.sketch import likeness, sketch_of, unpack
from tocsin.resolve.veto import AKIN

Mention = tuple[str, str]
"""Document and number of the mention."""

_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "ed", "es", "er", "s", "e")
_MIN_STEM = 3


def stem(word: str) -> str:
    """A word without its ending, and without the letter that the ending doubled."""
    plain = word.casefold()
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _MIN_STEM:
            cut = plain[: -len(ending)]
            doubled = len(cut) > _MIN_STEM and cut[-1] == cut[-2] and cut[-1] not in "aeiouls"
            return cut[:-1] if doubled else cut
    return plain


def stories(documents: Mapping[str, str], above: float) -> dict[str, str]:
    """Document to the first of those that it is alike with, directly or through others."""
    vectors = {name: unpack(sketch_of(None, text)) for name, text in documents.items()}
    leader = {name: name for name in documents}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one, other in combinations(sorted(documents), 2):
        if likeness(vectors[one], vectors[other]) >= above:
            first, second = sorted((find(one), find(other)))
            leader[second] = first
    return {name: find(name) for name in documents}


def text_of(document: Mapping[str, Any]) -> str:
    """The sentences, without the source address that opens most documents."""
    sentences = [" ".join(tokens) for tokens in document["sentences"]]
    return "\n".join(sentences[1:] if "http" in sentences[0] else sentences)


def main() -> None:
    """Print one row for each way of grouping."""
    documents = list(rows(data_folder() / "ecbplus" / "dev.jsonl"))
    story = {document["doc_id"]: document["subtopic"] for document in documents}
    topic = {document["doc_id"]: str(document["topic"]) for document in documents}
    alike = stories({document["doc_id"]: text_of(document) for document in documents}, AKIN)
    gold: dict[Hashable, Hashable] = {}
    stems: dict[Mention, str] = {}
    for document in documents:
        for mention in document["mentions"]:
            if mention["event"] and mention["in_selected"]:
                key = document["doc_id"], mention["m_id"]
                gold[key] = mention["chain"]
                stems[key] = stem(mention["text"].split()[-1])
    print(machine())
    print(f"{len(gold)} mentions, {len(set(gold.values()))} chains, {len(documents)} documents")
    read = b_cubed({name: story[name] for name in story}, {name: alike[name] for name in story})
    print(
        f"stories by likeness above {AKIN}: {len(set(alike.values()))}"
        f" of {len(set(story.values()))},"
        f" B3 P {read.precision:.3f} R {read.recall:.3f} F1 {read.f1:.3f}"
    )
    print("| mentions of one stem | MUC F1 | B3 F1 | CEAFe F1 | CoNLL F1 |\n|---|---|---|---|---|")
    for name, group in (
        ("within all documents", dict.fromkeys(story, "")),
        ("within gold topics", topic),
        ("within stories by likeness", alike),
        ("within gold stories", story),
    ):
        found: dict[Hashable, Hashable] = {key: (group[key[0]], stems[key]) for key in stems}
        scores = [score(gold, found).f1 for score in (muc, b_cubed, ceaf_entities)]
        shown = " | ".join(f"{value:.3f}" for value in (*scores, conll_f1(gold, found)))
        print(f"| {name} | {shown} |")


if __name__ == "__main__":
    main()
