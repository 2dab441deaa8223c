"""Block keys worked out anew, when the code that makes them has changed since.

The number of the code that made them stands in the header of the file (`PRAGMA user_version`), zero
in a store that has none yet. It is written in the transaction that writes the keys.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, text

from tocsin.store import reading, schema
from tocsin.store.base import BlockKeys
from tocsin.store.contexts import ReportReader
from tocsin.store.keeping import block_number


def keyed_by(connection: Connection) -> int:
    """The version that made the block keys."""
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def key_anew(
    connection: Connection, version: int, keys_of: BlockKeys, reader: ReportReader
) -> None:
    """Replace all block keys by those of the current reports, and note the version."""
    connection.execute(delete(schema.block_keys))
    for report_keys in reading.current_keys_in_steps(connection):
        found = zip(report_keys, reader.contexts(connection, report_keys), strict=True)
        rows = [
            {"block": block, "report_key": key}
            for key, context in found
            for block in sorted({block_number(name) for name in keys_of(context)})
        ]
        if rows:
            connection.execute(insert(schema.block_keys), rows)
    connection.execute(text(f"PRAGMA user_version = {version:d}"))
