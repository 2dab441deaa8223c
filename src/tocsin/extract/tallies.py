"""Tallies: totals and ordinals over many incidents or a period, "the 19th attack since October".

A tally never founds an incident, and what it counts is no casualty figure of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.extract.casualties import CasualtyPhrase
from tocsin.extract.counts import CountPhrase, find_counts, is_number
from tocsin.extract.nouns import DETERMINERS, grow_right, is_word
from tocsin.extract.phrases import Match
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase
from tocsin.extract.timing import TimePhrase
from tocsin.extract.words import word_set
from tocsin.records import Article, Span, TallyMention
from tocsin.records.vocab import IncludesCurrent, TallyKind

_ORDINAL_DIGITS = re.compile(r"(?:st|nd|rd|th)$")
_ORDINALS = word_set("tallies.ordinals")
_SINGLE = word_set("tallies.single")
_RANKS = word_set("tallies.ranks")
_UNITS = word_set("counts.not_persons_after") | word_set("counts.months") | {"of"}
_LATEST = word_set("tallies.latest")
_RANK_REACH = 8
_LATEST_REACH = 5
_NOUN_REACH = 4
_WINDOW_REACH = 16
LARGE_TOLL = 3000
"""A toll this large is that of a war, not of one incident."""


@dataclass(frozen=True, slots=True)
class TallyPhrase:
    """Tokens `[first, last)`; the count words are `[count_first, count_last)`."""

    first: int
    last: int
    count_first: int
    count_last: int
    kind: TallyKind
    noun: str
    is_ordinal: bool
    window: Span | None
    scope: tuple[int, int] | None = None


def find_tallies(
    article: Article,
    sentence: Sentence,
    times: list[TimePhrase],
    casualties: list[CasualtyPhrase],
) -> list[TallyPhrase]:
    """The tallies of a sentence, in order, not overlapping."""
    counts = find_counts(sentence)
    found = _ordinals(article, sentence, times)
    found += _incident_counts(article, sentence, times)
    found += _casualty_totals(article, sentence, times, casualties)
    found += _strengths(sentence, counts, casualties)
    found.sort(key=lambda tally: (tally.first, tally.last))
    kept: list[TallyPhrase] = []
    for tally in found:
        if not kept or tally.first >= kept[-1].last:
            kept.append(tally)
    return kept


def tally_mention(
    article: Article, sentence: Sentence, tally: TallyPhrase, sources: list[SourcePhrase]
) -> TallyMention:
    """As a record; the first speaker of the sentence vouches for it."""
    by = sources[0].attribution(article, sentence) if sources else None
    is_current = tally.is_ordinal or any(
        token.lower in _LATEST
        for token in sentence.tokens[max(0, tally.first - _LATEST_REACH) : tally.last]
    )
    includes = IncludesCurrent.YES if is_current else IncludesCurrent.UNKNOWN
    scope = sentence.span(article, *tally.scope) if tally.scope else None
    return TallyMention(
        span=sentence.span(article, tally.first, tally.last),
        kind=tally.kind,
        count=sentence.span(article, tally.count_first, tally.count_last),
        noun=tally.noun,
        is_ordinal=tally.is_ordinal,
        window=tally.window,
        scope=scope,
        includes_current=includes,
        by=by,
    )


def _window(
    article: Article, sentence: Sentence, first: int, last: int, times: list[TimePhrase]
) -> Span | None:
    """The words that bound the period, near the tokens `[first, last)`."""
    tokens = sentence.tokens
    limit = min(len(tokens), last + _WINDOW_REACH)
    low = tokens[max(0, first - _WINDOW_REACH)].start
    high = tokens[limit - 1].end
    for match in sentence.get("tallies.window"):
        if match.value != "window" or not (first - _WINDOW_REACH <= match.first < limit):
            continue
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        for time in times:
            if (
                time.span.start <= end + 20
                and time.span.end > start
                and time.span.start >= start - 12
            ):
                start, end = min(start, time.span.start), max(end, time.span.end)
        return article.span(start, end)
    for time in times:
        if time.is_long_window and low <= time.span.start < high:
            return time.span
    return None


def _ordinals(article: Article, sentence: Sentence, times: list[TimePhrase]) -> list[TallyPhrase]:
    tokens = sentence.tokens
    found = []
    nouns = [m for m in sentence.get("tallies.noun") if m.value == "incidents"]
    for noun in nouns:
        for at in range(noun.first - 1, max(-1, noun.first - _NOUN_REACH - 1), -1):
            if not is_word(tokens[at]) and tokens[at].text != "-":
                break
            size = _ordinal_size(sentence, at)
            if not size:
                continue
            window = _window(article, sentence, at, noun.last, times)
            is_written = tokens[at].lower in _ORDINALS
            if window is None and is_written:
                break
            first = at
            if first and tokens[first - 1].lower in {"the", "its", "their", "a"}:
                first -= 1
            found.append(_made(sentence, first, noun, (at, at + size), window, ordinal=True))
            break
    return found


def _ordinal_size(sentence: Sentence, at: int) -> int:
    """Tokens of the ordinal at `at`: "fourth" is one, "19th" is two ("19", "th"); 0 for none."""
    tokens = sentence.tokens
    if tokens[at].lower in _ORDINALS:
        return 1
    if (
        tokens[at].text.isdigit()
        and at + 1 < len(tokens)
        and tokens[at + 1].start == tokens[at].end
        and _ORDINAL_DIGITS.match(tokens[at + 1].lower)
    ):
        return 2
    return 0


def _made(
    sentence: Sentence,
    first: int,
    noun: Match,
    count: tuple[int, int],
    window: Span | None,
    *,
    ordinal: bool,
) -> TallyPhrase:
    last = noun.last
    scope = None
    if window is not None and window.start >= sentence.tokens[noun.last - 1].end:
        begin = sentence.token_at(window.start)
        if noun.last < begin:
            scope = (noun.last, begin)
        last = sentence.token_at(window.end)
        last = max(noun.last, last)
    elif noun.last < len(sentence.tokens) and sentence.tokens[noun.last].lower in _SCOPING:
        end = grow_right(sentence.tokens, _over_determiners(sentence, noun.last + 1))
        if end > noun.last + 1:
            scope, last = (noun.last, end), end
    return TallyPhrase(
        first,
        last,
        *count,
        TallyKind.INCIDENTS,
        sentence.tokens[noun.last - 1].lower,
        ordinal,
        window,
        scope,
    )


_SCOPING = word_set("tallies.scoping")


def _over_determiners(sentence: Sentence, at: int) -> int:
    while at < len(sentence.tokens) and sentence.tokens[at].lower in DETERMINERS:
        at += 1
    return at


def _incident_counts(
    article: Article, sentence: Sentence, times: list[TimePhrase]
) -> list[TallyPhrase]:
    """ "11 attacks since June 6", "dozens of rocket attacks in recent months"."""
    tokens = sentence.tokens
    found = []
    for noun in sentence.get("tallies.noun"):
        if noun.value != "incidents" or not tokens[noun.last - 1].lower.endswith("s"):
            continue
        for at in range(noun.first - 1, max(-1, noun.first - _NOUN_REACH - 1), -1):
            if not is_word(tokens[at]) and tokens[at].text != "-":
                break
            if not is_number(sentence, at) or tokens[at].lower == "no":
                continue
            if tokens[at + 1].lower in _UNITS or (at and tokens[at - 1].lower in _UNITS):
                break  # "two days of attacks", "the Nov 13 attacks"
            window = _window(article, sentence, at, noun.last, times)
            if window is not None and not _dates_one_day(window, times):
                found.append(_made(sentence, at, noun, (at, at + 1), window, ordinal=False))
            break
    return found


def _dates_one_day(window: Span, times: list[TimePhrase]) -> bool:
    return any(time.is_day and time.dates_events and time.span.overlaps(window) for time in times)


def _casualty_totals(
    article: Article,
    sentence: Sentence,
    times: list[TimePhrase],
    casualties: list[CasualtyPhrase],
) -> list[TallyPhrase]:
    """ "more than 60,000 killed since 2011"."""
    found = []
    has_day = any(time.is_day and time.dates_events for time in times)
    for phrase in casualties:
        if sentence.tokens[phrase.first].lower in _SINGLE or phrase.is_part:
            continue
        window = _window(article, sentence, phrase.first, phrase.last, times)
        if window is not None and (
            has_day
            or _dates_one_day(window, times)
            or _opens_before(sentence, window, phrase)
            or _is_of_superlative(sentence, window)
        ):
            window = None
        is_large = _size(sentence, phrase) >= LARGE_TOLL
        if window is None and not is_large:
            continue
        found.append(
            TallyPhrase(
                phrase.first,
                phrase.last,
                phrase.first,
                phrase.last,
                TallyKind.CASUALTIES,
                phrase.outcome.value,
                is_ordinal=False,
                window=window,
            )
        )
    return found


def _opens_before(sentence: Sentence, window: Span, phrase: CasualtyPhrase) -> bool:
    """ "On alert since two people were killed": the harm opens the period, the period counts
    nothing."""
    at = sentence.token_at(window.start)
    return at < phrase.first <= at + 2 and sentence.tokens[at].lower == "since"


def _is_of_superlative(sentence: Sentence, window: Span) -> bool:
    """ "The deadliest attack since 2011": the period ranks one incident."""
    at = sentence.token_at(window.start)
    return any(
        token.lower.endswith("est") or token.lower in _RANKS
        for token in sentence.tokens[max(0, at - _RANK_REACH) : at]
    )


def _size(sentence: Sentence, phrase: CasualtyPhrase) -> int:
    """The largest plain number of the phrase; 0 for words. "Thousands" count as large."""
    size = 0
    for token in sentence.tokens[phrase.first : phrase.last]:
        digits = token.text.replace(",", "")
        if digits.isdecimal() and len(digits) < 12:
            size = max(size, int(digits))
        elif token.lower in {"thousands", "thousand", "million", "millions"}:
            size = max(size, LARGE_TOLL)
    return size


def _strengths(
    sentence: Sentence, counts: list[CountPhrase], casualties: list[CasualtyPhrase]
) -> list[TallyPhrase]:
    """ "5,200 troops stationed": how many there are, not what befell them."""
    nouns = {m.first: m for m in sentence.get("tallies.noun") if m.value == "strength"}
    marks = [m for m in sentence.get("tallies.window") if m.value == "strength"]
    taken = {(phrase.first, phrase.last) for phrase in casualties}
    found = []
    for count in counts:
        if (count.first, count.last) in taken or count.is_indefinite:
            continue
        noun = next(
            (m for at, m in nouns.items() if count.number_last <= at < count.last + 1), None
        )
        if noun is None:
            continue
        if any(
            abs(mark.first - count.last) <= 6 or abs(mark.last - count.first) <= 2 for mark in marks
        ):
            found.append(
                TallyPhrase(
                    count.first,
                    max(count.last, noun.last),
                    count.number_first,
                    count.number_last,
                    TallyKind.STRENGTH,
                    sentence.tokens[noun.last - 1].lower,
                    is_ordinal=False,
                    window=None,
                )
            )
    return found
