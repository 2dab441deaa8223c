"""Actors: who did it, who is blamed, who claimed or denied it, by the words around a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tocsin.extract.casualties import CasualtyPhrase
from tocsin.extract.doers import DoerKind, DoerPhrase, is_governed, modifier_phrase
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
    may_stand_inside,
)
from tocsin.extract.phrases import Match
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase
from tocsin.extract.words import word_set
from tocsin.records import ActorMention, Article
from tocsin.records.vocab import ActorLevel, ActorRole, IncidentType, Outcome

_SUFFERED = word_set("actors.suffered")
_LIGHT_VERBS = word_set("actors.light_verbs")
_CLAUSE_ENDS = word_set("actors.clause_ends")
_PASSIVE_FOLLOWERS = word_set("actors.passive_followers")
_TRANSITIVE = word_set("actors.transitive")
_OWN_PRONOUNS = word_set("actors.own_pronouns")
_DENIAL_TOPICS = word_set("actors.denial_topics")
_PASSIVE_AUXILIARIES = frozenset({"was", "were", "been", "being", "is", "are", "be", "got"})

_NOUN_LIKE = word_set("actors.noun_like")
_FACELESS = word_set("actors.faceless")
_IMPERSONAL = word_set("actors.impersonal")

_BY_REACH = 12
_SUBJECT_REACH = 16
_CLAIM_REACH = 12
_CUE_REACH = 4
_HEDGE_REACH = 3


def find_actors(
    article: Article,
    event: Event,
    doers: Sequence[DoerPhrase],
    sources: Sequence[SourcePhrase],
    casualties: Sequence[CasualtyPhrase],
) -> list[ActorMention]:
    """Actors of one event, in the roles its sentence gives them; empty where none is told.

    `doers`, `sources` and `casualties` are those of the whole sentence.
    """
    sentence = event.sentence
    mentions = authorship(article, sentence, doers, sources)
    taken = [mention.span for mention in mentions]
    harmed = [(one.first, one.last) for one in casualties if one.outcome is not Outcome.ARRESTED]
    free = [
        doer
        for doer in doers
        if not any(doer.overlaps(*range_) for range_ in harmed)
        and not _is_bare_machine(sentence, doer)
    ]
    for doer, trigger in _doers(sentence, event, free, sources):
        span = sentence.span(article, doer.first, doer.last)
        if any(span.overlaps(other) for other in taken):
            continue
        said = _speaker(sources, doer)
        role, by = ActorRole.PERPETRATOR, None
        if _is_suspected(sentence, doer, trigger):
            role = ActorRole.SUSPECTED
        elif any(
            doer.overlaps(source.first, source.last) and source.cue_last <= trigger.first
            for source in sources
        ):
            role = ActorRole.CLAIMED
        elif said is not None:
            role = _role_said(sentence, said, doer)
        if role is not ActorRole.PERPETRATOR and said is not None:
            by = said.attribution(article, sentence)
        mentions.append(ActorMention(span, role, name=doer.name, by=by))
    return mentions


def _is_bare_machine(sentence: Sentence, doer: DoerPhrase) -> bool:
    """ "A drone", "tanks": a weapon that nobody is said to own."""
    words = [token for token in sentence.tokens[doer.first : doer.last] if is_word(token)]
    return (
        doer.kind is DoerKind.KIND
        and words[-1].lower in _IMPERSONAL
        and not any(
            token.lower in _OWNERS or (is_name(token) and index > 0)
            for index, token in enumerate(words[:-1])
        )
    )


_OWNERS = word_set("actors.owners")


def _doers(
    sentence: Sentence,
    event: Event,
    doers: list[DoerPhrase],
    sources: Sequence[SourcePhrase],
) -> list[tuple[DoerPhrase, Match]]:
    """Those who did it, by the first trigger of the stretch that has any, with that trigger."""
    others = [match for match in event.triggers if match != event.trigger]
    for trigger in (event.trigger, *others):
        found = _of_trigger(sentence, event, trigger, doers, sources)
        if found:
            return [(doer, trigger) for doer in found]
    return []


def _of_trigger(
    sentence: Sentence,
    event: Event,
    trigger: Match,
    doers: list[DoerPhrase],
    sources: Sequence[SourcePhrase],
) -> list[DoerPhrase]:
    found = _by(sentence, event, trigger, doers)
    if found:
        return found
    if "verb" in trigger.category:
        if _is_suffered(sentence, trigger) or _is_noun_there(sentence, trigger):
            return []
        return (
            _inside(trigger, doers)
            or _subject(sentence, doers, trigger.first)
            or _pronoun(sentence, sources, trigger.first)
            or _plain_subject(sentence, event, trigger.first)
        )
    return (
        _between(sentence, event, trigger, doers)
        or _modifier(sentence, trigger, doers)
        or _light_subject(sentence, event, trigger, doers, sources)
    )


def _is_suffered(sentence: Sentence, trigger: Match) -> bool:
    """Whether the subject of the verb is the victim: "were shot", "died in a blast"."""
    tokens = sentence.tokens
    verb = tokens[trigger.first].lower
    if verb in _SUFFERED:
        return True
    at = trigger.first - 1
    while at >= 0 and (tokens[at].lower.endswith("ly") or tokens[at].lower in ADVERBS | {"also"}):
        at -= 1
    if at >= 0 and tokens[at].lower in _PASSIVE_AUXILIARIES and not verb.endswith("ing"):
        return True
    after = tokens[trigger.last].lower if trigger.last < len(tokens) else "."
    return trigger.last - trigger.first == 1 and verb in _TRANSITIVE and after in _PASSIVE_FOLLOWERS


def _is_noun_there(sentence: Sentence, trigger: Match) -> bool:
    """ "Officers who examined the attack": a word of both kinds behind a determiner."""
    return (
        trigger.first > 0
        and trigger.last - trigger.first == 1
        and sentence.tokens[trigger.first].lower in _NOUN_LIKE
        and sentence.tokens[trigger.first - 1].lower in DETERMINERS
    )


def _by(
    sentence: Sentence, event: Event, trigger: Match, doers: list[DoerPhrase]
) -> list[DoerPhrase]:
    """ "by NP" after the trigger, "and NP" with it."""
    tokens = sentence.tokens
    for at in range(trigger.first, min(event.last, trigger.last + _BY_REACH)):
        if tokens[at].text in ";":
            break
        if tokens[at].lower != "by":
            continue
        chosen: list[DoerPhrase] = []
        for doer in doers:
            if doer.last <= at + 1:
                continue
            start = chosen[-1].last if chosen else at + 1
            words = [token.lower for token in tokens[start : doer.first]]
            if any(word in PREPOSITIONS | AUXILIARIES for word in words) or len(words) > 4:
                break
            if chosen and not {"and", ",", "or"} & set(words):
                break
            if doer.kind is not DoerKind.ADJECTIVE:
                chosen.append(doer)
            elif not chosen:
                end = grow_right(tokens, doer.last, event.last)
                chosen.append(modifier_phrase(sentence, doer, end))
        if not chosen:
            start = at + 1
            while start < event.last and tokens[start].lower in DETERMINERS:
                start += 1
            chosen = _named_phrase(sentence, start, grow_right(tokens, start, event.last))
        if chosen:
            return chosen
    return []


def _inside(trigger: Match, doers: list[DoerPhrase]) -> list[DoerPhrase]:
    """ "warplanes bombed": the trigger's own words name the doer."""
    for doer in doers:
        if trigger.first < doer.last < trigger.last and doer.first <= trigger.first:
            return [doer]
    return []


