"""The shipped corpus as reading leaves it: what was set as a trap lies where nobody reads."""

from __future__ import annotations

import pytest

from tocsin.corpus import corpus_paths, expected
from tocsin.corpus.expected import Decoy
from tocsin.read import ReadSettings, editorial_status, read_inputs
from tocsin.records import READABLE_REGIONS, Article

TRUTH = expected()
UNREAD_KINDS = {"related_link", "boilerplate", "comment", "script"}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The corpus by the names that its truth file uses."""
    names = {article.url: article.name for article in TRUTH.articles}
    found = list(read_inputs([str(path) for path in corpus_paths()], ReadSettings()))
    assert all(isinstance(one, Article) for one in found)
    return {names[one.url or ""]: one for one in found if isinstance(one, Article)}


def test_every_article_is_read(articles: dict[str, Article]) -> None:
    assert set(articles) == {article.name for article in TRUTH.articles}


@pytest.mark.parametrize(
    "decoy",
    [decoy for decoy in TRUTH.decoys if decoy.kind in UNREAD_KINDS],
    ids=lambda decoy: f"{decoy.article}:{decoy.words}",
)
def test_furniture_is_not_read(decoy: Decoy, articles: dict[str, Article]) -> None:
    """Absent from the text of a page, or in a region that is never read."""
    name, words = decoy.article, decoy.words
    article = articles[name]
    at = article.text.find(words)
    assert at >= 0 or name.endswith(".html")
    assert at < 0 or article.region_at(at) not in READABLE_REGIONS


def test_standing_is_declared(articles: dict[str, Article]) -> None:
    standing = {name: editorial_status(article) for name, article in articles.items()}
    assert {n for n, s in standing.items() if s.is_provisional} == set(TRUTH.provisional)
    assert not [name for name, status in standing.items() if status.is_retraction]
