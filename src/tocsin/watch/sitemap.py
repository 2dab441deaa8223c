"""Sitemaps, news sitemaps and indexes of them: bounded, without entities, nothing loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tocsin.errors import RefusedInput

MAX_PLACES = 50_000
"""What the protocol allows in one file."""
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """One page, or one further sitemap, as declared."""

    url: str
    modified: str | None
    published: str | None
    title: str | None
    is_sitemap: bool


def read_sitemap(data: bytes, source: str) -> Iterator[Place]:
    """The places a sitemap names. Raises RefusedInput for anything else."""
    if _ENTITY.search(data):
        raise RefusedInput(source, "declares a document type or entities, which no sitemap needs")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedInput(source, "is broken XML") from error
    kind = _name(root)
    if kind not in {"urlset", "sitemapindex"}:
        raise RefusedInput(source, f"is no sitemap but <{kind}>")
    for element in root[:MAX_PLACES]:
        said = _said(element)
        if said.get("loc"):
            yield Place(
                url=said["loc"],
                modified=said.get("lastmod"),
                published=said.get("publication_date"),
                title=said.get("title"),
                is_sitemap=kind == "sitemapindex",
            )


def _said(element: Any) -> dict[str, str]:
    """The texts of an element's children and of its news part, by their names."""
    found: dict[str, str] = {}
    for child in element:
        inner = child if _name(child) == "news" else [child]
        for one in inner:
            words = " ".join((one.text or "").split())
            if words:
                found.setdefault(_name(one), words)
    return found


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
