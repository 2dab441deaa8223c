"""Role fillers of a MUC-4 text: the model's second trade, kept to compare it with what is known.

Each role's mentions are gathered into entities by their words alone: the same words, words that
hold each other, an acronym and its long form, also one that the text gives in brackets behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.wording import tidy
from tocsin.records import Article

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
PLAIN = frozenset({"a", "an", "the", "of", "and"})
SPAN_THRESHOLD = 0.4
"""Of a piece, before its mentions are gathered: a filler told five times faintly is told."""

LONGEST_FORM = 100
"""Characters of the longest name that has an acronym."""
_GLOSS = re.compile(r"[(\[]\s*(\w{2,12})\s*[)\]]")


@dataclass(frozen=True, slots=True)
class Filler:
    """One entity: its best mention, and how surely it fills the role."""

    mention: str
    score: float


def _words(mention: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"\w+", mention.lower()) if word not in PLAIN)


def _acronym(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _are_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    small, large = sorted((one, other), key=len)
    if len(small) == 1 and len(large) > 2 and small[0] == _acronym(large):
        return True
    return set(small) <= set(large)


def _glosses(text: str) -> dict[str, str]:
    """What stands before each word in brackets, lower case: "fmln" of "... front (FMLN)"."""
    return {
        found[1].lower(): text[max(0, found.start() - LONGEST_FORM) : found.start()]
        .rstrip()
        .lower()
        for found in _GLOSS.finditer(text)
    }


def gather(mentions: Sequence[tuple[str, float]], threshold: float, text: str = "") -> list[Filler]:
    """Entities of one role, surest first. `text` tells which acronym stands for which name."""
    glosses = _glosses(text)
    doubt: dict[str, float] = {}
    for mention, score in mentions:
        doubt[mention] = doubt.get(mention, 1.0) * (1 - score)
    ranked = sorted(((1 - left, mention) for mention, left in doubt.items()), reverse=True)
    fillers: list[Filler] = []
    taken: list[list[str]] = []

    def are_one(one: str, other: str) -> bool:
        short, long = sorted((one.lower(), other.lower()), key=len)
        is_gloss = glosses.get(short, "").endswith(long)
        return is_gloss or _are_one(_words(one), _words(other))

    for score, mention in ranked:
        if score < threshold or not _words(mention):
            continue
        home = next((k for k in taken if any(are_one(mention, other) for other in k)), None)
        if home is None:
            fillers.append(Filler(mention, score))
            taken.append([mention])
        else:
            home.append(mention)
    return fillers


def read_roles(model: ReaderModel, article: Article) -> dict[str, list[Filler]]:
    """The fillers of each role; empty lists where the text tells of no incident."""
    look = model.look(article)
    if look.view is None or float(look.view.relevance[:, 1].max()) < model.thresholds["muc"]:
        return {role: [] for role in ROLES}
    pieces = look.pieces
    found: dict[str, list[Filler]] = {}
    for role in ROLES:
        mentions = [
            (article.text[slice(*edges)], one.score)
            for one in look.values(role, SPAN_THRESHOLD)
            if (edges := tidy(article.text, *pieces.edges(one.first, one.last)))
        ]
        found[role] = gather(mentions, model.thresholds[role], article.text)
    return found
