"""Extract: one article in, its reports of incidents out, as mentions with their spans."""

from __future__ import annotations

from tocsin.extract.extractor import (
    EXTRACTORS,
    SHIPPED_MODEL,
    Explainer,
    Extractor,
    open_extractor,
)

__all__ = ["EXTRACTORS", "SHIPPED_MODEL", "Explainer", "Extractor", "open_extractor"]
