"""JSON Schemas (draft 2020-12) of what Tocsin tells other programs; docs/contract.md in words."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal

SchemaName = Literal["extract", "incident", "ground"]
SCHEMA_NAMES: tuple[SchemaName, ...] = ("extract", "incident", "ground")


def load_schema(name: SchemaName) -> dict[str, Any]:
    """The schema of one output: a line of `extract`, a line of `incidents`, an answer of `ground`.

    Complete in itself: every `$ref` stays inside the document. Raises FileNotFoundError for another
    name.
    """
    text = files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
