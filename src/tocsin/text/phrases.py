"""Phrases of a lexicon: their notation, and one linear scan that finds every phrase of a sentence.

A phrase is written as words, with a small notation:

    ~fire       every form of the verb: fire, fires, fired, firing
    rocket+     singular and plural
    army|navy   either word
    ...         up to four words in between (no mark of punctuation)

The rooms above keep their lexicons as TOML tables; this module holds no word of the domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from tocsin.text.tokens import Token

GAP = "..."
MAX_GAP_TOKENS = 4

IRREGULAR_VERBS = {
    "be": ("be", "is", "are", "was", "were", "been", "being"),
    "beat": ("beat", "beats", "beaten", "beating"),
    "begin": ("begin", "begins", "began", "begun", "beginning"),
    "behead": ("behead", "beheads", "beheaded", "beheading"),
    "blow": ("blow", "blows", "blew", "blown", "blowing"),
    "break": ("break", "breaks", "broke", "broken", "breaking"),
    "bring": ("bring", "brings", "brought", "bringing"),
    "burn": ("burn", "burns", "burned", "burnt", "burning"),
    "bury": ("bury", "buries", "buried", "burying"),
    "carry": ("carry", "carries", "carried", "carrying"),
    "come": ("come", "comes", "came", "coming"),
    "destroy": ("destroy", "destroys", "destroyed", "destroying"),
    "deny": ("deny", "denies", "denied", "denying"),
    "die": ("die", "dies", "died", "dying"),
    "drive": ("drive", "drives", "drove", "driven", "driving"),
    "drop": ("drop", "drops", "dropped", "dropping"),
    "fall": ("fall", "falls", "fell", "fallen", "falling"),
    "fight": ("fight", "fights", "fought", "fighting"),
    "find": ("find", "finds", "found", "finding"),
    "fly": ("fly", "flies", "flew", "flown", "flying"),
    "give": ("give", "gives", "gave", "given", "giving"),
    "go": ("go", "goes", "went", "gone", "going"),
    "gun": ("gun", "guns", "gunned", "gunning"),
    "hang": ("hang", "hangs", "hanged", "hung", "hanging"),
    "have": ("have", "has", "had", "having"),
    "hijack": ("hijack", "hijacks", "hijacked", "hijacking"),
    "hit": ("hit", "hits", "hitting"),
    "hold": ("hold", "holds", "held", "holding"),
    "hurt": ("hurt", "hurts", "hurting"),
    "kidnap": ("kidnap", "kidnaps", "kidnapped", "kidnaped", "kidnapping"),
    "lay": ("lay", "lays", "laid", "laying"),
    "leave": ("leave", "leaves", "left", "leaving"),
    "lie": ("lie", "lies", "lying"),
    "lose": ("lose", "loses", "lost", "losing"),
    "make": ("make", "makes", "made", "making"),
    "open": ("open", "opens", "opened", "opening"),
    "put": ("put", "puts", "putting"),
    "ram": ("ram", "rams", "rammed", "ramming"),
    "retake": ("retake", "retakes", "retook", "retaken", "retaking"),
    "rob": ("rob", "robs", "robbed", "robbing"),
    "run": ("run", "runs", "ran", "running"),
    "say": ("say", "says", "said", "saying"),
    "see": ("see", "sees", "saw", "seen", "seeing"),
    "set": ("set", "sets", "setting"),
    "shoot": ("shoot", "shoots", "shot", "shooting"),
    "slay": ("slay", "slays", "slew", "slain", "slaying"),
    "stab": ("stab", "stabs", "stabbed", "stabbing"),
    "strike": ("strike", "strikes", "struck", "stricken", "striking"),
    "take": ("take", "takes", "took", "taken", "taking"),
    "tell": ("tell", "tells", "told", "telling"),
    "throw": ("throw", "throws", "threw", "thrown", "throwing"),
    "vow": ("vow", "vows", "vowed", "vowing"),
    "win": ("win", "wins", "won", "winning"),
    "wreak": ("wreak", "wreaks", "wreaked", "wreaking"),
}
_DOUBLED = frozenset({"kidnap", "stab", "trap"})
_VOWELS = "aeiou"


def verb_forms(verb: str) -> tuple[str, ...]:
    """All forms of an English verb: base, -s, past, participle, -ing."""
    if verb in IRREGULAR_VERBS:
        return IRREGULAR_VERBS[verb]
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return verb, third, stem + "ed", stem + "ing"


def noun_forms(noun: str) -> tuple[str, ...]:
    """Singular and plural."""
    if noun.endswith("man") and noun not in {"human", "german"}:
        return noun, noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


class Match(NamedTuple):
    """A phrase found: tokens `[first, last)` of the sentence, its category and its value."""

    first: int
    last: int
    category: str
    value: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What follows the first word: sets of admissible words, None for a gap."""

    rest: tuple[frozenset[str] | None, ...]
    category: str
    value: str
    size: int


