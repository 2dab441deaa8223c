"""Regions: what each stretch of an article's text is, with nothing cut out of it.

Each rule paints a stretch of a canvas as long as the text; later rules paint over earlier ones, and
what no rule touched is body. Whole lines are judged first, then what scraping ran into paragraphs.
A sentence of the body that is marked as furniture is lost to the record, so that every rule for a
kind that is not read (boilerplate, related link, duplicate, dateline) needs an unmistakable sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.read.authors import author_box_below
from tocsin.read.captions import inline_captions, is_caption_line
from tocsin.read.dateline import (
    FoundDateline,
    PrintedDate,
    find_dateline,
    find_printed_dates,
    printed_date_at,
)
from tocsin.read.layout import Extent, lines_of, sentence_end, sentence_starts, skip_space
from tocsin.read.lexicon import fold_line, furniture
from tocsin.read.related import (
    closing_list,
    inline_runs,
    is_headline_like,
    labelled_line,
    labelled_run,
    listed_below,
    listed_line,
)
from tocsin.records import Region
from tocsin.records.vocab import RegionKind

MAX_FURNITURE_CHARS = 400
"""No single line of furniture is longer; longer lines are paragraphs."""
MAX_TITLE_WORDS = 40
MIN_DUPLICATE_WORDS = 5
MAX_NOTICE_CHARS = 900
HEADLINE_LINES = 8
"""A headline stands among the first lines."""

_KINDS = tuple(RegionKind)
_PAINT = {kind: number for number, kind in enumerate(_KINDS)}
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]{0,25}|and|de|van|von|bin|al|el|[A-Z]{2,})"
_BYLINE = re.compile(
    r"(?:By|BY|by|Written by|Posted by|Reported by|Story by):?\s"
    rf"{_NAME}(?:[ ,|]{{1,2}}{_NAME}){{0,9}}"
)
_DAY_OR_MONTH = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May"
    r"|June|July|August|September|October|November|December|The|Early|Late|Noon)\b"
)
_UPDATE_LABEL = re.compile(
    r"\([^()\n]{0,80}(?:\([^()\n]{0,30}\)[^()\n]{0,10})?\)|(?:\d:\d|[^:\n(]){0,60}?(?::(?!\d)|--|–|—)"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """The regions of a text, and what was read on the way."""

    regions: tuple[Region, ...]
    lines: list[Extent]
    """Lines that may credit an agency: all but captions and links to other stories."""
    dateline: FoundDateline | None
    printed: list[PrintedDate]


class _Canvas:
    """A byte per character that says what it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = bytearray(len(text))

    def paint(self, start: int, end: int, kind: RegionKind) -> None:
        if start < end:
            self.bytes[start:end] = bytes((_PAINT[kind],)) * (end - start)

    def kind_at(self, at: int) -> RegionKind:
        return _KINDS[self.bytes[at]]

    def regions(self) -> tuple[Region, ...]:
        """Runs of one kind; white space between two stretches goes with the first."""
        runs: list[tuple[int, int, int]] = []
        for match in _RUN.finditer(bytes(self.bytes)):
            start, end = match.span()
            number = self.bytes[start]
            if number == 0 and runs and self.text[start:end].isspace():
                number = runs[-1][2]
            elif number == 0 and runs:
                # leading space of body text belongs to what precedes it
                body = skip_space(self.text, start, end)
                runs[-1] = (runs[-1][0], body, runs[-1][2])
                start = body
            if runs and runs[-1][2] == number:
                runs[-1] = (runs[-1][0], end, number)
            else:
                runs.append((start, end, number))
        return tuple(Region(start, end, _KINDS[number]) for start, end, number in runs)


def mark_regions(text: str, title: str | None = None) -> tuple[Region, ...]:
    """Sorted regions that cover the text exactly; `title` is the headline the input declared."""
    return mark(text, title).regions


def mark(text: str, title: str | None = None) -> Marked:
    """Regions, lines, dateline and printed dates of a text."""
    canvas = _Canvas(text)
    lines = lines_of(text)
    printed = find_printed_dates(text, lines)
    for date in printed:
        canvas.paint(date.start, date.end, RegionKind.DATELINE)
    _paint_lines(canvas, lines)
    body_from, opening_dates = _paint_opening(canvas, lines, title)
    printed.extend(opening_dates)
    headline = _paint_headline(canvas, lines, title)
    _paint_duplicates(canvas, lines, headline)
    for start, end in lines:
        if canvas.kind_at(end - 1) is RegionKind.BODY:
            _paint_inline(canvas, start, end)
    dateline = find_dateline(text, _open_lines(canvas, lines, body_from))
    if dateline is not None:
        canvas.paint(dateline.start, dateline.end, RegionKind.DATELINE)
        line_end = next(end for _, end in lines if end >= dateline.end)
        _paint_notice(canvas, skip_space(text, dateline.end, line_end), line_end)
    others = {RegionKind.CAPTION, RegionKind.RELATED_LINK}
    own_lines = [(start, end) for start, end in lines if canvas.kind_at(end - 1) not in others]
    return Marked(canvas.regions(), own_lines, dateline, printed)


