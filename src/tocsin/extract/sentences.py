"""Sentences of the readable part of an article, tokenized and scanned once for all lexicons."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from tocsin.extract.phrases import Match, load_phrases
from tocsin.records import READABLE_REGIONS, Article, Region, Span
from tocsin.records.vocab import RegionKind
from tocsin.text import Token, find_quotes, split_sentences, tokenize


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its tokens, and every lexicon phrase in it by category."""

    index: int
    start: int
    end: int
    region: RegionKind
    tokens: tuple[Token, ...]
    matches: dict[str, tuple[Match, ...]]
    quoted: tuple[tuple[int, int], ...] = ()
    """Ranges of the sentence between quotation marks, in characters."""
    starts: tuple[int, ...] = field(default=(), repr=False)

    def of(self, prefix: str) -> list[Match]:
        """Matches of a category and of the categories below it, by position."""
        found = [
            match
            for category, matches in self.matches.items()
            if category == prefix or category.startswith(prefix + ".")
            for match in matches
        ]
        found.sort()
        return found

    def get(self, category: str) -> tuple[Match, ...]:
        """Matches of exactly that category."""
        return self.matches.get(category, ())

    def span(self, article: Article, first: int, last: int) -> Span:
        """The span of tokens `[first, last)`."""
        return article.span(self.tokens[first].start, self.tokens[last - 1].end)

    def token_at(self, offset: int) -> int:
        """Index of the first token that begins at or after `offset`."""
        return bisect_left(self.starts, offset)

    def is_quoted(self, token: int) -> bool:
        """Whether a token stands between quotation marks."""
        at = self.tokens[token].start
        return any(start <= at < end for start, end in self.quoted)


def read_sentences(article: Article) -> list[Sentence]:
    """The sentences of the readable regions, in order. Regions join where a sentence runs over."""
    phrases = load_phrases()
    regions = article.regions or (
        (Region(0, len(article.text), RegionKind.BODY),) if article.text else ()
    )
    sentences: list[Sentence] = []
    for region in regions:
        if region.kind not in READABLE_REGIONS:
            continue
        quotes = find_quotes(article.text, region.start, region.end)
        at = 0
        for start, end in split_sentences(article.text, region.start, region.end):
            while at < len(quotes) and quotes[at].end <= start:
                at += 1
            quoted = []
            following = at
            while following < len(quotes) and quotes[following].start < end:
                quoted.append((quotes[following].start, quotes[following].end))
                following += 1
            tokens = tokenize(article.text, start, end)
            by_category: dict[str, list[Match]] = {}
            for match in phrases.scan(tokens):
                by_category.setdefault(match.category, []).append(match)
            sentences.append(
                Sentence(
                    index=len(sentences),
                    start=start,
                    end=end,
                    region=region.kind,
                    tokens=tuple(tokens),
                    matches={key: tuple(found) for key, found in by_category.items()},
                    quoted=tuple(quoted),
                    starts=tuple(token.start for token in tokens),
                )
            )
    return sentences
