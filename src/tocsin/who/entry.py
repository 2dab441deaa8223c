"""What the catalogue knows of one actor, and where it was found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records import Span
from tocsin.records.vocab import ActorClass


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One armed group, force or agency; or, without an id, a kind of actor ("gunmen")."""

    id: str | None
    """Stable name in lower-case words (`isis`, `iq-army`); None for an actor without identity."""
    name: str
    """The usual English name."""
    actor_class: ActorClass
    country: str | None = None
    """ISO 3166-1 alpha-2 of a state force, or of where a group is based; None where many."""
    parent: str | None = None
    """Id of what it belongs to."""
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """Names that other actors bear too: they are its own only where something else tells."""
    source: str = ""
    """Where the names were checked, as the catalogue's head explains."""


@dataclass(frozen=True, slots=True)
class ActorMatch:
    """Words that name or describe an actor."""

    span: Span
    entry: ActorEntry
    rule: str = "named"
    """`named`, `named_loosely`, `named_inside`: in the catalogue; `nation-force`: nationality and
    force noun; `state`: a country that acts; `generic`: a word of kind; `described`: more words."""
    nationality: str | None = None
    """ISO 3166-1 alpha-2, where the words or the catalogue tell whose the actor is."""

    @property
    def explanation(self) -> str:
        """One sentence for a reviewer: why the words are read so."""
        return _EXPLANATIONS[self.rule].format(
            name=self.entry.name, actor_class=self.entry.actor_class.value.replace("_", " ")
        )


_EXPLANATIONS = {
    "named": "the catalogue has these words as a name of {name}",
    "named_loosely": "another spelling of a name of {name}, by how transliterations differ",
    "named_inside": "{name} is the one name in these words, and nothing sets them apart from it",
    "nation-force": "a nationality before a word for a force is that state's force: {name}",
    "state": "a state called by its name acts through its forces",
    "generic": "a word for a kind of actor ({actor_class}) that names nobody",
    "described": "the noun tells the kind ({actor_class}); the words name nobody known",
}
