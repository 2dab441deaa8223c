"""Links to other stories: headlines under a heading, behind a label, or run into a paragraph.

Nothing is ever read from them, so that a figure in somebody else's headline cannot enter a record;
and no sentence of the body may be taken for one.
"""

from __future__ import annotations

import re

from tocsin.read.layout import Extent, sentence_end, sentence_starts, skip_space
from tocsin.read.lexicon import fold_line, furniture

MAX_HEADLINE_CHARS = 180
MAX_LISTED = 12
MAX_MARKED = 30
"""A list with bullets or numbers may be longer: its end is plain to see."""
MAX_RUN_CHARS = 700
"""Headlines run together behind one label hardly exceed this."""
MIN_SENTENCE_WORDS = 8
MIN_HEADLINE_WORDS = 4

_CLOSED = re.compile(r"[.;,:][\"”’')\]]{0,2}$|[!?][\"”’]$")
_TOKEN = re.compile(r"\S+")
_MARKER = re.compile(r"(?:[-–—•·*▪►●■»>‣◦]{1,2}|\(?(?P<number>\d{1,2})[.)])\s+(?=\S)")
_FULL_STOP = re.compile(r"[.:,]\W{0,2}$")
_SEPARATORS = (
    re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s+"),
    re.compile(r"\s?[•·▪►●■]\s?"),
    re.compile(r"\s\|{1,2}\s?"),
    re.compile(r";\s+"),
)
"""What parts headlines on one line, best first; numbers count only from 1 on."""


def is_headline_like(line: str) -> bool:
    """A short line without the full stop, or inner sentence end, of running text."""
    if len(line) > MAX_HEADLINE_CHARS or _CLOSED.search(line) or ". " in line:
        return False
    first = line.lstrip(" •·*-–—+>»|\"“‘'(:")
    return bool(first) and not first[0].islower() and line.count(" ") >= 2


def listed_below(text: str, lines: list[Extent], heading: int, *, is_loose: bool = False) -> int:
    """How many lines after the heading at index `heading` are headlines of other stories.

    Lines with bullets or numbers belong to the list as long as they have them; below a loose
    heading, which may head a section of the body, they too must look like headlines, and lines
    without a mark must be several.
    """
    below = lines[heading + 1 : heading + 1 + MAX_MARKED]
    if below and (kind := _marker(text, *below[0], is_first=True)):
        count = 0
        for start, end in below:
            if _marker(text, start, end) != kind or end - start > MAX_HEADLINE_CHARS:
                break
            if is_loose and _FULL_STOP.search(text, max(start, end - 3), end):
                break
            count += 1
        return count
    words, count = furniture(), 0
    for start, end in below[:MAX_LISTED]:
        line = text[start:end]
        if (
            not is_headline_like(line)
            or fold_line(line) in words.lines
            or words.line.fullmatch(line)
        ):
            break
        count += 1
    return 0 if is_loose and count < 2 else count


def _marker(text: str, start: int, end: int, *, is_first: bool = False) -> str | None:
    """The bullet of a line, `1` for a number; a list's first number is 1."""
    match = _MARKER.match(text, start, end)
    if match is None or (is_first and match["number"] not in {None, "1"}):
        return None
    return "1" if match["number"] else match.group().strip()


def labelled_line(text: str, start: int, end: int) -> bool:
    """Whether the whole line is a label and the headline it introduces."""
    match = furniture().label_line.match(text, start, end)
    if not match or end - match.end() > MAX_HEADLINE_CHARS or match.end() >= end:
        return False
    return sum(1 for _ in sentence_starts(text, match.end(), end)) == 1


def listed_line(text: str, start: int, end: int) -> bool:
    """Whether the whole line is a label or heading and the headlines it introduces, parted by
    numbers, bullets, bars or semicolons."""
    match = furniture().list_label.match(text, start, end)
    return match is not None and _is_list(text[match.end() : end], is_loose=bool(match["loose"]))


