"""Values as a person says them, for the terminal and for pages: no codes, no terms of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.publish.phrasing import plain, value_words
from tocsin.records import Conflict, Place, Target, Weapon
from tocsin.records.vocab import ConflictVerdict, PlacePrecision
from tocsin.text.nations import nation

REPEATS = {
    ConflictVerdict.PRECISION.value: "also, less exactly",
    ConflictVerdict.WORDING.value: "also called",
    "published": "by day of publication",
}
"""Notes of statements that agree with the chosen value, and how they are led in."""
RIVALS = {
    ConflictVerdict.OPEN.value: "rival account",
    ConflictVerdict.ZONE_READING.value: "on another clock",
    ConflictVerdict.SAME_SOURCE.value: "same source",
    ConflictVerdict.ATTRIBUTION.value: "disputed",
    "recap": "in a later recap",
    "replaced by a later figure": "since replaced",
    "8": "no figure given",
}
_VERDICTS = {
    ConflictVerdict.OPEN: "unresolved",
    ConflictVerdict.ZONE_READING: "one time on two clocks",
    ConflictVerdict.WORDING: "two words for one thing",
    ConflictVerdict.PRECISION: "one is more exact than the other",
    ConflictVerdict.SAME_SOURCE: "one source says both",
    ConflictVerdict.SCOPE: "they count different things",
    ConflictVerdict.CERTAINTY: "one is surer than the other",
    ConflictVerdict.COMPLEMENTARY: "each tells a part",
    ConflictVerdict.COREFERENCE: "who is meant is inferred",
    ConflictVerdict.ATTRIBUTION: "said by some, not by all",
}
_SHOWN_BY_VALUE = frozenset({ConflictVerdict.PRECISION, ConflictVerdict.WORDING})
"""Differences that a value's own lines show already: "also, less exactly", "also called"."""
_WITHOUT_LINES = frozenset({"targets", "statements"})
"""Fields whose values have no such lines."""
_BOUNDS = re.compile(r"(?P<low>\d+)(?P<more>\+|-(?P<high>\d+))")
_TERM = re.compile(r"[a-z]+(?:[._][a-z]+)+")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def spoken(value: object) -> str:
    """A value in words: the country's name and not its code, "vehicle bomb" for `bomb.vehicle`.

    Harmless to print, as `plain` makes it.
    """
    words = value_words(value)
    if isinstance(value, Place) and value.country and value.precision is not PlacePrecision.COUNTRY:
        words = _with_country(words)
    if isinstance(value, Weapon):
        words = words.replace(value.type.value, spaced(value.type.value), 1)
    if isinstance(value, Target):
        words = words.replace(f"({value.kind.value})", f"({spaced(value.kind.value)})")
    return plain(words)


def verdict_words(verdict: ConflictVerdict) -> str:
    """Why the sides of a conflict differ, in a few words."""
    return _VERDICTS.get(verdict, verdict.value)


def told_apart(conflicts: Iterable[Conflict]) -> tuple[tuple[Conflict, ...], tuple[Conflict, ...]]:
    """Disputes; then what differs and is none, but for what a value's own lines show already."""
    disputes, explained = [], []
    for conflict in conflicts:
        if conflict.verdict is ConflictVerdict.OPEN:
            disputes.append(conflict)
        elif conflict.verdict not in _SHOWN_BY_VALUE or conflict.field in _WITHOUT_LINES:
            explained.append(conflict)
    return tuple(disputes), tuple(explained)


def conflict_label(conflict: Conflict) -> str:
    """`weapon count` for weapon_count:rocket: the field a person knows it by."""
    return conflict.field.partition(":")[0].replace("_", " ")


def spaced(term: str) -> str:
    """`ballistic missile` for missile.ballistic, `military base` for military_base."""
    family, _, kind = term.partition(".")
    kind = "" if kind == "unspecified" else kind
    return " ".join(part for part in (kind, family) if part).replace("_", " ")


def _with_country(words: str) -> str:
    """`Kirkuk, Iraq` for "Kirkuk, IQ"."""
    name, _, code = words.rpartition(", ")
    known = nation(code) if name and len(code) == 2 and code.isupper() else None
    return f"{name}, {known.name}" if known else words


def side_words(value: str) -> str:
    """The value of a side as a person says it: `at least 14` for 14+, `9 Mar 2021` for ISO."""
    found = _BOUNDS.fullmatch(value)
    if found:
        low, high = found["low"], found["high"]
        return f"{low} to {high}" if high else f"at least {low}"
    words = _ISO_DAY.sub(lambda m: f"{int(m[3])} {_MONTHS[int(m[2]) - 1]} {m[1]}", plain(value))
    words = re.sub(r"(?<=\d)T(?=\d)", " ", words)
    if _TERM.fullmatch(words):
        return spaced(words)
    return _with_country(words).replace("/", " to ")
