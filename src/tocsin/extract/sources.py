"""Sources: who is cited, of what kind, and with which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.extract.nouns import AUXILIARIES, DETERMINERS, grow_left, is_name, is_word
from tocsin.extract.phrases import Match
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, Attribution, SourceMention
from tocsin.records.vocab import AttributionBasis, SourceKind
from tocsin.text import Token

_BETWEEN_WORDS = word_set("sources.between_words")
_CITING = word_set("sources.citing")
_WEEKDAYS = word_set("sources.weekdays")

_NOBODY = word_set("sources.nobody")
_TELLING = frozenset({"told", "tells"})
_REACH = 14
"""Tokens between a speaker and the word of saying."""


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """Tokens `[first, last)` that name a speaker; the cue is `[cue_first, cue_last)`."""

    first: int
    last: int
    cue_first: int
    cue_last: int
    kind: SourceKind
    via: tuple[int, int] | None = None
    """Tokens that name the outlet it was told to: "told Reuters"."""

    def mention(self, article: Article, sentence: Sentence) -> SourceMention:
        """As a record."""
        return SourceMention(
            sentence.span(article, self.first, self.last),
            self.kind,
            sentence.span(article, self.cue_first, self.cue_last),
        )

    def attribution(self, article: Article, sentence: Sentence) -> Attribution:
        """As the voucher of a claim."""
        span = sentence.span(article, self.first, self.last)
        is_quote = any(end <= span.start or span.end <= start for start, end in sentence.quoted)
        return Attribution(
            source=span.text,
            kind=self.kind,
            span=span,
            cue=sentence.span(article, self.cue_first, self.cue_last),
            chain=(span.text, sentence.span(article, *self.via).text) if self.via else (),
            basis=AttributionBasis.DIRECT_QUOTE if is_quote else AttributionBasis.PARAPHRASE,
        )


def find_sources(sentence: Sentence) -> list[SourcePhrase]:
    """The speakers of a sentence, in order, each once."""
    found: list[SourcePhrase] = []
    heads = sentence.of("sources.head")
    for cue in sentence.get("sources.cue"):
        words = [token.lower for token in sentence.tokens[cue.first : cue.last]]
        if words[0] in _CITING and words[-1] in {"to", "citing", "by", "cited"}:
            phrase = _after(sentence, cue.first, cue.last, heads)
        else:
            phrase = _before(sentence, cue.first, cue.last, heads) or (
                _after(sentence, cue.first, cue.last, heads)
                if words[0] in {"said", "says", "added", "told"}
                and _is_inverted(sentence, cue.first)
                else None
            )
        if phrase and _is_bare(sentence, phrase):
            continue
        if phrase and not any(p.first < phrase.last and phrase.first < p.last for p in found):
            if words[-1] in _TELLING:
                phrase = replace(phrase, via=_told_to(sentence, cue.last, heads))
            found.append(phrase)
    return found


def _told_to(sentence: Sentence, at: int, heads: list[Match]) -> tuple[int, int] | None:
    """The outlet that a speaker told: "told Reuters", "told the Associated Press"."""
    tokens = sentence.tokens
    if at < len(tokens) and tokens[at].lower == "the":
        at += 1
    for head in heads:
        is_named = head.first == at and tokens[at].text[0].isupper()
        if is_named and head.value == SourceKind.OTHER_MEDIA.value:
            return head.first, head.last
    return None


def _before(sentence: Sentence, cue: int, cue_last: int, heads: list[Match]) -> SourcePhrase | None:
    """ "The army said", "Gen. Adel Karim, a spokesman for the command, told"."""
    tokens = sentence.tokens
    at = cue - 1
    while at >= 0 and (tokens[at].lower in AUXILIARIES or tokens[at].lower in _BETWEEN_WORDS):
        at -= 1
    if at < 0:
        return None
    if tokens[at].lower in _NOBODY:
        return None
    if tokens[at].lower in {"it", "he", "she", "they", "who", "which", "that"}:
        if tokens[at].lower in {"who", "which"} and at > 0 and tokens[at - 1].text == ",":
            at -= 2
        else:
            return None
    floor = max(0, cue - _REACH)
    near = [head for head in heads if floor <= head.first and head.last <= at + 1]
    if near and not _breaks_off(tokens[near[-1].last : at + 1]):
        first = grow_left(tokens, near[-1].first, floor)
        first = _over_apposition(sentence, first, floor)
        return SourcePhrase(
            first, _last_name(tokens, near[-1].last, at + 1), cue, cue_last, _kind(near, first)
        )
    if is_word(tokens[at]) and is_name(tokens[at]) and not tokens[at].text[0].isdigit():
        first = grow_left(tokens, at, floor)
        if at + 1 - first >= 1 and tokens[first].text[0].isupper():
            return SourcePhrase(first, at + 1, cue, cue_last, SourceKind.OFFICIAL)
    return None


_BARE = word_set("sources.bare")


def _is_bare(sentence: Sentence, phrase: SourcePhrase) -> bool:
    """ "The media", "a military": nobody in particular, or the front part of a name."""
    words = [token.lower for token in sentence.tokens[phrase.first : phrase.last]]
    return all(word in DETERMINERS or word in _BARE for word in words)


def _is_inverted(sentence: Sentence, cue: int) -> bool:
    """Whether the speaker may follow: ", said Colonel Karim"."""
    return cue == 0 or not is_word(sentence.tokens[cue - 1])


def speaker_of(sources: Sequence[SourcePhrase], first: int, last: int) -> SourcePhrase | None:
    """Who vouches for tokens `[first, last)`: the last speaker cited before them, else the first
    cited after. Never a phrase that overlaps them."""
    before = [one for one in sources if one.last <= first and one.cue_last <= first]
    after = [one for one in sources if last <= one.first]
    if before:
        return before[-1]
    return after[0] if after else None


_BREAKING = word_set("sources.breaking")


def _breaks_off(between: Sequence[Token]) -> bool:
    return any(token.lower in _BREAKING for token in between)


def _kind(near: list[Match], first: int) -> SourceKind:
    """Of the heads inside the phrase the first names the kind: "an army spokesman"."""
    return SourceKind(next(head for head in near if head.first >= first).value)


def _last_name(tokens: Sequence[Token], last: int, limit: int) -> int:
    """Over the names and initials that follow a title: "Col. J. Smith"."""
    while last < limit and (
        is_name(tokens[last]) or (tokens[last].text == "." and last + 1 < limit)
    ):
        last += 1
    return last


def _over_apposition(sentence: Sentence, first: int, floor: int) -> int:
    """Over "NAME, a spokesman" and "head of the Observatory" to where the speaker begins."""
    tokens = sentence.tokens
    if first > floor and tokens[first - 1].lower in {"of", "for"}:
        first = grow_left(tokens, first - 1, floor)
    is_full_name = first - 2 > floor and is_name(tokens[first - 2]) and is_name(tokens[first - 3])
    if is_full_name and tokens[first - 1].text == ",":
        first = grow_left(tokens, first - 1, floor)
    return first


def _after(sentence: Sentence, cue: int, cue_last: int, heads: list[Match]) -> SourcePhrase | None:
    """ "according to the army", "said Colonel Karim"."""
    tokens = sentence.tokens
    for head in heads:
        if cue_last <= head.first <= cue_last + 8:
            between = tokens[cue_last : head.first]
            if any(
                token.text in {",", ";", ".", '"'} or (token.lower in {"that", "the"} and index > 0)
                for index, token in enumerate(between)
            ):
                break
            first = grow_left(tokens, head.first, cue_last)
            last = _last_name(tokens, head.last, len(tokens))
            while not is_word(tokens[last - 1]):
                last -= 1  # the stop that ends the sentence
            return SourcePhrase(first, last, cue, cue_last, SourceKind(head.value))
    at = cue_last
    while at < len(tokens) and is_word(tokens[at]) and is_name(tokens[at]):
        at += 1
    if at > cue_last and tokens[cue_last].lower not in _WEEKDAYS:
        return SourcePhrase(cue_last, at, cue, cue_last, SourceKind.OFFICIAL)
    return None
