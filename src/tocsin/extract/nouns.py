"""Noun phrases, roughly: where a run of nouns and modifiers begins and ends.

No part-of-speech tagger: closed classes of words (prepositions, auxiliaries, pronouns ...) and
marks bound a phrase. That is enough to turn a known head ("rebels", "a hospital") into the phrase.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract.words import word_set
from tocsin.text import Token

DETERMINERS = word_set("nouns.determiners")
PREPOSITIONS = word_set("nouns.prepositions")
AUXILIARIES = word_set("nouns.auxiliaries")
CONJUNCTIONS = word_set("nouns.conjunctions")
PRONOUNS = word_set("nouns.pronouns")
ADVERBS = word_set("nouns.adverbs")
PLAIN_VERBS = word_set("nouns.plain_verbs")
_MODIFYING_PARTICIPLES = word_set("nouns.modifying_participles")
_CALENDAR = word_set("nouns.calendar")

BREAKS = PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | PRONOUNS | ADVERBS | _CALENDAR
MAX_PHRASE_TOKENS = 9


def is_word(token: Token) -> bool:
    """True for words and numbers, false for marks."""
    return token.lower[0].isalnum()


def _is_joint(tokens: Sequence[Token], at: int) -> bool:
    """A mark inside a word: the hyphen of "US-led", the apostrophe of "Iraq's", a name's stop."""
    text = tokens[at].text
    if text in "-–'’":
        return (
            0 < at < len(tokens) - 1
            and tokens[at - 1].end == tokens[at].start
            and (tokens[at].end == tokens[at + 1].start or text in "'’")
        )
    return False


def may_stand_inside(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token may stand inside a noun phrase."""
    token = tokens[at]
    if not is_word(token):
        return _is_joint(tokens, at)
    lower = token.lower
    if lower in BREAKS:
        return False
    if lower in _MODIFYING_PARTICIPLES or (at > 0 and tokens[at - 1].text == "-"):
        return True
    return lower not in PLAIN_VERBS or (token.text[0].isupper() and at > 0)


def grow_left(tokens: Sequence[Token], first: int, floor: int = 0) -> int:
    """The first token of the phrase that goes on to the right at `first`."""
    limit = max(floor, first - MAX_PHRASE_TOKENS)
    while first > limit:
        before = first - 1
        if tokens[before].lower in DETERMINERS:
            return before
        if not may_stand_inside(tokens, before):
            break
        first = before
    while first < len(tokens) - 1 and not is_word(tokens[first]):
        first += 1
    return first


def grow_right(tokens: Sequence[Token], last: int, ceiling: int | None = None) -> int:
    """The end of the phrase that `last` (exclusive) may go on from. Stops before participles."""
    ceiling = len(tokens) if ceiling is None else ceiling
    limit = min(ceiling, last + MAX_PHRASE_TOKENS)
    while last < limit and may_stand_inside(tokens, last) and tokens[last].lower not in DETERMINERS:
        lower = tokens[last].lower
        if lower.endswith("ed") and lower not in _MODIFYING_PARTICIPLES and last > 0:
            break
        last += 1
    while last > 1 and not is_word(tokens[last - 1]):
        last -= 1
    return last


def is_name(token: Token) -> bool:
    """Whether a token looks like part of a name: a capital first letter."""
    return token.text[0].isupper()
