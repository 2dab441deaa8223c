"""Actors: who did it, who is blamed, who claimed or denied it, by the words around a trigger."""

from __future__ import annotations

from tocsin.extract.events import Event
from tocsin.extract.nouns import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    grow_left,
    grow_right,
    is_name,
    is_word,
)
from tocsin.extract.phrases import Match
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase
from tocsin.extract.words import word_set
from tocsin.records import ActorMention, Article, Span
from tocsin.records.vocab import ActorLevel, ActorRole, IncidentType, SourceKind

_SUFFERED = word_set("actors.suffered")

_BY_REACH = 10
_SUBJECT_REACH = 14
_LIGHT_VERBS = word_set("actors.light_verbs")
_CLAUSE_ENDS = word_set("actors.clause_ends")


def find_actors(article: Article, event: Event, sources: list[SourcePhrase]) -> list[ActorMention]:
    """Actors of one event, in the roles its sentence gives them; empty where none is told."""
    sentence = event.sentence
    mentions = authorship(article, sentence, sources)
    taken = [mention.span for mention in mentions]
    for first, last, is_hedged in _doers(sentence, event):
        role = ActorRole.PERPETRATOR
        by = None
        span = sentence.span(article, first, last)
        if any(span.overlaps(other) for other in taken):
            continue
        said = _speaker(sources, first, last)
        if is_hedged:
            role = ActorRole.SUSPECTED
        elif said is not None:
            by = said.attribution(article, sentence)
            role = _role_said(sentence, said, first, last)
        mentions.append(ActorMention(span, role, by=by))
    return mentions


def _doers(sentence: Sentence, event: Event) -> list[tuple[int, int, bool]]:
    """Phrases `[first, last)` of those who did it, and whether suspicion is all there is."""
    heads = [*sentence.of("actors.head"), *sentence.get("actors.named")]
    heads.sort()
    trigger = event.trigger
    found = _by(sentence, event, heads) or _inside(trigger, heads)
    if not found and "verb" in trigger.category and not _is_suffered(sentence, trigger):
        found = _subject(sentence, heads, trigger.first)
        found = found or _plain_subject(sentence, event, trigger.first)
    if not found and "noun" in trigger.category:
        found = _between(sentence, event, heads)
        found = found or _modifier(sentence, trigger, heads)
        found = found or _light_subject(sentence, event, heads)
    hedges = sentence.get("actors.authorship")
    result = []
    for first, last in found:
        begin = grow_left(sentence.tokens, first, event.first)
        hedged = any(
            hedge.value == "suspected" and begin - 2 <= hedge.first < last for hedge in hedges
        )
        result.append((begin, last, hedged))
    return result


def _is_suffered(sentence: Sentence, trigger: Match) -> bool:
    """Whether the subject of the verb is the victim: "were shot", "died in a blast"."""
    verb = sentence.tokens[trigger.first].lower
    return verb in _SUFFERED or _is_passive(sentence, trigger)


def _is_passive(sentence: Sentence, trigger: Match) -> bool:
    tokens = sentence.tokens
    at = trigger.first - 1
    while at >= 0 and (tokens[at].lower.endswith("ly") or tokens[at].lower in {"also", "not"}):
        at -= 1
    return at >= 0 and tokens[at].lower in {
        "was",
        "were",
        "been",
        "being",
        "is",
        "are",
        "be",
        "got",
    }


def _by(sentence: Sentence, event: Event, heads: list[Match]) -> list[tuple[int, int]]:
    """ "by NP" after the trigger, "and NP" with it."""
    tokens = sentence.tokens
    for at in range(event.trigger.first, min(event.last, event.trigger.last + _BY_REACH)):
        if tokens[at].lower != "by":
            continue
        near = [head for head in heads if at < head.first <= at + 6]
        chosen: list[tuple[int, int]] = []
        for head in near:
            start = chosen[-1][1] if chosen else at + 1
            words = [token.lower for token in tokens[start : head.first]]
            if any(word in PREPOSITIONS | AUXILIARIES | {","} for word in words):
                break
            if chosen and "and" not in words:
                chosen[-1] = (chosen[-1][0], head.last)
                continue
            chosen.append((head.first, head.last))
        if not chosen:
            start = at + 1
            while start < event.last and tokens[start].lower in DETERMINERS:
                start += 1
            end = grow_right(tokens, start, event.last)
            chosen = _named_phrase(sentence, start, end)
        if chosen:
            return chosen
    return []


def _inside(trigger: Match, heads: list[Match]) -> list[tuple[int, int]]:
    """ "warplanes bombed": the trigger's own words name the doer."""
    for head in heads:
        if trigger.first <= head.first and head.last < trigger.last:
            return [(head.first, head.last)]
    return []


def _plain_subject(sentence: Sentence, event: Event, verb: int) -> list[tuple[int, int]]:
    """The phrase right before an active verb, if it names somebody: a name or persons."""
    tokens = sentence.tokens
    last = verb
    while last > event.first and tokens[last - 1].lower in AUXILIARIES | ADVERBS:
        last -= 1
    if tokens[verb].lower.endswith("ing") or last <= event.first:
        return []
    return _named_phrase(sentence, grow_left(tokens, last, event.first), last)


