"""Links to other stories: headlines under a heading, behind a label, or run into a paragraph.

Nothing is ever read from them, so that a figure in somebody else's headline cannot enter a record;
and no sentence of the body may be taken for one.
"""

from __future__ import annotations

import re

from tocsin.read.layout import Extent, sentence_end, sentence_starts
from tocsin.read.lexicon import fold_line, furniture

MAX_HEADLINE_CHARS = 180
MAX_LISTED = 12
MAX_RUN_CHARS = 700
"""Headlines run together behind one label hardly exceed this."""
MIN_SENTENCE_WORDS = 8

_CLOSED = re.compile(r"[.;,:][\"”’')\]]{0,2}$|[!?][\"”’]$")
_TOKEN = re.compile(r"\S+")


def is_headline_like(line: str) -> bool:
    """A short line without the full stop, or inner sentence end, of running text."""
    if len(line) > MAX_HEADLINE_CHARS or _CLOSED.search(line) or ". " in line:
        return False
    first = line.lstrip(" •·*-–—+>»|\"“‘'(0123456789:")
    return bool(first) and (first[0].isupper() or not first[0].isalpha()) and line.count(" ") >= 2


def listed_below(text: str, lines: list[Extent], heading: int) -> int:
    """How many lines after the heading at index `heading` are headlines of other stories."""
    words, count = furniture(), 0
    for start, end in lines[heading + 1 : heading + 1 + MAX_LISTED]:
        line = text[start:end]
        if (
            not is_headline_like(line)
            or fold_line(line) in words.lines
            or words.line.fullmatch(line)
        ):
            break
        count += 1
    return count


def labelled_line(text: str, start: int, end: int) -> bool:
    """Whether the whole line is a label and the headline it introduces."""
    match = furniture().label_line.match(text, start, end)
    if not match or end - match.end() > MAX_HEADLINE_CHARS or match.end() >= end:
        return False
    return sum(1 for _ in sentence_starts(text, match.end(), end)) == 1


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
