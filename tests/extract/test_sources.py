from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extract.conftest import MakeArticle
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import find_sources

FirstSentence = Callable[[str], Sentence]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("A bomb went off in Lyon, the media reported.", []),
        ("Nobody said who fired.", []),
        ("A bomb went off in Lyon, local media reported.", ["local media"]),
        ("Ukraine said Russian forces fired.", ["Ukraine"]),
        ("An Iraqi military spokesman said rockets fell.", ["An Iraqi military spokesman"]),
        ("Rockets fell, said Colonel Adel Karim.", ["Colonel Adel Karim"]),
    ],
)
def test_who_is_cited(text: str, sources: list[str], first_sentence: FirstSentence) -> None:
    sentence = first_sentence(text)
    tokens = sentence.tokens
    found = [
        text[tokens[one.first].start : tokens[one.last - 1].end] for one in find_sources(sentence)
    ]
    assert found == sources


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Two guards died, a police officer told Reuters.", ("a police officer", "Reuters")),
        (
            "Two guards died, a police officer told the Associated Press.",
            ("a police officer", "Associated Press"),
        ),
        ("Two guards died, a police officer told reporters.", ()),
        ("Two guards died, a police officer said.", ()),
    ],
)
def test_whom_a_speaker_told_is_in_the_chain(
    first_sentence: FirstSentence, make_article: MakeArticle, text: str, chain: tuple[str, ...]
) -> None:
    (phrase,) = find_sources(first_sentence(text))
    assert phrase.attribution(make_article(text), first_sentence(text)).chain == chain
