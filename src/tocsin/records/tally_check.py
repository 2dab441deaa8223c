"""TallyCheck: an aggregate claim beside what the record itself counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TallyVerdict(StrEnum):
    """How the record's own count stands to the claim."""

    AGREES = "agrees"
    RECORD_HAS_FEWER = "record_has_fewer"
    RECORD_HAS_MORE = "record_has_more"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An incident that fails the filter in one point only."""

    incident_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TallyCheck:
    """A tally beside the record."""

    tally_id: str
    our_count: int
    """Incidents that pass, or the least number killed in them for a tally of casualties."""
    counted: tuple[str, ...]
    """Ids of the incidents that pass, sorted."""
    near_misses: tuple[NearMiss, ...]
    gap: str
    """One sentence: what is claimed, what the record has."""
    verdict: TallyVerdict
