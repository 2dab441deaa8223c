from __future__ import annotations

from collections.abc import Callable

import pytest

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
