"""Helpers of the reading-room tests: small made-up stories, and readers of one input."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tocsin.errors import RefusedInput
from tocsin.read import Draft, GivenMetadata, ReadSettings, build_article, read_inputs
from tocsin.records import Article
from tocsin.records.vocab import RegionKind

STORY = (
    "Gunmen opened fire on a checkpoint near the village of Tarvel late on Monday, "
    "wounding two soldiers, the provincial governor said.\n\n"
    "The attackers fled on motorcycles before reinforcements arrived from the district centre."
)

Read = Callable[..., list[Article | RefusedInput]]


@pytest.fixture
def story() -> str:
    """Two paragraphs of a made-up report."""
    return STORY


@pytest.fixture
def page(story: str) -> Callable[..., str]:
    """A web page around the story; keywords go into its head."""

    def make(head: str = "", *, body: str = story, url: str = "") -> str:
        paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
        link = f'<link rel="canonical" href="{url}">' if url else ""
        return (
            f"<!doctype html><html><head><title>Checkpoint attacked</title>{link}{head}</head>"
            f"<body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
            f"<article><h1>Checkpoint attacked</h1>{paragraphs}{paragraphs.replace('late', '')}"
            f"</article><footer>All rights reserved</footer></body></html>"
        )

    return make


@pytest.fixture
def read() -> Read:
    """Everything that inputs yield, as a list."""

    def read_all(
        *inputs: str | Path,
        given: GivenMetadata | None = None,
        **limits: object,
    ) -> list[Article | RefusedInput]:
        settings = ReadSettings.model_validate(limits)
        return list(read_inputs([str(i) for i in inputs], settings, given=given or GivenMetadata()))

    return read_all


@pytest.fixture
def article() -> Callable[..., Article]:
    """The article of a text."""

    def make(text: str, **fields: object) -> Article:
        draft = Draft(text=text, source="test", **fields)  # type: ignore[arg-type]
        return build_article(draft, ReadSettings())

    return make


@pytest.fixture
def marked() -> Callable[[Article], list[tuple[RegionKind, str]]]:
    """Regions as (kind, stripped text)."""

    def pairs(article: Article) -> list[tuple[RegionKind, str]]:
        return [(r.kind, article.text[r.start : r.end].strip()) for r in article.regions]

    return pairs


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[..., Path]:
    """A JSON-lines file of the given records; strings and bytes are written as they are."""

    def write(*records: object, name: str = "in.jsonl") -> Path:
        def lines() -> Iterator[bytes]:
            for record in records:
                if isinstance(record, bytes):
                    yield record
                elif isinstance(record, str):
                    yield record.encode()
                else:
                    yield json.dumps(record).encode()

        path = tmp_path / name
        path.write_bytes(b"\n".join(lines()) + b"\n")
        return path

    return write