def _paint_lines(canvas: _Canvas, lines: list[Extent]) -> None:
    """Whole lines of boilerplate, links to other stories, captions."""
    text, words = canvas.text, furniture()
    listed_to, listed_kind = 0, RegionKind.RELATED_LINK
    for index, (start, end) in enumerate(lines):
        if canvas.bytes[start]:
            continue
        if index < listed_to:
            canvas.paint(start, end, listed_kind)
            continue
        if end - start > MAX_FURNITURE_CHARS:
            if listed_line(text, start, end):
                canvas.paint(start, end, RegionKind.RELATED_LINK)
            continue
        line = text[start:end]
        folded = fold_line(line)
        if folded in words.author_headings:
            if count := author_box_below(text, lines, index):
                listed_to, listed_kind = index + 1 + count, RegionKind.BOILERPLATE
                canvas.paint(start, end, RegionKind.BOILERPLATE)
                continue
        elif count := _listed(text, lines, index, folded):
            listed_to, listed_kind = index + 1 + count, RegionKind.RELATED_LINK
            canvas.paint(start, end, RegionKind.BOILERPLATE)
            continue
        if folded in words.notice_headings and _is_notice_below(text, lines, index):
            listed_to, listed_kind = index + 2, RegionKind.EDITORIAL_NOTICE
            canvas.paint(start, lines[index + 1][0], RegionKind.EDITORIAL_NOTICE)
        elif not folded or folded in words.lines or words.line.fullmatch(line) or _is_byline(line):
            canvas.paint(start, end, RegionKind.BOILERPLATE)
        elif labelled_line(text, start, end) or listed_line(text, start, end):
            canvas.paint(start, end, RegionKind.RELATED_LINK)
        elif is_caption_line(text, start, end):
            canvas.paint(start, end, RegionKind.CAPTION)


def _listed(text: str, lines: list[Extent], index: int, folded: str) -> int:
    """How many lines below this one are links to other stories; 0 where it does not head any."""
    words = furniture()
    if folded in words.headings or words.heading.fullmatch(folded):
        return listed_below(text, lines, index)
    # the first line of a text is its own headline, however it reads
    if index and words.loose_heading.fullmatch(folded):
        return listed_below(text, lines, index, is_loose=True)
    return 0


def _is_notice_below(text: str, lines: list[Extent], index: int) -> bool:
    below = lines[index + 1 : index + 2]
    return bool(
        below
        and below[0][1] - below[0][0] <= MAX_NOTICE_CHARS
        and furniture().below_notice_heading.search(text, *below[0])
    )


def _is_byline(line: str) -> bool:
    return bool(len(line) <= 120 and _BYLINE.fullmatch(line) and not _DAY_OR_MONTH.search(line))


def _paint_opening(
    canvas: _Canvas, lines: list[Extent], title: str | None
) -> tuple[int, list[PrintedDate]]:
    """What scraping ran together at the start of the first paragraph: date, headline, byline.

    Returns where the body begins and the dates found.
    """
    text = canvas.text
    first = next((line for line in lines if canvas.kind_at(line[0]) is RegionKind.BODY), None)
    if first is None:
        return 0, []
    at, end = first
    headline = _title_pattern(title)
    dates: list[PrintedDate] = []
    for _ in range(4):
        at = skip_space(text, at, end)
        if (date := printed_date_at(text, at)) and date.end <= end:
            dates.append(date)
            canvas.paint(at, date.end, RegionKind.DATELINE)
            at = date.end
        elif headline and (match := headline.match(text, at, end)) and match.end() < end:
            canvas.paint(at, match.end(), RegionKind.HEADLINE)
            at, headline = match.end(), None
        else:
            break
    return at, dates


def _title_pattern(title: str | None) -> re.Pattern[str] | None:
    """Matches the title with whatever punctuation the text gives it."""
    words = re.findall(r"\w+", title or "")
    if not 2 <= len(words) <= MAX_TITLE_WORDS:
        return None
    return re.compile(
        r"\W{0,4}" + r"\W{1,5}".join(map(re.escape, words)) + r"\b(?:\s?[.!?:](?=\s|$))?",
        re.IGNORECASE,
    )


