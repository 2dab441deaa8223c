"""Regions: what each stretch of an article's text is, with nothing cut out of it."""

from __future__ import annotations

from tocsin.records import Region
from tocsin.records.vocab import RegionKind


def mark_regions(text: str, title: str | None = None) -> tuple[Region, ...]:
    """Sorted regions that cover the text exactly."""
    return (Region(0, len(text), RegionKind.BODY),) if text else ()
