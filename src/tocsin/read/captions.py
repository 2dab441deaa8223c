"""Captions: lines and stretches of text that describe a picture, told by their photo credit."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from tocsin.read.layout import Extent, is_abbreviation, sentence_starts
from tocsin.read.published import MONTH_PATTERN

MAX_CAPTION_CHARS = 500
"""A line longer than this is a paragraph, even where it ends in a credit."""
MAX_CREDIT_CHARS = 140
MAX_CAPTION_SENTENCES = 3

_OPENING = re.compile(
    r"(?:FILE(?: PHOTO)?\s?(?:[-:–—]|In this)"
    r"|(?:A |An )?(?:[Ff]ile|[Uu]ndated) (?:photo|image|picture)\b"
    r"|In (?:this|an?) .{0,50}\b(?:photo|image|picture|photograph|frame grab)\b"
    r"|(?:Photos?|Image|Picture|Pictured|Photograph|CAPTION|Caption|Video)\s?:|\(AP Photo/"
    r"|(?:Above|Left|Right):"
    r"|[A-Z][A-Z ]{3,30}, [A-Z][\w. ]{2,20} [-–—] [A-Z]{3,9} \d{1,2}:)"
)
_DATED = re.compile(
    rf"(?:{MONTH_PATTERN} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {MONTH_PATTERN} (?:19|20)\d\d)\)?"
)
_POST = re.compile(r"[@#]\w|pic\.twitter\.com|^\W{0,2}[—–]")
"""A post of a social network, quoted: it ends in a date too and is no caption."""
_SEEN = re.compile(r"\b(?:is|are|was|were|be) (?:seen|pictured|shown|photographed)\b|\bpictured\b")


@dataclass(frozen=True, slots=True)
class _Credits:
    bracketed: re.Pattern[str]
    closing: re.Pattern[str]


@functools.cache
def _credits() -> _Credits:
    words = tomllib.loads(files("tocsin.read").joinpath("furniture.toml").read_text("utf-8"))[
        "caption"
    ]
    openers = "|".join(sorted(map(re.escape, words["openers"]), key=len, reverse=True))
    agencies = "|".join(sorted(map(re.escape, words["agencies"]), key=len, reverse=True))
    part = r"[^()\[\]\n]"
    # each alternative needs a sign that the bracket is a credit and no aside of the sentence
    inside = (
        rf"\s?(?i:(?:file )?(?:{openers}|video)(?: credit)?)"
        rf"\s?(?:[:/]|[Bb]y\b|[Cc]ourtesy\b|[Vv]ia\b){part}{{1,120}}"
        rf"|[^()\[\]\n\d]{part}{{1,80}}\b(?i:photos?|images?|pictures?|photographs?)"
        rf"(?: by {part}{{2,60}}| via {part}{{2,40}})?"
        rf"|{part}{{0,90}}\b(?:Getty(?: Images)?|Shutterstock|iStock(?:photo)?|Alamy|NurPhoto)\b"
        rf"{part}{{0,30}}"
        rf"|{part}{{2,80}}(?:/|\bvia )(?:{agencies})\b{part}{{0,40}}"
        rf"|(?:{agencies})\s(?i:file|photo|archive|handout){part}{{0,80}}"
        rf"|(?i:file|file photo|file image|handout|screengrab|screenshot|courtesy{part}{{0,80}})"
    )
    bracketed_agency = rf"\[(?:{part}{{0,60}}[/ ,])?(?:{agencies}|File)\]"
    name = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
    return _Credits(
        bracketed=re.compile(rf"\((?:{inside})\)|\[(?:{inside})\]|{bracketed_agency}"),
        closing=re.compile(
            rf"(?:\b(?:{openers})\s?:\s?[^.\n:]{{2,100}}"
            rf"|\b(?:Photo|Photograph|Image|Picture)s? by {name}[^.\n]{{0,60}}"
            rf"|\(Source: {part}{{2,80}}\)"
            rf"|\b{name}\s?[/|]\s?(?:{agencies})(?:\s?[/|]\s?[A-Z]\w+| via \w+(?: \w+)?)?"
            r"|\b[Ff]ile [Pp]hoto|\bFILE PHOTO)\W{0,3}$"
        ),
    )


def is_caption_line(text: str, start: int, end: int) -> bool:
    """Whether the whole line is a caption or a photo credit."""
    length = end - start
    if length > MAX_CAPTION_CHARS:
        return False
    line = text[start:end]
    if _OPENING.match(line):
        return True
    match = _closing_credit(text, start, end)
    if match is not None:
        sentences = sum(1 for _ in sentence_starts(text, start, match))
        return sentences <= MAX_CAPTION_SENTENCES
    return line[-1] not in '.!?"”’:' and _is_undotted_caption(line)


def _is_undotted_caption(line: str) -> bool:
    """A clause without a full stop that ends in a full date, or says what is seen."""
    words = line.count(" ") + 1
    if words < 6 or ". " in line or _POST.search(line):
        return False
    return any(match.end() == len(line) for match in _DATED.finditer(line)) or bool(
        _SEEN.search(line)
    )


def _closing_credit(text: str, start: int, end: int) -> int | None:
    """Where a credit that closes the line begins."""
    at = max(start, end - MAX_CREDIT_CHARS - 2)
    for match in _credits().bracketed.finditer(text, at, end):
        if end - match.end() <= 2:
            return match.start()
    closing = _credits().closing.search(text, at, end)
    return closing.start() if closing else None


def inline_captions(text: str, start: int, end: int) -> Iterator[Extent]:
    """Captions run into a paragraph: each from the last sentence end before its credit."""
    floor = start
    for match in _credits().bracketed.finditer(text, start, end):
        opening = _caption_start(text, max(floor, match.start() - MAX_CAPTION_CHARS), match.start())
        if opening is not None:
            yield opening, match.end()
        floor = match.end()


def _caption_start(text: str, floor: int, credit: int) -> int | None:
    """The start of the sentence that a credit closes; None where none begins within reach."""
    before = credit
    while before > floor and text[before - 1].isspace():
        before -= 1
    # "... in the fighting. (AP Photo/...)": the caption is the sentence that just ended
    inner = before - 1 if before > floor and text[before - 1] in ".!?" else before
    starts = [at for at in sentence_starts(text, floor, inner) if at < inner]
    if not starts:
        return credit
    opening = starts[-1]
    if (
        opening == floor
        and floor > 0
        and not text[floor - 1].isspace()
        and text[floor - 1] not in ")]"
    ):
        return None
    while opening < credit and text[opening].isspace():
        opening += 1
    return None if is_abbreviation(text, opening) else opening
