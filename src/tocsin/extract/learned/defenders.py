"""Attacks on human rights defenders, as an article tells them as a whole (HRDsAttack's scheme).

A trade of the model kept for comparison with what is known; the record does not use it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.extract.learned.decode import find_spans, whole
from tocsin.extract.learned.layout import ARTICLE_TAGS, PERPETRATORS, VIOLATIONS
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.windows import cut_windows, read_pieces
from tocsin.records import Article

NAME_THRESHOLD = 0.5
VIOLATION_THRESHOLD = 0.5
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
    pieces = read_pieces(article, model.tokenizer)
    windows = cut_windows(len(pieces))[:MAX_WINDOWS]
    view = model.view(np.asarray(pieces.ids, np.int32), windows)
    best = view.defenders.max(0)
    done, by = best[: len(VIOLATIONS)], best[len(VIOLATIONS) :]
    chosen = {name for name, score in zip(VIOLATIONS, done, strict=True) if score > 0}
    if not chosen:
        chosen = {VIOLATIONS[int(np.argmax(done))]}
    count = windows[-1].last if windows else 0
    states = whole(view.tags[:, :, ARTICLE_TAGS.index("victim_name")], windows, count)
    names: dict[str, str] = {}
    for one in find_spans(states, pieces.first(count), NAME_THRESHOLD):
        words = article.text[pieces.starts[one.first] : pieces.ends[one.last - 1]]
        names.setdefault(words.lower(), words)
    longest = [
        words
        for key, words in names.items()
        if not any(key != other and key in other for other in names)
    ]
    return DefenderAttack(frozenset(chosen), PERPETRATORS[int(np.argmax(by))], tuple(longest))
