"""JSON lines: fields, refusals by line, and nothing that stops the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tocsin.errors import RefusedInput
from tocsin.records import Article
from tocsin.records.vocab import PublishedBasis

Read = Callable[..., list[Article | RefusedInput]]
Write = Callable[..., Path]


def test_fields_and_extra(read: Read, write_lines: Write, story: str) -> None:
    record = {
        "id": "n1",
        "url": "https://example.org/n1",
        "outlet": "Valley News",
        "published": "2021-05-03T22:30:00+03:00",
        "title": "Two soldiers hurt",
        "text": story,
        "score": 0.5,
        "tags": ["a", None],
    }
    (found,) = read(write_lines(record))
    assert isinstance(found, Article)
    assert (found.id, found.url, found.outlet) == ("n1", "https://example.org/n1", "Valley News")
    assert found.title == "Two soldiers hurt"
    assert found.text == story
    assert {name: json.loads(value) for name, value in found.extra.items()} == {
        "score": 0.5,
        "tags": ["a", None],
    }
    assert found.published is not None
    assert found.published.basis is PublishedBasis.METADATA
    assert found.source.endswith("in.jsonl, line 1")


@pytest.mark.parametrize(
    ("record", "words", "locator"),
    [
        ('{"id": "a"}', "neither `text` nor `html`", "line 1"),
        ('{"text": 5}', "`text` is int", "line 1"),
        ('{"text": "a b", "title": ["x"]}', "`title` is list", "line 1"),
        ('{"text": "a b", "id": true}', "`id` is bool", "line 1"),
        ('{"text": "   "}', "empty", "line 1"),
        ("[1, 2]", "not a JSON object", "line 1"),
        ('{"text": "open', "is not JSON", "line 1, column 15"),
        ('{"text": "a\\u0000b"}', "NUL character at 1", "line 1"),
        ('{"text": "a\\ud800b"}', "half a surrogate pair at 1", "line 1"),
        ("[" * 100_000, "nests too deep", "line 1"),
        ('{"n": ' + "9" * 5000 + "}", "is not JSON", "line 1"),
    ],
)
def test_refusals_name_line_and_reason(
    read: Read, write_lines: Write, record: str, words: str, locator: str
) -> None:
    refused, kept = read(write_lines(record, {"text": "A bomb went off."}))
    assert isinstance(refused, RefusedInput)
    assert words in refused.reason
    assert refused.locator == locator
    assert isinstance(kept, Article)
    assert kept.source.endswith("line 2")


def test_numbers_as_ids_nan_and_blank_lines(read: Read, write_lines: Write, story: str) -> None:
    found = read(
        write_lines(
            {"id": 12, "text": story}, "", f'{{"outlet": NaN, "text": {json.dumps(story)}}}'
        )
    )
    first, last = found
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert first.id == "12"
    assert last.outlet is None
    assert last.source.endswith("line 3")


def test_html_field(read: Read, write_lines: Write, page: Callable[..., str]) -> None:
    (found,) = read(write_lines({"id": "p", "html": page(), "published": "2021-05-04"}))
    assert isinstance(found, Article)
    assert "Tarvel" in found.text
    assert found.title == "Checkpoint attacked"
    assert str(found.published and found.published.date) == "2021-05-04"


def test_long_line_is_refused_and_the_rest_read(read: Read, write_lines: Write, story: str) -> None:
    path = write_lines({"text": story}, b'{"text": "' + b"x" * 300_000 + b'"}', {"text": story})
    first, refused, last = read(path, max_document_bytes=10_000)
    assert isinstance(first, Article)
    assert isinstance(refused, RefusedInput)
    assert refused.locator == "line 2"
    assert isinstance(last, Article)
    assert last.source.endswith("line 3")


def test_same_text_same_id(read: Read, write_lines: Write, story: str) -> None:
    one, other, linked = read(
        write_lines({"text": story}, {"text": story}, {"text": story, "url": "https://e.org"})
    )
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert isinstance(linked, Article)
    assert one.id == other.id
    assert one.id != linked.id
