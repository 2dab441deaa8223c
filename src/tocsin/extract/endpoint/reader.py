"""The reader: an endpoint's answer, verified, as a reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

import structlog

from tocsin.errors import SettingsError
from tocsin.extract.endpoint.answer import Answered, AnsweredIncident
from tocsin.extract.endpoint.asking import Endpoint, Usage
from tocsin.extract.endpoint.config import EndpointSettings
from tocsin.extract.endpoint.verify import Verifier
from tocsin.extract.sentences import read_sentences
from tocsin.records import (
    ActorMention,
    Article,
    CasualtyMention,
    PlaceMention,
    Reading,
    ReportMention,
    SourceMention,
    Span,
    TargetMention,
    TimeMention,
    WeaponMention,
)
from tocsin.records.vocab import (
    ActorRole,
    IncidentType,
    Outcome,
    PlaceRole,
    SourceKind,
    Stage,
    TargetKind,
    VictimGroup,
    WeaponType,
)

VERSION = "endpoint/1"
"""Of what is asked and how answers are verified; the model's name stands behind it."""
MILLION = 1_000_000

log = structlog.get_logger()

E = TypeVar("E", bound=StrEnum)


class Asked(Protocol):
    """What answers: an Endpoint, or a stand-in."""

    def ask(self, text: str) -> tuple[Answered, Usage]:
        """What it makes of a text. Raises EndpointFailed."""


@dataclass(slots=True)
class Spent:
    """What one process asked so far."""

    articles: int = 0
    tokens_sent: int = 0
    tokens_received: int = 0
    quotes_found: int = 0
    quotes_dropped: int = 0

    def price(self, settings: EndpointSettings) -> float:
        """In the currency of the settings' prices."""
        sent = self.tokens_sent * settings.price_in
        return (sent + self.tokens_received * settings.price_out) / MILLION


class EndpointExtractor:
    """Reports by a model behind an address. It is believed where the article has the words.

    Unlike the other readers it promises no equal reading of equal articles: the store keeps the
    first one. `read` raises EndpointFailed, which costs the article and not the run.
    """

    def __init__(self, settings: EndpointSettings, endpoint: Asked | None = None) -> None:
        """Raises SettingsError where no address or model is named."""
        for name in ("url", "model"):
            if not getattr(settings, name):
                raise SettingsError(f"extract.endpoint.{name}", "the endpoint reader needs one")
        self._settings = settings
        self._endpoint = endpoint or Endpoint(settings)
        self.version = f"{VERSION}:{settings.model}"
        self.spent = Spent()

    def read(self, article: Article) -> Reading:
        """The mentions of one article, each with words that stand in it."""
        if not article.is_supported_language or not article.text.strip():
            return Reading(self.version)
        end = min(len(article.text), self._settings.max_text_chars)
        answered, usage = self._endpoint.ask(article.text[:end])
        verifier = Verifier(article, end)
        told = (_report(article, one, verifier) for one in answered.incidents)
        reports = sorted(filter(None, told), key=lambda report: report.trigger.start)
        self._note(article, usage, verifier)
        return Reading(self.version, reports=tuple(_distinct(reports)))

    def _note(self, article: Article, usage: Usage, verifier: Verifier) -> None:
        spent = self.spent
        spent.articles += 1
        spent.tokens_sent += usage.sent
        spent.tokens_received += usage.received
        spent.quotes_found += verifier.found
        spent.quotes_dropped += verifier.dropped.total()
        log.info(
            "read by endpoint",
            article=article.id,
            tokens_sent=usage.sent,
            tokens_received=usage.received,
            quotes_found=verifier.found,
            quotes_dropped=dict(verifier.dropped),
            cost_so_far=round(spent.price(self._settings), 6),
        )


def _distinct(reports: Iterable[ReportMention]) -> list[ReportMention]:
    """Reports of one trigger and type are one: the first told."""
    return list({(one.trigger.start, one.trigger.end, one.type): one for one in reports}.values())


def _report(article: Article, told: AnsweredIncident, verifier: Verifier) -> ReportMention | None:
    """None where its kind is unknown or its trigger is not in the article."""
    kind = _known(IncidentType, told.type, verifier)
    trigger = verifier.span("trigger", told.trigger)
    if kind is None or trigger is None:
        return None

    def spanned(name: str, quote: str) -> Span | None:
        return verifier.span(name, quote, trigger.start)

    times = [TimeMention(s) for quote in told.dates if (s := spanned("date", quote))]
    places = [
        PlaceMention(s, role)
        for place in told.places
        if (role := _known(PlaceRole, place.role, verifier))
        and (s := spanned("place", place.quote))
    ]
    weapons = [
        WeaponMention(s, type_)
        for weapon in told.weapons
        if (type_ := _known(WeaponType, weapon.type, verifier))
        and (s := spanned("weapon", weapon.quote))
    ]
    targets = [
        TargetMention(s, target_kind)
        for target in told.targets
        if (target_kind := _known(TargetKind, target.kind, verifier))
        and (s := spanned("target", target.quote))
    ]
    casualties = [
        CasualtyMention(s, outcome, group)
        for count in told.casualties
        if (outcome := _known(Outcome, count.outcome, verifier))
        and (group := _known(VictimGroup, count.group, verifier))
        and (s := spanned("casualty", count.quote))
    ]
    actors = [
        ActorMention(s, part)
        for actor in told.actors
        if (part := _known(ActorRole, actor.role, verifier))
        and (s := spanned("actor", actor.quote))
    ]
    sources = [
        SourceMention(s, speaker)
        for source in told.sources
        if (speaker := _known(SourceKind, source.kind, verifier))
        and (s := spanned("source", source.quote))
    ]
    spans = [trigger]
    for mentions in (times, places, weapons, targets, casualties):
        spans += [mention.span for mention in mentions]
    return ReportMention(
        is_main=told.is_main,
        type=kind,
        trigger=trigger,
        stage=_known(Stage, told.stage, verifier) or Stage.ACCOMPLISHED,
        times=tuple(times),
        places=tuple(places),
        weapons=tuple(weapons),
        targets=tuple(targets),
        casualties=tuple(casualties),
        actors=tuple(actors),
        sources=tuple(sources),
        sentences=tuple(_sentences(article, spans)),
    )


def _known(kind: type[E], value: str, verifier: Verifier) -> E | None:
    try:
        return kind(value)
    except ValueError:
        verifier.drop("kind")
        return None


def _sentences(article: Article, spans: Iterable[Span]) -> list[Span]:
    """The sentences that hold the words, in order: context for grounding."""
    starts = sorted({span.start for span in spans})
    return [
        article.span(sentence.start, sentence.end)
        for sentence in read_sentences(article)
        if any(sentence.start <= start < sentence.end for start in starts)
    ]
