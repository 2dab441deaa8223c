"""Word lists: `lexicon/words.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

WORDS_FILE = "words.toml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    file = resources.files("tocsin.extract").joinpath("lexicon", WORDS_FILE)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def word_set(name: str) -> frozenset[str]:
    """The list `module.list`, in lower case. Raises KeyError for a name that is not there."""
    section, _, key = name.partition(".")
    return frozenset(_lists()[section][key])
