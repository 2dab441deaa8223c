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
CLOSING_CHARS = 1500
UNNAMED = "agencies"
"""Stands for agencies credited without a name."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    anywhere: re.Pattern[str]
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
        anywhere=re.compile(
            rf"(?P<credit>{several})(?![\w/])[^.\n]{{0,60}} contributed to this (?:report|story|article)"
            rf"|(?:Copyright|©|\(c\))[^\n]{{0,40}}?(?<!\w)(?P<owner>{words.agency})(?!\w)"
            rf"|(?<!\w)\((?:[Ww]ith|[Ss]ource:?|FROM|From)\s(?P<given>[^()\n]{{0,30}}?{several})\)"
            rf"|(?<!\w)Contributing: (?:The )?(?P<helped>{several})"
        ),
        whole_line=re.compile(
            rf"\W{{0,3}}(?:(?:By|BY|Source:?|From|With)\s)?(?:the\s)?(?P<credit>{several})\W{{0,3}}"
        ),
        sign_off=re.compile(
            rf"(?:[-–—]{{1,2}}\s?|\(|/|\bSources?:?\s[^\n.]{{0,30}}?)(?P<credit>{several})[)/.]{{0,2}}\s*$"
        ),
        byline=re.compile(
            rf"\W{{0,3}}By [^\n]{{3,60}}?[,|/ ]\s?(?P<credit>{words.agency})\W{{0,3}}"
        ),
        name=re.compile(rf"(?<!\w){words.agency}(?!\w)"),
        unnamed=re.compile(rf"(?<!\w){words.unnamed}(?!\w)"),
    )


def find_agencies(
    text: str, lines: list[tuple[int, int]], byline: str | None = None
) -> tuple[str, ...]:
    """Names of the agencies credited, in order of place; `lines` are the offsets of trimmed lines."""
    patterns = _patterns()
    credits: list[str] = []
    if byline:
        credits.append(byline)
    # whole lines at either end of the text: a lone name in the middle is a heading or a quotation
    edges = (
        lines if len(lines) <= 2 * CLOSING_LINES else lines[:CLOSING_LINES] + lines[-CLOSING_LINES:]
    )
    for start, end in edges:
        if end - start <= 120:
            line = text[start:end]
            for pattern in (patterns.whole_line, patterns.byline):
                if match := pattern.fullmatch(line):
                    credits.append(match["credit"])
    credits.extend(next(filter(None, match.groups())) for match in patterns.anywhere.finditer(text))
    for start, end in lines[-3:]:
        at = max(start, end - 120)
        if match := patterns.sign_off.search(text, at, end):
            credits.append(match["credit"])
    return canonical_agencies(credits)


def canonical_agencies(credits: list[str]) -> tuple[str, ...]:
    """The names kept for the agencies that the credit phrases hold, each once."""
    patterns, names = _patterns(), credit_words().names
    found: dict[str, None] = {}
    for credit in credits:
        for match in patterns.name.finditer(credit):
            found.setdefault(names[match.group()])
        if patterns.unnamed.search(credit):
            found.setdefault(UNNAMED)
    return tuple(found)
