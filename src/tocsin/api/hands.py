"""In whose hands an item of the review queue is: taken, handed over, let go.

An assignment keeps nobody from deciding; it says who is at it. It stays with the item, also when a
decision takes the item out of the queue and an undo brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from tocsin.api.access import doorkeeper_of
from tocsin.api.errors import BadParameter
from tocsin.api.queue import QueueItem
from tocsin.store import Assignment

MAX_ITEMS: Final = 100
"""Items of the queue that one request is about at most."""
MAX_KEY_CHARS: Final = 400

ItemKey = Annotated[str, Field(min_length=1, max_length=MAX_KEY_CHARS)]


class AskedAssignment(BaseModel):
    """Items of the queue, and the reviewer who takes them; null lets go of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    items: list[ItemKey] = Field(min_length=1, max_length=MAX_ITEMS)
    reviewer: str | None = Field(min_length=1, max_length=100)


@dataclass(frozen=True, slots=True)
class Whose:
    """Which items are wanted: all, those in somebody's hands, or those in nobody's."""

    reviewer: str | None = None
    free: bool = False

    def holds(self, item: QueueItem, hands: Mapping[str, Assignment]) -> bool:
        """True where the item is wanted."""
        held = hands.get(item.key)
        if self.free:
            return held is None
        return self.reviewer is None or (held is not None and held.reviewer == self.reviewer)

    def chosen(
        self, items: Iterable[QueueItem], hands: Mapping[str, Assignment]
    ) -> tuple[QueueItem, ...]:
        """Those that are wanted, in order."""
        return tuple(item for item in items if self.holds(item, hands))


def check_reviewer(request: Request, name: str | None) -> None:
    """Raises BadParameter where a login is demanded and nobody of this name may decide."""
    keeper = doorkeeper_of(request)
    if keeper is not None and name is not None and not keeper.may_review(name):
        raise BadParameter("reviewer", f"{name} is nobody who may review")
