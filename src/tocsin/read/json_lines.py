"""JSON lines: one article per line, refused or read one by one.

Fields: `id, url, outlet, published, title, byline, text` or `html`. Others are kept in
`Article.extra`. A `published` that is no certain date does not cost the article: it is kept without
a date and with the string in `extra["published"]`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tocsin.errors import RefusedInput
from tocsin.read.build import build_article
from tocsin.read.charset import decode_text
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft
from tocsin.read.html import read_html
from tocsin.read.published import read_published
from tocsin.read.stream import Lines
from tocsin.records import Article

STRING_FIELDS = ("id", "url", "outlet", "published", "title", "byline", "text", "html")


def read_json_lines(
    stream: BinaryIO, source: str, settings: ReadSettings
) -> Iterator[Article | RefusedInput]:
    """Articles of a JSON-lines stream, in order; a bad line is a refusal naming its number."""
    lines = Lines(stream, settings.max_document_bytes, source)
    while True:
        try:
            number, line = next(lines)
            if line.isspace():
                continue
            locator = f"line {number}"
            text = decode_text(line, source, locator=locator)
            record = parse_json(text, source, locator)
            yield build_article(draft_of_record(record, source, locator), settings)
        except StopIteration:
            return
        except RefusedInput as refusal:
            yield refusal


def parse_json(text: str, source: str, locator: str | None) -> Any:
    """The JSON value, NaN read as null. Raises RefusedInput naming line and column."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        column = f"column {error.colno}"
        at = f"{locator}, {column}" if locator else f"line {error.lineno}, {column}"
        raise RefusedInput(source, f"is not JSON: {error.msg}", locator=at) from error
    except RecursionError as error:
        raise RefusedInput(source, "nests too deep", locator=locator) from error
    except ValueError as error:
        raise RefusedInput(source, f"is not JSON: {error}", locator=locator) from error


def draft_of_record(record: Any, source: str, locator: str | None) -> Draft:
    """The draft of one JSON object. Raises RefusedInput naming the field at fault."""
    if not isinstance(record, dict):
        raise RefusedInput(source, "is not a JSON object", locator=locator)
    fields = {name: string_field(record, name, source, locator) for name in STRING_FIELDS}
    text, html = fields["text"], fields["html"]
    if text is None and html is None:
        raise RefusedInput(source, "has neither `text` nor `html`", locator=locator)
    extra = {
        str(name): _as_json(value) for name, value in record.items() if name not in STRING_FIELDS
    }
    published, unread = read_published(fields["published"], origin="input field")
    draft = Draft(
        text=text or "",
        source=source,
        locator=locator,
        id=fields["id"] or None,
        url=fields["url"] or None,
        outlet=fields["outlet"] or None,
        title=fields["title"] or None,
        byline=fields["byline"] or None,
        published=published,
        extra=extra | unread,
    )
    return draft if text is not None or html is None else read_html(html, draft)


def _as_json(value: object) -> str:
    """JSON text; half surrogate pairs, which no file can hold, stay escaped."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, default=str)
    return text


def string_field(record: dict[str, Any], name: str, source: str, locator: str | None) -> str | None:
    """The string under `name`, None where there is none; a whole number is taken for an `id`.
    Raises RefusedInput for anything else."""
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    reason = f"`{name}` is {type(value).__name__}, not a string"
    raise RefusedInput(source, reason, locator=locator)
