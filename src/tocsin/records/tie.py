"""Tie: two reports whose pair score is enough to join them."""

from __future__ import annotations

from typing import NamedTuple


class Tie(NamedTuple):
    """What a store remembers of such a pair: a score follows from its two reports alone, so one
    that was worked out stands until one of them changes.

    A tuple, because an incident of a hundred reports has thousands.
    """

    a: str
    """Report id, the smaller of the two."""
    b: str
    score: float
    """0..1."""
    log_odds: float
    """Natural logarithm of the odds: tells apart scores that are all but one."""

    def other(self, report_id: str) -> str:
        """The report at the other end."""
        return self.b if report_id == self.a else self.a


class KnownTies(NamedTuple):
    """What is remembered of some reports."""

    looked: frozenset[str]
    """Ids of those that looked for candidates before."""
    ties: tuple[Tie, ...]
    """All ties that have one of these at an end, each once, sorted."""
