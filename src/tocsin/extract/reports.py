"""Reports: one gathered incident with the spans of all its slots."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.actors import authorship, find_actors, known_by_deed
from tocsin.extract.casualties import CasualtyPhrase
from tocsin.extract.doers import DoerPhrase
from tocsin.extract.effects import find_damage, find_effects, find_hedges
from tocsin.extract.events import Event
from tocsin.extract.incidents import Draft
from tocsin.extract.places import PlacePhrase
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase, speaker_of
from tocsin.extract.stages import modifiers_of, stage_of
from tocsin.extract.tallies import TallyPhrase
from tocsin.extract.targets import find_object, find_opponents, find_targets, find_victims
from tocsin.extract.timing import TimePhrase
from tocsin.extract.weapons import find_weapons
from tocsin.extract.words import word_set
from tocsin.records import (
    ActorMention,
    Article,
    CasualtyMention,
    PlaceMention,
    ReportMention,
    SourceMention,
    TargetMention,
    TimeMention,
    WeaponMention,
)
from tocsin.records.vocab import ActorRole, IncidentType, PlaceRole, RegionKind


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with what was found in it."""

    sentence: Sentence
    times: list[TimePhrase]
    places: list[PlacePhrase]
    sources: list[SourcePhrase]
    casualties: list[CasualtyPhrase]
    """Without those that tallies count."""
    tallies: list[TallyPhrase]
    events: list[Event]
    doers: list[DoerPhrase]
    """Who could have done it; empty where the sentence has neither event nor word of authorship."""

    @property
    def index(self) -> int:
        """The sentence's number in the article."""
        return self.sentence.index


def owners(drafts: list[Draft], findings: list[Finding]) -> dict[int, int]:
    """Which incident a sentence without event of its own goes on about: the one told before."""
    owner: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        for event in draft.events:
            owner.setdefault(event.sentence.index, index)
    main = next((index for index, draft in enumerate(drafts) if draft.is_main), None)
    current = None
    for one in findings:
        at = one.sentence.index
        if one.sentence.region is RegionKind.CAPTION:
            continue
        if at in owner:
            current = owner[at]
        elif one.events:
            current = None
        elif current is not None and not drafts[current].is_main:
            current = main
        if at not in owner and current is not None and not one.events:
            owner[at] = current
    return owner


def make_report(
    article: Article,
    draft: Draft,
    owned: list[Finding],
    times: tuple[TimeMention, ...],
    findings: list[Finding],
) -> ReportMention:
    """The report of one incident. `owned` are the sentences that tell of it, in order; `findings`
    those of the whole article, each at its sentence's index."""
    founder = draft.founder
    trigger = founder.sentence.span(article, founder.trigger.first, founder.trigger.last)
    return ReportMention(
        is_main=draft.is_main,
        type=draft.type,
        stage=stage_of(draft),
        modifiers=modifiers_of(draft),
        trigger=trigger,
        times=times,
        places=tuple(_places(article, draft)),
        weapons=tuple(_weapons(article, draft)),
        targets=tuple(_targets(article, draft, findings)),
        casualties=tuple(_casualties(article, draft, owned, findings)),
        damage=tuple(m for one in owned for m in find_damage(article, one.sentence)),
        effects=tuple(m for one in owned for m in find_effects(article, one.sentence)),
        actors=tuple(_actors(article, draft, owned, findings)),
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


def _targets(article: Article, draft: Draft, findings: list[Finding]) -> list[TargetMention]:
    seen: dict[str, TargetMention] = {}
    for event in draft.events:
        if len(seen) > 1:  # sentences further on tell of other things nearby
            break
        named = find_targets(article, event.sentence, event.first, event.last)
        doers = findings[event.sentence.index].doers
        found = [*named, *find_victims(article, event, draft.type)]
        if not seen:
            found = found or find_opponents(article, event, doers) or find_object(article, event)
        for target in found:
            if not any(target.span.overlaps(other.span) for other in seen.values()):
                seen.setdefault(target.span.text.lower().split()[-1], target)
    return list(seen.values())


def _casualties(
    article: Article, draft: Draft, owned: list[Finding], findings: list[Finding]
) -> list[CasualtyMention]:
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
        for phrase in one.casualties
    )
    for sentence, phrase in phrases:
        span = sentence.span(article, phrase.first, phrase.last)
        key = (phrase.outcome.value, span.text.lower())
        if key in seen:
            continue
        seen.add(key)
        said = speaker_of(findings[sentence.index].sources, phrase.first, phrase.last)
        mentions.append(
            CasualtyMention(
                span,
                phrase.outcome,
                phrase.group,
                phrase.is_part,
                said.attribution(article, sentence) if said else None,
            )
        )
    return mentions


def _actors(
    article: Article, draft: Draft, owned: list[Finding], findings: list[Finding]
) -> list[ActorMention]:
    mentions: list[ActorMention] = []
    for event in draft.events:
        told = findings[event.sentence.index]
        found = find_actors(article, event, told.doers, told.sources, told.casualties)
        is_known = any(mention.role not in _SAID_ROLES for mention in mentions)
        for mention in found:
            if not is_known or mention.role in _SAID_ROLES:
                _add_actor(mentions, mention)
    of_events = {event.sentence.index for event in draft.events}
    for one in owned:
        if one.sentence.index not in of_events:
            for mention in authorship(article, one.sentence, one.doers, one.sources):
                _add_actor(mentions, mention)
    if not mentions and draft.type not in _DONE_BY_POWERS:
        for one in owned:
            mentions = known_by_deed(article, one.sentence, one.doers)
            if mentions:
                break
    return mentions


_DONE_BY_POWERS = frozenset(
    {IncidentType.AIR_STRIKE, IncidentType.INDIRECT_FIRE, IncidentType.ARREST_RAID}
)
"""Types whose doer is no "gunman" or "suspect" of a later sentence."""


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


_PLAIN_WORDS = word_set("reports.plain_words")


def _content_words(text: str) -> set[str]:
    return set(text.lower().replace("-", " ").split()) - _PLAIN_WORDS


def _sources(article: Article, draft: Draft, owned: list[Finding]) -> list[SourceMention]:
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
    """A sum of what is told, 0..1, not calibrated: 0.4 for a trigger that stands, 0.2 for a type
    that it names, 0.15 each for a day and a place, 0.1 for a toll."""
    score = 0.4
    score += 0.2 if draft.names_type else 0.0
    score += 0.15 if draft.days else 0.0
    score += 0.15 if draft.places else 0.0
    score += 0.1 if any(event.casualties for event in draft.events) else 0.0
    return min(1.0, round(score, 3))
