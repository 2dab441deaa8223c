"""Targets: what was hit or aimed at, by the kind of their head noun."""

from __future__ import annotations

from tocsin.extract.casualties import find_casualties
from tocsin.extract.nouns import DETERMINERS, grow_left
from tocsin.extract.sentences import Sentence
from tocsin.records import Article, TargetMention
from tocsin.records.vocab import TargetKind

_GOVERNORS = frozenset({"on", "at", "against", "into", "near", "in", "targeted", "targeting", "targets", "target", "hit", "hits", "hitting", "struck", "strike", "strikes", "striking", "attacked", "attacks", "attack", "attacking", "bombed", "bombing", "shelled", "shelling", "destroyed", "destroying", "damaged", "damaging", "stormed", "storm", "raided", "seized", "captured", "ambushed", "of", "outside", "inside", "pounded", "ripped", "rammed", "through", "destroy", "blew", "up", "burned", "torched", "kidnapped", "abducted", "from", "over", "toward", "towards", "ambush", "kidnap", "abduct", "detained", "arrested", "shot", "executed", "beheaded", "aiming", "down", "against"})  # fmt: skip
_STRONG = _GOVERNORS - {"in", "of", "near", "from", "over", "outside", "inside", "at", "through", "up"}  # fmt: skip
_WHOLE_TOWNS = frozenset({"town", "city", "village", "villages", "area", "district", "neighborhood", "neighbourhood", "neighborhoods", "neighbourhoods", "camp", "suburb", "port", "house", "home", "road"})  # fmt: skip


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
        if governor in {"in", "of", "from"} and match.value in {"civilians", "militia", "military", "police", "transport"}:  # fmt: skip
            continue
        if match.value in {"residential"} and head in _WHOLE_TOWNS and governor not in _STRONG:
            continue
        while begin < match.first and tokens[begin].lower in DETERMINERS and tokens[begin].lower not in {"a", "an", "the", "his", "her", "their"}:  # fmt: skip
            begin += 1
        found.append(
            TargetMention(
                sentence.span(article, begin, match.last),
                TargetKind(match.value),
                aimed_at=governor in {"targeting", "targeted", "aiming", "target", "targets"},
            )
        )
    return found
