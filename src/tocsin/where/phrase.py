"""The words of a place phrase taken apart: the names in it and how they hang together.

"the outskirts of Harim, near Idlib in northern Syria" -> head `Harim`, relation `outskirts`,
parents `Idlib`, `Syria`. Nothing is looked up here but whether a run of capitals is a known name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from tocsin.records import Span
from tocsin.text.nations import nation_named, nation_of
from tocsin.where.curated import short_names
from tocsin.where.entry import GazetteerEntry
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.naming import NameInPhrase, names_in
from tocsin.where.place_words import SITE_WORDS

AHEAD_CHARS = 70
BEHIND_CHARS = 40


class Relation(StrEnum):
    """How the place meant lies to the name said."""

    AT = "at"
    NEAR = "near"
    OUTSKIRTS = "outskirts"
    PART = "part"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """One query, taken apart."""

    span: Span
    head: NameInPhrase | None
    relation: Relation = Relation.AT
    parents: tuple[NameInPhrase, ...] = field(default_factory=tuple)
    """Names of what holds the head, nearest first."""
    other_end: NameInPhrase | None = None
    """The second name of "between X and Y"."""
    site: str = ""
    """The common noun that names a kind of site: "mosque", "checkpoint"."""
    distance_m: float | None = None
    is_named_site: bool = False
    """True for "Aleppo University Hospital": the head is part of a site's name."""
    part: str = ""
    """"northern", "south-eastern": a part of the head."""


SITE_CHARS = 48
SITE_WORDS_BEFORE = 5
SITE_WORDS_AFTER = 3
_WORD_BEFORE = re.compile(r"(?<![\w.'’-])[\w.'’-]+(?=[ -])")
_WORD_AFTER = re.compile(r"(?<=[ -])[A-Za-z][\w’'-]*")
_JOINED = re.compile(r"(?:['’]s)?[ -][A-Za-z][\w’'-]*")
_ONE_LINE = re.compile(r"[\w.'’ -]+")
_GROUNDS = re.compile(r" (?:compound|complex|building|grounds|premises)\b")
_SITE_OF = re.compile(
    r"\b((?:international |military )?(?:airport|air ?base|airfield|base|port|prison|dam|refinery|"
    r"embassy))(?: of| in| at) (?:the )?$",
    re.IGNORECASE,
)

_SITE_BEHIND = re.compile(r"(?: [A-Z][\w-]*){0,3}? ([A-Z][a-z]+)$")
_KIND_OF = re.compile(
    r" (?:[a-z-]+ )?(?:town|city|village|neighbou?rhood|district|suburb|camp|county)s? of (?:the )?"
)
_NEAR = re.compile(
    r"\b(?:near|nearby|close to|outside|around|next to|adjacent to|not far from|beside|opposite|"
    r"vicinity of|in the direction of|overlooking|off|along|toward|towards|bordering|"
    r"(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|"
    r"south-east|south-west|northeast|miles?|km|kms|kilomet(?:er|re)s?|met(?:er|re)s?|yards?) "
    r"(?:\([^)]{0,30}\) )?(?:\w+ )?(?:of|from))\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:near|border|with|from|toward|towards|against|by|to|between|and|or)\b", re.IGNORECASE
)
"""Before a name that stands beside the place and does not hold it: "near the border with"."""
_BORDER_BEFORE = re.compile(r"\b(?:borders? (?:with|to|of)|bordering) (?:the )?$", re.IGNORECASE)
_BORDER_AFTER = re.compile(r"(?:['’]s)?(?:[ –-][A-Z][a-z]+)? (?:[a-z]+ )?border\b")
_OUTSKIRTS = re.compile(
    r"\b(?:outskirts?|edge|edges|entrance|suburbs?|periphery) (?:of|to)\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\b(?:between|(?:road|highway|route|way|motorway|street)s? (?:from|linking|connecting))\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b((?:far |extreme )?(?:north|south|east|west|central|north-?east|north-?west|south-?east|"
    r"south-?west)(?:ern)?|northern|southern|eastern|western|rural|upper|lower)"
    r"(?: and \w+| part of)?(?: the)?\s*$",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"\b(\d[\d,.]{0,6}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty)[\s-]{1,2}(km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|m|yards?|feet)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: float(value)
    for word, value in (
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7),
        ("eight", 8), ("nine", 9), ("ten", 10), ("twelve", 12), ("fifteen", 15), ("twenty", 20),
        ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60),
    )
}  # fmt: skip
_STATE_AHEAD = re.compile(r",\s+((?:[A-Z]\. ?[A-Z][a-z]*|[A-Z][A-Za-z]{1,4})\.?)(?![\w-])")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z\"“])|\n")
_AHEAD = re.compile(
    r"^(?:['’]s)?(?:\s+(?:[a-z]+\s+){0,2}(?:province|governorate|district|county|state|region|city|"
    r"town|village|neighbou?rhood|area|suburb|quarter)\b)?\s*"
    r"(?:,|\(|,?\s*(?:in|of|within)\b|,?\s*near\b)\s*"
)


