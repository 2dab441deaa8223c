"""Fuzz the JSON-lines reader."""

from __future__ import annotations

import io
from collections.abc import Iterator

from fuzz.promise import SETTINGS, reader
from tocsin.errors import RefusedInput
from tocsin.read.json_lines import read_json_lines
from tocsin.records import Article

SEEDS = (
    b'{"id": 1, "published": "May 3, 2021", "title": "T", "text": "TARVEL (AFP) - Two hurt."}\n',
    b'{"html": "<p>Two men were hurt in a blast near the mill.</p>", "url": "https://e.org"}\n\n{}',
    b'{"text": "\\ud800", "outlet": NaN}\n[[[[',
)


def read(data: bytes) -> Iterator[Article | RefusedInput]:
    """Read the bytes as JSON lines."""
    return read_json_lines(io.BytesIO(data), "fuzz", SETTINGS)


check = reader(read)
