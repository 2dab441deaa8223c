"""Web pages: the article's text, and the metadata that the page declares.

The text is trafilatura's. Pages that could hurt it or the parser (too deep, too many elements) get
the plain text of all their blocks instead: nothing is lost, only less is left out. Nothing of a
page is executed, fetched or followed.
"""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import Any

from lxml import etree
from lxml.html import HTMLParser

from tocsin.errors import RefusedInput
from tocsin.read.charset import decode_text
from tocsin.read.draft import Draft
from tocsin.read.metadata import read_metadata
from tocsin.read.page_dates import choose_date
from tocsin.read.regions import MAX_TITLE_WORDS

MAX_DEPTH = 200
"""Elements within elements; pages of news stay below 60. Extraction recurses, so deeper pages are
read as plain text."""
MAX_ELEMENTS = 60_000
"""Extraction is worse than linear in them; pages of news have some 2,000."""
MIN_TEXT_CHARS = 25
HEADLINE_LINES = 4
"""A headline that extraction kept stands among the first lines."""
MAX_HEADLINE_LINE = 300
"""A longer title is a whole post, or a paragraph that a page repeats in its head."""

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w:.-]{2,40})", re.IGNORECASE
)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding=[\"']([\w:.-]{2,40})")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_FORBIDDEN = re.compile("[\0\ud800-\udfff]")
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "math", "head", "iframe"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div"}
    | {"dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "td"}
    | {"th", "tr", "ul"}
)
_ENCLOSED = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_SPACE = re.compile(r"[ \t\r\f\v\n\xa0]+")


def read_html(page: bytes | str, draft: Draft, *, charset: str | None = None) -> Draft:
    """`draft` with the text and metadata of the page; what the draft already knows stays.

    The text begins with the headline: where extraction left it out it is put there, on a line of
    its own. `charset` is what the carrier declared. Raises RefusedInput where the page cannot be
    parsed or holds no text.
    """
    found = read_page(page, draft, charset=charset)
    headline = " ".join((found.title or "").split())
    is_headline = 2 <= len(headline.split()) <= MAX_TITLE_WORDS
    if not is_headline or len(headline) > MAX_HEADLINE_LINE or opens_with(found.text, headline):
        return found
    return dataclasses.replace(found, text=f"{headline}\n{found.text}")


def opens_with(text: str, headline: str) -> bool:
    """Whether the first words of `text` are those of the headline, whatever their punctuation and
    case, maybe below a kicker or a date of a few words."""
    wanted = _letters(headline)
    lines = text[: 4 * MAX_HEADLINE_LINE + 2 * len(headline)].split("\n")[:HEADLINE_LINES]
    if _letters("\n".join(lines)).startswith(wanted):
        return True
    return any(_letters(line) == wanted for line in lines)


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))


def read_page(page: bytes | str, draft: Draft, *, charset: str | None = None) -> Draft:
    """As `read_html`, its text as extraction leaves it: the body, with or without a headline."""
    source, locator = draft.source, draft.locator
    if isinstance(page, bytes):
        page = decode_text(
            page, source, declared=charset or _declared_charset(page), locator=locator
        )
    tree = parse_html(page)
    if tree is None:
        raise RefusedInput(source, "holds no HTML", locator=locator)
    is_tame = _is_tame(tree)
    found = read_metadata(tree, draft.url)
    published, doubts = choose_date(
        found.dates, tree if is_tame else None, found.url, given=draft.published
    )
    # extraction takes the tree apart, so the plain text that may be needed is made before it
    blocks = plain_text(tree)
    text = (_article_text(tree) if is_tame else "") or blocks
    if len(text.strip()) < MIN_TEXT_CHARS:
        # the parser stops at a certain depth; what lies below is still in the page
        text = without_tags(page)
    if len(text.strip()) < MIN_TEXT_CHARS:
        raise RefusedInput(source, "the page holds no article text", locator=locator)
    return Draft(
        text=text,
        source=source,
        locator=locator,
        id=draft.id,
        url=draft.url or found.url,
        outlet=draft.outlet or found.outlet,
        title=draft.title or found.title,
        byline=draft.byline or found.byline,
        published=published,
        published_doubts=draft.published_doubts + doubts,
        extra=draft.extra,
    )


def parse_html(page: str) -> Any:
    """The element tree of a page, or None. NULs and lone surrogates become U+FFFD, as HTML says."""
    page = _XML_DECLARATION.sub("", _FORBIDDEN.sub("\ufffd", page), count=1)
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        return etree.fromstring(page.encode(), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _declared_charset(page: bytes) -> str | None:
    head = page[:4096]
    match = _META_CHARSET.search(head) or _XML_CHARSET.match(head)
    return match.group(1).decode("ascii", "replace") if match else None


def _is_tame(tree: Any) -> bool:
    """Whether depth and number of elements are within what extraction takes."""
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            return False
    return True


def _article_text(tree: Any) -> str:
    # takes 0.4 s to import, and most inputs are no pages
    from trafilatura import bare_extraction  # noqa: PLC0415

    try:
        document = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    # a library of heuristics on hostile trees: whatever it raises, the plain text remains
    except Exception:  # noqa: BLE001
        return ""
    text = getattr(document, "text", None) or ""
    return _FORBIDDEN.sub("\ufffd", text)


def plain_text(tree: Any) -> str:
    """All text of a tree outside scripts and styles, a line for each block, space folded."""
    lines: list[str] = []
    words: list[str] = []
    skipped = 0

    def close_line() -> None:
        line = _SPACE.sub(" ", "".join(words)).strip()
        if line:
            lines.append(line)
        words.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            close_line()
        if event == "start":
            skipped += tag in _SKIPPED
            if not skipped and element.text:
                words.append(element.text)
        else:
            skipped -= tag in _SKIPPED
            if not skipped and element.tail:
                words.append(element.tail)
    close_line()
    return _FORBIDDEN.sub("\ufffd", "\n".join(lines))


def without_tags(page: str) -> str:
    """The words of markup that no parser could take: tags, comments and scripts left out."""
    parts: list[str] = []
    at = 0
    lowered = page.lower()
    while (opening := page.find("<", at)) >= 0:
        parts.append(page[at:opening])
        ends = next((end for start, end in _ENCLOSED if lowered.startswith(start, opening)), ">")
        closing = lowered.find(ends, opening + 1)
        if closing < 0:
            # an unclosed comment or script hides the rest; an unclosed tag is only a sign
            at = len(page) if ends != ">" else opening + 1
            break
        at = closing + len(ends)
        parts.append("\n")
    parts.append(page[at:])
    lines = (_SPACE.sub(" ", line).strip() for line in unescape("".join(parts)).split("\n"))
    return _FORBIDDEN.sub("\ufffd", "\n".join(filter(None, lines)))


def text_of_fragment(markup: str) -> str:
    """The plain text of a piece of HTML, as feeds carry it."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    tree = parse_html(f"<html><body>{markup}</body></html>")
    return plain_text(tree) if tree is not None else ""
