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


@dataclass(frozen=True, slots=True)
class ActorMatch:
    """Words that name an actor."""

    span: Span
    entry: ActorEntry
    rule: str = "named"
    """`named`: in the catalogue; `nation-force`: nationality and force noun; `generic`: a kind."""
