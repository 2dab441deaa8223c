"""The words of a place phrase taken apart: the names in it and how they hang together.

"the outskirts of Harim, near Idlib in northern Syria" -> head `Harim`, relation `outskirts`,
parents `Idlib`, `Syria`. Nothing is looked up here but whether a run of capitals is a known name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tocsin.records import Span
from tocsin.text.nations import nation_named, nation_of
from tocsin.where.entry import GazetteerEntry
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.place_words import KIND_WORDS, MODIFIERS, SITE_WORDS
from tocsin.where.spotting import capitalised_runs, never_words

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
class NameInPhrase:
    """A capitalised run: its words, its kind words, and what it may mean (nothing, if unknown)."""

    span: Span
    entries: tuple[GazetteerEntry, ...]
    kind: str = ""
    """"province", "city", "district" ...: the kind the words give it."""
    gap: str = ""
    """The text between the name before it, or the phrase's start, and it."""
    is_inside: bool = True
    """False for a name that stands beside the phrase, not in it."""


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
_SEPARATORS = frozenset({"and", "&", "of", "of the", "y", "e", "on", "sur"})
_BIG_PEOPLE = 100_000
_DIRECTION_BEFORE = re.compile(
    r"\b((?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|upper|lower) $", re.IGNORECASE
)
_KIND_AFTER = re.compile(r"(?:['’]s)?[\s-]+([A-Za-z]+)\b")
_KIND_BEFORE = re.compile(r"\b([A-Za-z]+) of (?:the )?(?:[a-z]+ )?$")
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


def parse_phrase(text: str, span: Span, gazetteer: Gazetteer) -> PlacePhrase:
    """Take the words of one query apart, with the names just before and after them."""
    names = _names(text, span, gazetteer)
    words = span.text
    site = next((w for w in re.findall(r"[a-z]+", words.lower()) if w in SITE_WORDS), "")
    ahead = _parents_ahead(text, span.end, gazetteer)
    behind = _parent_behind(text, span.start, gazetteer)
    inside = [name for name in names if not _is_across_border(text, name)]
    if inside or len(names) < 2:  # "the Iran-Iraq border" keeps both sides
        names = inside
    if not names:
        relation = Relation.NEAR if _NEAR.search(words) else Relation.AT
        return PlacePhrase(span, None, relation, (*ahead, *behind), site=site)
    head, *rest = names
    named_site = _named_site(text, head, gazetteer)
    if named_site is not None:
        head = named_site
        rest = [name for name in rest if not name.span.overlaps(head.span)]
    state = us_state_ahead(text, head.span.end, gazetteer)
    if state is not None:
        rest = [state, *(name for name in rest if name.span.start > state.span.end)]
    lead = text[min(span.start, head.span.start) : head.span.start]
    parents: list[NameInPhrase] = []
    while rest and (_is_possessive(text, head, rest[0]) or is_nationality(head)):
        # "Syria's Idlib", "the Syrian city of Raqqa": the first name holds the second
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


def _names(text: str, span: Span, gazetteer: Gazetteer) -> list[NameInPhrase]:
    """Names in the phrase, in order: known ones, and capitalised runs nobody knows.

    A nationality ("the Syrian city") is the name of its country.
    """
    names: list[NameInPhrase] = []
    last = span.start
    for run in capitalised_runs(text, span.start, span.end):
        whole = _entries(text, run[0][0], run[-1][1], span.start, gazetteer)
        units = [[(word[0], word[1]) for word in run]] if whole else _units(text, run)
        for unit in units:
            for begin, end, entries in _read_unit(text, unit, span.start, gazetteer):
                name = _name(text, begin, end, entries, last)
                names.append(name)
                last = name.span.end
    return names


