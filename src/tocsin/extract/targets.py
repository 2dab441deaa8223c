"""Targets: what was hit or aimed at, by the kind of their head noun."""

from __future__ import annotations

from tocsin.extract.casualties import find_casualties
from tocsin.extract.events import Event
from tocsin.extract.nouns import DETERMINERS, grow_left, grow_right
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, TargetMention
from tocsin.records.vocab import IncidentType, TargetKind

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


_VICTIM_TYPES = frozenset(
    {
        IncidentType.ABDUCTION,
        IncidentType.EXECUTION,
        IncidentType.ARREST_RAID,
        IncidentType.ARMED_ATTACK,
        IncidentType.MELEE_ATTACK,
    }
)
"""Types aimed at persons: who was taken or singled out is the target."""

_TAKING = frozenset({IncidentType.ABDUCTION, IncidentType.ARREST_RAID})
_ONE = frozenset({"a", "an", "one", "his", "her", "another"})


def find_victims(article: Article, event: Event) -> list[TargetMention]:
    """The persons an event was aimed at: all who were taken, and a single one attacked."""
    if event.type not in _VICTIM_TYPES:
        return []
    found = []
    for phrase in event.casualties:
        is_single = event.sentence.tokens[phrase.first].lower in _ONE
        if phrase.is_part or not (is_single or event.type in _TAKING):
            continue
        kind = TargetKind.INDIVIDUAL if is_single else TargetKind.CIVILIANS
        span = event.sentence.span(article, phrase.first, phrase.last)
        found.append(TargetMention(span, kind, aimed_at=True))
    return found


def find_object(article: Article, event: Event) -> list[TargetMention]:
    """What the trigger's verb governs where no head noun is known: "struck logistics hubs"."""
    sentence, tokens = event.sentence, event.sentence.tokens
    verb = tokens[event.trigger.last - 1].lower
    if "verb" not in event.trigger.category or verb not in _STRONG:
        return []
    first = start = event.trigger.last
    while start < event.last and tokens[start].lower in DETERMINERS:
        start += 1
    last = grow_right(tokens, start, event.last)
    taken = [(place.first, place.last) for place in event.places]
    taken += [(phrase.first, phrase.last) for phrase in event.casualties]
    taken += [(m.first, m.last) for m in sentence.get("weapons.weapon")]
    if last <= start or any(a < last and first < b for a, b in taken):
        return []
    return [TargetMention(sentence.span(article, first, last), TargetKind.OTHER, aimed_at=True)]
