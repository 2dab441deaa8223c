"""Outcomes: killed or injured, by the words about a figure.

A reader that finds "four people were shot" has found four people who were harmed, and must call
them something. Here the words are asked first: a verb of dying or of hurting about the figure gives
its outcome. Words that leave it open ("were shot", "sent four people to hospital") tell of the
injured where the report speaks of no death at all, and where it counts the dead, of them and of
those who lived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from tocsin.how_many import QuantityKind, QuantityReading, read_quantities
from tocsin.how_many.lexicon import HARMED, OUTCOMES
from tocsin.records import Span
from tocsin.records.vocab import Outcome

_WORD = re.compile(r"[^\W\d_]+")
_DYING = frozenset(word for word, outcome in OUTCOMES.items() if outcome is Outcome.KILLED) | {
    *("fatal", "deadly", "lethal", "life", "murder", "murders", "homicide", "homicides", "killer"),
    *("manslaughter", "suicide", "slaying", "slayings", "assassination", "execution", "massacre"),
    *("funeral", "autopsy", "coroner", "morgue", "mourning", "succumbed", "claimed", "toll"),
}
_MOSTLY_DEADLY = frozenset({"bombing", "shelling", "beheading"})
"""Of those whom these reach, a reader who says "killed" is seldom wrong."""
_LIVING = frozenset(word for word, outcome in OUTCOMES.items() if outcome is Outcome.INJURED) | {
    *("hospital", "hospitals", "clinic", "ambulance", "condition", "stable", "surgery"),
    *("treated", "recovering", "survive", "survived"),
}
_HARMING = HARMED | {"shooting", "stabbing", "hit", "struck"}
_UNHURT_LIFE = re.compile(r"(?i)\b(?:non-?|not (?:be(?:lieved|ing) )?(?:to be )?)life[- ]threat\w*")
""" "Non-life-threatening" speaks of no death."""


class Fate(StrEnum):
    """What the words about a figure say of those it counts."""

    KILLED = "killed"
    INJURED = "injured"
    HARMED = "harmed"
    """Shot, hit, taken to hospital: it may have been deadly or not."""
    UNSAID = "unsaid"


def speaks_of_death(text: str) -> bool:
    """True where words of dying stand in a text."""
    words = _WORD.findall(_UNHURT_LIFE.sub("", text).lower())
    return not (_DYING | _MOSTLY_DEADLY).isdisjoint(words)


def sentence_of(span: Span, sentences: Iterable[Span]) -> Span | None:
    """The sentence that holds a span; None where none does."""
    return next((one for one in sentences if one.contains(span)), None)


def fate_of(text: str, span: Span, sentences: Sequence[Span]) -> Fate:
    """What the words of its sentence say of the figure at `span` of `text`."""
    sentence = sentence_of(span, sentences)
    if sentence is None:
        return Fate.UNSAID
    readings = [
        reading
        for reading in read_quantities(text, sentence.start, sentence.end)
        if reading.kind is QuantityKind.PERSONS
    ]
    about = next((one for one in readings if one.span.overlaps(span)), None)
    if about is not None and about.outcome_hint in {Outcome.KILLED, Outcome.INJURED}:
        return Fate(about.outcome_hint.value)
    if about is not None and about.is_combined and _has_fewer_dead(about, readings):
        return Fate.HARMED
    if speaks_of_death(sentence.text):
        return Fate.UNSAID
    words = _WORD.findall(sentence.text.lower())
    return Fate.UNSAID if (_LIVING | _HARMING).isdisjoint(words) else Fate.HARMED


def _has_fewer_dead(harmed: QuantityReading, readings: Sequence[QuantityReading]) -> bool:
    """ "One person is dead after a gunman shot five": a smaller figure of the dead beside."""
    return any(
        one.outcome_hint is Outcome.KILLED
        and 0 < (one.quantity.best or one.quantity.min or 0) < (harmed.quantity.best or 0)
        for one in readings
    )
