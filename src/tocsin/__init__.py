"""Tocsin: news reports in, one incident record out.

import tocsin

record = tocsin.open("tocsin.db")
record.incidents(since="2021-01-01", near="Mosul").to_arrow()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.notebook import Record

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(url: str | Path = "tocsin.db") -> Record:  # noqa: A001 (as gzip.open, tarfile.open)
    """The record of a store, to be read in Python: docs/python.md. Nothing can be changed by it.

    Raises StoreError where no store is at `url`, a path or `sqlite:///` URL.
    """
    from tocsin.notebook import open_record  # noqa: PLC0415 - the front door loads nothing

    return open_record(url)