def parse_phrase(
    text: str, span: Span, gazetteer: Gazetteer, *, is_name: bool = False
) -> PlacePhrase:
    """Take the words of one query apart, with the names just before and after them.

    `is_name`: the words are a name to be read for itself, also where they name a border.
    """
    names = names_in(text, span, gazetteer)
    words = span.text
    site = next((w for w in re.findall(r"[a-z]+", words.lower()) if w in SITE_WORDS), "")
    ahead = _parents_ahead(text, span.end, gazetteer)
    behind = _parent_behind(text, span.start, gazetteer)
    inside = [name for name in names if is_name or not _is_across_border(text, name)]
    if is_name and (_is_short(span.text) or not any(name.entries for name in names)):
        names = inside = _short_name(span, gazetteer) or names
    if inside or len(names) < 2:  # "the Iran-Iraq border" keeps both sides
        names = inside
    if not names:
        relation = Relation.NEAR if _NEAR.search(words) else Relation.AT
        return PlacePhrase(
            span, None, relation, (*ahead, *behind), site=site, distance_m=_distance_m(words)
        )
    head, *rest = names
    named_site = None if is_name else _named_site(text, head, gazetteer)
    if named_site is not None:
        head = named_site
        rest = [name for name in rest if not name.span.overlaps(head.span)]
    state = us_state_ahead(text, head.span.end, gazetteer)
    if state is not None:
        rest = [state, *(name for name in rest if name.span.start > state.span.end)]
    lead = text[min(span.start, head.span.start) : head.span.start]
    parents: list[NameInPhrase] = []
    while rest and (
        _is_possessive(text, head, rest[0])
        or is_nationality(head)
        or _KIND_OF.fullmatch(text, head.span.end, rest[0].span.start)
    ):
        # "Syria's Idlib", "the Syrian city of Raqqa", "the Idlib town of Harim": the first name
        # holds the second
        parents.append(head)
        head, rest = rest[0], rest[1:]
    relation, other_end = Relation.AT, None
    part = _PART.search(text[max(0, head.span.start - 30) : head.span.start])
    if _BETWEEN.search(lead) and rest:
        relation, other_end, rest = Relation.BETWEEN, rest[0], rest[1:]
    elif _OUTSKIRTS.search(lead):
        relation = Relation.OUTSKIRTS
    elif _NEAR.search(lead):
        relation = Relation.NEAR
    elif part is not None and head.span.start - span.start <= len(part.group()) + 12:
        relation = Relation.PART
    behind_head = _SITE_BEHIND.match(text, head.span.end, span.end)
    return PlacePhrase(
        span,
        head,
        relation,
        (*(name for name in rest if not _ASIDE.search(name.gap)), *ahead, *parents, *behind),
        other_end,
        site,
        _distance_m(lead),
        behind_head is not None and behind_head.group(1).lower() in SITE_WORDS,
        part.group(1).lower() if part is not None and relation is Relation.PART else "",
    )


def _is_short(words: str) -> bool:
    """True for words whose short meaning comes before that of a village of the name."""
    return words.endswith(".") or words in short_names()


def _short_name(span: Span, gazetteer: Gazetteer) -> list[NameInPhrase]:
    """What an abbreviation or an adjective given for itself means: "Calif.", "NSW", "African"."""
    entry = gazetteer.us_state(span.text) or gazetteer.us_state(span.text.rstrip("."))
    entry = entry or gazetteer.short_name(span.text)
    return [NameInPhrase(span, (entry,))] if entry is not None else []


def _named_site(text: str, head: NameInPhrase, gazetteer: Gazetteer) -> NameInPhrase | None:
    """The landmark whose name the head belongs to: "Camp Taji", "K-1 base", "airport of Erbil".

    None where the words around the head make up no name of the hand-written list.
    """
    begin, end = head.span.start, head.span.end
    window = text[max(0, begin - SITE_CHARS) : begin]
    before = [begin - len(window) + m.start() for m in _WORD_BEFORE.finditer(window)]
    starts = [*before[-SITE_WORDS_BEFORE:], begin]
    after = [m.end() for m in _WORD_AFTER.finditer(text, end, end + SITE_CHARS)]
    stops = [end]
    for stop in after[:SITE_WORDS_AFTER]:
        if not _JOINED.fullmatch(text[stops[-1] : stop]):
            break
        stops.append(stop)
    pairs = [(start, stop) for start in starts for stop in stops if (start, stop) != (begin, end)]
    for start, stop in sorted(pairs, key=lambda pair: (pair[0] - pair[1], pair)):
        words = text[start:stop]
        if not _ONE_LINE.fullmatch(words):
            continue
        bare = _GROUNDS.sub("", words)
        sites = tuple(e for e in gazetteer.entries_of(name_key(bare)) if _is_site(e))
        if sites:
            return NameInPhrase(Span.of(text, start, stop), sites, head.kind, is_inside=False)
    of = _SITE_OF.search(window)
    if of is not None:
        words = f"{head.span.text} {of.group(1)}"
        sites = tuple(e for e in gazetteer.entries_of(name_key(words)) if _is_site(e))
        if sites:
            start = begin - len(window) + of.start(1)
            return NameInPhrase(Span.of(text, start, end), sites, head.kind, is_inside=False)
    return None


