"""A gate learns which words an encoder finds relevant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.extract.learned.gate import Gate
from tocsin.records import Article

pytest.importorskip("torch", reason="needs the training extra")


def test_a_gate_learns_the_words_of_what_is_relevant(tmp_path: Path) -> None:
    from tocsin.train.gate import bags_of, fit_gate, write_gate

    def bags(text: str, *, is_relevant: bool) -> object:
        return bags_of(Article(id="a", sha256="", text=text), is_relevant=is_relevant)

    quiet = "the council met again about the harbour " * 60
    texts = [bags(f"{quiet} gunmen fled {quiet}", is_relevant=True), bags("", is_relevant=False)]
    texts += [bags(f"{quiet} prices fell {quiet}", is_relevant=False)]
    (tmp_path / "reader.json").write_text("{}")
    lines: list[str] = []
    write_gate(tmp_path, fit_gate(texts * 40, lines.append), limit=0.0)  # type: ignore[arg-type]
    described = json.loads((tmp_path / "reader.json").read_text())["gate"]
    numbers = {name: described[name] for name in ("scale", "bias", "limit")}
    gate = Gate.open(tmp_path / "gate.bin", **numbers)
    assert gate.passes("Gunmen fled.")
    assert not gate.passes("Prices fell.")
    losses = [float(line.rsplit(maxsplit=1)[1]) for line in lines]
    assert losses[-1] < losses[0]


def test_the_same_texts_give_the_same_gate(tmp_path: Path) -> None:
    from tocsin.train.gate import bags_of, fit_gate, write_gate

    texts = [
        bags_of(Article(id="a", sha256="", text=text), is_relevant=known)
        for text, known in (("a bomb went off", True), ("a fair was held", False))
    ]
    (tmp_path / "reader.json").write_text("{}")
    made = []
    for _ in range(2):
        write_gate(tmp_path, fit_gate(texts * 10, lambda _line: None), limit=0.0)
        made.append((tmp_path / "gate.bin").read_bytes())
    assert made[0] == made[1]
