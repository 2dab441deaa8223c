"""QuantityReading: what words of counting mean, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.records import Quantity, Span
from tocsin.records.vocab import Outcome, VictimGroup


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


class CountMark(StrEnum):
    """What else the words say of a count."""

    PART = "part"
    OLD = "old"
    CUMULATIVE = "cumulative"
    COMBINED = "combined"
    OTHER = "other"
    STRENGTH = "strength"
    ATTACKERS = "attackers"
    ORDINAL = "ordinal"


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
    is_old: bool = False
    """A figure that the words replace: "from five to nine", "an earlier toll of seven"."""
    is_strength: bool = False
    """How many there are, and not what befell them: "5,200 troops are stationed"."""
    group: VictimGroup = VictimGroup.UNKNOWN
    """Of whom the counted are, where their noun tells."""
    nationality: str | None = None
    """ISO 3166-1 alpha-2, where the words name one nation: "three Iraqi policemen"."""
    are_attackers: bool = False
    """The counted are those who did it; they stand apart from the victims."""

    @property
    def marks(self) -> tuple[CountMark, ...]:
        """The marks that hold, in the order of the enumeration."""
        holds = {
            CountMark.PART: self.is_part,
            CountMark.OLD: self.is_old,
            CountMark.CUMULATIVE: self.is_cumulative,
            CountMark.COMBINED: self.is_combined,
            CountMark.OTHER: self.is_other,
            CountMark.STRENGTH: self.is_strength,
            CountMark.ATTACKERS: self.are_attackers,
            CountMark.ORDINAL: self.is_ordinal,
        }
        return tuple(mark for mark in CountMark if holds[mark])
