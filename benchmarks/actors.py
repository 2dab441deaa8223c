"""Actor words to known actors: `python -m benchmarks.actors`.

Each labelled actor of incident_gold that has a usual name, its quote given. The label's name is
looked up too; where it is a known actor or a state, the quote must lead to the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.data import data_folder, machine, rows
from tocsin.records.vocab import ActorClass
from tocsin.who import ActorCatalogue, ActorEntry
from tocsin.who.names import actor_key


class Labelled(NamedTuple):
    """An actor's words and the usual name that the label gives it."""

    quote: str
    name: str


def labelled(split: str) -> Iterator[Labelled]:
    """Every named actor of a split."""
    for row in rows(data_folder() / "incident_gold" / f"labels.{split}.jsonl"):
        for report in row["reports"]:
            for actor in report["actors"]:
                if actor.get("q") and actor.get("name"):
                    yield Labelled(actor["q"], actor["name"])


def entry_of(catalogue: ActorCatalogue, words: str) -> ActorEntry | None:
    """The actor or state of a phrase; None for kinds of people and for words nobody knows."""
    match = catalogue.read(words)
    if match is None or not (match.entry.id or match.rule == "state"):
        return None
    return match.entry


def same(one: ActorEntry, other: ActorEntry) -> bool:
    """Whether two entries are one actor: the same id, or the same state without one."""
    if one.id or other.id:
        return one.id == other.id
    return one.country == other.country


def one_side(one: ActorEntry, other: ActorEntry) -> bool:
    """Whether two entries are the same actor, one a part of the other, or one state's forces."""
    if same(one, other) or {one.id, other.id} & {one.parent, other.parent} - {None}:
        return True
    force = ActorClass.STATE_FORCES
    return one.actor_class == other.actor_class == force and one.country == other.country


def share_words(one: str, other: str) -> bool:
    """Whether two names agree in at least half of the words that either has."""
    words, others = set(actor_key(one).split()), set(actor_key(other).split())
    return bool(words) and 2 * len(words & others) >= len(words | others)


def main() -> None:
    """Print, for dev and train, how many known actors are found, and how many found are right."""
    catalogue = ActorCatalogue.open()
    print(machine())
    print(f"{len(catalogue.entries)} entries")
    for split in ("dev", "train"):
        verdicts: Counter[str] = Counter()
        total = agree = sided = 0
        for quote, name in labelled(split):
            total += 1
            found, known = entry_of(catalogue, quote), entry_of(catalogue, name)
            agree += share_words(found.name if found else quote, name)
            if known is None:
                verdicts["unknown name, read as somebody" if found else "unknown name"] += 1
            elif found is None:
                verdicts["missed"] += 1
            elif same(found, known):
                verdicts["right"] += 1
            else:
                verdicts["wrong"] += 1
                sided += one_side(found, known)
        right, told = verdicts["right"], verdicts["right"] + verdicts["wrong"]
        known_names = told + verdicts["missed"]
        print(f"\nincident_gold {split}: {total} named actors, {known_names} of them known")
        print(f"  the same actor    P {right / told:.3f}  R {right / known_names:.3f}")
        sided += right
        print(f"  the same side     P {sided / told:.3f}  R {sided / known_names:.3f}")
        print(f"  names agree by words  {agree / total:.3f}")
        for verdict, count in verdicts.most_common():
            print(f"  {verdict:30} {count}")


if __name__ == "__main__":
    main()
