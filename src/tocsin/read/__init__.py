"""Reading in: files, folders, globs, standard input and URLs become Articles, or refusals."""

from __future__ import annotations

from tocsin.read.build import build_article
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft, GivenMetadata
from tocsin.read.inputs import read_inputs
from tocsin.read.notices import EditorialStatus, editorial_status
from tocsin.read.regions import mark_regions

__all__ = [
    "Draft",
    "EditorialStatus",
    "GivenMetadata",
    "ReadSettings",
    "build_article",
    "editorial_status",
    "mark_regions",
    "read_inputs",
]
