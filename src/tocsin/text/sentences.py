"""Sentences of a text, as offsets. Line breaks end a sentence where the line looks finished.

Rules, no model: news texts come without punctuation, in capitals, as lists and with hard-wrapped
lines, and a splitter has to do something sensible with each.
"""

from __future__ import annotations

import re

# fmt: off
ABBREVIATIONS = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "jr", "sr", "gen", "lt", "col", "maj",
    "capt", "cpl", "sgt", "pvt", "adm", "cmdr", "brig", "spc", "pfc", "gov", "sen", "rep", "pres",
    "supt", "insp", "det", "const", "amb", "atty", "messrs", "fr", "bros", "no", "nos", "vs",
    "etc", "inc", "ltd", "co", "corp", "dept", "est", "fig", "al", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu",
    "thur", "thurs", "fri", "sat", "sun", "approx", "ave", "blvd", "rd", "mt", "ft", "km", "kg",
    "mm", "cm", "mi", "lb", "lbs", "oz", "yd", "hr", "hrs", "min", "mins", "a.m", "p.m", "u.s",
    "u.k", "u.n",
})
# fmt: on
"""Lower case, without the last stop: a stop after one of these ends no sentence by itself."""

MAX_SENTENCE_CHARS = 2000
"""Longer stretches without a stop are cut at the next space: everything after is per sentence."""

_STOP = re.compile(r"[.!?…]++[\"”’'»)\]]*+|\n+")
# no look-ahead here: at a long run of marks it would make the search quadratic
_LAST_WORD = re.compile(r"[^\s(\[\"“]{1,24}$")
_HARD_WRAP_MIN = 60
"""A line at least this long that ends in a word and goes on in lower case is a wrapped line."""


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences of `text[start:end]`, in order, without outer spaces.

    Every character that is not white space belongs to exactly one sentence.
    """
    end = len(text) if end is None else end
    sentences: list[tuple[int, int]] = []
    begin = line_start = start
    for stop in _STOP.finditer(text, start, end):
        if text[stop.start()] == "\n":
            is_end = _line_ends_sentence(text, line_start, stop.start(), stop.end(), end)
            line_start = stop.end()
        elif stop.end() < end and not text[stop.end()].isspace():
            continue
        else:
            is_end = _mark_ends_sentence(text, stop.start(), stop.end(), end)
        if not is_end:
            continue
        _add(sentences, text, begin, stop.end())
        begin = stop.end()
    _add(sentences, text, begin, end)
    return sentences


def _line_ends_sentence(text: str, line: int, start: int, stop: int, end: int) -> bool:
    """`line` is where the line began; `[start, stop)` its break."""
    if stop - start > 1 or stop >= end:
        return True
    is_wrapped = start - line >= _HARD_WRAP_MIN and text[start - 1].isalnum()
    return not (is_wrapped and text[stop].islower())


def _mark_ends_sentence(text: str, start: int, stop: int, end: int) -> bool:
    if text[start] != "." or text[start : start + 2] == "..":
        return _next_may_open(text, stop, end, after_mark=True)
    word = _LAST_WORD.search(text, max(0, start - 24), start)
    last = word.group().lower() if word else ""
    if stop - start == 1 and (last in ABBREVIATIONS or (len(last) == 1 and last.isalpha())):
        # "Gen. Smith", "J. Smith"; but "in the U.S. The army" ends where an opener follows
        return "." in last and _next_is_opener(text, stop, end)
    return _next_may_open(text, stop, end, after_mark=False)


_OPENERS = re.compile(
    r"\s+[\"“]?(?:The|A|An|In|On|At|It|He|She|They|But|And|This|That|There|No|Meanwhile|Earlier|Last)\b"
)


def _next_is_opener(text: str, stop: int, end: int) -> bool:
    return _OPENERS.match(text, stop, end) is not None


def _next_may_open(text: str, stop: int, end: int, *, after_mark: bool) -> bool:
    """True unless a lower-case word follows: `... 7 a.m. on Sunday`, `"Why?" he asked`."""
    at = stop
    limit = min(end, stop + 8)
    while at < limit and (text[at].isspace() or text[at] in "\"“‘'(["):
        if text[at] == "\n":
            return True
        at += 1
    return at >= limit or not text[at].islower() or not (after_mark or text[at].isalpha())


def _add(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return
        cut = end
        if end - start > MAX_SENTENCE_CHARS:
            cut = start + MAX_SENTENCE_CHARS
            space = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, cut)
            cut = space if space > 0 else cut
        sentences.append((start, cut if cut == end else _trimmed(text, start, cut)))
        if cut == end:
            return
        start = cut


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end
