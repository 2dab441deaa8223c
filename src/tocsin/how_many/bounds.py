"""Words to bounds: the incident model's table, as functions of one figure.

Only guarantees become bounds, and `best` is set only where the words give a figure. "About N" gives
the figure N, marked approximate, as its bounds too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tocsin.records import Quantity
from tocsin.records.vocab import QuantityStatus


@dataclass(frozen=True, slots=True)
class Count:
    """Bounds on the way to a Quantity, with the rule that set them."""

    min: int | None
    best: int | None
    max: int | None
    rule: str
    approx: bool = False
    status: QuantityStatus = QuantityStatus.STATED

    def quantity(self, unit: str) -> Quantity:
        """The record form."""
        return Quantity(self.min, self.best, self.max, self.approx, unit, self.status)

    def __add__(self, other: Count) -> Count:
        """Both together: "a woman and her two children". Unknown bounds stay unknown."""

        def total(one: int | None, two: int | None) -> int | None:
            return None if one is None or two is None else one + two

        vague = QuantityStatus.VAGUE in (self.status, other.status)
        return Count(
            (self.min or 0) + (other.min or 0),
            total(self.best, other.best),
            total(self.max, other.max),
            "sum",
            self.approx or other.approx,
            QuantityStatus.VAGUE if vague else QuantityStatus.STATED,
        )


def exact(number: int, rule: str = "number") -> Count:
    """ "seven": all three the same."""
    return Count(number, number, number, rule)


def vague(least: int, rule: str = "vague") -> Count:
    """ "several": a lower bound alone."""
    return Count(least, None, None, rule, status=QuantityStatus.VAGUE)


def about(number: int) -> Count:
    """ "about seven": the figure, approximate."""
    return Count(number, number, number, "about", approx=True)


def at_least(number: int) -> Count:
    """ "at least seven"."""
    return Count(number, None, None, "at_least")


def more_than(number: int) -> Count:
    """ "more than seven": eight or more."""
    return Count(number + 1, None, None, "more_than")


def up_to(number: int) -> Count:
    """ "up to seven", "nearly seven": an upper bound alone."""
    return Count(None, None, number, "up_to")


def less_than(number: int) -> Count:
    """ "fewer than seven": six at most."""
    return Count(None, None, max(number - 1, 0), "less_than")


def between(low: int, high: int) -> Count:
    """ "2-3", "between five and seven": both ends hold."""
    low, high = sorted((low, high))
    return Count(low, low if low == high else None, high, "range")


def none_stated() -> Count:
    """ "no casualties": the words say that there were none."""
    return Count(0, 0, 0, "none_stated", status=QuantityStatus.NONE_STATED)


def none_reported() -> Count:
    """ "no reports of casualties": none known, which excludes nothing."""
    return Count(0, 0, None, "none_reported", status=QuantityStatus.NONE_REPORTED)


RULES: Final[dict[str, Callable[[int], Count]]] = {
    "at_least": at_least,
    "more_than": more_than,
    "up_to": up_to,
    "less_than": less_than,
    "about": about,
    "exactly": exact,
}


def modify(count: Count, rule: str) -> Count:
    """The count under a modifier. A vague count keeps its lower bound, whatever stands before it;
    "up to several dozen" loses it."""
    if count.status is QuantityStatus.VAGUE:
        if rule in {"up_to", "less_than"}:
            return Count(None, None, None, "vague", status=QuantityStatus.VAGUE)
        return count
    if count.rule == "range":
        if rule == "at_least":
            return at_least(count.min or 0)
        if rule in {"up_to", "less_than"}:
            return up_to(count.max or 0)
        return replace(count, approx=count.approx or rule == "about")
    if count.best is None or rule == "exactly":
        # "an estimated at least 50": the nearer modifier stands
        return count
    changed = RULES[rule](count.best)
    return replace(changed, approx=changed.approx or (count.approx and changed.best is not None))


_SENTENCES: Final = {
    "number": "the words give the figure",
    "article": "a singular noun with its article is one",
    "headline": "a singular noun of a headline is one",
    "at_least": "the words bound it from below",
    "more_than": "more than N is N + 1 or more",
    "up_to": "the words bound it from above",
    "less_than": "fewer than N is N - 1 at most",
    "about": "the words give an approximate figure",
    "range": "the words give both ends",
    "vague": "the word guarantees only a lower bound",
    "singular": "a singular noun is one",
    "named": "a named person is one",
    "plural": "a plural is at least two",
    "sum": "the parts joined by 'and' are added",
    "ordinal": "names a place in a series, counts nobody",
}


def explain(count: Count) -> str:
    """One sentence that says why a rule sets its bounds so."""
    return _SENTENCES.get(count.rule, count.rule)
