"""Targets: what was hit or aimed at, by the kind of their head noun."""

from __future__ import annotations

from tocsin.extract.casualties import find_casualties
from tocsin.extract.nouns import DETERMINERS, grow_left
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, TargetMention
from tocsin.records.vocab import TargetKind

_KEPT_DETERMINERS = word_set("targets.kept_determiners")
_MOVABLE_KINDS = word_set("targets.movable_kinds")
_WEAK_GOVERNORS = word_set("targets.weak_governors")
_GOVERNORS = word_set("targets.governors")
_STRONG = _GOVERNORS - _WEAK_GOVERNORS
_WHOLE_TOWNS = word_set("targets.whole_towns")


def find_targets(
    article: Article, sentence: Sentence, first: int, last: int
) -> list[TargetMention]:
    """Targets within tokens `[first, last)`: a head noun governed by a word of attack."""
    tokens = sentence.tokens
    found = []
    victims = [(phrase.first, phrase.last) for phrase in find_casualties(sentence)]
    for match in sentence.of("targets.head"):
        if not first <= match.first < last:
            continue
        if any(start < match.last and match.first < end for start, end in victims):
            continue
        begin = grow_left(tokens, match.first, first)
        governor = tokens[begin - 1].lower if begin > 0 else ""
        head = tokens[match.last - 1].lower
        if governor not in _GOVERNORS or (governor not in _STRONG and head in _WHOLE_TOWNS):
            continue
        if governor in {"in", "of", "from"} and match.value in _MOVABLE_KINDS:
            continue
        if match.value in {"residential"} and head in _WHOLE_TOWNS and governor not in _STRONG:
            continue
        while (
            begin < match.first
            and tokens[begin].lower in DETERMINERS
            and tokens[begin].lower not in _KEPT_DETERMINERS
        ):
            begin += 1
        found.append(
            TargetMention(
                sentence.span(article, begin, match.last),
                TargetKind(match.value),
                aimed_at=governor in {"targeting", "targeted", "aiming", "target", "targets"},
            )
        )
    return found
