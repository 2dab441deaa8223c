"""The words before a name that say how the place meant lies to it: "20 km south of", "near".

`find_phrases` gives the phrases of a text that say where, each a name with such words before it, or
two names with "between" or "the road from" before them: what `resolve_places` reads best.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.records import Span
from tocsin.where.entry import PlaceCandidate
from tocsin.where.place_words import SITE_WORDS

LEAD_CHARS = 72
"""How far before a name such words begin."""

_NUMBER = (
    r"(?:\d[\d,.]{0,6}|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)"
)
_UNIT = r"(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|m|yards?|feet)"
_SIDE = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?"
_LEAD = re.compile(
    r"(?:\b(?:an?|the)\s(?:[a-z]+\s)?(?:village|town|area|place|spot|base|camp|checkpoint|road|"
    r"district|neighbou?rhood|suburb)\s)?"
    r"(?:"
    rf"(?:\b(?:about|some|around|roughly|nearly|just|only)\s)?(?:\b{_NUMBER}[\s-]?{_UNIT}\s)?"
    rf"(?:\bto\sthe\s)?\b{_SIDE}\sof"
    rf"|(?:\b(?:about|some|around|roughly|nearly|just|only|within)\s)?\b{_NUMBER}[\s-]?{_UNIT}\s"
    r"(?:away\s)?(?:from|outside|off)"
    r"|\b(?:near|close\sto|outside|around|next\sto|opposite|beside|not\sfar\sfrom|off)"
    r"|\b(?:on\s)?(?:the\s)?(?:outskirts|edge|suburbs|vicinity)\sof"
    rf"|\b{_SIDE}ern|\b(?:central|rural|downtown)"
    r"|\bbetween"
    r"|\b(?:on\s)?(?:the|a)\s(?:main\s)?(?:road|highway|route|motorway)\s(?:from|between|linking)"
    r")\s(?:the\s)?$",
    re.IGNORECASE,
)
_TWO_ENDS = re.compile(r"\b(?:between|linking|from)\s(?:the\s)?$", re.IGNORECASE)
_NOUNS_BEHIND = re.compile(r"(?:['’]s)?\s([A-Za-z]+)\b(?:\s([A-Za-z]+)\b)?")
_SECOND_END = re.compile(r"\s(?:and|to|with)\s(?:the\s)?")


def find_phrases(text: str, candidates: Sequence[PlaceCandidate]) -> list[Span]:
    """One span per place that the text names, in order: the name with the words that place it."""
    found: list[Span] = []
    at = 0
    while at < len(candidates):
        name = candidates[at].span
        start = lead_start(text, name.start, floor=found[-1].end if found else 0)
        end = name.end
        is_pair = _TWO_ENDS.search(text, max(start, name.start - LEAD_CHARS), name.start)
        if start < name.start and is_pair and at + 1 < len(candidates):
            other = candidates[at + 1].span
            if _SECOND_END.fullmatch(text, end, other.start):
                end = other.end
                at += 1
        if start < name.start:
            end = _site_end(text, end)
        found.append(Span.of(text, start, end))
        at += 1
    return found


def _site_end(text: str, end: int) -> int:
    """The end of a site's noun behind a name: "the U.S. embassy"; `end` where there is none."""
    match = _NOUNS_BEHIND.match(text, end, end + LEAD_CHARS)
    if match is None:
        return end
    for noun in (2, 1):
        if (match[noun] or "").lower() in SITE_WORDS:
            return match.end(noun)
    return end


def lead_start(text: str, start: int, *, floor: int = 0) -> int:
    """Where the words that place a name begin; `start`, that of the name, where there are none."""
    begin = max(floor, start - LEAD_CHARS)
    match = _LEAD.search(text[begin:start])
    return begin + match.start() if match is not None else start
