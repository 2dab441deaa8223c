"""Nations: country names, adjectives and demonyms to ISO 3166-1 codes, for all phrase rooms.

Place words ("in Iraq") and actor words ("Iraqi troops") rest on the same list, `nations.tsv`. It
holds facts of language only; coordinates and time zones are the gazetteer's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

NATIONS_FILE = "nations.tsv"
MAX_PHRASE_CHARS: Final = 120
"""Longer stretches are no noun phrases; what lies behind is not read."""

_CAPITAL_WORD: Final = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][\w’']*")
_SIDE_WORDS: Final = re.compile(r"-(?:backed|led|linked|aligned|allied|held|funded|trained)\b")
""" "Iran-backed fighters" are of no nation that the words tell."""


@dataclass(frozen=True, slots=True)
class Nation:
    """One country or territory and the words for it and its people."""

    code: str
    """ISO 3166-1 alpha-2, `XK` for Kosovo."""
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    """Words for its people that are not adjectives: `Spaniard`."""

    @property
    def names(self) -> tuple[str, ...]:
        """The usual name, then the others."""
        return (self.name, *self.aliases)


def fold_nation(word: str) -> str:
    """Case-, full-stop- and article-blind form: "the U.S." and "us" are one."""
    folded = " ".join(word.replace("’", "'").replace(".", "").casefold().split())
    return folded.removeprefix("the ")


@cache
def nations() -> tuple[Nation, ...]:
    """All nations, in order of code."""
    found = []
    text = files("tocsin.text").joinpath(NATIONS_FILE).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    for line in lines[1:]:
        code, name, aliases, adjectives, demonyms = line.split("\t")
        found.append(Nation(code, name, _split(aliases), _split(adjectives), _split(demonyms)))
    return tuple(found)


def nation(code: str) -> Nation | None:
    """The nation of an ISO 3166-1 alpha-2 code, in any case."""
    return _by_code().get(code.upper())


def nation_named(name: str) -> str | None:
    """The code of a country name: "the United States", "DRC". None where it is none.

    "US" must be given as written: "us" is a pronoun. "Congo" alone means the larger of the two, as
    the agencies write it.
    """
    if name in {"us", "Us"}:
        return None
    return _by_name().get(fold_nation(name))


def nation_of(word: str) -> str | None:
    """The code of an adjective or demonym, singular or plural: "Iraqi", "Spaniards".

    Where two countries share the word ("Congolese"), the more populous has it.
    """
    if word in {"us", "Us"}:
        return None
    return _by_adjective().get(fold_nation(word))


def nationality_of(words: str) -> str | None:
    """ISO 3166-1 alpha-2 of the one nation that a noun phrase names; None for none or several."""
    words = words[:MAX_PHRASE_CHARS]
    names = list(_CAPITAL_WORD.finditer(words))
    codes: set[str] = set()
    taken = -1
    for at, one in enumerate(names):
        other = names[at + 1] if at + 1 < len(names) else None
        if one.start() < taken:
            continue
        if other is not None and words[one.end() : other.start()] in {" ", "-"}:
            code = nation_of(words[one.start() : other.end()])
            if code is not None:
                codes.add(code)
                taken = other.end()
                continue
        code = nation_of(one.group())
        if code is not None and not _SIDE_WORDS.match(words, one.end()):
            codes.add(code)
    return codes.pop() if len(codes) == 1 else None


@cache
def _by_code() -> dict[str, Nation]:
    return {one.code: one for one in nations()}


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in nations():
        for name in one.names:
            found.setdefault(fold_nation(name), one.code)
    return found


@cache
def _by_adjective() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in nations():
        for word in (*one.adjectives, *one.demonyms):
            folded = fold_nation(word)
            found.setdefault(folded, one.code)
            if not folded.endswith(("s", "sh", "ch", "men", "ese")) and folded != "us":
                found.setdefault(folded + "s", one.code)
    return found


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
