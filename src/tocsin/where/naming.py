"""Names inside the words of a place phrase: known ones, and capitalised runs that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.records import Span
from tocsin.text.nations import nation_named, nation_of
from tocsin.where.entry import GazetteerEntry
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.place_words import KIND_WORDS, MODIFIERS, SITE_WORDS
from tocsin.where.spotting import capitalised_runs, never_words

_SEPARATORS = frozenset({"and", "&", "of", "of the", "y", "e", "on", "sur"})
_BIG_PEOPLE = 100_000
_DIRECTION_BEFORE = re.compile(
    r"\b((?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|upper|lower) $", re.IGNORECASE
)
_KIND_AFTER = re.compile(r"(?:['’]s)?[\s-]+([A-Za-z]+)\b")
_KIND_BEFORE = re.compile(r"\b([A-Za-z]+) of (?:the )?(?:[a-z]+ )?$")
_HELD_WORD = re.compile(r".-(?:held|backed|led|run|controlled|dominated|ruled|besieged|occupied)$")
"""Ends of words that say who holds a place: "IS-held" is no name."""
_ARTICLE_WORD = re.compile(r"[Aa][lnrstz]h?-")
"""Begins a word that goes on with an Arabic name: "Bab al-Nayrab" is not Bab."""


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


def names_in(text: str, span: Span, gazetteer: Gazetteer) -> list[NameInPhrase]:
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
    while unit and _HELD_WORD.search(_bare(text, unit[0])):
        unit = unit[1:]
    while unit:
        code = nation_of(_bare(text, unit[0])) if len(_bare(text, unit[0])) > 2 else None
        code = code or (nation_of(_bare(text, unit[0])) if _bare(text, unit[0]) == "US" else None)
        if code is None and _bare(text, unit[0]).endswith("s"):
            # "Syrias second city": an apostrophe was lost
            code = nation_named(_bare(text, unit[0])[:-1])
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
        goes_on = bool(rest) and _ARTICLE_WORD.match(text, rest[0][0]) is not None
        if entries and (not rest or is_possessive or (is_big(entries) and not goes_on)):
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
    if len(key) < 2 or key in never_words() or key in KIND_WORDS | SITE_WORDS:
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