def _clause_floor(sentence: Sentence, verb: int) -> int:
    tokens = sentence.tokens
    floor = max(0, verb - _SUBJECT_REACH)
    for at in range(verb - 1, floor - 1, -1):
        if tokens[at].lower in _CLAUSE_ENDS - {"and", "who", "which"} or tokens[at].text in ";.:":
            return at + 1
    return floor


def _subject(sentence: Sentence, doers: list[DoerPhrase], verb: int) -> list[DoerPhrase]:
    """The nearest phrase to the left of an active verb that no preposition governs, with the one
    joined to it by "and"."""
    floor = _clause_floor(sentence, verb)
    near = [
        doer
        for doer in doers
        if floor <= doer.first and doer.last <= verb and doer.kind is not DoerKind.ADJECTIVE
    ]
    for index in range(len(near) - 1, -1, -1):
        doer = near[index]
        if is_governed(sentence, doer, floor) or _modifies(sentence, doer, verb):
            continue
        if doer.kind is DoerKind.COUNTRY and not _leads_to(sentence, doer.last, verb):
            continue
        chosen = [doer]
        if index > 0 and _are_joined(sentence, near[index - 1], doer):
            chosen.insert(0, near[index - 1])
        return chosen
    return []


def _modifies(sentence: Sentence, doer: DoerPhrase, verb: int) -> bool:
    """Whether the phrase belongs to a noun after it: "the army's base", "an army convoy"."""
    tokens = sentence.tokens
    if doer.last >= verb:
        return False
    word = tokens[doer.last]
    if word.text in "'’":
        return True
    return (
        may_stand_inside(tokens, doer.last)
        and word.lower not in DETERMINERS
        and not word.lower.endswith(("ed", "ing", "ly"))
        and not is_name(word)
    )


