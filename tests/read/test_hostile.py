"""Whatever bytes an input holds, reading ends, raises nothing, and yields only what it may."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tocsin.errors import RefusedInput
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import Article

Read = Callable[..., list[Article | RefusedInput]]
SMALL = ReadSettings(max_document_bytes=50_000, max_text_chars=20_000)
SUFFIXES = [".txt", ".html", ".jsonl", ".json", ".csv", ".tsv", ".parquet", ".warc", ".xml"]
OPENINGS = {
    ".txt": b"Two men were shot dead.\n(Photo: ",
    ".html": b"<html><body><p>Two men",
    ".jsonl": b'{"text": "Two men"}\n{',
    ".json": b'[{"text": "Two men"},',
    ".csv": b'id,text\n1,"Two men',
    ".tsv": b"id\ttext\n1\tTwo men",
    ".parquet": b"PAR1",
    ".warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\n",
    ".xml": b"<?xml version='1.0'?><rss><channel><item><title>",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=400), is_opened=st.booleans(), is_zipped=st.booleans())
@example(data=b"", is_opened=False, is_zipped=True)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_end_in_articles_or_refusals(
    tmp_path: Path, suffix: str, data: bytes, *, is_opened: bool, is_zipped: bool
) -> None:
    data = OPENINGS[suffix] + data if is_opened else data
    path = tmp_path / f"in{suffix}{'.gz' if is_zipped else ''}"
    path.write_bytes(gzip.compress(data) if is_zipped else data)
    for found in read_inputs([str(path)], SMALL):
        assert isinstance(found, Article | RefusedInput)
        if isinstance(found, RefusedInput):
            assert found.source == str(path)
            assert found.reason
        else:
            found.text.encode()


@given(text=st.text(min_size=1, max_size=300))
@settings(deadline=None)
def test_text_and_json_lines_are_never_changed(text: str) -> None:
    import json

    with mock.patch.object(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"text": text}).encode()))
    ):
        (found,) = read_inputs(["-"], SMALL)
    if isinstance(found, Article):
        assert found.text == text
    else:
        is_unfit = "\0" in text or any("\ud800" <= c <= "\udfff" for c in text) or not text.strip()
        assert is_unfit, found


def test_gzip_bomb_is_refused_without_being_unpacked(tmp_path: Path, read: Read) -> None:
    for name, unit in (("a.txt.gz", b"a"), ("a.jsonl.gz", b"x"), ("a.html.gz", b"<p>")):
        with gzip.open(tmp_path / name, "wb") as stream:
            for _ in range(8):
                stream.write(unit * (2**20 // len(unit)))
        (found,) = read(tmp_path / name, max_document_bytes=2**20)
        assert isinstance(found, RefusedInput)
        assert "larger than 1,048,576 bytes" in found.reason


@pytest.mark.parametrize("cut", [1, 8, 40])
def test_broken_gzip_keeps_what_came_before(tmp_path: Path, read: Read, cut: int) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(b'{"id": "%d", "text": "Two men were shot."}\n' % n for n in range(3000))
    path.write_bytes(gzip.compress(lines)[:-cut])
    *kept, last = read(path)
    assert kept
    assert all(isinstance(one, Article) for one in kept)
    assert isinstance(last, RefusedInput)
    assert "cannot be read to its end" in last.reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"  \n\t ", "is empty", id="blanks"),
        pytest.param(bytes(range(256)) * 20, "binary", id="all-bytes"),
        pytest.param(b"\x1f\x8b\x08\x00garbage", "gzip", id="broken-gzip"),
        pytest.param(gzip.compress(gzip.compress(b"a b c")), "gzip inside gzip", id="gzip-twice"),
        pytest.param(b"%PDF-1.7 ...", "binary", id="pdf"),
        pytest.param(b"\xff\xfea", "is not the utf-16", id="half-utf-16"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, read: Read, data: bytes, words: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (found,) = read(path)
    assert isinstance(found, RefusedInput)
    assert words in found.reason


def test_text_over_the_limit(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text("shots " * 1000)
    (found,) = read(tmp_path / "a.txt", max_text_chars=1000)
    assert isinstance(found, RefusedInput)
    assert "max_text_chars" in found.reason


def test_feed_that_declares_entities(tmp_path: Path, read: Read) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
    (tmp_path / "a.xml").write_bytes(bomb)
    (found,) = read(tmp_path / "a.xml")
    assert isinstance(found, RefusedInput)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "(Photo ",
        "MORE: A ",
        "a. ",
        "A — ",
        "((((",
        "By A, ",
        "UPDATE ",
        "© ",
        '"',
        "May 1, 2020 ",
        "(a/AFP ",
        "x" * 50 + "/",
        "- ",
        "A/",
        "1. ",
        "contributed to this report ",
        "'",
        "Aa ",
        "Most read 1. ",
        ". In other news: A | ",
        "Related\n- A\n",
        "Elsewhere in A A A A ",
    ],
)
def test_long_repetitive_texts_do_not_hang(unit: str, article: Callable[..., Article]) -> None:
    import time

    def seconds(chars: int) -> float:
        text = (unit * (chars // len(unit) + 1))[:chars]
        start = time.process_time()
        article(f"x {text}")
        return time.process_time() - start

    # a guard against squared work, not a measure of speed: many times what a linear reader needs
    assert seconds(200_000) < 20.0
