"""Noun phrases, roughly: where a run of nouns and modifiers begins and ends.

No part-of-speech tagger: closed classes of words (prepositions, auxiliaries, pronouns ...) and
marks bound a phrase. That is enough to turn a known head ("rebels", "a hospital") into the phrase.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.text import Token

DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "another", "no", "any", "some", "our", "all", "both", "each", "every"})  # fmt: skip
PREPOSITIONS = frozenset({"in", "on", "at", "by", "of", "from", "to", "into", "onto", "near", "with", "within", "without", "against", "for", "during", "after", "before", "since", "over", "under", "between", "among", "through", "across", "along", "around", "towards", "toward", "outside", "inside", "behind", "above", "below", "until", "till", "amid", "amidst", "upon", "off", "about", "like", "via", "per", "despite", "including", "following", "targeting", "involving", "as", "than", "throughout", "beyond", "beside", "besides", "opposite", "except"})  # fmt: skip
AUXILIARIES = frozenset({"is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having", "do", "does", "did", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "get", "gets", "got"})  # fmt: skip
CONJUNCTIONS = frozenset({"and", "or", "but", "nor", "yet", "so", "because", "although", "though", "while", "when", "where", "whereas", "if", "unless", "that", "which", "who", "whom", "whose", "what", "how", "why", "whether"})  # fmt: skip
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "him", "them", "us", "me", "himself", "herself", "itself", "themselves", "there", "one's"})  # fmt: skip
ADVERBS = frozenset({"also", "then", "reportedly", "allegedly", "apparently", "later", "early", "earlier", "already", "still", "just", "not", "never", "again", "now", "today", "yesterday", "tomorrow", "overnight", "meanwhile", "however", "only", "even", "instead", "separately", "seriously", "critically", "badly", "slightly", "soon", "ago", "once", "twice", "immediately", "mostly", "subsequently"})  # fmt: skip
PLAIN_VERBS = frozenset({"said", "says", "say", "told", "tells", "reported", "reports", "announced", "confirmed", "claimed", "added", "stated", "carried", "carry", "carries", "launched", "launches", "launch", "conducted", "hit", "hits", "killed", "kills", "killing", "wounded", "wounding", "injured", "injuring", "left", "leaving", "struck", "strikes", "targeted", "targets", "attacked", "attacks", "bombed", "shelled", "fired", "fires", "took", "takes", "taking", "came", "comes", "happened", "occurred", "occurs", "took", "went", "goes", "saw", "made", "began", "started", "continued", "destroyed", "destroying", "detonated", "exploded", "shot", "opened", "stormed", "seized", "captured", "entered", "used", "blew", "according", "died", "dies", "damaged", "damaging", "causing", "caused", "causes", "using", "held", "hold", "led", "leading", "dropped", "accused", "blamed", "called", "based", "known", "including", "ran", "found", "sent", "tried", "backed"})  # fmt: skip
_MODIFYING_PARTICIPLES = frozenset({"armed", "masked", "unidentified", "united", "allied", "suspected", "alleged", "organized", "retired", "displaced", "wounded", "improvised", "guided", "unmanned", "led", "backed", "held", "linked", "affiliated", "controlled", "occupied", "besieged", "packed", "crowded", "wanted", "isolated", "armored", "armoured", "unnamed", "hijacked", "trapped", "fortified", "sponsored", "based", "inspired", "disputed", "combined", "mechanized", "coordinated", "planned", "targeted", "repeated", "related", "hooded", "unspecified"})  # fmt: skip

_CALENDAR = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"})

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
