"""Which places are told finely enough to name one town."""

from __future__ import annotations

from tocsin.records.vocab import PlacePrecision

FINE = frozenset(
    {
        PlacePrecision.POINT,
        PlacePrecision.SITE,
        PlacePrecision.NEAR,
        PlacePrecision.ZONE,
        PlacePrecision.SETTLEMENT,
    }
)
"""Precisions that name one town or something inside it."""
