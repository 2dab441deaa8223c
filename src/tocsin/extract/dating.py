"""Dating: which words of time belong to which incident, and what "a day after X" counts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tocsin.extract.events import Event
from tocsin.extract.incidents import Draft
from tocsin.extract.reports import Finding
from tocsin.extract.sentences import Sentence
from tocsin.extract.timing import TimePhrase
from tocsin.extract.words import word_set
from tocsin.records import TimeMention

_HAPPENING = word_set("dating.happening")
_ANCHOR_REACH = 3
"""Tokens between "a day after" and the stretch of the event it counts from."""


def times_of_all(
    drafts: Sequence[Draft], owned: Sequence[Sequence[Finding]]
) -> list[tuple[TimeMention, ...]]:
    """The words that date each incident, best first.

    `owned` are the sentences that tell of each incident. The words of its own events come first,
    those of saying and of counting from another event last among them; then clock times told in a
    sentence that goes on about it.
    """
    home = {id(event): index for index, draft in enumerate(drafts) for event in draft.events}
    moved = dict(_counted_from_next(drafts, home))
    moved |= dict(_counted_by_next_sentence(drafts, home))
    given: dict[int, list[tuple[TimePhrase, int | None]]] = {}
    for time, (giver, counted) in moved.values():
        given.setdefault(giver, []).append((time, counted))
    result = []
    for index, (draft, findings) in enumerate(zip(drafts, owned, strict=True)):
        dating: list[tuple[TimePhrase, int | None]] = [
            (time, None)
            for event in draft.events
            for time in event.times
            if time.dates_events and id(time) not in moved
        ]
        dating += given.get(index, [])
        dating.sort(key=lambda item: (item[0].is_of_speech, item[0].expression.needs_anchor))
        dating += [(time, None) for time in _clock_times_told_later(draft, findings)]
        mentions: dict[tuple[int, int], TimeMention] = {}
        for time, anchor in dating:
            mentions.setdefault(
                (time.span.start, time.span.end), TimeMention(time.span, anchor=anchor)
            )
        result.append(tuple(mentions.values()))
    return result


def _counted_from_next(
    drafts: Sequence[Draft], home: dict[int, int]
) -> Iterator[tuple[int, tuple[TimePhrase, tuple[int, int]]]]:
    """Times that count from the event told next in the sentence: the phrase's identity, the
    phrase, the incident that it dates and the one that it counts from."""
    by_sentence: dict[int, list[Event]] = {}
    for draft in drafts:
        for event in draft.events:
            by_sentence.setdefault(event.sentence.index, []).append(event)
    for told in by_sentence.values():
        told.sort(key=lambda event: event.first)
        for one, other in pairwise(told):
            if home[id(one)] == home[id(other)]:
                continue
            for time in (*one.times, *other.times):
                if time.expression.needs_anchor and _stands_between(time, one, other):
                    yield id(time), (time, (home[id(one)], home[id(other)]))


def _counted_by_next_sentence(
    drafts: Sequence[Draft], home: dict[int, int]
) -> Iterator[tuple[int, tuple[TimePhrase, tuple[int, int]]]]:
    """ "It comes a day after ...": as `_counted_from_next`, for the incident told before."""
    for index, draft in enumerate(drafts):
        if draft.counted_for is None:
            continue
        dated = home.get(id(draft.counted_for.founder))
        for event in draft.events:
            if event.dates_previous is not None and dated not in (None, index):
                yield id(event.dates_previous), (event.dates_previous, (dated, index))


def _stands_between(time: TimePhrase, one: Event, other: Event) -> bool:
    """Whether the words join two events: after the trigger of the one, where the other opens."""
    sentence = one.sentence
    first, last = sentence.token_at(time.span.start), sentence.token_at(time.span.end)
    return (
        one.trigger.last <= first
        and abs(other.first - last) <= _ANCHOR_REACH
        and last <= other.trigger.first
    )


def _clock_times_told_later(draft: Draft, findings: Sequence[Finding]) -> Iterator[TimePhrase]:
    """ "It happened shortly after midnight": hours without a day, in a sentence without an event
    of its own that goes on about the incident."""
    of_events = {event.sentence.index for event in draft.events}
    for finding in findings:
        if finding.index in of_events or not _goes_on(finding.sentence):
            continue
        for time in finding.times:
            expression = time.expression
            has_hour = expression.clock is not None or expression.part is not None
            has_day = bool(expression.refs) or expression.needs_anchor
            if has_hour and not has_day and time.tells_day:
                yield time


def _goes_on(sentence: Sentence) -> bool:
    return bool(sentence.get("context.anaphor")) or any(
        token.lower in _HAPPENING for token in sentence.tokens
    )
