"""From a Draft to an Article: the last step of every format."""

from __future__ import annotations

import hashlib

from tocsin.errors import RefusedInput
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft
from tocsin.read.language import identify_language
from tocsin.read.regions import mark_regions
from tocsin.records import Article, content_id


def build_article(draft: Draft, settings: ReadSettings) -> Article:
    """The Article of a draft, its text unchanged. Raises RefusedInput for a text nobody can store:
    empty, over the limit, or holding what no UTF-8 text may hold."""
    text = draft.text
    if not text or text.isspace():
        raise RefusedInput(draft.source, "the text is empty", locator=draft.locator)
    if len(text) > settings.max_text_chars:
        reason = (
            f"the text has {len(text):,} characters, "
            f"over the limit of {settings.max_text_chars:,} (read.max_text_chars)"
        )
        raise RefusedInput(draft.source, reason, locator=draft.locator)
    _check_characters(draft)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id=draft.id or content_id("art", digest, draft.url or ""),
        sha256=digest,
        text=text,
        url=draft.url,
        outlet=draft.outlet,
        title=draft.title,
        byline=draft.byline,
        language=identify_language(draft.title, text),
        published=draft.published,
        published_doubts=draft.published_doubts,
        regions=mark_regions(text, draft.title),
        source=draft.place,
        extra=draft.extra,
    )


def _check_characters(draft: Draft) -> None:
    """Raise RefusedInput for NUL characters and lone surrogates.

    Neither survives a database or a C library, and mending them would move the offsets of a text
    that must stay as given.
    """
    fields = {
        "text": draft.text,
        "id": draft.id,
        "url": draft.url,
        "outlet": draft.outlet,
        "title": draft.title,
        "byline": draft.byline,
    }
    for name, value in fields.items():
        if not value:
            continue
        if (at := value.find("\0")) >= 0:
            reason = f"`{name}` holds a NUL character at {at}"
            raise RefusedInput(draft.source, reason, locator=draft.locator)
        try:
            value.encode()
        except UnicodeEncodeError as error:
            reason = f"`{name}` holds half a surrogate pair at {error.start}"
            raise RefusedInput(draft.source, reason, locator=draft.locator) from error
