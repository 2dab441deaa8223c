"""MUC-4 role fillers: `python -m benchmarks.muc4 --texts GRIT.jsonl --out PRED.json`.

GRIT.jsonl has `docid, doctext`; PRED.json is `{docid: {role: [[mention, ...], ...]}}` for the five
roles. With `--gold GRIT.jsonl` the scorer of the data sets says what it is worth (CEAF-REE).
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from benchmarks.data import machine, model_folder, rows, score
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.roles import read_roles
from tocsin.records import Article


def main() -> None:
    """Read every text; write the fillers; print what is measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args()
    model = ReaderModel(model_folder())
    began = time.perf_counter()
    found = {}
    for row in rows(options.texts):
        article = Article(id=row["docid"], sha256="", text=row["doctext"])
        fillers = read_roles(model, article)
        found[row["docid"]] = {
            role: [[filler.mention] for filler in some] for role, some in fillers.items()
        }
    spent_s = time.perf_counter() - began
    options.out.write_text(json.dumps(found), encoding="utf-8")
    print(f"{machine()}; {model.version}; {len(found) / spent_s:.1f} texts/s")
    if options.gold:
        result = score("score_muc4.py", "--gold", options.gold, "--pred", options.out)
        for role, value in result.items():
            print(f"  {role:8} P {value['p']:.2f}  R {value['r']:.2f}  F1 {value['f1']:.2f}")


if __name__ == "__main__":
    main()
