"""The shipped articles as they lie on disk, read with nothing of Tocsin but the file list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from tocsin.corpus import CORPUS_DIR, corpus_paths


@dataclass(frozen=True, slots=True)
class Shipped:
    """One article: `raw` is all that the file says, `prose` what a visitor reads as the story."""

    name: str
    file: str
    meta: dict[str, str]
    raw: str
    prose: str


def _of_lines(path: Path) -> list[Shipped]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Shipped(row["id"], path.name, row, row["text"], row["text"]) for row in rows]


def _of_text(path: Path) -> Shipped:
    meta = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    return Shipped(meta["id"], path.name, meta, text, text)


def _of_page(path: Path) -> Shipped:
    raw = path.read_text(encoding="utf-8")
    tree = html.fromstring(raw)
    prose = "\n\n".join(element.text_content() for element in tree.iter("p"))
    (url,) = tree.xpath('//link[@rel="canonical"]/@href') or tree.xpath(
        '//meta[@property="og:url"]/@content'
    )
    outlets = tree.xpath('//meta[@property="og:site_name" or @name="publisher"]/@content')
    return Shipped(path.name, path.name, {"url": url, "outlet": outlets[0]}, raw, prose)


@pytest.fixture(scope="session")
def shipped() -> dict[str, Shipped]:
    """Every article by its name."""
    articles: list[Shipped] = []
    for path in corpus_paths():
        if path.suffix == ".jsonl":
            articles += _of_lines(path)
        elif path.suffix == ".txt":
            articles.append(_of_text(path))
        else:
            articles.append(_of_page(path))
    assert len({article.name for article in articles}) == len(articles)
    return {article.name: article for article in articles}


@pytest.fixture(scope="session")
def readme() -> str:
    return (CORPUS_DIR / "README.md").read_text(encoding="utf-8")
