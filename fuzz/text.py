"""Fuzz what every article goes through: decoding, regions, dateline, credits."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz.promise import SETTINGS, reader
from tocsin.read import editorial_status
from tocsin.read.build import build_article
from tocsin.read.charset import decode_text
from tocsin.read.draft import Draft
from tocsin.records import Article

SEEDS = (
    b"advertisement\n\nTARVEL, May 3, 2021 (AFP) - Two men were hurt. (Photo: A/AP) MORE: One",
    b"Posted on July 20 2016 by A\nRelated articles\nBridge closed\nUpdate: it is open",
    "«Tarvel» — Two men\u2028were hurt, May 3 2021\nCorrection: — AP".encode(),
)


def read(data: bytes) -> Iterator[Article]:
    """Read the bytes as a text; its first line serves as a title too."""
    text = decode_text(data, "fuzz")
    article = build_article(Draft(text, "fuzz", title=text.split("\n")[0]), SETTINGS)
    editorial_status(article)
    yield article


check = reader(read)
