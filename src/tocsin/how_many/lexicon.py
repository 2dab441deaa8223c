"""The words of counting, read once from `lexicon.toml` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tocsin.records.vocab import Outcome

_DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8")
)

NUMBERS: Final[dict[str, int]] = _DATA["numbers"]
SCALES: Final[dict[str, int]] = _DATA["scales"]
ORDINALS: Final[dict[str, int]] = _DATA["ordinals"]
VAGUE: Final[dict[str, int]] = _DATA["vague"]
"""Phrase to the lower bound that it guarantees."""
EXACT: Final[dict[str, int]] = _DATA["exact"]
ROUND: Final[dict[str, int]] = _DATA["round"]
MODIFIERS: Final[dict[str, str]] = _DATA["modifiers"]
"""Phrase before a number to a key of `bounds.RULES`."""
AFTER: Final[dict[str, str]] = _DATA["after"]
"""Phrase behind a number to a key of `bounds.RULES`."""
OUTCOMES: Final[dict[str, Outcome]] = {
    word: Outcome(outcome)
    for outcome, words in _DATA["outcomes"].items()
    if outcome not in {"combined", "harmed"}
    for word in words
}
COMBINED: Final[frozenset[str]] = frozenset(_DATA["outcomes"]["combined"])
"""Nouns for the killed and the injured together."""
HARMED: Final[frozenset[str]] = frozenset(_DATA["outcomes"]["harmed"])
"""Verbs that leave open whether the harmed lived: "four people were shot"."""
UNITS: Final[dict[str, str]] = {
    word: kind for kind, words in _DATA["units"].items() for word in words
}
AROUND: Final[dict[str, frozenset[str]]] = {
    name: frozenset(words.split()) for name, words in _DATA["around"].items()
}
"""Words that stand around counts, by what they do there."""
STOPS: Final[frozenset[str]] = frozenset(_DATA["stops"]["words"].split())
COLLECTIVE: Final[frozenset[str]] = frozenset(_DATA["collective"]["words"].split())


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


def _with_plurals(words: Iterable[str]) -> dict[str, str]:
    singular = [word.lower() for word in words]
    return {_plural(word): word for word in singular} | {word: word for word in singular}


PERSONS: Final[dict[str, str]] = (
    _with_plurals(_DATA["persons"]["words"].split())
    | {word: word for word in COLLECTIVE}
    | _DATA["irregular"]
)
"""Any form of a word for a person to its singular, both lower case."""
MIN_FORMED: Final = 5
THINGS: Final[dict[str, str]] = _with_plurals(_DATA["things"]["words"].split())


_MAN_SUFFIX: Final = ("man", "men")
_NOT_MEN: Final = AROUND["not_men"]
_NOT_ISTS: Final = AROUND["not_ists"]


def person(word: str) -> str | None:
    """The singular of a lower-case word for a person; None for any other word.

    Besides the lexicon, words formed with -man, -woman and -ist name persons.
    """
    known = PERSONS.get(word)
    if known is not None or len(word) < MIN_FORMED:
        return known
    if word.endswith(_MAN_SUFFIX) and word not in _NOT_MEN:
        return word[:-2] + "an"
    base = word.removesuffix("s")
    if base.endswith("ist") and base not in _NOT_ISTS:
        return base
    return None


def is_plural(word: str) -> bool:
    """True where the word itself says that there are several."""
    base = person(word) or THINGS.get(word)
    if word in COLLECTIVE:
        return True
    if base is not None:
        return base != word
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def phrase_index(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word to the phrases that begin with it, as words, longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append(words)
    return {
        first: tuple(sorted(found, key=lambda words: (-len(words), words)))
        for first, found in index.items()
    }
