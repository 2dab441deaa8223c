"""The first reader: rules over lexicons. The way of an article, top to bottom:

1. sentences   the readable regions, tokenized and scanned once
2. events      triggers that happened, with the time, place and casualties of their stretch
3. incidents   events gathered into distinct happenings, main and background
4. reports     each incident with its spans: weapons, targets, actors, sources, damage
5. the rest    tallies, statements and relations between the reports
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.extract.actors import authorship, find_actors
from tocsin.extract.casualties import CasualtyPhrase, find_casualties
from tocsin.extract.effects import find_damage, find_effects, find_hedges
from tocsin.extract.events import Event, find_events
from tocsin.extract.incidents import Draft, gather
from tocsin.extract.places import PlacePhrase, find_place_phrases
from tocsin.extract.sentences import Sentence, read_sentences
from tocsin.extract.sources import SourcePhrase, find_sources
from tocsin.extract.targets import find_targets
from tocsin.extract.timing import TimePhrase, find_time_phrases, time_context
from tocsin.extract.weapons import find_weapons
from tocsin.records import (
    ActorMention,
    Article,
    CasualtyMention,
    PlaceMention,
    Reading,
    ReportMention,
    SourceMention,
    Span,
    TargetMention,
    TimeMention,
    WeaponMention,
)
from tocsin.records.vocab import ActorRole, PlaceRole, RegionKind
from tocsin.where.gazetteer import Gazetteer

VERSION = "rules/1"


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with what was found in it."""

    sentence: Sentence
    times: list[TimePhrase]
    places: list[PlacePhrase]
    sources: list[SourcePhrase]
    events: list[Event]


class RuleExtractor:
    """Reports by trigger words and shallow sentence analysis. Stateless and deterministic."""

    version = VERSION

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        """`gazetteer` None opens the shipped one."""
        self._gazetteer = gazetteer or Gazetteer.open()

    def read(self, article: Article) -> Reading:
        """All mentions of an article; an empty reading for a language other than English."""
        if not article.is_supported_language:
            return Reading(VERSION)
        read = self._sentences(article)
        events = [event for one in read for event in one.events]
        drafts = gather(events, time_context(article).today)
        reports = _reports(article, drafts, read)
        return Reading(VERSION, tuple(reports))

    def _sentences(self, article: Article) -> list[_Read]:
        context = time_context(article)
        read = []
        for sentence in read_sentences(article):
            times = find_time_phrases(article, sentence, context)
            places = find_place_phrases(
                article, sentence, self._gazetteer, [time.span for time in times]
            )
            events = []
            if sentence.region is not RegionKind.CAPTION:
                events = find_events(sentence, times, places)
            read.append(_Read(sentence, times, places, find_sources(sentence), events))
        return read


def _reports(article: Article, drafts: list[Draft], read: list[_Read]) -> list[ReportMention]:
    owner = _owners(drafts, read)
    triggers: set[Span] = set()
    reports = []
    for index, draft in enumerate(drafts):
        report = _report(article, draft, [one for one in read if owner.get(one.sentence.index) == index], read)  # fmt: skip
        if report.trigger not in triggers:
            triggers.add(report.trigger)
            reports.append(report)
    return reports


def _owners(drafts: list[Draft], read: list[_Read]) -> dict[int, int]:
    """Which incident a sentence without event of its own goes on about: the one told before."""
    owner: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        for event in draft.events:
            owner.setdefault(event.sentence.index, index)
    main = next((index for index, draft in enumerate(drafts) if draft.is_main), None)
    current = None
    for one in read:
        at = one.sentence.index
        if at in owner:
            current = owner[at]
        elif one.events:
            current = None
        elif current is not None and not drafts[current].is_main:
            current = main
        if at not in owner and current is not None and not one.events:
            owner[at] = current
    return owner


def _report(article: Article, draft: Draft, owned: list[_Read], read: list[_Read]) -> ReportMention:
    by_index = {one.sentence.index: one for one in read}
    founder = draft.founder
    trigger = founder.sentence.span(article, founder.trigger.first, founder.trigger.last)
    times = _unique(
        TimeMention(time.span)
        for event in draft.events
        for time in event.times
        if time.dates_events
    )
    return ReportMention(
        is_main=draft.is_main,
        type=draft.type,
        trigger=trigger,
        times=tuple(times),
        places=tuple(_places(article, draft)),
        weapons=tuple(_weapons(article, draft)),
        targets=tuple(_targets(article, draft)),
        casualties=tuple(_casualties(article, draft, owned)),
        damage=tuple(m for one in owned for m in find_damage(article, one.sentence)),
        effects=tuple(m for one in owned for m in find_effects(article, one.sentence)),
        actors=tuple(_actors(article, draft, owned, by_index)),
        sources=tuple(_sources(article, draft, owned)),
        hedges=tuple(m for one in owned for m in find_hedges(article, one.sentence)),
        sentences=tuple(article.span(one.sentence.start, one.sentence.end) for one in owned),
        confidence=_confidence(draft),
    )


