"""The words of a report's sentences, each weighed by how little chance puts it in two reports.

The weights are fixed, not counted over a store: a pair's score must not change when an unrelated
article arrives. Function words weigh nothing, the trade's own words ("police", "killed") little,
other words one, numbers and names most.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

_POSSESSIVE = re.compile(r"['’]s?\b(?=\s|$)|['’]$")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")

NAME_WEIGHT = 2.0
NUMBER_WEIGHT = 1.5
WORD_WEIGHT = 1.0
TRADE_WEIGHT = 0.25

MAX_WORDS = 400
"""Of a report's sentences: what follows is no longer about the one incident."""


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists of `words.toml`: `function`, `trade`, `calendar`, `titles`, `streets`."""
    raw = files("tocsin.resolve").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: frozenset(" ".join(lines).split()) for name, lines in tomllib.loads(raw).items()}


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """A name for comparison: no accents, case, apostrophes, hyphens or Arabic article."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`")
    words = _TOKEN.findall(plain.casefold())
    if len(words) > 1 and words[0] in {"al", "el", "the"}:
        words = words[1:]
    return " ".join(words)


def weighted_words(text: str) -> dict[str, float]:
    """Each distinct word of `text` with its weight; weightless words are left out."""
    lists = lexicon()
    function, trade, calendar = lists["function"], lists["trade"], lists["calendar"]
    weights: dict[str, float] = {}
    for count, match in enumerate(_TOKEN.finditer(text)):
        if count >= MAX_WORDS:
            break
        token = match.group()
        word = token.casefold()
        if word in function or word in calendar or (len(word) < 2 and not word.isdigit()):
            continue
        if token[0].isdigit():
            weight = NUMBER_WEIGHT
        elif word in trade:
            weight = TRADE_WEIGHT
        elif token[0].isupper():
            weight = NAME_WEIGHT
        else:
            weight = WORD_WEIGHT
            word = _stem(word)
        weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _stem(word: str) -> str:
    """A crude stem, alike for inflections: enough for counting shared words."""
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def similarity(one: dict[str, float], other: dict[str, float]) -> float:
    """Weight of the shared words over the weight of the lighter text, 0..1."""
    if not one or not other:
        return 0.0
    if len(one) > len(other):
        one, other = other, one
    shared = sum(min(weight, other[word]) for word, weight in one.items() if word in other)
    lighter = min(sum(one.values()), sum(other.values()))
    # a one-word text holds little that could differ: a floor keeps it from counting as equal
    return shared / max(lighter, 8.0)
