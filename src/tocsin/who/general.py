"""General rules for actors no list can hold: a state's forces, and kinds of people with arms.

"Iraqi army", "U.S. drones", "Syrian government forces", "Turkish jets" are forces of the state
whose adjective they carry; "gunmen", "protesters", "police" have a class and no identity. A word
that makes a force somebody else's ("Syrian rebels", "Iran-backed") is never read as the state.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from tocsin.records import Span
from tocsin.records.vocab import ActorClass
from tocsin.text.nations import nation, nation_named, nation_of, nations
from tocsin.who.entry import ActorEntry, ActorMatch

WORDS_FILE = "data/force_words.toml"

MAX_PHRASE_CHARS = 120
USUAL_ADJECTIVES = {"US": "U.S."}
"""Where agencies name a state's forces by another word than the adjective: "U.S. military"."""


class Force(NamedTuple):
    """A branch of a state's power: the suffix of its id, its name, and the nouns that say it."""

    suffix: str
    noun: str
    actor_class: ActorClass


@cache
def _words() -> dict[str, Any]:
    text = files("tocsin.who").joinpath(WORDS_FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _forces() -> dict[str, Force]:
    """Force noun, lower case, to the force."""
    found: dict[str, Force] = {}
    for suffix, table in _words()["force"].items():
        force = Force(suffix, table["noun"], ActorClass(table["class"]))
        found |= dict.fromkeys(table["words"], force)
    return found


@cache
def _kinds() -> dict[str, ActorClass]:
    """Kind word, lower case, to its class."""
    return {
        word: ActorClass(actor_class)
        for actor_class, words in _words()["kind"].items()
        for word in words
    }


@cache
def capitals_only_words() -> frozenset[str]:
    """Abbreviations that are no actors where everything is in capitals: "IS", "ICE"."""
    return frozenset(_words()["capitals"]["words"])


@cache
def soft_words() -> frozenset[str]:
    """Words that names have in small letters as often as not: "army", "of"."""
    return frozenset(_words()["soft"]["words"].split())


@cache
def modifier_words() -> frozenset[str]:
    """Words that describe people with arms and name nobody: "suspected", "masked"."""
    return frozenset(_words()["modifiers"]["words"].split())


@cache
def opening_words() -> frozenset[str]:
    """Words that may open a description with a capital and are no name: "Dozens", "Gunmen"."""
    return frozenset(_words()["openings"]["words"].split()) | _kinds().keys()


@cache
def distancing_words() -> frozenset[str]:
    """Words that make "X" and "X-something" two actors: "backed", "anti", "former"."""
    return frozenset(_words()["distancing"]["words"].split())


def read_state(phrase: str) -> ActorEntry | None:
    """A state called by its name, "Iran" or "the US": it acts through forces nobody specified."""
    name = phrase.removeprefix("The ").removeprefix("the ")
    one = nation(nation_named(name) or "")
    if one is None:
        return None
    return ActorEntry(id=None, name=one.name, actor_class=ActorClass.STATE_FORCES, country=one.code)


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _nation_force_pattern() -> re.Pattern[str]:
    adjectives = {word for one in nations() for word in (*one.adjectives, *one.demonyms)}
    names = {name for one in nations() for name in one.names}
    between = _alternation(list(_words()["between"]["words"]))
    nouns = _alternation(list(_forces()))
    nation_words = _alternation(sorted(adjectives | names))
    return re.compile(
        rf"(?<![\w-])(?=(?-i:[A-Z]))(?P<nation>{nation_words})(?:['’]s?)?"
        rf"(?P<between>(?:[ \n-](?:{between})){{0,3}})[ \n](?P<noun>{nouns})(?!-?\w)(?!\.\w)",
        re.IGNORECASE,
    )


@cache
def _kind_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_alternation(list(_kinds()))})(?![\w-])", re.IGNORECASE)


def read_force(phrase: str) -> ActorEntry | None:
    """The actor of a whole phrase such as "the Iraqi army" or "gunmen"; None for any other."""
    words = " ".join(phrase[:MAX_PHRASE_CHARS].split())
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        words = words.removeprefix(article)
    match = _nation_force_pattern().fullmatch(words)
    if match is not None:
        return _force_entry(match)
    kind = _kinds().get(words.lower())
    return _kind_entry(words, kind) if kind is not None else None


def find_forces(text: str, start: int = 0, end: int | None = None) -> list[ActorMatch]:
    """State forces and kinds of actors in `text[start:end]`, in order, not overlapping."""
    end = len(text) if end is None else end
    found: list[ActorMatch] = []
    for match in _nation_force_pattern().finditer(text, start, end):
        entry = _force_entry(match)
        if entry is not None:
            span = Span.of(text, match.start(), match.end())
            found.append(ActorMatch(span, entry, "nation-force"))
    taken = [match.span for match in found]
    at = 0
    for match in _kind_pattern().finditer(text, start, end):
        while at < len(taken) and taken[at].end <= match.start():
            at += 1
        if at < len(taken) and taken[at].start < match.end():
            continue
        words = match.group()
        span = Span.of(text, match.start(), match.end())
        found.append(ActorMatch(span, _kind_entry(words, _kinds()[words.lower()]), "generic"))
    return sorted(found, key=lambda item: item.span.start)


def _force_entry(match: re.Match[str]) -> ActorEntry | None:
    words = match.group("nation")
    if words == "Us":
        return None
    code = nation_of(words) or nation_named(words)
    if code is None:
        return None
    force = _forces()[match.group("noun").lower()]
    one = nation(code)
    assert one is not None  # noqa: S101 - the code came from the same list
    usual = one.adjectives[0] if one.adjectives else one.name
    adjective = USUAL_ADJECTIVES.get(code, usual)
    return ActorEntry(
        id=f"{code.lower()}-{force.suffix}",
        name=f"{adjective} {force.noun}",
        actor_class=force.actor_class,
        country=code,
        parent=None if force.suffix == "government" else f"{code.lower()}-government",
    )


def _kind_entry(words: str, actor_class: ActorClass) -> ActorEntry:
    return ActorEntry(id=None, name=words.lower(), actor_class=actor_class)
