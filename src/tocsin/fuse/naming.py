"""Naming: whether words for an actor name somebody, and how they stand in a sentence.

"Gunmen" and "six soldiers" describe, "the Iranian" is the broken half of a phrase, "the Americans"
and "Iran" name a nation. Only a name may be accused in a title.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tocsin.records import Actor
from tocsin.records.vocab import ActorClass
from tocsin.text.nations import nation_named, nation_of

_DETERMINERS = frozenset({"the", "a", "an", "some", "several", "many", "other", "others", "any"})
# fmt: off
_DESCRIBERS = frozenset({
    "armed", "masked", "unknown", "unidentified", "suspected", "alleged", "unnamed", "heavily",
    "local", "foreign", "few", "dozens", "scores", "hundreds", "group", "of", "one", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "first",
    "second", "third",
})
# those who attack, without saying who they are
ATTACKERS = frozenset({
    "gunman", "gunmen", "bomber", "bombers", "attacker", "attackers", "assailant", "assailants",
    "militant", "militants", "militiaman", "militiamen", "fighter", "fighters", "insurgent",
    "insurgents", "rebel", "rebels", "guerrilla", "guerrillas", "jihadist", "jihadists", "jihadi",
    "jihadis", "terrorist", "terrorists", "extremist", "extremists", "islamist", "islamists",
    "separatist", "separatists", "raider", "raiders", "bandit", "bandits", "kidnapper",
    "kidnappers", "abductor", "abductors", "robber", "robbers", "hijacker", "hijackers", "shooter",
    "shooters", "sniper", "snipers", "killer", "killers", "mob", "mobs", "rioter", "rioters",
    "arsonist", "arsonists", "suspect", "suspects", "perpetrator", "perpetrators", "man", "men",
    "woman", "women", "youth", "youths", "teenager", "driver", "gang", "gangs",
})
_TAILS = frozenset({
    "backed", "aligned", "allied", "linked", "affiliated", "sponsored", "led", "funded", "trained",
    "supported", "based", "style", "inspired", "made", "held", "controlled", "speaking", "born",
})
_LEANINGS = ("shiite", "shia", "sunni", "muslim", "christian", "islamist", "hindu", "sikh")
# fmt: on


@lru_cache(maxsize=16384)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name without determiners, describing words and figures."""
    words = name.replace("’", "'").split()
    return tuple(
        word
        for word in words
        if word.casefold() not in _DETERMINERS | _DESCRIBERS and not word.isdigit()
    )


def nation_key(name: str) -> str | None:
    """ISO code of the nation a name stands for, by its name or by the word for its people."""
    bare = " ".join(_words(name))
    return nation_named(bare) or nation_of(bare) if bare else None


def is_attacker(name: str) -> bool:
    """True for a description of somebody who attacks: "gunmen", "two men on a motorbike"."""
    return any(word.casefold().strip(",.") in ATTACKERS for word in _words(name))


def is_fragment(name: str) -> bool:
    """True for an adjective that lost its noun: "the Iranian". "The Americans" is none."""
    bare = " ".join(_words(name))
    return nation_of(bare) is not None and nation_named(bare) is None and not is_plural(name)


def is_named(actor: Actor) -> bool:
    """False for a description and for a fragment.

    Descriptions: "gunmen", "14 others", "an Iranian-backed militia".
    """
    if actor.canonical_id is not None:
        return True
    if is_fragment(actor.name) or actor.name.casefold().startswith(("a ", "an ")):
        return False
    return any(_is_name(word) for word in _words(actor.name))


def _is_name(word: str) -> bool:
    """True for a word with a capital that is no attacker and no "Iran-backed"."""
    tail = word.rpartition("-")[2]
    plain = word.casefold()
    return (
        any(c.isupper() for c in word)
        and plain not in ATTACKERS
        and not plain.endswith(_LEANINGS)
        and tail not in _TAILS
    )


def is_nobody(actor: Actor) -> bool:
    """True where the words tell neither a name, nor a class, nor that somebody attacked."""
    unclassed = actor.actor_class is ActorClass.UNKNOWN
    return unclassed and not is_named(actor) and not is_attacker(actor.name)


def is_plural(name: str) -> bool:
    """Whether a verb after the name is a plural one: "the guerrillas", "Turkish forces"."""
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    if last.endswith(("men", "people", "police", "women")):
        return True
    if not last.endswith("s") or last.endswith(("ss", "us", "is", "'s")):
        return False
    return last.islower() or nation_of(last[:-1]) is not None


def actor_key(actor: Actor) -> str:
    """Equal for one actor under several spellings."""
    if actor.canonical_id:
        return actor.canonical_id
    nation = nation_key(actor.name)
    if nation:
        return f"nation:{nation}"
    plain = unicodedata.normalize("NFKD", actor.name.casefold())
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    drop = {"the", "a", "an", "al", "el"}
    return " ".join(word for word in words.split() if word not in drop)


def in_sentence(name: str) -> str:
    """A name inside a sentence: "the Taliban", not "The Taliban"."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in {"the", "a", "an"} else name
