"""The docs that define words and fields name all of them, and nothing that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tocsin.records
from tocsin.publish.schemas import SCHEMA_NAMES, SchemaName, load_schema

DOCS = Path(__file__).parents[1] / "docs"
CLASSES = {name for name in tocsin.records.__all__ if re.fullmatch(r"(?:[A-Z][a-z]+)+", name)}
ELSEWHERE = {"RefusedInput"}
"""Class names the glossary explains that are no records."""


def coded(page: str) -> set[str]:
    """Every word that stands in code quotes on a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"\w+", code)}


def properties(schema: object) -> Iterator[str]:
    """Names of all properties anywhere inside a schema."""
    if isinstance(schema, dict):
        named = schema.get("properties")
        if isinstance(named, dict):
            yield from named
        for inner in schema.values():
            yield from properties(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner)


def test_the_glossary_knows_every_record() -> None:
    assert sorted(CLASSES - coded("glossary.md")) == []


def test_the_glossary_knows_no_record_that_is_gone() -> None:
    known = {word for word in coded("glossary.md") if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", word)}
    assert sorted(known - CLASSES - ELSEWHERE - {"CodeNames"}) == []


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_the_contract_explains_every_field(name: SchemaName) -> None:
    assert sorted(set(properties(load_schema(name))) - coded("contract.md")) == []
