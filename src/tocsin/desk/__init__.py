"""The review desk: decisions made on incidents of a store, and what is offered anew.

by = By("ana", at=now, reason="one salvo, told twice")
carry_out(store, settings, merge(store, [one, other], by))
offers(store, settings)                           # decisions that new evidence speaks against
"""

from __future__ import annotations

from tocsin.desk.acts import (
    By,
    confirm,
    edit,
    keep_apart,
    made_together,
    merge,
    pin,
    reject,
    relate,
    renew,
    split,
    undo,
    undo_together,
)
from tocsin.desk.carry_out import carry_out, settle
from tocsin.desk.offers import Offer, offers

__all__ = [
    "By",
    "Offer",
    "carry_out",
    "confirm",
    "edit",
    "keep_apart",
    "made_together",
    "merge",
    "offers",
    "pin",
    "reject",
    "relate",
    "renew",
    "settle",
    "split",
    "undo",
    "undo_together",
]
