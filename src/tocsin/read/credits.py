"""Agencies credited in an article: by dateline, credit line, sign-off or copyright notice.

A credit says whose text it is. "told AFP" and "Reuters reported" cite an agency and are no credit;
neither is the agency of a photograph.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tocsin.read.lexicon import credit_words

CLOSING_LINES = 8
MAX_CREDIT_CHARS = 120
UNNAMED = "agencies"
"""Stands for agencies credited without a name."""

# phrases of crediting: the agencies stand before the first kind and after the others
_ANCHOR = re.compile(
    r"(?P<before>contributed to this (?:report|story|article))|Copyright\b|©"
    r"|\((?:[Ww]ith|[Ss]ource:?|From|FROM)\s|Contributing:"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    whole_line: re.Pattern[str]
    sign_off: re.Pattern[str]
    byline: re.Pattern[str]
    name: re.Pattern[str]
    unnamed: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words = credit_words()
    any_name = rf"(?:{words.agency}|{words.unnamed})"
    several = rf"{any_name}(?:(?:,? and |, | & |/| ){any_name}){{0,4}}"
    return _Patterns(
        whole_line=re.compile(
            rf"\W{{0,3}}(?:(?:By|BY|Source:?|From|With)\s)?(?:the\s)?(?P<credit>{several})\W{{0,3}}"
        ),
        sign_off=re.compile(
            rf"(?:[-–—]{{1,2}}\s?|\(|/|\bSources?:?\s[^\n.]{{0,30}}?)"
            rf"(?P<credit>{several})[)/.]{{0,2}}\s*$"
        ),
        byline=re.compile(
            rf"\W{{0,3}}By [^\n]{{3,60}}?[,|/ ]\s?(?P<credit>{words.agency})\W{{0,3}}"
        ),
        name=re.compile(rf"(?<!\w){words.agency}(?!\w|['’]s)"),
        unnamed=re.compile(rf"(?<!\w){words.unnamed}(?!\w)"),
    )


def find_agencies(
    text: str, lines: list[tuple[int, int]], byline: str | None = None
) -> tuple[str, ...]:
    """Names of the agencies credited; `lines` are the offsets of the text's trimmed lines."""
    patterns = _patterns()
    phrases: list[str] = []
    if byline:
        phrases.append(byline)
    # whole lines at either end of the text: a lone name in the middle is a heading or a quotation
    edges = (
        lines if len(lines) <= 2 * CLOSING_LINES else lines[:CLOSING_LINES] + lines[-CLOSING_LINES:]
    )
    short = (text[start:end] for start, end in edges if end - start <= MAX_CREDIT_CHARS)
    phrases.extend(
        match["credit"]
        for line in short
        if (match := patterns.whole_line.fullmatch(line) or patterns.byline.fullmatch(line))
    )
    # each window once: a hostile text may be made of nothing but anchors
    phrases.extend(dict.fromkeys(_credit_window(text, match) for match in _ANCHOR.finditer(text)))
    for start, end in lines[-3:]:
        at = max(start, end - MAX_CREDIT_CHARS)
        if match := patterns.sign_off.search(text, at, end):
            phrases.append(match["credit"])
    return canonical_agencies(phrases)


def _credit_window(text: str, anchor: re.Match[str]) -> str:
    """The words around a phrase of crediting in which agencies are named."""
    if anchor["before"]:
        window = text[max(0, anchor.start() - MAX_CREDIT_CHARS) : anchor.start()]
        return re.split(r"\n|\. ", window)[-1]
    return re.split(r"[\n)]", text[anchor.end() : anchor.end() + MAX_CREDIT_CHARS // 2])[0]


def canonical_agencies(phrases: list[str]) -> tuple[str, ...]:
    """The names kept for the agencies that the credit phrases hold, each once."""
    patterns, names = _patterns(), credit_words().names
    found: dict[str, None] = {}
    for phrase in phrases:
        for match in patterns.name.finditer(phrase):
            found.setdefault(names[match.group()])
        if patterns.unnamed.search(phrase):
            found.setdefault(UNNAMED)
    return tuple(found)