def _leads_to(sentence: Sentence, last: int, verb: int) -> bool:
    """Whether only auxiliaries and adverbs stand between: "Iran has also fired"."""
    return all(
        token.lower in AUXILIARIES | ADVERBS or token.lower.endswith("ly")
        for token in sentence.tokens[last:verb]
    )


def _are_joined(sentence: Sentence, one: DoerPhrase, other: DoerPhrase) -> bool:
    return [token.lower for token in sentence.tokens[one.last : other.first]] == ["and"]


def _pronoun(sentence: Sentence, sources: Sequence[SourcePhrase], verb: int) -> list[DoerPhrase]:
    """ "The army said it had struck": the speaker is the doer."""
    tokens = sentence.tokens
    at = verb - 1
    while at >= 0 and (
        tokens[at].lower in AUXILIARIES | ADVERBS or tokens[at].lower.endswith("ly")
    ):
        at -= 1
    floor = max(0, at - 3)
    own = next(
        (i for i in range(at, floor - 1, -1) if i >= 0 and tokens[i].lower in _OWN_PRONOUNS), None
    )
    if own is None or tokens[own].lower in {"he", "she"}:
        return []
    if own < at and tokens[own].lower not in {"its", "their", "our"}:
        return []
    for source in reversed(sources):
        if source.cue_last <= own <= source.cue_last + _CUE_REACH and source.last <= own:
            return [DoerPhrase(source.first, source.last, DoerKind.KIND)]
    return []


def _plain_subject(sentence: Sentence, event: Event, verb: int) -> list[DoerPhrase]:
    """The phrase right before an active verb, if it names somebody: a name or persons."""
    tokens = sentence.tokens
    last = verb
    while last > event.first and tokens[last - 1].lower in AUXILIARIES | ADVERBS:
        last -= 1
    if tokens[verb].lower.endswith("ing") or last <= event.first:
        return []
    if tokens[verb].lower in _NOUN_LIKE:
        return []
    return _named_phrase(sentence, grow_left(tokens, last, event.first), last)


def _named_phrase(sentence: Sentence, first: int, last: int) -> list[DoerPhrase]:
    """The phrase itself where it names somebody; nothing for things and places."""
    if first >= last:
        return []
    tokens = sentence.tokens
    if any(first < m.last and m.first < last for m in sentence.get("weapons.weapon")):
        return []
    is_person = tokens[last - 1].lower in _PERSONS
    is_named = all(is_name(token) or not is_word(token) for token in tokens[first:last])
    if not is_person and not (is_named and last - first >= 2):
        return []
    return [DoerPhrase(first, last, DoerKind.KIND)]