class PhraseTable:
    """All phrases by their first word. `scan` is linear: phrases and gaps are of bounded length."""

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """`entries` are (category, value, phrase)."""
        by_word: dict[str, list[_Phrase]] = {}
        for category, value, phrase in entries:
            first, *rest = (_element(part) for part in phrase.lower().split())
            if first is None:
                raise ValueError(f"a phrase cannot begin with a gap: {phrase!r}")
            compiled = _Phrase(tuple(rest), category, value, len(rest) + 1)
            for word in sorted(first):
                by_word.setdefault(word, []).append(compiled)
        for phrases in by_word.values():
            phrases.sort(key=lambda phrase: -phrase.size)
        self._by_word = by_word

    def values(self) -> set[tuple[str, str]]:
        """Every (category, value) that a match may bear."""
        return {(p.category, p.value) for phrases in self._by_word.values() for p in phrases}

    def scan(self, tokens: Sequence[Token]) -> list[Match]:
        """Every phrase in the tokens, by position; of one category the longest at a place wins."""
        found: list[Match] = []
        covered: dict[str, int] = {}
        for index, token in enumerate(tokens):
            phrases = self._by_word.get(token.lower)
            if phrases is None:
                continue
            for phrase in phrases:
                if covered.get(phrase.category, 0) > index:
                    continue
                last = _match_rest(tokens, index + 1, phrase.rest)
                if last:
                    found.append(Match(index, last, phrase.category, phrase.value))
                    covered[phrase.category] = last
        return found


def _element(part: str) -> frozenset[str] | None:
    if part == GAP:
        return None
    words: list[str] = []
    for choice in part.split("|"):
        if choice.startswith("~"):
            words.extend(verb_forms(choice[1:]))
        elif choice.endswith("+"):
            words.extend(noun_forms(choice[:-1]))
        else:
            words.append(choice)
    return frozenset(words)


def _match_rest(
    tokens: Sequence[Token], at: int, rest: tuple[frozenset[str] | None, ...]
) -> int | None:
    """The token after the match, or None. A gap takes the nearest continuation."""
    for index, element in enumerate(rest):
        if element is not None:
            while at < len(tokens) and tokens[at].text == "-" and "-" not in element:
                at += 1
            if at >= len(tokens) or tokens[at].lower not in element:
                return None
            at += 1
            continue
        limit = min(len(tokens), at + MAX_GAP_TOKENS + 1)
        for start in range(at, limit):
            last = _match_rest(tokens, start, rest[index + 1 :])
            if last:
                return last
            if not tokens[start].lower[0].isalnum() and tokens[start].text not in "'’-":
                return None
        return None
    return at


def phrase_entries(table: dict[str, object], category: str) -> Iterator[tuple[str, str, str]]:
    """(category, value, phrase) of a nested table of phrases; a section adds `.section`."""
    for value, phrases in table.items():
        if isinstance(phrases, dict):
            yield from phrase_entries(phrases, f"{category}.{value}")
        elif isinstance(phrases, list):
            for phrase in phrases:
                for choice in _spellings(str(phrase)):
                    yield category, value, choice


def _spellings(phrase: str) -> Iterator[str]:
    """`(the) attack` is `the attack` and `attack`."""
    parts = [
        (part[1:-1], "") if part.startswith("(") and part.endswith(")") else (part,)
        for part in phrase.split()
    ]
    for choice in product(*parts):
        yield " ".join(filter(None, choice))
