"""Doers: the noun phrases of a sentence that name somebody who could have done it.

The actor catalogue, the lexicon's heads ("gunmen") and the names of nations each mark words; a
phrase runs from its determiner to its head noun: "the Iranian-backed militia Kataib Hezbollah".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from tocsin.extract.nouns import PREPOSITIONS, grow_left, is_name
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article
from tocsin.records.vocab import ActorClass
from tocsin.text.nations import nations
from tocsin.who import ActorCatalogue, ActorMatch

_GROUP_NOUNS = word_set("doers.group_nouns")
_LEADING_VERBS = word_set("doers.leading_verbs")
_ATTACK_NOUNS = word_set("doers.attack_nouns")
_BOUND = word_set("doers.bound")


MAX_MODIFIERS = 6
"""Tokens before a head noun; a longer run is a list of names and no phrase."""


class DoerKind(IntEnum):
    """How a phrase names its actor; the higher outranks the lower where two are joined."""

    ADJECTIVE = 0
    """A nationality alone: it names an actor only before a word of attack."""
    COUNTRY = 1
    """The name of a country: somebody where it is the subject, a place otherwise."""
    KIND = 2
    """ "gunmen", "the army": a head noun."""
    NAMED = 3
    """A name in the catalogue or the lexicon."""


@dataclass(frozen=True, slots=True)
class DoerPhrase:
    """Tokens `[first, last)` of a sentence that name a possible actor."""

    first: int
    last: int
    kind: DoerKind
    name: str | None = None
    """A usual name where the words alone would not be looked up."""

    def overlaps(self, first: int, last: int) -> bool:
        """Whether it shares a token with `[first, last)`."""
        return self.first < last and first < self.last


def find_doers(article: Article, sentence: Sentence, catalogue: ActorCatalogue) -> list[DoerPhrase]:
    """The phrases of a sentence, in order, none overlapping another."""
    marks = _marks(article, sentence, catalogue)
    marks.sort(key=lambda mark: (mark.first, -mark.last))
    verbs = {
        match.first
        for category in ("triggers.verb", "triggers.weak_verb")
        for match in sentence.get(category)
    }
    joined: list[DoerPhrase] = []
    for mark in marks:
        grown = mark
        if mark.kind >= DoerKind.KIND:
            begin = _begin(sentence, mark, verbs)
            grown = replace(mark, first=begin, last=_end(sentence, mark.last))
        before = joined[-1] if joined else None
        if before is not None and (
            grown.first <= before.last or _are_alternatives(sentence, before, grown)
        ):
            joined[-1] = _join(before, grown)
        else:
            joined.append(grown)
    return joined


def _marks(article: Article, sentence: Sentence, catalogue: ActorCatalogue) -> list[DoerPhrase]:
    marks = []
    for match in catalogue.find_actors(article.text, sentence.start, sentence.end):
        kind = _kind_of(match)
        if kind is not None:
            first = sentence.token_at(match.span.start)
            marks.append(DoerPhrase(first, sentence.token_at(match.span.end), kind))
    marks += [DoerPhrase(m.first, m.last, DoerKind.KIND) for m in sentence.of("actors.head")]
    for named in sentence.get("actors.named"):
        if named.value == "group":
            marks.append(DoerPhrase(named.first, named.last, DoerKind.NAMED))
        elif is_name(sentence.tokens[named.first]):
            marks.append(DoerPhrase(named.first, named.last, DoerKind.ADJECTIVE))
    marks += _countries(sentence)
    return [mark for mark in marks if mark.last > mark.first and not _is_bound(sentence, mark)]


def _is_bound(sentence: Sentence, mark: DoerPhrase) -> bool:
    """ "Rebel-held", "anti-Taliban": part of a word that says something of somebody else."""
    tokens = sentence.tokens
    if mark.first > 1 and tokens[mark.first - 1].text == "-":
        return tokens[mark.first - 2].lower in {"anti", "pro"}
    after = [token.lower for token in tokens[mark.last : mark.last + 2]]
    return len(after) == 2 and after[0] == "-" and after[1] in _BOUND


_BYSTANDERS = frozenset({ActorClass.CIVILIANS, ActorClass.PROTESTERS, ActorClass.UNKNOWN})


def _kind_of(match: ActorMatch) -> DoerKind | None:
    if match.rule == "generic":
        return None if match.entry.actor_class in _BYSTANDERS else DoerKind.KIND
    if match.rule == "nation-force":
        last = match.span.text.lower().split()[-1]
        return DoerKind.ADJECTIVE if last in _ATTACK_NOUNS else DoerKind.KIND
    return DoerKind.NAMED


@cache
def _country_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word, lower case, to the names of countries that begin with it, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for nation in nations():
        for name in nation.names:
            words = tuple(name.lower().split())
            found.setdefault(words[0], []).append(words)
    return {word: tuple(sorted(names, key=len, reverse=True)) for word, names in found.items()}


def _countries(sentence: Sentence) -> list[DoerPhrase]:
    tokens = sentence.tokens
    names = _country_words()
    found = []
    for at, token in enumerate(tokens):
        if not is_name(token) or token.text == "Us":
            continue
        for words in names.get(token.lower, ()):
            if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
                found.append(DoerPhrase(at, at + len(words), DoerKind.COUNTRY))
                break
    return found


def _begin(sentence: Sentence, mark: DoerPhrase, verbs: set[int]) -> int:
    """Where the phrase begins: no further than the verb before it."""
    floor = 0
    for at in range(mark.first - 1, max(-1, mark.first - 9), -1):
        if at in verbs or sentence.tokens[at].lower in _LEADING_VERBS:
            floor = at + 1
            break
    first = grow_left(sentence.tokens, mark.first, floor)
    if mark.first - first > MAX_MODIFIERS:
        return mark.first
    if first > floor and sentence.tokens[first].lower in {"least", "most"}:
        return first - 1  # "at least five attackers"
    return first


def _end(sentence: Sentence, last: int) -> int:
    """Over "group", "movement" after a name."""
    tokens = sentence.tokens
    while last < len(tokens) and tokens[last].lower in _GROUP_NOUNS:
        last += 1
    return last


def _are_alternatives(sentence: Sentence, one: DoerPhrase, other: DoerPhrase) -> bool:
    """ "Russian or Syrian warplanes": one phrase, whose doer is not known for sure."""
    return (
        one.kind is DoerKind.ADJECTIVE
        and other.first == one.last + 1
        and sentence.tokens[one.last].lower == "or"
    )


def _join(one: DoerPhrase, other: DoerPhrase) -> DoerPhrase:
    return DoerPhrase(
        min(one.first, other.first), max(one.last, other.last), max(one.kind, other.kind)
    )


def modifier_phrase(sentence: Sentence, phrase: DoerPhrase, noun_last: int) -> DoerPhrase:
    """A phrase before a word of attack: a bare nationality takes the noun in, since an adjective
    alone is no phrase, and bears the name of that nation's forces."""
    if phrase.kind is not DoerKind.ADJECTIVE:
        return phrase
    tokens = sentence.tokens
    word = tokens[phrase.first].text
    name = f"{word} forces" if is_name(tokens[phrase.first]) else None
    after = [token.lower for token in tokens[phrase.last : phrase.last + 2]]
    last_word = tokens[phrase.last - 1].lower
    if after == ["-", "led"] or "led" in after[:1] or last_word == "led":
        name = f"{word}-led coalition"
    elif after[:1] == ["-"] or (after and after[0] in _BOUND):
        name = None
    return replace(phrase, last=max(phrase.last, noun_last), name=name)


def is_governed(sentence: Sentence, phrase: DoerPhrase, floor: int = 0) -> bool:
    """Whether a preposition stands before the phrase: it is no subject then."""
    if phrase.first <= floor:
        return False
    return sentence.tokens[phrase.first - 1].lower in PREPOSITIONS - {"after", "as", "before"}