def _named_phrase(sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
    """The phrase itself where it names somebody; nothing for things and places."""
    if first >= last:
        return []
    tokens = sentence.tokens
    if any(first < m.last and m.first < last for m in sentence.get("weapons.weapon")):
        return []
    is_person = any(first <= m.first < last for m in sentence.of("persons.person"))
    is_named = all(
        is_name(token) or token.lower in DETERMINERS or not is_word(token)
        for token in tokens[first:last]
    )
    if not is_person and not (is_named and last - first >= 2):
        return []
    return [(first, last)]


def _subject(sentence: Sentence, heads: list[Match], verb: int) -> list[tuple[int, int]]:
    """The nearest phrase to the left of an active verb that no preposition governs."""
    tokens = sentence.tokens
    floor = max(0, verb - _SUBJECT_REACH)
    for at in range(verb - 1, floor - 1, -1):
        if tokens[at].lower in _CLAUSE_ENDS - {"and", "who", "which"} or tokens[at].text in ";.":
            floor = at + 1
            break
    near = [head for head in heads if floor <= head.first and head.last <= verb]
    for index in range(len(near) - 1, -1, -1):
        head = near[index]
        begin = grow_left(tokens, head.first, floor)
        governor = tokens[begin - 1].lower if begin > floor else ""
        if governor in PREPOSITIONS and governor not in {"after", "as"}:
            continue
        return [(head.first, head.last)]
    return []


def _modifier(sentence: Sentence, trigger: Match, heads: list[Match]) -> list[tuple[int, int]]:
    """ "Israeli air strikes", "a rebel mortar attack", "Iran's missile attack"."""
    begin = grow_left(sentence.tokens, trigger.first)
    for head in heads:
        if begin <= head.first and head.last <= trigger.first:
            return [(head.first, head.last)]
    return []


def _light_subject(sentence: Sentence, event: Event, heads: list[Match]) -> list[tuple[int, int]]:
    """ "The army launched fresh air strikes"."""
    tokens = sentence.tokens
    for at in range(event.trigger.first - 1, max(event.first, event.trigger.first - 7) - 1, -1):
        if tokens[at].lower in _LIGHT_VERBS:
            return _subject(sentence, heads, at)
    return []


def _between(sentence: Sentence, event: Event, heads: list[Match]) -> list[tuple[int, int]]:
    """ "clashes between the army and rebels": both sides."""
    if event.type is not IncidentType.ARMED_CLASH:
        return []
    tokens = sentence.tokens
    for at in range(event.trigger.last, min(event.last, event.trigger.last + 6)):
        if tokens[at].lower in {"with", "against"}:
            near = [head for head in heads if at < head.first <= at + 6]
            return [(head.first, head.last) for head in near[:1]]
        if tokens[at].lower in {"between", "pitting"}:
            near = [head for head in heads if at < head.first <= at + 14]
            sides: list[tuple[int, int]] = []
            for head in near:
                words = [
                    token.lower
                    for token in tokens[(sides[-1][1] if sides else at + 1) : head.first]
                ]
                if sides and "and" not in words and "," not in words:
                    sides[-1] = (sides[-1][0], head.last)
                    continue
                sides.append((head.first, head.last))
            return sides[:3]
    return []


def _speaker(sources: list[SourcePhrase], first: int, last: int) -> SourcePhrase | None:
    """The speaker who vouches for the stretch, unless the speaker is the doer's own phrase."""
    for source in sources:
        if source.first < last and first < source.last:
            continue
        return source
    return None


def _role_said(sentence: Sentence, said: SourcePhrase, first: int, last: int) -> ActorRole:
    """ "The army said it had struck" claims; "X said Y fired" blames."""
    speaker = {token.lower for token in sentence.tokens[said.first : said.last] if is_word(token)}
    doer = {token.lower for token in sentence.tokens[first:last] if is_word(token)}
    if (speaker & doer) - DETERMINERS - {"military", "forces", "of", "state"}:
        return ActorRole.CLAIMED
    if said.kind in {SourceKind.EYEWITNESS, SourceKind.JOURNALIST_WITNESS}:
        return ActorRole.BLAMED
    return ActorRole.BLAMED


def authorship(
    article: Article, sentence: Sentence, sources: list[SourcePhrase]
) -> list[ActorMention]:
    """Claims, denials and accusations of a sentence, whoever its event is."""
    marks = sentence.get("actors.authorship")
    values = {mark.value for mark in marks}
    if "no_claim" in values or not values & {"claimed", "blamed", "denied"}:
        return []
    heads = [*sentence.of("actors.head"), *sentence.get("actors.named")]
    heads.sort()
    level = ActorLevel.SERIES if "past" in values else ActorLevel.INCIDENT
    tokens = sentence.tokens
    for mark in marks:
        if mark.value == "claimed":
            words = [token.lower for token in tokens[mark.first : mark.last]]
            if words[-1] in {"by", "from"}:
                after = [head for head in heads if mark.last <= head.first <= mark.last + 6]
                chosen = after[:1]
            else:
                before = [h for h in heads if h.last <= mark.first and mark.first - h.last <= 12]
                chosen = before[-1:]
            return [
                ActorMention(_grown(article, sentence, head), ActorRole.CLAIMED, level)
                for head in chosen
            ]
        if mark.value == "denied":
            before = [h for h in heads if h.last <= mark.first and mark.first - h.last <= 8]
            return [
                ActorMention(_grown(article, sentence, head), ActorRole.DENIED, level)
                for head in before[-1:]
            ]
        if mark.value == "blamed":
            after = [h for h in heads if mark.first < h.first and h.first - mark.last <= 7]
            by = next((s for s in sources if s.last <= mark.first), None)
            return [
                ActorMention(
                    _grown(article, sentence, head),
                    ActorRole.BLAMED,
                    level,
                    by=by.attribution(article, sentence) if by else None,
                )
                for head in after[:1]
            ]
    return []


def _grown(article: Article, sentence: Sentence, head: Match) -> Span:
    return sentence.span(article, grow_left(sentence.tokens, head.first), head.last)
