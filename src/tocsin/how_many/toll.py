"""Toll: how many a text says were killed and injured, all told.

The first sentence that counts an outcome gives its figure: news tells the whole first and its parts
afterwards. Items of one list are added ("a woman and her two children", "and three others"). Later
sentences change it only where they raise a running total. "Four people were shot" is a toll of
neither: it gives the injured where the dead among them are told. Where nobody is counted, a person
who is named or pointed at ("the victim died") is one. Attackers stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Final

from tocsin.how_many.bounds import Count, exact
from tocsin.how_many.pointed import pointed_at
from tocsin.how_many.read import read_quantities
from tocsin.how_many.reading import QuantityKind, QuantityReading
from tocsin.records import Quantity, Span
from tocsin.records.vocab import Outcome, QuantityStatus, VictimGroup
from tocsin.text import split_sentences

_JOINED: Final = re.compile(
    r"(?:[^.;]{0,60}?,? (?:and|as well as|while|plus) |, ?)(?:also )?(?:his|her|their|the)? ?",
)
_APART: Final = re.compile(r"(?:another|a second|a third|a fourth)\b", re.IGNORECASE)
_SOFT: Final = frozenset(
    {QuantityStatus.VAGUE, QuantityStatus.NONE_STATED, QuantityStatus.NONE_REPORTED}
)
"""How a figure is given that a later, telling one replaces."""
_ZEROES: Final = frozenset({QuantityStatus.NONE_STATED, QuantityStatus.NONE_REPORTED})


@dataclass(frozen=True, slots=True)
class TollFigure:
    """One figure of a toll, the rule that chose it, and the words it rests on."""

    quantity: Quantity
    rule: str
    """`first_told`, `running_total`, `of_the_harmed`, `pointed_at`."""
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """What a text says of the harmed; None where it says nothing."""

    killed: TollFigure | None = None
    injured: TollFigure | None = None
    attackers_killed: TollFigure | None = None


def read_toll(text: str) -> Toll:
    """The toll that a text gives of the incident it tells first. Spans are offsets into `text`."""
    sentences = [
        [reading for reading in read_quantities(text, *ends) if _may_count(reading)]
        for ends in split_sentences(text)
    ]
    killed = _told(text, sentences, _of(Outcome.KILLED))
    injured = _told(text, sentences, _of(Outcome.INJURED))
    attackers = _told(text, sentences, _are_dead_attackers)
    harmed = _told(text, sentences, _are_harmed)
    if killed is None or attackers is None or (injured is None and harmed is None):
        pointed = [reading for ends in split_sentences(text) for reading in pointed_at(text, *ends)]
        killed = killed or _pointed(pointed, _of(Outcome.KILLED))
        attackers = attackers or _pointed(pointed, _are_dead_attackers)
        injured = injured or (None if harmed else _pointed(pointed, _of(Outcome.INJURED)))
        harmed = harmed or _pointed(pointed, _are_harmed)
    if harmed is not None and (injured is None or _is_before(harmed, injured)):
        injured = _survivors(harmed, killed) or injured
    return Toll(killed, injured, attackers)


def _is_before(one: TollFigure, other: TollFigure) -> bool:
    """Whether a figure is told before another: the whole before one of its parts."""
    return one.words[0].start < other.words[0].start


_Test = Callable[[QuantityReading], bool]


def _may_count(reading: QuantityReading) -> bool:
    is_person = reading.kind is QuantityKind.PERSONS
    return is_person and not (reading.is_part or reading.is_old or reading.is_strength)


def _of(outcome: Outcome) -> _Test:
    """Readings of victims of that outcome, and words that there were none of any."""

    def is_of(reading: QuantityReading) -> bool:
        if reading.quantity.status in _ZEROES and reading.group is not VictimGroup.UNKNOWN:
            return False  # "no officers were hurt" leaves the others open
        if reading.is_combined:
            return reading.quantity.status in _ZEROES
        return reading.outcome_hint is outcome and not reading.are_attackers

    return is_of


def _are_dead_attackers(reading: QuantityReading) -> bool:
    return reading.outcome_hint is Outcome.KILLED and reading.are_attackers


def _are_harmed(reading: QuantityReading) -> bool:
    is_none = reading.quantity.status in _ZEROES
    return reading.is_combined and not is_none and not reading.are_attackers


def _told(
    text: str, sentences: Sequence[Sequence[QuantityReading]], test: _Test
) -> TollFigure | None:
    """The first sentence's figure; a later one where it is a running total, or where the first is
    vague or none."""
    figure: TollFigure | None = None
    for readings in sentences:
        chosen = [reading for reading in readings if test(reading)]
        totals = [reading for reading in chosen if reading.is_cumulative]
        if totals:
            told = TollFigure(totals[-1].quantity, "running_total", (totals[-1].span,))
        elif chosen:
            told = _sum(text, chosen)
        else:
            continue
        if figure is None or _replaces(told, figure):
            figure = told
    return figure


def _replaces(told: TollFigure, figure: TollFigure) -> bool:
    """Whether a later figure stands in place of an earlier one."""
    best = figure.quantity.best
    if figure.quantity.status in _SOFT:
        return bool(told.quantity.best)
    is_total = told.rule == "running_total" and told.quantity.best is not None
    return is_total and (best is None or (told.quantity.best or 0) >= best)


def _sum(text: str, readings: Sequence[QuantityReading]) -> TollFigure:
    """The first reading and those joined to it in a list, added."""
    joined = [readings[0]]
    for reading in readings[1:]:
        between = text[joined[-1].span.end : reading.span.start]
        is_apart = reading.is_other or _APART.match(reading.span.text)
        if not is_apart and not _JOINED.fullmatch(between):
            break
        joined.append(reading)
    count = reduce(add, map(_as_count, joined))
    return TollFigure(count.quantity("person"), "first_told", tuple(r.span for r in joined))


def _as_count(reading: QuantityReading) -> Count:
    q = reading.quantity
    return Count(q.min, q.best, q.max, reading.rule, q.approx, q.status)


def _pointed(readings: Sequence[QuantityReading], test: _Test) -> TollFigure | None:
    """One for each name, at least one where anybody is pointed at."""
    chosen = [reading for reading in readings if test(reading)]
    if not chosen:
        return None
    names = {r.span.text: r.span for r in chosen if r.rule == "named"}
    words = tuple(names.values()) or (chosen[0].span,)
    return TollFigure(exact(len(words)).quantity("person"), "pointed_at", words)


def _survivors(harmed: TollFigure, killed: TollFigure | None) -> TollFigure | None:
    """The injured among the harmed, once the dead are told; None where all died."""
    words = (*harmed.words, *(killed.words if killed else ()))
    dead = killed.quantity if killed else Quantity(0, 0, 0)
    quantity = harmed.quantity
    if quantity.best is None or dead.best is None:
        return None
    alive = quantity.best - dead.best
    return (
        TollFigure(exact(alive).quantity("person"), "of_the_harmed", words) if alive > 0 else None
    )
