"""Rows as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tocsin.publish.contract import Json


def write_jsonl(rows: Iterable[Json]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
