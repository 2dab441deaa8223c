"""Attacks on human rights defenders, as an article tells them as a whole (HRDsAttack's scheme).

A trade of the model kept for comparison with what is known; the record does not use it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.extract.learned.layout import PERPETRATORS, VIOLATIONS
from tocsin.extract.learned.model import ReaderModel
from tocsin.records import Article

NAME_THRESHOLD = 0.5
MAX_WINDOWS = 8
"""Windows of an article that are looked at: what was done stands at its beginning."""


@dataclass(frozen=True, slots=True)
class DefenderAttack:
    """What was done, by what kind of actor, to whom."""

    violations: frozenset[str]
    perpetrator: str
    victims: tuple[str, ...]


def read_defenders_attack(model: ReaderModel, article: Article) -> DefenderAttack:
    """The strongest window of an article speaks for it."""
    look = model.look(article, MAX_WINDOWS)
    if look.view is None:
        return DefenderAttack(frozenset({"unknown"}), "insufficient info", ())
    best = look.view.defenders.max(0)
    done, by = best[: len(VIOLATIONS)], best[len(VIOLATIONS) :]
    chosen = {name for name, score in zip(VIOLATIONS, done, strict=True) if score > 0}
    if not chosen:
        chosen = {VIOLATIONS[int(np.argmax(done))]}
    pieces = look.pieces
    names: dict[str, str] = {}
    for one in look.values("victim_name", NAME_THRESHOLD):
        words = article.text[slice(*pieces.edges(one.first, one.last))]
        names.setdefault(words.lower(), words)
    longest = [
        words
        for key, words in names.items()
        if not any(key != other and key in other for other in names)
    ]
    return DefenderAttack(frozenset(chosen), PERPETRATORS[int(np.argmax(by))], tuple(longest))
