"""From a Draft to an Article: the last step of every format."""

from __future__ import annotations

import dataclasses
import hashlib

from tocsin.errors import RefusedInput
from tocsin.read.config import ReadSettings
from tocsin.read.credits import find_agencies
from tocsin.read.dateline import complete_year
from tocsin.read.draft import Draft
from tocsin.read.language import identify_language
from tocsin.read.notices import editorial_status
from tocsin.read.published import parse_date
from tocsin.read.regions import Marked, mark
from tocsin.records import Article, Dateline, Published, content_id
from tocsin.records.vocab import PublishedBasis
from tocsin.when import writes_month_first


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
    marked = mark(text, draft.title)
    dateline = _dateline(marked, draft.published)
    published, doubts = _published(draft, marked, dateline)
    agencies = find_agencies(text, marked.lines, draft.byline)
    if dateline and dateline.agency and dateline.agency not in agencies:
        agencies = (dateline.agency, *agencies)
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        id=draft.id or content_id("art", digest, draft.url or ""),
        sha256=digest,
        text=text,
        url=draft.url,
        outlet=draft.outlet,
        title=draft.title,
        byline=draft.byline,
        language=identify_language(draft.title, text),
        published=published,
        published_doubts=doubts,
        dateline=dateline,
        agencies=agencies,
        regions=marked.regions,
        source=draft.place,
        extra=draft.extra,
    )
    is_retraction = editorial_status(article).is_retraction
    return dataclasses.replace(article, is_retraction=True) if is_retraction else article


def _dateline(marked: Marked, published: Published | None) -> Dateline | None:
    """The dateline, its year completed from the publication day where it names none."""
    found = marked.dateline
    if found is None:
        return None
    if found.day_and_month and published:
        date = complete_year(found.day_and_month, published.date)
        return dataclasses.replace(found.dateline, date=date)
    return found.dateline


def _published(
    draft: Draft, marked: Marked, dateline: Dateline | None
) -> tuple[Published | None, tuple[Published, ...]]:
    """The publication day and the days that contradict it.

    What the input declares wins; then a date the page prints about itself; then the dateline's;
    then what was only guessed from the page. The others become doubts where they name another day.
    A day of update is no doubt: it is later by its nature.
    """
    declared = [draft.published] if draft.published else []
    is_guess = bool(declared) and declared[0].basis is PublishedBasis.INFERRED
    candidates = [] if is_guess else list(declared)
    month_first = writes_month_first(draft.url, draft.outlet)
    candidates += [
        Published(date, PublishedBasis.PRINTED, origin="printed date")
        for printed in marked.printed
        if not printed.is_update
        and (date := printed.date or parse_date(printed.written, month_first=month_first))
    ]
    if dateline and dateline.date:
        candidates.append(Published(dateline.date, PublishedBasis.DATELINE, origin="dateline"))
    candidates += declared if is_guess else []
    if not candidates:
        return None, draft.published_doubts
    published = candidates[0]
    doubts = {doubt.date: doubt for doubt in reversed(candidates[1:])} | {
        doubt.date: doubt for doubt in reversed(draft.published_doubts)
    }
    doubts.pop(published.date, None)
    return published, tuple(doubts[date] for date in sorted(doubts))


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
