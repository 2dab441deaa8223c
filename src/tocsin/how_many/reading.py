"""QuantityReading: what words of counting mean, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.records import Quantity, Span
from tocsin.records.vocab import Outcome


class QuantityKind(StrEnum):
    """What is counted. Only `persons` may become a casualty figure."""

    PERSONS = "persons"
    THINGS = "things"
    ORDINAL = "ordinal"
    AGE = "age"
    MONEY = "money"
    DISTANCE = "distance"
    TIME = "time"
    YEAR = "year"
    PERCENT = "percent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class QuantityReading:
    """A counting phrase with its bounds. `span` covers modifier, number and noun."""

    span: Span
    quantity: Quantity
    kind: QuantityKind
    rule: str
    """Name of the rule that set the bounds: `number`, `at_least`, `vague`, `article` ..."""
    explanation: str
    number_span: Span | None = None
    """The number words alone: "four", "19th", "dozens"."""
    noun: str | None = None
    """The counted noun in the singular, lower case, where it is known; else as written."""
    noun_span: Span | None = None
    outcome_hint: Outcome | None = None
    """What the words inside or right beside say happened to them."""
    is_part: bool = False
    """The words count some of a total: "including four children"."""
    is_ordinal: bool = False
    is_combined: bool = False
    """Killed and injured together: "killed and wounded dozens", "no casualties". A zero holds for
    both; any other figure is a toll of neither."""
    is_cumulative: bool = False
    """A running total: "bringing the death toll to 12"."""
    is_other: bool = False
    """ "three others": apart from persons counted before."""
