"""What a crosswalk makes of an incident: a row whose cells know their evidence, or a ruling."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tocsin.publish.phrasing import plain
from tocsin.records import Actor, Evidence, FusedField, Incident
from tocsin.records.vocab import ActorClass, ActorLevel, ActorRole, TargetKind
from tocsin.text.nations import nation


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row."""

    text: str = ""
    evidence: Evidence | None = None
    """The first words it rests on; None where it rests on none of its own."""
    rule: str = ""
    """Why it has this value, where that is not plain."""


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One row, and the incidents it stands for: several where they were folded."""

    incident_ids: tuple[str, ...]
    cells: Mapping[str, Cell]
    """By column."""
    fold_key: Hashable = None
    """Rows of one key, other than None, are one row in that data set."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """An incident that has no row of its own, and the rule that says so."""

    incident_id: str
    title: str
    rule: str
    words: str
    into: str | None = None
    """The incident whose row it was folded into; None where it was dropped."""


class Crosswalk(Protocol):
    """One data set's shape."""

    @property
    def name(self) -> str:
        """`ACLED`."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Of a row, in the data set's order."""

    def code(self, incident: Incident) -> CodedRow | Ruling:
        """An incident's row, or why it has none."""

    @property
    def added(self) -> tuple[str, ...]:
        """Columns whose counts are added up where rows are folded."""

    @property
    def joined(self) -> tuple[str, ...]:
        """Columns whose words are put one after the other then."""

    @property
    def fold_words(self) -> str:
        """Why two incidents are one row; empty where none ever are."""


ARMED = frozenset(
    {
        TargetKind.MILITARY,
        TargetKind.MILITARY_BASE,
        TargetKind.FOREIGN_MILITARY,
        TargetKind.POLICE,
        TargetKind.MILITIA,
    }
)
"""Targets that shoot back."""
AUTHORS = (ActorRole.PERPETRATOR, ActorRole.CLAIMED)
"""Roles that make somebody the author, the surer first. To be blamed or suspected does not."""
SUFFERERS = (ActorRole.TARGET, ActorRole.VICTIM)


def words_of(field: FusedField[Any] | None) -> Evidence | None:
    """The first words a value rests on."""
    return field.evidence[0] if field is not None and field.evidence else None


def actor_in(incident: Incident, roles: tuple[ActorRole, ...]) -> FusedField[Actor] | None:
    """The first actor in the first of these roles that anyone has in this very incident."""
    for role in roles:
        for field in incident.actors:
            if field.value.role is role and field.value.level is ActorLevel.INCIDENT:
                return field
    return None


def class_of(field: FusedField[Actor] | None) -> ActorClass:
    """The actor's class; unknown where there is none."""
    return field.value.actor_class if field is not None else ActorClass.UNKNOWN


def hits_armed(incident: Incident) -> bool:
    """True where something armed was hit, and nobody says that civilians were."""
    kinds = {field.value.kind for field in incident.targets}
    return bool(kinds & ARMED) and TargetKind.CIVILIANS not in kinds


def country_name(code: str | None) -> str:
    """`Iraq` for IQ; the code itself where it is nobody's."""
    known = nation(code) if code else None
    return known.name if known else code or ""


def no_row(incident: Incident, rule: str, words: str) -> Ruling:
    """A ruling that drops the incident."""
    return Ruling(incident.id, plain(incident.title), rule, words)
