"""Extract: one article in, its reports of incidents out, as mentions with their spans."""

from __future__ import annotations

from tocsin.extract.extractor import EXTRACTORS, Explainer, Extractor, open_extractor

__all__ = ["EXTRACTORS", "Explainer", "Extractor", "open_extractor"]