def _is_list(words: str, *, is_loose: bool) -> bool:
    """Whether `words` are headlines and nothing else, one or a list of them on one line."""
    if len(words) > MAX_RUN_CHARS:
        return False
    numbers, *others = _SEPARATORS
    if re.match(r"\(?1[.)]\s", words):
        others = [numbers]
    separator = next((mark for mark in others if mark.search(words)), None)
    items = [item for item in (separator.split(words) if separator else [words]) if item.strip()]
    is_single = len(items) < 2
    if is_single and (not is_loose or len(words.split()) < MIN_HEADLINE_WORDS):
        return False
    # a bar or bullet never stands in a sentence; a semicolon may, and then a full stop ends it
    is_open = separator is None or separator is _SEPARATORS[-1]
    if (is_loose or is_open) and _FULL_STOP.search(words[-3:]):
        return False
    return all(
        len(item) <= MAX_HEADLINE_CHARS
        and (separator is _SEPARATORS[-1] or not item.lstrip("\"“‘'- ")[:1].islower())
        and sum(1 for _ in sentence_starts(item, 0, len(item))) == 1
        for item in items
    )


def closing_list(text: str, start: int, end: int) -> Extent | None:
    """A label with headlines that ends a paragraph."""
    for match in furniture().tail_label.finditer(text, max(start, end - MAX_RUN_CHARS), end):
        if _is_list(text[match.end() : end], is_loose=bool(match["loose"])):
            return skip_space(text, match.start(), end), end
    return None


def labelled_run(text: str, start: int, end: int) -> Extent | None:
    """The label at the start of a long line and the headlines run together behind it."""
    match = furniture().label_line.match(text, start, end)
    if not match or match.end() >= end:
        return None
    stop = _headlines_end(text, match.end(), end)
    return None if stop is None else (start, stop)


def inline_runs(text: str, start: int, end: int) -> list[Extent]:
    """Labels inside running text with the headlines behind them."""
    runs: list[Extent] = []
    for match in furniture().label_inline.finditer(text, start, end):
        opening = match.start() + len(match.group()) - len(match.group().lstrip())
        stop = _headlines_end(text, match.end(), end)
        if stop is not None and (not runs or opening >= runs[-1][1]):
            runs.append((opening, stop))
    return runs


def _headlines_end(text: str, start: int, end: int) -> int | None:
    """Where headlines that begin at `start` give way to a sentence of the body.

    Headlines have no full stop, so everything up to the first one is headlines and, last, one
    sentence. It begins at a capital after a word that can end a headline; of those places, the last
    one that opens like a sentence and leaves it long enough. Without such a place the stretch up to
    the full stop is one headline, unless it is too long to be one.
    """
    stop = sentence_end(text, start, min(end, start + MAX_RUN_CHARS))
    if stop == start + MAX_RUN_CHARS and stop < end:
        return None
    tokens = list(_TOKEN.finditer(text, start, stop))
    openings: list[tuple[int, int]] = []
    for index in range(1, len(tokens) - MIN_SENTENCE_WORDS + 1):
        strength = _opening_strength(tokens[index - 1].group(), tokens[index].group())
        if strength:
            openings.append((strength, tokens[index].start()))
    if openings:
        best = max(strength for strength, _ in openings)
        opening = max(at for strength, at in openings if strength == best)
        return opening - 1
    return stop if stop - start <= MAX_HEADLINE_CHARS else None


def _opening_strength(before: str, word: str) -> int:
    """How well a sentence could begin at `word`: 0 not at all; 2 after a closing quotation mark or
    with a word that opens sentences."""
    if not word.lstrip("\"“‘'")[:1].isupper():
        return 0
    plain = before.strip("\"“”‘’'()[],").lower()
    if before[-1:] in "”’\"'" and before[:-1][-1:].isalnum():
        return 2
    if (
        plain in furniture().binding_words
        or before[-1:] in ",-–—&/"
        or before[:1].isupper()
        or plain.endswith("ed")
    ):
        return 0 if not before.isupper() or len(before) < 2 else 1
    return 2 if word.lower().strip(",") in furniture().opening_words else 1
