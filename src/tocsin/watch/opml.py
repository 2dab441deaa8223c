"""OPML: lists of feeds as other programs keep them, in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from lxml import etree
from pydantic import ValidationError

from tocsin.errors import RefusedInput
from tocsin.watch.config import FeedKind, FeedPlan

MAX_OPML_BYTES = 8 * 2**20
_DECLARES = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)


def read_opml(data: bytes, source: str) -> list[FeedPlan | RefusedInput]:
    """The feeds of an OPML file, each once, in order; an outline that names a bad one is refused.

    Raises RefusedInput for what is no OPML.
    """
    if len(data) > MAX_OPML_BYTES or _DECLARES.search(data):
        raise RefusedInput(source, "is too large, or declares entities, which no OPML needs")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedInput(source, "is broken XML") from error
    if root.tag != "opml":
        raise RefusedInput(source, "is no OPML")
    found: dict[str, FeedPlan | RefusedInput] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if not url or url in found:
            continue
        name = outline.get("text") or outline.get("title")
        try:
            found[url] = FeedPlan(url=url, outlet=" ".join(name.split()) if name else None)
        except ValidationError as error:
            reason = f"the outline's address cannot be watched: {error.errors()[0]['msg']}"
            found[url] = RefusedInput(source, reason, locator=repr(url[:100]))
    return list(found.values())


def write_opml(feeds: Iterable[FeedPlan]) -> bytes:
    """An OPML file of the feeds. Sitemaps and pages of links are left out: OPML has no word for
    them."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Feeds watched by Tocsin"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        if feed.kind is FeedKind.FEED:
            name = feed.outlet or feed.url
            etree.SubElement(body, "outline", type="rss", text=name, xmlUrl=feed.url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def feed_tables(feeds: Iterable[FeedPlan]) -> str:
    """The feeds as `[[feeds]]` tables of a configuration file."""
    tables = []
    for feed in feeds:
        said = feed.model_dump(mode="json", exclude_defaults=True)
        # a JSON string is a TOML basic string
        lines = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
        tables.append("\n".join(["[[feeds]]", *lines, ""]))
    return "\n".join(tables)
