"""Long lists of ids cut into pieces a single statement can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MAX_PARAMETERS = 500
"""Far below SQLite's oldest limit of 999, and large enough that statements are few."""


def batches(items: Sequence[T], size: int = MAX_PARAMETERS) -> Iterator[Sequence[T]]:
    """Consecutive pieces of at most `size`; none for an empty list."""
    for at in range(0, len(items), size):
        yield items[at : at + size]
