"""The words of page furniture and agency credits, loaded once from data files."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Furniture:
    """`furniture.toml`, compiled."""

    lines: frozenset[str]
    """Whole lines that are boilerplate, folded as `fold_line` does."""
    headings: frozenset[str]
    """Whole lines below which other stories are listed, folded."""
    heading: re.Pattern[str]
    """Matches such a line in one of its many wordings, folded."""
    loose_heading: re.Pattern[str]
    """Matches a line, folded, that could head a section of the body too."""
    author_headings: frozenset[str]
    """Whole lines above a box about the author, folded."""
    author_words: re.Pattern[str]
    """Finds a word that such boxes hold."""
    line: re.Pattern[str]
    """Matches a whole line of boilerplate."""
    inline: re.Pattern[str]
    """Finds boilerplate inside running text."""
    label_line: re.Pattern[str]
    """Matches the label at the start of a line that links to another story."""
    label_inline: re.Pattern[str]
    """Finds such a label inside running text."""
    list_label: re.Pattern[str]
    """Matches, at the start of a line, a label or heading with a list on the same line; its group
    `loose` took part where the label could open a sentence of the body too."""
    tail_label: re.Pattern[str]
    """Finds a label or heading of any kind before a list that ends its paragraph."""
    opening_words: frozenset[str]
    """Words that open sentences."""
    binding_words: frozenset[str]
    """Words after which neither a headline nor a sentence can end."""
    notice: re.Pattern[str]
    """Matches the start of an editorial notice; the group that took part names its kind."""
    notice_headings: frozenset[str]
    """Whole lines above a notice, folded."""
    below_notice_heading: re.Pattern[str]
    """Finds words that show the line below such a heading to be the notice."""
    correcting: re.Pattern[str]
    """Finds words inside a notice that make it a correction."""
    going_on: re.Pattern[str]
    """Matches the start of a sentence with which a correction goes on."""
    changes: re.Pattern[str]
    """Matches, behind the label of an update, words that list changes and are no news."""


@dataclass(frozen=True, slots=True)
class Credits:
    """`credits.toml`, compiled."""

    names: dict[str, str]
    """Each way of writing an agency, to the name kept for it."""
    agency: str
    """Pattern text of any agency, longest first; no groups."""
    unnamed: str
    """Pattern text of credits to agencies left unnamed; no groups."""
    cities: str
    """Pattern text of the cities that stand alone in datelines; no groups."""
    not_cities: frozenset[str]
    """Upper-case words that stand before a dash without being a place."""
    not_agencies: frozenset[str]
    """Words that no agency has in its name, lower case."""


def fold_line(line: str) -> str:
    """Lower case, outer punctuation and space removed, inner space single, quotes straight."""
    return " ".join(line.replace("’", "'").casefold().split()).strip(" \t.,:;!…»›>|•·-–—*+()[]")


@functools.cache
def furniture() -> Furniture:
    """The furniture lexicon."""
    data = _load("furniture.toml")
    boilerplate, related = data["boilerplate"], data["related"]
    labels = _any_of(related["labels"])
    loose = "(?:" + "|".join(related["loose_label_patterns"]) + ")"
    # behind a heading, what follows without a colon is a list only by its numbers or bullets
    list_label = rf"(?:{labels}|(?P<loose>{loose}))(?:\s?[:|]\s+(?=\S)|\s+(?=\(?1[.)]\s|[•·▪►●■]))"
    others = ("labels", "headings", "below_heading", "correcting", "going_on", "changes")
    said = {name: data["notice"].pop(name) for name in others}
    notices = "|".join(
        f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in data["notice"].items()
    )
    return Furniture(
        lines=frozenset(map(fold_line, boilerplate["lines"])),
        headings=frozenset(map(fold_line, related["headings"])),
        heading=re.compile("|".join(related["heading_patterns"])),
        loose_heading=re.compile("|".join(related["loose_heading_patterns"])),
        author_headings=frozenset(data["author"]["headings"]),
        author_words=re.compile(rf"\b(?:{'|'.join(data['author']['words'])})\b", re.IGNORECASE),
        line=re.compile("|".join(boilerplate["line_patterns"]), re.IGNORECASE),
        inline=re.compile("|".join(boilerplate["inline_patterns"])),
        label_line=re.compile(rf"\W{{0,4}}{labels}\s?(?::|\||–|—|-(?=\s))\s*"),
        list_label=re.compile(rf"\W{{0,4}}{list_label}"),
        tail_label=re.compile(rf"(?<=[.!?)\]\"”’])\s+{list_label}"),
        opening_words=frozenset(related["opening_words"]),
        binding_words=frozenset(related["binding_words"]),
        # after the end of a sentence or of a bracket, so that no label is found in mid-sentence
        label_inline=re.compile(rf"(?<=[.!?)\]\"”’])\s+{labels}:\s+(?=\S)"),
        notice=re.compile(
            rf"[\W_]{{0,4}}(?:(?:{'|'.join(said['labels'])})\s?(?::|--|[-–—|])\s{{0,2}})?(?:{notices})",
            re.IGNORECASE,
        ),
        notice_headings=frozenset(said["headings"]),
        below_notice_heading=re.compile(rf"\b(?:{'|'.join(said['below_heading'])})", re.IGNORECASE),
        correcting=re.compile("|".join(said["correcting"]), re.IGNORECASE),
        going_on=re.compile("|".join(said["going_on"]), re.IGNORECASE),
        changes=re.compile("|".join(said["changes"])),
    )


@functools.cache
def credit_words() -> Credits:
    """The agency lexicon."""
    data = _load("credits.toml")
    names = {name: group[0] for group in data["agencies"] for name in group}
    return Credits(
        names=names,
        agency=_any_of(names),
        unnamed=_any_of(data["unnamed"]),
        cities=_any_of(data["cities"]),
        not_cities=frozenset(data["not_cities"]),
        not_agencies=frozenset(data["not_agencies"]),
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("tocsin.read").joinpath(name).read_text(encoding="utf-8"))


def _any_of(words: Any) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"
