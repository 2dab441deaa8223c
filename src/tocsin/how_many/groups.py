"""Who the counted are: the group that the words of a count name, by the phrases of `groups.toml`.

"Three Iraqi policemen" are of the security forces; "three people" are of no group that is told.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from tocsin.records.vocab import VictimGroup
from tocsin.text.phrases import PhraseTable, phrase_entries
from tocsin.text.tokens import tokenize

GROUPS_FILE: Final = "groups.toml"
_CATEGORY: Final = "group"
MAX_CHARS: Final = 120
"""Longer stretches are no noun phrases; what lies behind is not read."""

_ATTACKERS: Final = frozenset(
    {
        *("attacker", "assailant", "bomber", "hijacker", "perpetrator", "suspect", "shooter"),
        *("gunman", "assassin", "kidnapper", "stabber"),
    }
)
"""Nouns, singular, for those who did it: their losses stand apart from the victims'."""


@cache
def group_phrases() -> tuple[tuple[VictimGroup, str], ...]:
    """Every phrase for persons with the group it names, in the notation of `text.phrases`."""
    text = files("tocsin.how_many").joinpath(GROUPS_FILE).read_text(encoding="utf-8")
    table = tomllib.loads(text)["groups"]
    return tuple(
        (VictimGroup(value), phrase) for _, value, phrase in phrase_entries(table, _CATEGORY)
    )


@cache
def _table() -> PhraseTable:
    return PhraseTable((_CATEGORY, group.value, phrase) for group, phrase in group_phrases())


def group_of(words: str) -> VictimGroup:
    """The group that a noun phrase names; UNKNOWN where it tells none.

    The last noun counts ("army doctors" are doctors), unless it is a word for anybody: "army
    people" are of the army.
    """
    group = VictimGroup.UNKNOWN
    for match in _table().scan(tokenize(words[:MAX_CHARS])):
        found = VictimGroup(match.value)
        if found is not VictimGroup.UNKNOWN:
            group = found
    return group


def are_attackers(noun: str | None, group: VictimGroup) -> bool:
    """True where the counted are those who did it: "the bomber", "four gunmen"."""
    return group is VictimGroup.ATTACKER or noun in _ATTACKERS
