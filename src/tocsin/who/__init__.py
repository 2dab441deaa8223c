"""Who: actor words to known actors and their classes. Usable alone.

catalogue = ActorCatalogue.open()
catalogue.look_up("ISIL").name                # "Islamic State"
catalogue.look_up("Iraqi army").id            # "iq-army"
"""

from __future__ import annotations

from tocsin.who.catalogue import ActorCatalogue
from tocsin.who.entry import ActorEntry, ActorMatch

__all__ = ["ActorCatalogue", "ActorEntry", "ActorMatch"]
