"""Sources: who is cited, of what kind, and with which word."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.nouns import AUXILIARIES, grow_left, is_name, is_word
from tocsin.extract.sentences import Sentence
from tocsin.records import Article, Attribution, SourceMention
from tocsin.records.vocab import AttributionBasis, SourceKind

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
            basis=AttributionBasis.DIRECT_QUOTE if is_quote else AttributionBasis.PARAPHRASE,
        )


def find_sources(sentence: Sentence) -> list[SourcePhrase]:
    """The speakers of a sentence, in order, each once."""
    found: list[SourcePhrase] = []
    heads = sentence.of("sources.head")
    for cue in sentence.get("sources.cue"):
        words = [token.lower for token in sentence.tokens[cue.first : cue.last]]
        if words[0] in {"according", "citing", "cited", "quoted", "reported"} and words[-1] in {"to", "citing", "by", "cited"}:  # fmt: skip
            phrase = _after(sentence, cue.first, cue.last, heads)
        else:
            phrase = _before(sentence, cue.first, cue.last, heads) or (
                _after(sentence, cue.first, cue.last, heads)
                if words[0] in {"said", "says", "added", "told"}
                else None
            )
        if phrase and not any(p.first < phrase.last and phrase.first < p.last for p in found):
            found.append(phrase)
    return found


def _before(sentence, cue, cue_last, heads) -> SourcePhrase | None:  # type: ignore[no-untyped-def]
    """ "The army said", "Gen. Adel Karim, a spokesman for the command, told"."""
    tokens = sentence.tokens
    at = cue - 1
    while at >= 0 and (tokens[at].lower in AUXILIARIES or tokens[at].lower in {"also", "later", "earlier", "reportedly", "first"}):  # fmt: skip
        at -= 1
    if at < 0:
        return None
    if tokens[at].lower in {"it", "he", "she", "they", "who", "which", "that"}:
        if tokens[at].lower in {"who", "which"} and at > 0 and tokens[at - 1].text == ",":
            at -= 2
        else:
            return None
    floor = max(0, cue - _REACH)
    near = [head for head in heads if floor <= head.first and head.last <= at + 1]
    best = None
    last = at + 1
    for head in reversed(near):
        between = tokens[head.last : at + 1]
        if any(token.lower in {"that", "when", "after", "while", ";", "and", "said", "but"} for token in between):  # fmt: skip
            break
        verbs = [token for token in between if token.lower in {"killed", "was", "were", "is", "are", "hit", "attacked", "fired"}]  # fmt: skip
        if verbs:
            break
        last = head.last if best is None else last
        best = head
    if best is not None:
        first = grow_left(tokens, best.first, floor)
        while last < at + 1 and is_word(tokens[last]) and is_name(tokens[last]):
            last += 1
        return SourcePhrase(first, last, cue, cue_last, SourceKind(best.value))
    if is_word(tokens[at]) and is_name(tokens[at]) and not tokens[at].text[0].isdigit() and at > 0:
        first = grow_left(tokens, at, floor)
        if at + 1 - first >= 1 and tokens[first].text[0].isupper():
            return SourcePhrase(first, at + 1, cue, cue_last, SourceKind.OFFICIAL)
    return None


def _after(sentence, cue, cue_last, heads) -> SourcePhrase | None:  # type: ignore[no-untyped-def]
    """ "according to the army", "said Colonel Karim"."""
    tokens = sentence.tokens
    for head in heads:
        if cue_last <= head.first <= cue_last + 8:
            between = tokens[cue_last : head.first]
            if any(token.text in {",", ";", ".", '"'} or token.lower in {"that", "the"} and index > 0 for index, token in enumerate(between)):  # fmt: skip
                break
            first = grow_left(tokens, head.first, cue_last)
            return SourcePhrase(first, head.last, cue, cue_last, SourceKind(head.value))
    at = cue_last
    while at < len(tokens) and is_word(tokens[at]) and is_name(tokens[at]):
        at += 1
    if at > cue_last and tokens[cue_last].lower not in {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}:  # fmt: skip
        return SourcePhrase(cue_last, at, cue, cue_last, SourceKind.OFFICIAL)
    return None
