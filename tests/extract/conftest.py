from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tocsin.extract.rules import RuleExtractor
from tocsin.extract.sentences import Sentence, read_sentences
from tocsin.records import Article, Published, Reading, Region
from tocsin.records.vocab import PublishedBasis, RegionKind

ReadText = Callable[..., Reading]
MakeArticle = Callable[..., Article]
FirstSentence = Callable[[str], Sentence]


@pytest.fixture(scope="session")
def extractor() -> RuleExtractor:
    return RuleExtractor()


@pytest.fixture(scope="session")
def make_article() -> MakeArticle:
    """An article published on Wednesday 15 May 2024 unless told otherwise."""

    def make(
        text: str,
        day: str | None = "2024-05-15",
        language: str | None = None,
        regions: tuple[tuple[str, RegionKind], ...] = (),
    ) -> Article:
        marked = []
        if regions:
            text = "".join(words for words, _ in regions)
            at = 0
            for words, kind in regions:
                marked.append(Region(at, at + len(words), kind))
                at += len(words)
        published = Published(dt.date.fromisoformat(day), PublishedBasis.METADATA) if day else None
        return Article(
            id="art_test",
            sha256="0" * 64,
            text=text,
            language=language,
            published=published,
            regions=tuple(marked),
        )

    return make


@pytest.fixture(scope="session")
def read(extractor: RuleExtractor, make_article: MakeArticle) -> ReadText:
    def read_text(text: str = "", **given: object) -> Reading:
        return extractor.read(make_article(text, **given))

    return read_text


@pytest.fixture(scope="session")
def first_sentence(make_article: MakeArticle) -> FirstSentence:
    def first(text: str) -> Sentence:
        return read_sentences(make_article(text))[0]

    return first
