"""The phrases that the extractor looks for: one table of all its lexicons.

The words for persons and their groups are those of the room of counts.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from tocsin.extract.words import WORDS_FILE
from tocsin.how_many import group_phrases
from tocsin.text.phrases import Match, PhraseTable, phrase_entries

__all__ = ["Match", "load_phrases"]

PERSONS = "persons.person"
"""Category of the words for persons; the value is their group."""


@lru_cache(maxsize=1)
def load_phrases() -> PhraseTable:
    """The table of all `lexicon/*.toml`: category is `file.section`, value the key."""
    entries = [(PERSONS, group.value, phrase) for group, phrase in group_phrases()]
    folder = resources.files("tocsin.extract").joinpath("lexicon")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml") and file.name != WORDS_FILE:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            entries.extend(phrase_entries(table, file.name.removesuffix(".toml")))
    return PhraseTable(entries)
