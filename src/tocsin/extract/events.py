"""Events: each trigger of a sentence that tells of something that happened, with its stretch.

A sentence may tell of two incidents ("fired on the base in retaliation for a strike last week"):
words of linking cut it into stretches, and each stretch keeps its own time, place and casualties.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from tocsin.extract.casualties import CasualtyPhrase
from tocsin.extract.phrases import Match
from tocsin.extract.places import PlacePhrase, is_title_case
from tocsin.extract.sentences import Sentence
from tocsin.extract.timing import TimePhrase
from tocsin.extract.words import word_set
from tocsin.records.vocab import IncidentType as Type

PRIORITY = (
    Type.CBRN_ATTACK,
    Type.SUICIDE_BOMBING,
    Type.HOSTAGE_SIEGE,
    Type.HIJACKING,
    Type.VIOLENCE_AGAINST_PROTEST,
    Type.ABDUCTION,
    Type.EXECUTION,
    Type.BOMBING,
    Type.AIR_STRIKE,
    Type.INDIRECT_FIRE,
    Type.GRENADE_ATTACK,
    Type.MELEE_ATTACK,
    Type.INTERCEPTION,
    Type.SEXUAL_VIOLENCE,
    Type.ARMED_ATTACK,
    Type.ARMED_CLASH,
    Type.VIOLENT_DEMONSTRATION,
    Type.MOB_VIOLENCE,
    Type.ARSON_SABOTAGE,
    Type.ARREST_RAID,
    Type.OTHER_ATTACK,
)
"""Which type names a stretch that has triggers of several."""

TYPE_OF_MEANS = {
    "missile.ballistic": Type.INDIRECT_FIRE,
    "missile.cruise": Type.INDIRECT_FIRE,
    "missile.antitank": Type.ARMED_ATTACK,
    "missile.unspecified": Type.INDIRECT_FIRE,
    "rocket": Type.INDIRECT_FIRE,
    "mortar": Type.INDIRECT_FIRE,
    "artillery": Type.INDIRECT_FIRE,
    "drone.one_way": Type.AIR_STRIKE,
    "drone.unspecified": Type.AIR_STRIKE,
    "air.unspecified": Type.AIR_STRIKE,
    "vehicle_bomb": Type.BOMBING,
    "suicide_vest": Type.SUICIDE_BOMBING,
    "mine": Type.BOMBING,
    "ied": Type.BOMBING,
    "explosive.unspecified": Type.BOMBING,
    "grenade": Type.GRENADE_ATTACK,
    "firearm": Type.ARMED_ATTACK,
    "melee": Type.MELEE_ATTACK,
    "chemical": Type.CBRN_ATTACK,
    "incendiary": Type.ARSON_SABOTAGE,
    "vehicle_ramming": Type.MELEE_ATTACK,
}
"""What a weak trigger becomes when the means are named beside it."""

_UNREAL_REACH = 6
"""Tokens before a trigger within which a word makes it unreal."""
_CLAUSE_MARKS = word_set("events.clause_marks")
_COMING = word_set("events.coming")
_PRONOUNS = frozenset({"it", "this", "that", "they", "these"})


@dataclass(frozen=True, slots=True)
class Event:
    """One stretch `[first, last)` of a sentence that tells of one event."""

    sentence: Sentence
    first: int
    last: int
    trigger: Match
    type: Type
    is_explicit: bool
    """The trigger names the type; otherwise it is generic ("the attack", "killed")."""
    times: tuple[TimePhrase, ...]
    places: tuple[PlacePhrase, ...]
    casualties: tuple[CasualtyPhrase, ...]
    is_anaphoric: bool
    """ "the attack": takes up an event told before."""
    is_plural: bool
    is_linked: bool
    """Stands after words of linking: "in retaliation for", "after"."""
    is_past_frame: bool
    """In a sentence of trial, anniversary or the like."""
    types: frozenset[Type] = frozenset()
    triggers: tuple[Match, ...] = ()
    """All triggers of the stretch, in order; `trigger` is one of them."""
    is_apart: bool = False
    """Its words make it another event than the one told before it in the sentence: "a day after",
    "in retaliation for"."""
    dates_previous: TimePhrase | None = None
    """The words that count the incident told before from this one: "It comes a day after ..."."""

    @property
    def start(self) -> int:
        """Offset where the stretch begins."""
        return self.sentence.tokens[self.first].start

    @property
    def end(self) -> int:
        """Offset where the stretch ends."""
        return self.sentence.tokens[self.last - 1].end


def find_events(
    sentence: Sentence,
    times: list[TimePhrase],
    places: list[PlacePhrase],
    casualties: list[CasualtyPhrase],
    summed: list[tuple[int, int]],
) -> list[Event]:
    """The events of a sentence in order; empty where nothing in it happened.

    `summed` are token ranges of tallies: their words count many events and are no trigger.
    """
    triggers = [
        match
        for match in _real_triggers(sentence)
        if not any(first <= match.first < last for first, last in summed)
    ]
    if not triggers:
        return []
    events: list[Event] = []
    anchored = _anchored_cuts(sentence, triggers, times)
    apart = {
        link.first
        for link in sentence.get("context.link")
        if link.value in {"retaliation_for", "in_response_to"}
    }
    apart.update(anchored)
    opening = _opening_count(sentence, triggers, times)
    if opening is not None:
        anchored = [*anchored, sentence.token_at(opening.span.end)]
    for first, last in _stretches(sentence, triggers, times, places, anchored):
        inside = [match for match in triggers if first <= match.first < last]
        if inside:
            event = _event(
                sentence,
                first,
                last,
                inside,
                times=times,
                places=places,
                casualties=casualties,
            )
            is_opening = opening is not None and first == sentence.token_at(opening.span.end)
            events.append(
                replace(
                    event,
                    is_apart=is_opening or (first in apart and bool(events)),
                    dates_previous=opening if is_opening else None,
                )
            )
    return events


THEME_SENTENCES = 2
"""Sentences with its words that make drills and launches, or accidents and hacking, the theme."""


def without_foreign_themes(events: list[Event], sentences: list[Sentence]) -> list[Event]:
    """Without harmless launches of an article on tests or space flight, and without bare
    "attacks" of one on hacking, animals or disasters."""
    themes = {"exercise": 0, "accident": 0}
    for sentence in sentences:
        for value in {match.value for match in sentence.get("context.other")} & themes.keys():
            themes[value] += 1
    is_test = themes["exercise"] >= THEME_SENTENCES
    is_accident = themes["accident"] >= THEME_SENTENCES
    return [
        event
        for event in events
        if event.casualties
        or (
            not (is_test and event.type is Type.INDIRECT_FIRE)
            and not (is_accident and event.type is Type.OTHER_ATTACK)
        )
    ]


def _real_triggers(sentence: Sentence) -> list[Match]:
    """Trigger matches that neither negation, plan, threat nor another sense takes away."""
    if sentence.get("context.other") and _is_other(sentence):
        return []
    strong = [*sentence.get("triggers.verb"), *sentence.get("triggers.noun")]
    weak = [*sentence.get("triggers.weak_verb"), *sentence.get("triggers.weak_noun")]
    kept = [match for match in strong if _is_real(sentence, match)]
    covered = {at for match in kept for at in range(match.first, match.last)}
    kept.extend(match for match in weak if match.first not in covered and _is_real(sentence, match))
    kept.sort()
    return kept


def _is_other(sentence: Sentence) -> bool:
    """Drills and tests, and accidents in which nothing tells of violence."""
    values = {match.value for match in sentence.get("context.other")}
    if "exercise" in values and not sentence.get("persons.outcome"):
        return True
    if "accident" in values and not _is_violent_accident(sentence):
        return True
    games = [m for m in sentence.get("context.other") if m.value in {"sports", "metaphor"}]
    return "sports" in values and len(games) > 1 and not sentence.get("persons.outcome")


def _is_violent_accident(sentence: Sentence) -> bool:
    """Whether a strong trigger, a weapon or a word of attack stands beside words of accident.
    Aircraft are none here: they crash."""
    weapons = sentence.get("weapons.weapon")
    return (
        bool(sentence.get("triggers.noun") or sentence.get("triggers.verb"))
        or any(not weapon.value.startswith("air.") for weapon in weapons)
        or _has_word_of_attack(sentence)
    )


def has_violence(sentence: Sentence) -> bool:
    """Whether a weapon, an armed side or a word of attack stands in the sentence."""
    if sentence.get("weapons.weapon") or sentence.get("actors.head"):
        return True
    if any(match.value == "group" for match in sentence.get("actors.named")):
        return True
    if sentence.get("triggers.noun") or sentence.get("triggers.verb"):
        return True
    return _has_word_of_attack(sentence)


def _has_word_of_attack(sentence: Sentence) -> bool:
    weak = [*sentence.get("triggers.weak_noun"), *sentence.get("triggers.weak_verb")]
    return any(sentence.tokens[match.last - 1].lower not in _BARE_HARM for match in weak)


_BARE_HARM = word_set("events.bare_harm")


def _is_real(sentence: Sentence, match: Match) -> bool:
    for other in sentence.get("context.other"):
        if other.value == "metaphor" and other.first < match.last and match.first < other.last:
            return False
    tokens = sentence.tokens
    if "noun" in match.category and _is_proper_or_none(sentence, match):
        return False
    if "verb" in match.category and _is_surname(sentence, match):
        return False
    if match.first > 1 and sentence.tokens[match.first - 2].lower == "no":
        return False
    floor = max(0, match.first - _UNREAL_REACH)
    for at in range(match.first - 1, floor - 1, -1):
        if tokens[at].text in _CLAUSE_MARKS:
            floor = at + 1
            break
    for unreal in sentence.get("context.unreal"):
        if unreal.value == "generic":
            if unreal.first < match.last and match.first < unreal.last + 1:
                return False
        elif (
            floor <= unreal.first and unreal.last <= match.first + 1 and unreal.first < match.first
        ):
            if unreal.value == "modal" and any(
                tokens[at].lower == "have" for at in range(unreal.last, match.first)
            ):
                continue
            return False
    return True


def _is_surname(sentence: Sentence, match: Match) -> bool:
    """ "Attorney General Lynch": a verb with a capital inside a sentence of small letters."""
    tokens = sentence.tokens
    if match.last - match.first > 1 or not tokens[match.first].text[0].isupper():
        return False
    if match.first == 0:
        return tokens[0].lower in {"lynch", "hunt", "battle", "rob", "stab"}
    return not is_title_case(sentence) and not tokens[match.first].text.isupper()


def _is_proper_or_none(sentence: Sentence, match: Match) -> bool:
    """ "F-16 Fighting Falcons", "no air strikes": a name, or a thing that was not."""
    tokens = sentence.tokens
    last = match.last
    if (
        match.first > 0
        and tokens[match.first].text[0].isupper()
        and last < len(tokens)
        and tokens[last].text[0].isupper()
        and tokens[match.first - 1].text[0].isalnum()
        and not is_title_case(sentence)
    ):
        return True
    for at in range(match.first - 1, max(-1, match.first - 4), -1):
        if tokens[at].lower == "no":
            return True
        if tokens[at].lower in {"of", "in", "a", "the", "for"} or not tokens[at].text[0].isalnum():
            return False
    return False


def _stretches(
    sentence: Sentence,
    triggers: list[Match],
    times: list[TimePhrase],
    places: list[PlacePhrase],
    anchored: list[int],
) -> list[tuple[int, int]]:
    """Cut the sentence where a link opens a stretch that has a trigger and a time or place."""
    size = len(sentence.tokens)
    cuts: list[int] = []
    for link in sorted(sentence.of("context.link"), key=lambda match: match.first):
        later = [match for match in triggers if match.first >= link.last - 1]
        earlier = [match for match in triggers if match.last <= link.first]
        if not later or not earlier or link.first in cuts:
            continue
        if sentence.tokens[link.first].lower == "retaliatory":
            continue  # says of an event that it answers, and opens no other
        start = sentence.tokens[link.first].start
        has_time = any(time.span.start >= start and time.dates_events for time in times)
        has_place = any(place.first >= link.first for place in places)
        is_causal = link.category.endswith("link") and link.value in {
            "retaliation_for",
            "in_response_to",
        }
        if has_time or is_causal or (has_place and any(p.last <= link.first for p in places)):
            cuts.append(link.first)
    edges = [0, *sorted({*cuts, *anchored}), size]
    stretches: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        has_trigger = any(start <= match.first < end for match in triggers)
        if stretches and not has_trigger:  # "a day after" between its two events: the former's
            stretches[-1] = (stretches[-1][0], end)
        elif start < end:
            stretches.append((start, end))
    return stretches


def _anchored_cuts(sentence: Sentence, triggers: list[Match], times: list[TimePhrase]) -> list[int]:
    """ "landed a day after Iran fired ...": what follows is another event, on another day."""
    cuts = []
    for time in times:
        if not time.is_days_after:
            continue
        at = sentence.token_at(time.span.end)
        begin = sentence.token_at(time.span.start)
        has_before = any(match.last <= begin for match in triggers)
        if has_before and any(match.first >= at for match in triggers):
            cuts.append(at)
    return cuts


def _opening_count(
    sentence: Sentence, triggers: list[Match], times: list[TimePhrase]
) -> TimePhrase | None:
    """ "It comes a day after Iran fired ...": the sentence takes up the incident told before and
    counts it from another, told next. None where something happens before the counting words."""
    for time in times:
        if not time.is_days_after:
            continue
        begin, after = sentence.token_at(time.span.start), sentence.token_at(time.span.end)
        opening = [token.lower for token in sentence.tokens[:begin]]
        if not any(word in _COMING for word in opening):
            continue
        is_taken_up = bool(set(opening) & _PRONOUNS) or any(
            match.last <= begin for match in sentence.get("context.anaphor")
        )
        explicit = [match for match in triggers if "weak" not in match.category]
        has_before = any(match.last <= begin for match in explicit)
        if is_taken_up and not has_before and any(match.first >= after for match in triggers):
            return time
    return None


def _event(
    sentence: Sentence,
    first: int,
    last: int,
    triggers: list[Match],
    *,
    times: list[TimePhrase],
    places: list[PlacePhrase],
    casualties: list[CasualtyPhrase],
) -> Event:
    tokens = sentence.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    explicit = [match for match in triggers if "weak" not in match.category]
    chosen = min(
        explicit or triggers,
        key=lambda match: (PRIORITY.index(Type(match.value)), match.first),
    )
    kind = Type(chosen.value)
    if not explicit:
        kind = _type_by_means(sentence, first, last)
    elif kind is Type.ARMED_ATTACK and any(
        Type(match.value) is Type.ARMED_CLASH for match in explicit
    ):
        kind = Type.ARMED_CLASH
    anaphors = sentence.get("context.anaphor")
    return Event(
        sentence=sentence,
        first=first,
        last=last,
        trigger=chosen,
        type=kind,
        is_explicit=kind is not Type.OTHER_ATTACK,
        times=tuple(time for time in times if start <= time.span.start < end),
        places=tuple(
            place for place in places if first <= place.first < last and not place.is_seat
        ),
        casualties=tuple(c for c in casualties if first <= c.cue < last or first <= c.first < last),
        is_anaphoric=any(
            match.first <= chosen.first < match.last or match.last - 1 == chosen.first
            for match in anaphors
        ),
        is_plural="noun" in chosen.category
        and tokens[chosen.last - 1].lower.endswith("s")
        and tokens[chosen.last - 1].lower not in {"clashes"},
        is_linked=first > 0,
        is_past_frame=any(
            match.value in {"trial", "commemoration"} for match in sentence.get("context.other")
        ),
        types=frozenset(Type(match.value) for match in triggers),
        triggers=tuple(triggers),
    )


def _type_by_means(sentence: Sentence, first: int, last: int) -> Type:
    kinds = [
        TYPE_OF_MEANS[match.value]
        for match in sentence.get("weapons.weapon")
        if first <= match.first < last and match.value in TYPE_OF_MEANS
    ]
    if not kinds:
        return Type.OTHER_ATTACK
    return min(kinds, key=PRIORITY.index)
