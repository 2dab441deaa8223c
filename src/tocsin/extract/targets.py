"""Targets: what was hit or aimed at, by the kind of their head noun."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract.casualties import find_casualties
from tocsin.extract.doers import DoerKind, DoerPhrase
from tocsin.extract.events import Event
from tocsin.extract.nouns import BREAKS, DETERMINERS, grow_left, grow_right, is_name
from tocsin.extract.places import is_title_case
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, TargetMention
from tocsin.records.vocab import IncidentType, Outcome, TargetKind

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
        end = match.last
        if is_name(tokens[end - 1]) and not is_title_case(sentence):
            while end < len(tokens) and is_name(tokens[end]) and tokens[end].lower not in BREAKS:
                end += 1  # "Camp Taji"
        found.append(
            TargetMention(
                sentence.span(article, begin, end),
                TargetKind(match.value),
                aimed_at=governor in {"targeting", "targeted", "aiming", "target", "targets"},
            )
        )
    return _longest(found)


def _longest(found: list[TargetMention]) -> list[TargetMention]:
    """Without those inside a longer one: "two civilian" of "two civilian vehicles"."""
    return [
        one
        for one in found
        if not any(
            other is not one and other.span.contains(one.span) and other.span != one.span
            for other in found
        )
    ]


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

_TAKING = frozenset(
    {
        IncidentType.ABDUCTION,
        IncidentType.ARREST_RAID,
    }
)
"""Of these, types whose victims are all meant, however many."""
_KILLING = frozenset({IncidentType.EXECUTION, IncidentType.OTHER_ATTACK})
"""Of these, types that are told by who was killed."""
_ONE = frozenset({"a", "an", "one", "his", "her", "another"})


def find_victims(article: Article, event: Event, kind: IncidentType) -> list[TargetMention]:
    """The persons an event was aimed at: all who were taken, a single one attacked, and the first
    who were killed where the killing is all that is told. `kind` is the type of the incident."""
    is_killing = kind in _KILLING
    if event.type not in _VICTIM_TYPES and not is_killing:
        return []
    found: list[TargetMention] = []
    for phrase in event.casualties:
        is_single = event.sentence.tokens[phrase.first].lower in _ONE
        is_meant = is_single or event.type in _TAKING
        if is_killing:
            is_meant = phrase.outcome is Outcome.KILLED and not found
        if phrase.is_part or not is_meant:
            continue
        target = TargetKind.INDIVIDUAL if is_single else TargetKind.CIVILIANS
        span = event.sentence.span(article, phrase.first, phrase.last)
        found.append(TargetMention(span, target, aimed_at=True))
    return found


_OPPOSED = word_set("targets.opposed")
_AIMED_KINDS = {"armed": TargetKind.MILITIA, "state": TargetKind.MILITARY}


def find_opponents(
    article: Article, event: Event, doers: Sequence[DoerPhrase]
) -> list[TargetMention]:
    """An armed side that the words turn against: "struck Taliban positions", "against rebels"."""
    sentence, tokens = event.sentence, event.sentence.tokens
    harmed = [(phrase.first, phrase.last) for phrase in event.casualties]
    found = []
    for doer in doers:
        if not event.first <= doer.first < event.last or doer.kind < DoerKind.KIND:
            continue
        governor = tokens[doer.first - 1].lower if doer.first > 0 else ""
        is_object = doer.first == event.trigger.last and "verb" in event.trigger.category
        if governor not in _OPPOSED and not (is_object and governor in _STRONG):
            continue
        if any(doer.overlaps(*range_) for range_ in harmed):
            continue
        heads = [m.value for m in sentence.get("actors.head") if doer.first <= m.first < doer.last]
        kind = _AIMED_KINDS[heads[-1]] if heads else TargetKind.MILITIA
        found.append(
            TargetMention(sentence.span(article, doer.first, doer.last), kind, aimed_at=True)
        )
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
