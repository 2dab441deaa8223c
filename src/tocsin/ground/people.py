"""Actors and sources: who did it, who says so."""

from __future__ import annotations

import re

from tocsin.records import (
    Actor,
    ActorMention,
    Claim,
    ReportMention,
    Source,
    Span,
)
from tocsin.records.vocab import ActorClass, ActorRole
from tocsin.text.nations import nation_of
from tocsin.who import ActorCatalogue, ActorEntry


def actors_of(
    mention: ReportMention, catalogue: ActorCatalogue, text: str, country: str | None = None
) -> tuple[Claim[Actor], ...]:
    """A claim per actor and role, with the catalogue's name where it knows exactly this one.

    `text` is the article's, `country` (ISO 3166-1 alpha-2) is where the report is, if that is
    known: a state's force abroad is an external force.
    """
    return tuple(_actor(actor, catalogue, text, country) for actor in mention.actors)


def _actor(
    mention: ActorMention, catalogue: ActorCatalogue, text: str, country: str | None
) -> Claim[Actor]:
    span = mention.span
    entry = catalogue.look_up(mention.name, country=country) if mention.name else None
    if entry is None:
        read = catalogue.read(span.text, country=country)
        # a country is a place unless its role makes it act
        is_read = read is not None and (read.rule != "state" or mention.role in DOING_ROLES)
        entry = read.entry if read is not None and is_read else None
    if (entry is None or entry.id is None) and mention.role in DOING_ROLES:
        entry = _force_ahead(span, text, catalogue) or entry
    return Claim(
        Actor(
            name=entry.name if entry and (entry.id or entry.country) else mention.name or span.text,
            role=mention.role,
            level=mention.level,
            actor_class=_class_at(entry, country),
            canonical_id=entry.id if entry else None,
        ),
        (span,),
        attributions=(mention.by,) if mention.by else (),
        confidence=mention.confidence,
    )


def _class_at(entry: ActorEntry | None, country: str | None) -> ActorClass:
    """The entry's class, seen from the country where it acts."""
    if entry is None:
        return ActorClass.UNKNOWN
    is_abroad = country is not None and entry.country not in {None, country}
    if entry.actor_class is ActorClass.STATE_FORCES and is_abroad:
        return ActorClass.EXTERNAL_FORCES
    return entry.actor_class


def _force_ahead(span: Span, text: str, catalogue: ActorCatalogue) -> ActorEntry | None:
    """The force of "the Iranian" where the article goes on with its noun: "navy", "missiles"."""
    adjective = span.text.split()[-1:] or [""]
    if nation_of(adjective[0]) is None:
        return None
    stops = [m.end() for m in NEXT_WORDS.finditer(text, span.end, span.end + FORCE_CHARS)]
    for stop in reversed(stops[:MAX_FORCE_WORDS]):
        ahead = text[span.end : stop]
        if not ONE_SPACED.fullmatch(ahead):
            continue
        entry = catalogue.look_up(f"{adjective[0]}{ahead}")
        if entry is not None and entry.actor_class is ActorClass.STATE_FORCES:
            return entry
    return None


DOING_ROLES = frozenset(
    {ActorRole.PERPETRATOR, ActorRole.CLAIMED, ActorRole.DENIED, ActorRole.BLAMED}
)
"""Roles in which a nationality stands for what its state does, and never for a person."""

FORCE_CHARS = 40
MAX_FORCE_WORDS = 3
NEXT_WORDS = re.compile(r"(?<=[ -])[A-Za-z]+(?![\w-])")
ONE_SPACED = re.compile(r"(?:[ -][A-Za-z]+)+")


def sources_of(mention: ReportMention) -> tuple[Claim[Source], ...]:
    """A claim per speaker cited."""
    return tuple(
        Claim(Source(source.span.text, source.kind), (source.span,), confidence=source.confidence)
        for source in mention.sources
    )