def _modifier(sentence: Sentence, trigger: Match, doers: list[DoerPhrase]) -> list[DoerPhrase]:
    """ "Israeli air strikes", "a rebel mortar attack", "Iran's missile attack"."""
    begin = grow_left(sentence.tokens, trigger.first)
    for doer in doers:
        if doer.last <= begin or doer.first >= trigger.last:
            continue
        if doer.first >= trigger.first and doer.kind is not DoerKind.ADJECTIVE:
            if trigger.value == IncidentType.SUICIDE_BOMBING or doer.last < trigger.last:
                return [doer]
            continue
        if any(doer.last <= m.first < trigger.first for m in sentence.of("targets.head")):
            continue  # "the army convoy bombing" was done to the army
        return [modifier_phrase(sentence, doer, trigger.last)]
    return []


def _light_subject(
    sentence: Sentence,
    event: Event,
    trigger: Match,
    doers: list[DoerPhrase],
    sources: Sequence[SourcePhrase],
) -> list[DoerPhrase]:
    """ "The army launched fresh air strikes"."""
    tokens = sentence.tokens
    for at in range(trigger.first - 1, max(event.first, trigger.first - 7) - 1, -1):
        if tokens[at].lower in _LIGHT_VERBS:
            if at and tokens[at - 1].lower in _PASSIVE_AUXILIARIES:
                return []
            return _subject(sentence, doers, at) or _pronoun(sentence, sources, at)
    return []


def _between(
    sentence: Sentence, event: Event, trigger: Match, doers: list[DoerPhrase]
) -> list[DoerPhrase]:
    """ "clashes between the army and rebels": both sides."""
    if event.type is not IncidentType.ARMED_CLASH:
        return []
    tokens = sentence.tokens
    for at in range(trigger.last, min(event.last, trigger.last + 6)):
        word = tokens[at].lower
        if word not in {"with", "against", "between", "pitting"}:
            continue
        reach = 6 if word in {"with", "against"} else 18
        near = [doer for doer in doers if at < doer.last and doer.first <= at + reach]
        sides = near[:1]
        if reach > 6:
            for one, other in pairwise(near):
                words = {token.lower for token in tokens[one.last : other.first]}
                if not words & {"and", ",", "against"} or len(sides) == 3:
                    break
                sides.append(other)
        return sides
    return []


def _is_suspected(sentence: Sentence, doer: DoerPhrase, trigger: Match) -> bool:
    """Whether suspicion is all there is: "suspected militants", "Iran allegedly fired"."""
    if any(token.lower == "or" for token in sentence.tokens[doer.first : doer.last]):
        return True
    last = max(doer.last, trigger.first if doer.last <= trigger.first else doer.last)
    if last - doer.last > _HEDGE_REACH:
        last = doer.last
    return any(
        mark.value == "suspected" and doer.first - _HEDGE_REACH <= mark.first < last
        for mark in sentence.get("actors.authorship")
    )


def _speaker(sources: Sequence[SourcePhrase], doer: DoerPhrase) -> SourcePhrase | None:
    """The speaker who vouches for the stretch, unless the speaker is the doer's own phrase."""
    return next((one for one in sources if not doer.overlaps(one.first, one.last)), None)


_SHARED = frozenset({"military", "forces", "of", "state", "army"}) | DETERMINERS


def _role_said(sentence: Sentence, said: SourcePhrase, doer: DoerPhrase) -> ActorRole:
    """ "The army said its jets had struck" claims; "X said Y fired" blames. Attackers without a
    name are blamed on nobody."""
    tokens = sentence.tokens
    speaker = {token.lower for token in tokens[said.first : said.last] if is_word(token)}
    own = {token.lower for token in tokens[doer.first : doer.last] if is_word(token)}
    if said.last <= doer.first and (speaker & own) - _SHARED:
        return ActorRole.CLAIMED
    if tokens[doer.first].lower in {"its", "our", "their"} and said.last <= doer.first:
        return ActorRole.CLAIMED
    if doer.kind is DoerKind.KIND and tokens[doer.last - 1].lower in _FACELESS:
        return ActorRole.PERPETRATOR
    return ActorRole.BLAMED


