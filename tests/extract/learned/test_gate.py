"""The first gate: which articles cost an encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.train.conftest import TEXT
from tocsin.errors import DataError
from tocsin.extract.learned.gate import BUCKETS, STRETCH_WORDS, Gate, buckets_of, stretches
from tocsin.extract.learned.model import ReaderModel

TINY = Path(__file__).parent / "data" / "tiny"


def gate_for(*words: str, limit: float = 0.1) -> Gate:
    weights = np.zeros(BUCKETS, np.int8)
    weights[buckets_of(list(words))] = 100
    return Gate(weights, scale=0.01, bias=0.0, limit=limit)


def test_one_telling_stretch_of_a_long_article_is_enough() -> None:
    gate = gate_for("gunmen")
    quiet = "the council met again " * STRETCH_WORDS
    assert not gate.passes(quiet)
    assert gate.passes(f"{quiet} Gunmen fled. {quiet}")


def test_pairs_of_words_count_for_themselves() -> None:
    gate = gate_for("car", "bomb")
    assert gate.score("car bomb") > gate.score("bomb car") > gate.score("a bomb")


@given(text=st.text(max_size=2_000))
def test_any_text_has_a_score_and_passes_by_it(text: str) -> None:
    gate = gate_for("a", "b", "c", limit=0.3)
    assert gate.passes(text) == (gate.score(text) >= 0.3)


@given(count=st.integers(0, 2_000))
def test_stretches_hold_every_word(count: int) -> None:
    words = [f"w{number}" for number in range(count)]
    found = list(stretches(" ".join(words)))
    assert {word for stretch in found for word in stretch} == set(words)
    assert all(len(stretch) <= STRETCH_WORDS for stretch in found)


def test_a_model_brings_its_gate() -> None:
    gate = ReaderModel(TINY).gate
    assert gate is not None
    assert gate.passes(TEXT)
    assert not gate.passes("The committee met on Monday.")


@pytest.mark.parametrize("size", [0, BUCKETS - 1, BUCKETS + 1])
def test_a_file_of_another_size_is_refused(tmp_path: Path, size: int) -> None:
    (tmp_path / "gate.bin").write_bytes(b"\0" * size)
    with pytest.raises(DataError, match=f"holds {size} weights"):
        Gate.open(tmp_path / "gate.bin", scale=1, bias=0, limit=0)
