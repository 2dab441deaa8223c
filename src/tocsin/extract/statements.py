"""Statements: threats, vows, denials, claims and condemnations. Said, and no incident."""

from __future__ import annotations

from tocsin.extract.nouns import AUXILIARIES, grow_left, is_word
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase
from tocsin.extract.words import word_set
from tocsin.records import Article, Span, StatementMention
from tocsin.records.vocab import StatementKind

_SPEAKER_NOUNS = word_set("statements.speaker_nouns")

_EVENTS = word_set("statements.events")

_STRENGTH = (
    StatementKind.CLAIM,
    StatementKind.DENIAL,
    StatementKind.THREAT,
    StatementKind.VOW,
    StatementKind.CONDEMNATION,
    StatementKind.ACCUSATION,
    StatementKind.ASSESSMENT,
)
"""Which kind names a sentence that has words of several."""


def find_statements(
    article: Article, sentence: Sentence, sources: list[SourcePhrase], about: int | None
) -> list[StatementMention]:
    """At most one statement of a sentence, with its speaker; `about` a report's index."""
    matches = sentence.get("statements.kind")
    if any(mark.value == "no_claim" for mark in sentence.get("actors.authorship")):
        matches = tuple(match for match in matches if match.value != "claim")
    if not matches:
        return []
    match = min(
        matches, key=lambda found: (_STRENGTH.index(StatementKind(found.value)), found.first)
    )
    return [
        StatementMention(
            article.span(sentence.start, sentence.end),
            StatementKind(match.value),
            _speaker(article, sentence, sources, match.first),
            about,
            is_before=is_before(sentence, match.first),
        )
    ]


def is_before(sentence: Sentence, verb: int) -> bool:
    """True where the words put a statement before the event that the sentence speaks of.

    "The attack came hours after the front vowed ...", "the attack comes as groups threatened ...":
    the event stands before the linking word, and between that and the verb (a token index) none.
    """
    tokens = sentence.tokens
    link = next((at for at in range(verb - 1, 0, -1) if _links_back(sentence, at)), None)
    if link is None:
        return False
    return any(token.lower in _EVENTS for token in tokens[:link]) and not any(
        token.lower in _EVENTS for token in tokens[link:verb]
    )


def _links_back(sentence: Sentence, at: int) -> bool:
    word, before = sentence.tokens[at].lower, sentence.tokens[at - 1].lower
    return word == "after" or (word == "as" and before in {"comes", "came"})


def _speaker(
    article: Article, sentence: Sentence, sources: list[SourcePhrase], verb: int
) -> Span | None:
    """The phrase before the verb, else a speaker cited in the sentence."""
    tokens = sentence.tokens
    last = verb
    while last > 0 and tokens[last - 1].lower in AUXILIARIES | {"also", "later", "again"}:
        last -= 1
    first = grow_left(tokens, last)
    if first < last and any(
        token.text[0].isupper() or token.lower in _SPEAKER_NOUNS
        for token in tokens[first:last]
        if is_word(token)
    ):
        return sentence.span(article, first, last)
    if sources:
        return sentence.span(article, sources[0].first, sources[0].last)
    return None