def known_by_deed(
    article: Article, sentence: Sentence, doers: Sequence[DoerPhrase]
) -> list[ActorMention]:
    """ "The gunman", "a suspect": words that name somebody by the deed, wherever they stand. The
    first of a sentence; said of whoever did what the sentence goes on about."""
    for doer in doers:
        head = sentence.tokens[doer.last - 1].lower
        if doer.kind is DoerKind.KIND and head in _FACELESS - _PERSONS:
            role = ActorRole.SUSPECTED if head.startswith("suspect") else ActorRole.PERPETRATOR
            return [ActorMention(sentence.span(article, doer.first, doer.last), role)]
    return []


_PERSONS = word_set("actors.persons")


def authorship(
    article: Article,
    sentence: Sentence,
    doers: Sequence[DoerPhrase],
    sources: Sequence[SourcePhrase],
) -> list[ActorMention]:
    """Claims, denials and accusations of a sentence, whoever its event is."""
    marks = sentence.get("actors.authorship")
    values = {mark.value for mark in marks}
    if "no_claim" in values or not values & {"claimed", "blamed", "denied"}:
        return []
    level = ActorLevel.SERIES if "past" in values else ActorLevel.INCIDENT
    named = [doer for doer in doers if doer.kind is not DoerKind.ADJECTIVE]
    for mark in marks:
        if mark.value == "claimed":
            doer, role, by = _claimant(sentence, mark, named), ActorRole.CLAIMED, None
        elif mark.value == "denied":
            if not any(
                token.lower in _DENIAL_TOPICS
                for token in sentence.tokens[mark.last : mark.last + 6]
            ):
                continue
            doer, role, by = _before(mark, named), ActorRole.DENIED, None
        elif mark.value == "blamed":
            doer, role = _accused(sentence, mark, named), ActorRole.BLAMED
            by = next((one for one in sources if one.last <= mark.first), None)
        else:
            continue
        if doer is None:
            continue
        return [
            ActorMention(
                sentence.span(article, doer.first, doer.last),
                role,
                level,
                by=by.attribution(article, sentence) if by else None,
            )
        ]
    return []


def _claimant(sentence: Sentence, mark: Match, doers: list[DoerPhrase]) -> DoerPhrase | None:
    tokens = sentence.tokens
    if tokens[mark.last - 1].lower in {"by", "from"}:
        return next((d for d in doers if mark.last - 1 <= d.first <= mark.last + 6), None)
    before = [
        doer
        for doer in doers
        if doer.last <= mark.first
        and mark.first - doer.last <= _CLAIM_REACH
        and not is_governed(sentence, doer)
    ]
    if before:
        return before[-1]
    last = mark.first
    while last > 0 and tokens[last - 1].lower in AUXILIARIES | ADVERBS | {"later", "also"}:
        last -= 1
    first = grow_left(tokens, last)
    names = [token for token in tokens[first:last] if is_name(token)]
    is_named = len(names) >= 2 or (names and first > 0 and tokens[last - 1].text.isupper())
    return DoerPhrase(first, last, DoerKind.NAMED) if is_named and first < last else None


def _before(mark: Match, doers: list[DoerPhrase]) -> DoerPhrase | None:
    near = [doer for doer in doers if 0 <= mark.first - doer.last <= 8]
    return near[-1] if near else None


def _accused(sentence: Sentence, mark: Match, doers: list[DoerPhrase]) -> DoerPhrase | None:
    """Whom the mark blames: the phrase after it, or its subject where it stands in the passive."""
    after = [d for d in doers if mark.first < d.first and d.first - mark.last <= 4]
    word = sentence.tokens[mark.first - 1].lower if mark.first else ""
    if word in _PASSIVE_AUXILIARIES and sentence.tokens[mark.last - 1].lower != "on":
        return _before(mark, doers)
    return after[0] if after else None