def _paint_headline(canvas: _Canvas, lines: list[Extent], title: str | None) -> Extent | None:
    """The line that repeats the declared title; else the first line, if it looks like a title."""
    text = canvas.text
    wanted = _bare(title) if title else ""
    candidates = [
        (start, end)
        for index, (start, end) in enumerate(lines[:HEADLINE_LINES])
        # a first line that is the title is no furniture, whatever it looks like
        if end - start <= 300 and (index == 0 or canvas.kind_at(start) is RegionKind.BODY)
    ]
    for start, end in candidates:
        if wanted and _bare(text[start:end]) == wanted:
            canvas.paint(start, end, RegionKind.HEADLINE)
            return start, end
    candidates = [line for line in candidates if canvas.kind_at(line[0]) is RegionKind.BODY]
    if wanted or len(lines) < 2 or not candidates:
        return None
    start, end = candidates[0]
    opens = next((line for line in lines if canvas.kind_at(line[0]) is RegionKind.BODY), None)
    is_dateline = find_dateline(text, [(start, end)]) is not None
    if opens == (start, end) and not is_dateline and is_headline_like(text[start:end]):
        canvas.paint(start, end, RegionKind.HEADLINE)
        return start, end
    return None


def _bare(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))


def _paint_duplicates(canvas: _Canvas, lines: list[Extent], headline: Extent | None) -> None:
    """Every later copy of a line of five words or more, and of the headline."""
    seen: set[str] = set()
    readable = {RegionKind.BODY, RegionKind.HEADLINE, RegionKind.CAPTION}
    said = _bare(canvas.text[slice(*headline)]) if headline else ""
    for start, end in lines:
        if canvas.kind_at(start) not in readable:
            continue
        line = canvas.text[start:end]
        is_repeated = bool(
            headline and said and start > headline[0] and end - start <= 300 and _bare(line) == said
        )
        if is_repeated or line in seen:
            canvas.paint(start, end, RegionKind.DUPLICATE)
        if line.count(" ") + 1 >= MIN_DUPLICATE_WORDS:
            seen.add(line)


def _paint_inline(canvas: _Canvas, start: int, end: int) -> None:
    """Furniture inside one paragraph."""
    text, words = canvas.text, furniture()
    for opening, stop in inline_captions(text, start, end):
        canvas.paint(opening, stop, RegionKind.CAPTION)
    run = labelled_run(text, start, end)
    closing = closing_list(text, start, end)
    runs = [found for found in (run, closing) if found]
    for opening, stop in runs + inline_runs(text, start, end):
        canvas.paint(opening, stop, RegionKind.RELATED_LINK)
    for match in words.inline.finditer(text, start, end):
        canvas.paint(match.start(), match.end(), RegionKind.BOILERPLATE)
    for opening in sentence_starts(text, start, end):
        _paint_notice(canvas, opening, end)


def _paint_notice(canvas: _Canvas, opening: int, end: int) -> None:
    """The editorial notice that begins at `opening` in a paragraph, if one does."""
    if opening >= end or canvas.kind_at(opening) is not RegionKind.BODY:
        return
    if match := furniture().notice.match(canvas.text, opening, end):
        stop = _notice_end(canvas.text, opening, end, match)
        canvas.paint(opening, stop, RegionKind.EDITORIAL_NOTICE)


def _notice_end(text: str, opening: int, end: int, match: re.Match[str]) -> int:
    """A notice runs to the end of its sentence; `UPDATE:` and `BREAKING:` only label the news that
    follows, and a correction goes on as long as it speaks of itself, to the end of a line of its
    own."""
    words = furniture()
    if match["flash"]:
        return match.end()
    if match["update"] and (label := _UPDATE_LABEL.match(text, opening, end)):
        news = skip_space(text, label.end(), end)
        return sentence_end(text, news, end) if words.changes.match(text, news) else label.end()
    stop = sentence_end(text, match.end(), end)
    if match["correction"] or match["retraction"]:
        is_own_line = opening == 0 or text[opening - 1] in "\n\r"
        if is_own_line and end - opening <= MAX_NOTICE_CHARS:
            return end
        while words.going_on.match(text, news := skip_space(text, stop, end), end):
            stop = sentence_end(text, news, end)
    return stop


def _open_lines(canvas: _Canvas, lines: list[Extent], body_from: int) -> list[Extent]:
    """Where a dateline may stand: the start of an opening line, or what follows a mark in it."""
    opened: list[Extent] = []
    for start, end in lines:
        if len(opened) >= HEADLINE_LINES or start > 2 * MAX_NOTICE_CHARS + 700:
            break
        at = start
        while at < end and canvas.bytes[at]:
            at += 1
        at = skip_space(canvas.text, at, end)
        if at < end:
            opened.append((max(at, body_from) if start <= body_from <= end else at, end))
    return opened
