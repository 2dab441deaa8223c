"""Step 5, agree? The reports of one cluster to one Incident; relations and tallies beside it."""

from __future__ import annotations

from tocsin.fuse.fuse import fuse, retitle
from tocsin.fuse.origins import share_origins
from tocsin.fuse.relations import relate
from tocsin.fuse.sources import cited_sources
from tocsin.fuse.tallies import check_tally
from tocsin.fuse.title import write_title

__all__ = [
    "check_tally",
    "cited_sources",
    "fuse",
    "relate",
    "retitle",
    "share_origins",
    "write_title",
]
