"""Damage, effects and hedges: what else a sentence tells of an incident."""

from __future__ import annotations

from tocsin.extract.nouns import grow_left, grow_right
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, DamageMention, EffectMention, Span
from tocsin.records.vocab import DamageLevel, EffectKind

_PASSIVES = word_set("effects.passives")


def find_damage(article: Article, sentence: Sentence) -> list[DamageMention]:
    """Damage mentions; `what` is the thing that a verb of damage governs."""
    tokens = sentence.tokens
    found = []
    for match in sentence.get("effects.damage"):
        what = None
        end = grow_right(tokens, match.last)
        start = match.last
        if end == start and start < len(tokens) and tokens[start].lower in {"a", "an", "the", "to"}:
            end = grow_right(tokens, start + 1)
        if end > start:
            what = article.text[tokens[start].start : tokens[end - 1].end]
        else:
            before = match.first
            while before > 0 and tokens[before - 1].lower in _PASSIVES:
                before -= 1
            first = grow_left(tokens, before)
            if first < before < match.first:
                what = article.text[tokens[first].start : tokens[before - 1].end]
        found.append(
            DamageMention(
                sentence.span(article, match.first, match.last), DamageLevel(match.value), what
            )
        )
    return found


def find_effects(article: Article, sentence: Sentence) -> list[EffectMention]:
    """Sirens, explosions heard, airspace closed, evacuation, arrests, weapons seized."""
    return [
        EffectMention(sentence.span(article, match.first, match.last), EffectKind(match.value))
        for match in sentence.get("effects.effect")
    ]


def find_hedges(article: Article, sentence: Sentence) -> list[Span]:
    """Words that hold back: "reportedly", "could not be verified"."""
    return [
        sentence.span(article, match.first, match.last) for match in sentence.get("effects.hedge")
    ]