def _units(text: str, run: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """A run of capitals cut where one name ends and another begins: at "and", "of"."""
    units: list[list[tuple[int, int]]] = []
    for word in run:
        if units and text[units[-1][-1][1] : word[0]].strip() not in _SEPARATORS:
            units[-1].append(word)
        else:
            units.append([word])
    return units


_Named = tuple[int, int, tuple[GazetteerEntry, ...]]


def _read_unit(
    text: str, unit: list[tuple[int, int]], floor: int, gazetteer: Gazetteer
) -> list[_Named]:
    """One unit as a nationality, a known name with words of kind around it, or an unknown name."""
    found: list[_Named] = []
    whole = _entries(text, unit[0][0], unit[-1][1], floor, gazetteer)
    is_single = len(unit) == 1
    is_adjective = is_single and _is_adjective(_bare(text, unit[0]))
    if whole and not is_adjective and not (is_single and _word(text, unit[0]) in MODIFIERS):
        return [(unit[0][0], unit[-1][1], whole)]
    while unit:
        code = nation_of(_bare(text, unit[0])) if len(_bare(text, unit[0])) > 2 else None
        code = code or (nation_of(_bare(text, unit[0])) if _bare(text, unit[0]) == "US" else None)
        country = gazetteer.country(code) if code else None
        if country is not None:
            found.append((unit[0][0], unit[0][1], (country,)))
        elif _word(text, unit[0]) not in MODIFIERS:
            break
        unit = unit[1:]
    words = list(unit)
    while words and _word(text, words[-1]) in KIND_WORDS | SITE_WORDS | MODIFIERS:
        words.pop()
    if not words:
        return found
    for stop in range(len(words), 0, -1):
        entries = _entries(text, words[0][0], words[stop - 1][1], floor, gazetteer)
        rest = words[stop:]
        is_possessive = text[words[stop - 1][1] - 2 : words[stop - 1][1]] in {"'s", "’s"}
        if entries and (not rest or is_possessive or is_big(entries)):
            found.append((words[0][0], words[stop - 1][1], entries))
            if rest and is_possessive:
                found += _read_unit(text, rest, floor, gazetteer)
            return found
    for start in range(1, len(words)):
        entries = _entries(text, words[start][0], words[-1][1], floor, gazetteer)
        if entries and is_big(entries):
            # "Operations Command Baghdad": what is unknown stands inside what is known
            found.append((words[0][0], words[start - 1][1], ()))
            found.append((words[start][0], words[-1][1], entries))
            return found
    if not all(_word(text, word) in never_words() for word in words):
        # an unknown name keeps its kind: "Medical City", "High School"
        found.append((words[0][0], unit[-1][1], ()))
    return found


def _is_adjective(word: str) -> bool:
    """True for "Kazakh", which is no town here though one bears it, and false for "Oman"."""
    return len(word) > 2 and nation_of(word) is not None and nation_named(word) is None


def is_big(entries: tuple[GazetteerEntry, ...]) -> bool:
    """True for names that stand for themselves inside longer ones: "Baghdad Operations Command"."""
    best = entries[0]
    return best.is_country or best.population >= _BIG_PEOPLE or best.source == "curated"


def _entries(
    text: str, begin: int, end: int, floor: int, gazetteer: Gazetteer
) -> tuple[GazetteerEntry, ...]:
    """Entries of the words `[begin, end)`, with a direction before them where that is a name."""
    words = text[begin:end]
    for ending in ("'s", "’s", "'", "’"):
        if words.endswith(ending) and len(words) > len(ending) + 1:
            words = words[: -len(ending)]
            break
    key = name_key(words)
    if len(key) < 2 or key in never_words():
        return ()
    lead = _DIRECTION_BEFORE.search(text[max(floor, begin - 24) : begin])
    if lead is not None:
        directed = gazetteer.entries_of(name_key(lead.group(1) + " " + words))
        curated = tuple(entry for entry in directed if entry.source == "curated")
        if curated:
            return curated
    return gazetteer.entries_of(key)


def _word(text: str, word: tuple[int, int]) -> str:
    return name_key(_bare(text, word))


def _bare(text: str, word: tuple[int, int]) -> str:
    return text[word[0] : word[1]].removesuffix("'s").removesuffix("’s")


def _name(
    text: str, begin: int, end: int, entries: tuple[GazetteerEntry, ...], last: int
) -> NameInPhrase:
    if text[end - 2 : end] in {"'s", "’s"} and end - begin > 3:
        end -= 2
    kind = ""
    after = _KIND_AFTER.match(text, end, end + 30)
    if after is not None and after.group(1).lower() in KIND_WORDS:
        kind = after.group(1).lower()
    else:
        before = _KIND_BEFORE.search(text[max(0, begin - 30) : begin])
        if before is not None and before.group(1).lower() in KIND_WORDS:
            kind = before.group(1).lower()
    gap = text[last:begin] if last <= begin else ""
    return NameInPhrase(Span.of(text, begin, end), entries, kind, gap)


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
    names = _names(text, Span.of(text, begin, end + len(window)), gazetteer)
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
