"""The record in Python: read-only, typed, and shown as tables in a notebook.

record = tocsin.open("tocsin.db")
attacks = record.incidents(since="2021-01-01", near="Mosul", within_km=30)
attacks.to_arrow()                       # to_pandas(), to_polars() where those are installed
record.incident("inc_94aea14d").evidence("killed")[0].text
"""

from __future__ import annotations

from tocsin.notebook.one import OneIncident, Quote
from tocsin.notebook.record import Record, open_record
from tocsin.notebook.selection import Incidents

__all__ = ["Incidents", "OneIncident", "Quote", "Record", "open_record"]