def _places(article: Article, draft: Draft) -> list[PlaceMention]:
    order = sorted(
        (
            (
                place.precision.value == "country",
                not place.is_local,
                place.is_origin,
                i,
                event,
                place,
            )
            for i, event in enumerate(draft.events)
            for place in event.places
        ),
        key=lambda item: item[:4],
    )
    seen: set[str] = set()
    mentions = []
    for _, _, _, _, event, place in order:
        if place.key in seen:
            continue
        seen.add(place.key)
        role = PlaceRole.LAUNCH if place.is_origin else PlaceRole.IMPACT
        mentions.append(PlaceMention(event.sentence.span(article, place.first, place.last), role))
    return mentions


def _weapons(article: Article, draft: Draft) -> list[WeaponMention]:
    seen: dict[str, WeaponMention] = {}
    for event in draft.events:
        for weapon in find_weapons(article, event.sentence, event.first, event.last):
            kept = seen.get(weapon.type.value)
            if kept is None:
                seen[weapon.type.value] = weapon
    return list(seen.values())


def _targets(article: Article, draft: Draft) -> list[TargetMention]:
    seen: dict[str, TargetMention] = {}
    for event in draft.events:
        for target in find_targets(article, event.sentence, event.first, event.last):
            seen.setdefault(target.span.text.lower().split()[-1], target)
    return list(seen.values())


def _casualties(article: Article, draft: Draft, owned: list[_Read]) -> list[CasualtyMention]:
    mentions: list[CasualtyMention] = []
    seen: set[tuple[str, str]] = set()
    of_events = {event.sentence.index for event in draft.events}
    phrases: list[tuple[Sentence, CasualtyPhrase]] = [
        (event.sentence, phrase) for event in draft.events for phrase in event.casualties
    ]
    phrases.extend(
        (one.sentence, phrase)
        for one in owned
        if one.sentence.index not in of_events
        for phrase in find_casualties(one.sentence)
    )
    for sentence, phrase in phrases:
        span = sentence.span(article, phrase.first, phrase.last)
        key = (phrase.outcome.value, span.text.lower())
        if key in seen:
            continue
        seen.add(key)
        mentions.append(CasualtyMention(span, phrase.outcome, phrase.group, phrase.is_part))
    return mentions


def _actors(
    article: Article, draft: Draft, owned: list[_Read], by_index: dict[int, _Read]
) -> list[ActorMention]:
    mentions: list[ActorMention] = []
    for event in draft.events:
        for mention in find_actors(article, event, by_index[event.sentence.index].sources):
            _add_actor(mentions, mention)
    of_events = {event.sentence.index for event in draft.events}
    for one in owned:
        if one.sentence.index not in of_events:
            for mention in authorship(article, one.sentence, one.sources):
                _add_actor(mentions, mention)
    return mentions


_SAID_ROLES = frozenset({ActorRole.CLAIMED, ActorRole.DENIED})


def _add_actor(mentions: list[ActorMention], new: ActorMention) -> None:
    """One mention for each actor, the first; a claim or denial of its own is kept beside it."""
    words = _content_words(new.span.text)
    for index, old in enumerate(mentions):
        if words & _content_words(old.span.text):
            if new.role in _SAID_ROLES and old.role not in _SAID_ROLES:
                mentions[index] = new
            return
    mentions.append(new)


_PLAIN_WORDS = frozenset({"the", "a", "an", "of", "forces", "group", "and", "two", "three", "four", "some", "its", "their", "other"})  # fmt: skip


def _content_words(text: str) -> set[str]:
    return set(text.lower().replace("-", " ").split()) - _PLAIN_WORDS


def _sources(article: Article, draft: Draft, owned: list[_Read]) -> list[SourceMention]:
    """Speakers of the sentences that tell of the incident or of its harm."""
    of_events = {event.sentence.index for event in draft.events}
    seen: dict[str, SourceMention] = {}
    for one in owned:
        if one.sentence.index not in of_events and not _goes_on(one.sentence):
            continue
        for phrase in one.sources:
            mention = phrase.mention(article, one.sentence)
            seen.setdefault(mention.span.text.lower(), mention)
    return list(seen.values())


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence without an event of its own speaks of one: its harm, or "the attack"."""
    return bool(
        sentence.get("persons.outcome")
        or sentence.get("context.anaphor")
        or sentence.get("triggers.weak_noun")
        or sentence.get("actors.authorship")
    )


def _confidence(draft: Draft) -> float:
    """Documented in docs: half for a trigger, more for each of type, day, place and toll."""
    score = 0.4
    score += 0.2 if draft.explicit_types else 0.0
    score += 0.15 if draft.days else 0.0
    score += 0.15 if draft.places else 0.0
    score += 0.1 if any(event.casualties for event in draft.events) else 0.0
    return min(1.0, round(score, 3))


def _unique(mentions: Iterable[TimeMention]) -> list[TimeMention]:
    seen: set[Span] = set()
    kept = []
    for mention in mentions:
        if mention.span not in seen:
            seen.add(mention.span)
            kept.append(mention)
    return kept
