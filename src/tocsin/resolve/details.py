"""Rare details of a report: what two accounts of different incidents seldom share by chance.

Read from the report's own sentences: full names of persons, streets, ages, stated distances. A name
that the report uses as place, actor, speaker or outlet is no detail: those recur across incidents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.records import Report
from tocsin.resolve.words import lexicon, normalise

_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]*+[.]?(?:[ ]++[A-Z][\w'’-]*+[.]?){1,5}")
# possessive: a page of capitals or blanks must not be walked back and forth
_CAPITALISED_WORD = re.compile(r"\b[A-Z][\w'’]+")
_PLACE_BEFORE = re.compile(r"(?:\b(?:in|at|near|from|outside|around|to)|, of)\s$")
_PEOPLE_AFTER = re.compile(
    r"[ ](?:boy|girl|man|woman|teen|teenager|couple|family|resident|residents|native|home|house|"
    r"area|neighbou?rhood|apartment|school|police)\b"
)
_NUMBERED_STREET = re.compile(r"\d+(?:st|nd|rd|th)[ ]+(?:[A-Z][a-z]+)")
_AGE = re.compile(r"\b(\d{1,3})[ -]years?[ -]old\b|\baged?[ ](\d{1,3})\b|,[ ](\d{1,2}),", re.ASCII)
_MAX_AGE = 110
MIN_NAME_LETTERS = 4
MAX_CHARS = 8000
"""Of the sentences of one report: the rest is not read for details."""


@dataclass(frozen=True, slots=True)
class Details:
    """Normalised; empty sets where nothing of the kind is told."""

    persons: frozenset[str] = frozenset()
    """Full names: two capitalised words or more, neither institution nor place nor actor."""
    streets: frozenset[str] = frozenset()
    ages: frozenset[int] = frozenset()
    """Years."""
    distances_m: frozenset[int] = frozenset()
    """Stated distances to landmarks, to ten metres."""


def sentences_text(report: Report) -> str:
    """The sentences of a report as one text, at most `MAX_CHARS` long, a line each.

    A report without sentences gives its own spans' words instead.
    """
    spans = report.sentences or (report.trigger,)
    return "\n".join(span.text for span in spans)[:MAX_CHARS]


def named_words(report: Report, limit: int) -> tuple[str, ...]:
    """The first `limit` capitalised words of the sentences that may name a place, lower case."""
    lists = lexicon()
    known = lists["function"] | lists["trade"] | lists["calendar"] | lists["titles"]
    known |= lists["statesmen"] | lists["streets"] | lists["institutions"]
    found: dict[str, None] = {}
    for match in _CAPITALISED_WORD.finditer(sentences_text(report)):
        word = normalise(match.group())
        if word not in known and len(word) >= MIN_NAME_LETTERS:
            found.setdefault(word)
        if len(found) == limit:
            break
    return tuple(found)


def read_details(report: Report) -> Details:
    """The rare details of one report."""
    text = sentences_text(report)
    streets: set[str] = set()
    persons: set[str] = set()
    known = _known_names(report)
    for kind, name in _names(text):
        if kind == "street":
            streets.add(name)
        elif not _is_known(name, known):
            persons.add(name)
    ages = {int(next(filter(None, found.groups()))) for found in _AGE.finditer(text)}
    distances = {
        round(claim.value.distance_m / 10) * 10
        for claim in report.places
        if claim.value.distance_m is not None
    }
    return Details(
        frozenset(persons),
        frozenset(streets),
        frozenset(age for age in ages if 0 < age <= _MAX_AGE),
        frozenset(distances),
    )


def _names(text: str) -> Iterator[tuple[str, str]]:
    """(kind, normalised name) of the capitalised runs of `text`: `street` or `person`."""
    lists = lexicon()
    ends, institutions = lists["streets"], lists["institutions"]
    dropped = lists["titles"] | lists["calendar"] | lists["function"]
    for found in _NUMBERED_STREET.finditer(text):
        words = normalise(found.group()).split()
        if words[-1] in ends:
            yield "street", " ".join(words)
    for found in _CAPITALISED.finditer(text):
        words = normalise(found.group()).split()
        if not lists["statesmen"].isdisjoint(words):
            continue  # heads of state stand in news of every kind
        words = [word for word in words if word not in dropped]
        while words and words[0] in lists["trade"]:
            words = words[1:]
        if len(words) < 2:
            continue
        if words[-1] in ends and words[-1] != "place":
            yield "street", " ".join(words[-3:])
        elif _stands_as_place(text, found.start(), found.end()):
            continue
        elif not institutions.intersection(words) and not lists["trade"].intersection(words):
            yield "person", " ".join(words)


def _stands_as_place(text: str, start: int, end: int) -> bool:
    """True where the words around a name make it a place: "in N N", ", of N N", "a N N man"."""
    before = text[max(0, start - 12) : start]
    return bool(_PLACE_BEFORE.search(before) or _PEOPLE_AFTER.match(text, end))


def _known_names(report: Report) -> frozenset[str]:
    names = {normalise(claim.value.name) for claim in report.places}
    if report.place:
        place = report.place.value
        names |= {normalise(n) for n in (place.name, place.admin1, place.admin2) if n}
    names |= {normalise(claim.value.name) for claim in report.actors}
    names |= {normalise(claim.value.name) for claim in report.sources}
    evidences = [claim.evidence for claim in report.places]
    evidences += [claim.evidence for claim in report.actors]
    evidences += [claim.evidence for claim in report.sources]
    names |= {normalise(span.text) for spans in evidences for span in spans}
    return frozenset(name for name in names if name)


def _is_known(name: str, known: frozenset[str]) -> bool:
    return any(f" {name} " in f" {other} " or f" {other} " in f" {name} " for other in known)
