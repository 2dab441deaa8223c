"""The record frozen into one file that can be cited, checked, compared and loaded again.

    create(store, path, Dataset("Attacks on health care", "2026.1")) -> Manifest
    with open_snapshot(path) as snapshot: ...     its manifest, incidents, sources, decisions
    compare(old, new)                             what came, went and changed, field by field
    load(snapshot, store)                         the same record in an empty store

The same record gives the same snapshot: no clock and no order of arrival goes into it, and its id
is that of its content.
"""

from __future__ import annotations

from tocsin.snapshot.archive import Snapshot, open_snapshot
from tocsin.snapshot.compare import Difference, Kind, compare
from tocsin.snapshot.create import create
from tocsin.snapshot.loading import load
from tocsin.snapshot.manifest import Dataset, Manifest, PartDigest

__all__ = [
    "Dataset",
    "Difference",
    "Kind",
    "Manifest",
    "PartDigest",
    "Snapshot",
    "compare",
    "create",
    "load",
    "open_snapshot",
]
