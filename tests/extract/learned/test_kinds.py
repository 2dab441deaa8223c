"""What the words that the network found are read as."""

from __future__ import annotations

import pytest

from tocsin.extract.learned.kinds import may_count
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.timing import time_context
from tocsin.records import Article


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The minister spoke of 16, of which 11 struck the base.", "16", False),
        ("The attack killed 16, the minister said.", "16", True),
        ("The dead are 16, the minister said.", "16", True),
        ("The minister kept to his figure of 16.", "16", True),
        ("The minister spoke of 16 soldiers.", "16 soldiers", True),
    ],
)
def test_a_bare_number_counts_persons_beside_a_word_of_harm(
    text: str, words: str, expected: bool
) -> None:
    article = Article(id="a", sha256="", text=text)
    (finding,) = RuleExtractor().find_all(article, time_context(article), with_events=False)
    at = text.index(words)
    assert may_count(article, finding, article.span(at, at + len(words))) is expected
