"""Descriptions of actors nobody can list: "suspected Islamist militants", "fighters of X".

The words stay as they are; the noun gives the class, an adjective the nation. A name inside them is
the actor only where nothing makes them another: "anti-X fighters" and "X-backed militia" are not X.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.records import Span
from tocsin.text.nations import nation_named, nation_of
from tocsin.who.entry import ActorEntry, ActorMatch
from tocsin.who.general import distancing_words, find_forces, modifier_words, opening_words

MAX_MODIFIERS = 5
"""Words before a kind word that belong to its description."""
_ARTICLES = frozenset({"The", "A", "An"})
_WORD_BEFORE = re.compile(r"([\w.'’-]{1,30})[ \u00a0]$")
_PHRASE_CHARS = 200
_BEHIND = re.compile(r"[- ]([A-Za-z]{2,14})\b")
_HEAD_ENDS = re.compile(
    r",|;|\(| (?:of|from|in|on|at|with|who|which|that|near|by|for|to|against|riding|wearing)\b"
)
_LINKED = re.compile(
    r"[\w.-]+-(?:backed|led|linked|aligned|affiliated|allied|funded|trained|based|held|inspired)$",
    re.IGNORECASE,
)
_SIDES = re.compile(r"(?:pro|anti|ex|non)-[\w-]+$", re.IGNORECASE)


def whole_description(phrase: str) -> Span | None:
    """The words of a phrase without spaces around them; None for none."""
    words = phrase[:_PHRASE_CHARS].strip()
    if not words:
        return None
    start = phrase.index(words)
    return Span.of(phrase, start, start + len(words))


def named_inside(words: str, matches: Sequence[ActorMatch]) -> ActorEntry | None:
    """The one catalogued name in words like "fighters of the Islamic State group".

    `matches` are the actors found in `words`. None where another name stands beside it, or a word
    that makes it a different actor ("anti-Taliban fighters", "Iran-backed militias").
    """
    named = [
        match
        for match in matches
        if match.entry.id is not None and words[match.span.end : match.span.end + 1] != "-"
    ]
    if len({match.entry.id for match in named}) != 1:
        return None
    entry, rest = named[0].entry, words
    for match in reversed(named):
        if words[max(0, match.span.start - 1)] == "-":
            return None
        rest = rest[: match.span.start] + " " + rest[match.span.end :]
    others = [word.strip(".,()[]\"'“”‘’") for word in rest.split()]
    others = [word for word in others if word and not _LINKED.fullmatch(word)]
    if distancing_words() & {word.lower() for word in others}:
        return None
    is_plain = all(_is_plain(word, at == 0, entry) for at, word in enumerate(others))
    return entry if is_plain else None


def _is_plain(word: str, is_first: bool, entry: ActorEntry) -> bool:
    """Whether a word beside a name leaves it what it is: lower case, an opening word of kind or
    number, a word of creed, or the nation of the actor itself."""
    if not word[0].isupper() or word in _ARTICLES or word.lower() in modifier_words():
        return True
    if is_first and word.lower() in opening_words():
        return True
    name = word.removesuffix("'s").removesuffix("’s")
    return entry.country is not None and entry.country in {nation_of(name), nation_named(name)}


def described(words: str) -> ActorEntry | None:
    """A description's kind, where its head noun is a word of kind: "masked gunmen on bikes"."""
    cut = _HEAD_ENDS.search(words)
    head = words[: cut.start() if cut else len(words)].rstrip(" \"'”’")
    matches = [match for match in find_forces(head) if match.span.end == len(head)]
    if not matches or matches[-1].rule != "generic":
        return None
    kind = matches[-1].entry
    return ActorEntry(id=None, name=words, actor_class=kind.actor_class)


def widened(text: str, match: ActorMatch) -> tuple[Span, ActorEntry | None]:
    """A word of kind with the words before it that describe the same people, and these as an entry;
    its own span and None where no such words stand there."""
    start = match.span.start
    for _ in range(MAX_MODIFIERS):
        before = _WORD_BEFORE.search(text, max(0, start - 32), start)
        if before is None or not _is_modifier(before.group(1)):
            break
        start = before.start(1)
    if start == match.span.start:
        return match.span, None
    span = Span.of(text, start, match.span.end)
    return span, ActorEntry(id=None, name=span.text, actor_class=match.entry.actor_class)


def is_set_apart(text: str, match: ActorMatch) -> bool:
    """Whether a name only tells whom somebody else is near: "X-linked men", "an X affiliate"."""
    if match.entry.id is None:
        return False
    behind = _BEHIND.match(text, match.span.end)
    before = text[max(0, match.span.start - 5) : match.span.start].lower()
    return bool(behind and behind.group(1).lower() in distancing_words()) or before.endswith(
        ("anti-", "pro-")
    )


def _is_modifier(word: str) -> bool:
    if word.lower() in modifier_words() or _LINKED.fullmatch(word) or _SIDES.fullmatch(word):
        return True
    return word[0].isupper() and nation_of(word) is not None
