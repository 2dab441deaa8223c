"""Attacks on human rights defenders: `python -m benchmarks.defenders`, on HRDsAttack dev.

Perpetrator type (accuracy), violation types (micro F1) and victims' names (exact F1), beside what
its paper gives for T5-large on the test split (Ran et al. 2023): 62.0, 71.4 and 36.5 to 47.4.
"""

from __future__ import annotations

import json

from benchmarks.data import data_folder, machine, model_folder, rows
from tocsin.extract.learned.defenders import read_defenders_attack
from tocsin.extract.learned.model import ReaderModel
from tocsin.records import Article


def main() -> None:
    """Read the dev articles and print the three figures."""
    model = ReaderModel(model_folder())
    right = known = 0
    done = [0, 0, 0]
    names = [0, 0, 0]
    articles = 0
    for row in rows(data_folder() / "hrdsattack" / "dev.jsonl"):
        articles += 1
        label = row["annotations"][0]
        found = read_defenders_attack(model, Article(id=row["id"], sha256="", text=row["text"]))
        if label["perpetrator_type"]:
            known += 1
            right += found.perpetrator == label["perpetrator_type"]
        gold = set(label["violation_types"])
        done = [
            done[0] + len(gold & found.violations),
            done[1] + len(gold),
            done[2] + len(found.violations),
        ]
        gold_names = {
            victim["victim_name"].lower() for victim in label["victims"] if victim["victim_name"]
        }
        found_names = {name.lower() for name in found.victims}
        names = [
            names[0] + len(gold_names & found_names),
            names[1] + len(gold_names),
            names[2] + len(found_names),
        ]
    print(f"{machine()}; {model.version}; {articles} articles")
    print(f"  perpetrator type: accuracy {right / known:.3f} of {known}")
    for name, (hits, gold_count, found_count) in (("violations", done), ("victim names", names)):
        score = 2 * hits / (gold_count + found_count)
        print(f"  {name}: F1 {score:.3f} ({json.dumps([hits, gold_count, found_count])})")


if __name__ == "__main__":
    main()
