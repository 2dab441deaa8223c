"""What one query is judged by: where it stands, and what the article says around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.where.entry import GazetteerEntry
from tocsin.where.evidence import ArticleEvidence

HALF_SHARE = 0.12
"""Share at which a country has half of its weight: being spoken of counts, how often hardly."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The article as heard from one place in it."""

    at: int
    """Offset of the query."""
    shares: dict[str, float]
    """Country to its share 0..1 of what the article says about where it plays."""
    evidence: ArticleEvidence
    memo: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)
    """Division shares by country and own key: every homonym asks for the same."""

    def divisions(self, country: str, own_key: str) -> dict[str, float]:
        """The article's votes for the first-level divisions of a country, as shares 0..1."""
        known = self.memo.get((country, own_key))
        if known is None:
            known = self.evidence.division_shares(self.at, country, own_key)
            self.memo[country, own_key] = known
        return known

    def share(self, entry: GazetteerEntry) -> float:
        """The share of the entry's country, the largest where it touches several."""
        return max((self.shares.get(code, 0.0) for code in entry.countries), default=0.0)

    def division_share(self, entry: GazetteerEntry, own_key: str) -> float:
        """The weight 0..1 of the entry's first-level division among those the article names.

        Weighed like a country's: being spoken of counts, how often hardly. 0 for divisions of
        countries of which the article names none.
        """
        if entry.country is None or entry.admin1 is None:
            return 0.0
        share = self.divisions(entry.country, own_key).get(entry.admin1, 0.0)
        return share / (share + HALF_SHARE)


def with_beside(shares: dict[str, float], beside: Sequence[GazetteerEntry]) -> dict[str, float]:
    """Shares in which the places of the same report have half the say."""
    codes = [entry.country for entry in beside if entry.country]
    if not codes:
        return shares
    mixed = {code: share * 0.5 for code, share in shares.items()}
    for code in codes:
        mixed[code] = mixed.get(code, 0.0) + (0.5 if shares else 1.0) / len(codes)
    return mixed