def _is_site(entry: GazetteerEntry) -> bool:
    return entry.source == "curated" and not entry.is_division


def _is_across_border(text: str, name: NameInPhrase) -> bool:
    """True for the country on the other side: "near the border with Niger", "the Syrian border"."""
    if not name.entries or not name.entries[0].is_country:
        return False
    return is_across_border(text, name.span)


def is_across_border(text: str, country: Span) -> bool:
    """True where the words around a country's name are about its border."""
    before = text[max(0, country.start - BEHIND_CHARS) : country.start]
    return bool(
        _BORDER_BEFORE.search(before) or _BORDER_AFTER.match(text, country.end, country.end + 40)
    )


def _is_possessive(text: str, one: NameInPhrase, other: NameInPhrase) -> bool:
    between = text[one.span.end : other.span.start]
    return between.startswith(("'s", "’s")) and len(between) < 30 and bool(one.entries)


def is_nationality(name: NameInPhrase, *, before_noun: bool = False) -> bool:
    """True for a nationality that stands for its country: "Syrian".

    "U.S." and "UK" are names too, and nationalities only before a noun ("U.S. embassy").
    """
    if not name.entries or not name.entries[0].is_country:
        return False
    words = name.span.text
    return nation_of(words) is not None if before_noun else nation_named(words) is None


def _parents_ahead(text: str, end: int, gazetteer: Gazetteer) -> list[NameInPhrase]:
    """Names that follow as ", X" or " in X", in the same sentence."""
    stop = min(len(text), end + AHEAD_CHARS)
    window = text[end:stop]
    cut = _SENTENCE_END.search(window)
    if cut is not None and not re.search(r"\b[A-Z][a-z]{1,4}$", window[: cut.start()]):
        window = window[: cut.start()]
    match = _AHEAD.match(window)
    if match is None or not window[match.end() :].strip():
        return []
    state = us_state_ahead(text, end, gazetteer)
    if state is not None:
        return [state]
    begin = end + match.end()
    names = names_in(text, Span.of(text, begin, end + len(window)), gazetteer)
    kept: list[NameInPhrase] = []
    for name in names[:3]:
        if not name.entries or (not kept and name.span.start - begin > 28):
            break
        if _is_across_border(text, name):
            break
        if kept and not re.match(
            r"^\W{1,3}(?:in |of |the |\w+ern |province, |[a-z]+ ){0,3}$", name.gap
        ):
            break
        kept.append(NameInPhrase(name.span, name.entries, name.kind, name.gap, is_inside=False))
    return kept


def us_state_ahead(text: str, end: int, gazetteer: Gazetteer) -> NameInPhrase | None:
    """The state in ", Calif." or ", CA" at `end`."""
    match = _STATE_AHEAD.match(text, end, end + 16)
    if match is None:
        return None
    words = match.group(1)
    entry = gazetteer.us_state(words) or gazetteer.us_state(words.rstrip("."))
    if entry is None:
        return None
    span = Span.of(text, match.start(1), match.start(1) + len(words))
    return NameInPhrase(span, (entry,), is_inside=False)


def _parent_behind(text: str, start: int, gazetteer: Gazetteer) -> list[NameInPhrase]:
    """ "Syria's" or "in Baghdad, at" just before the phrase."""
    window = text[max(0, start - BEHIND_CHARS) : start]
    match = re.search(r"([A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s(?: \w+){0,2} $", window)
    if match is None:
        return []
    begin = start - len(window) + match.start(1)
    entries = gazetteer.entries_of(name_key(match.group(1)))
    if not entries:
        return []
    span = Span.of(text, begin, begin + len(match.group(1)))
    return [NameInPhrase(span, entries, is_inside=False)]


def _distance_m(lead: str) -> float | None:
    match = _DISTANCE.search(lead)
    if match is None:
        return None
    digits = match.group(1).lower()
    value = _NUMBERS.get(digits)
    if value is None:
        try:
            value = float(digits.replace(",", "").rstrip("."))
        except ValueError:
            return None
    unit = match.group(2).lower()
    for start, metres in (("k", 1_000.0), ("mi", 1_609.344), ("y", 0.9144), ("f", 0.3048)):
        if unit.startswith(start):
            return value * metres
    return value
