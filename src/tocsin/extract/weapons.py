"""Weapons and means, with the counting words before them: "two Katyusha rockets"."""

from __future__ import annotations

from tocsin.extract.counts import is_number
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, WeaponMention
from tocsin.records.vocab import WeaponType

_COUNT_MODIFIERS = word_set("weapons.count_modifiers")
_COUNT_ENDS = word_set("weapons.count_ends")

_NAMED = (
    "katyusha",
    "grad",
    "scud",
    "tomahawk",
    "qassam",
    "shahed",
    "kalashnikov",
    "tow",
    "fajr",
    "kornet",
    "iskander",
    "kinzhal",
    "novichok",
    "sarin",
    "chlorine",
)
_SILENT = frozenset({"tanks", "shelled", "shell", "mine", "cannon"})


def find_weapons(
    article: Article, sentence: Sentence, first: int, last: int
) -> list[WeaponMention]:
    """Weapon mentions whose words begin within tokens `[first, last)`, in order."""
    found = []
    for match in sentence.get("weapons.weapon"):
        if not first <= match.first < last or _is_metaphor(sentence, match.first, match.last):
            continue
        begin = _with_count(sentence, match.first)
        words = [token.lower for token in sentence.tokens[match.first : match.last]]
        name = next((named for word in words for named in _NAMED if word.startswith(named)), None)
        found.append(
            WeaponMention(
                sentence.span(article, begin, match.last),
                WeaponType(match.value),
                name.capitalize() if name else None,
            )
        )
    return found


def _is_metaphor(sentence: Sentence, first: int, last: int) -> bool:
    return any(
        other.value == "metaphor" and other.first < last and first < other.last
        for other in sentence.get("context.other")
    )


def _with_count(sentence: Sentence, first: int) -> int:
    """Over up to three modifiers to a number word and what belongs to it."""
    tokens = sentence.tokens
    for at in range(first - 1, max(-1, first - 4), -1):
        if is_number(sentence, at):
            begin = at
            while begin > 0 and (
                is_number(sentence, begin - 1) or tokens[begin - 1].lower in _COUNT_MODIFIERS
            ):
                begin -= 1
            return begin
        if not tokens[at].text[0].isalnum() and tokens[at].text != "-":
            return first
        if tokens[at].lower in {"a", "an"}:
            return at
        if tokens[at].lower in _COUNT_ENDS:
            return first
    return first
