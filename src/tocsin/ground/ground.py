"""One article's Reading, grounded: places first (they give the zone), then times, then the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from tocsin.ground.casualties import casualties_of
from tocsin.ground.people import actors_of, sources_of
from tocsin.ground.places import ArticlePlaces, Located
from tocsin.ground.reality import is_unreal
from tocsin.ground.tallies import tally_of
from tocsin.ground.things import damage_of, effects_of, targets_of, weapons_of
from tocsin.ground.times import ArticleTimes
from tocsin.records import (
    Article,
    Claim,
    Extraction,
    PlaceMention,
    Reading,
    RelationMention,
    Report,
    ReportMention,
    ReportRelation,
    Statement,
    StatementMention,
    TimeInterval,
    TimeMention,
    content_id,
    report_id,
)
from tocsin.records.vocab import RelationKind
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

T = TypeVar("T")


def ground(
    article: Article, reading: Reading, gazetteer: Gazetteer, actors: ActorCatalogue
) -> Extraction:
    """What the words mean: dates on the calendar, places on the map, counts with bounds.

    Reports keep the reading's order. Two mentions with one trigger and type are one report: the
    first stands. What is only rehearsed, general or denied is none; what is said about it stays.
    """
    places = ArticlePlaces(article, gazetteer, actors)
    times = ArticleTimes(article, gazetteer)
    located = [places.locate(mention) for mention in reading.reports]
    dates = times.date_all(reading.reports, [item.zone for item in located])
    ids = [
        report_id(article.id, reading.extractor_version, mention.trigger, mention.type)
        for mention in reading.reports
    ]
    reports: dict[str, Report] = {}
    for number, mention in enumerate(reading.reports):
        if ids[number] not in reports and not is_unreal(mention, article.text):
            reports[ids[number]] = _report(
                mention,
                id_=ids[number],
                article=article,
                version=reading.extractor_version,
                located=located[number],
                date=dates[number],
                actors=actors,
            )
    main = next((item for m, item in zip(reading.reports, located, strict=True) if m.is_main), None)
    country = main.country if main else None
    return Extraction(
        article_id=article.id,
        extractor_version=reading.extractor_version,
        reports=tuple(reports.values()),
        tallies=tuple(
            {
                tally.id: tally
                for tally in (
                    tally_of(article, mention, times, gazetteer, country)
                    for mention in reading.tallies
                )
                if tally is not None
            }.values()
        ),
        statements=_statements(article, reading.statements, ids, reports),
        relations=_relations(reading.relations, ids, reports),
    )


def _report(
    mention: ReportMention,
    *,
    id_: str,
    article: Article,
    version: str,
    located: Located,
    date: tuple[Claim[TimeInterval] | None, tuple[Claim[TimeInterval], ...]],
    actors: ActorCatalogue,
) -> Report:
    return Report(
        id=id_,
        article_id=article.id,
        extractor_version=version,
        is_main=mention.is_main,
        type=Claim(
            mention.type,
            (mention.trigger,),
            attributions=mention.attributions,
            confidence=mention.confidence,
        ),
        trigger=mention.trigger,
        specificity=mention.specificity,
        stage=mention.stage,
        modifiers=mention.modifiers,
        date=_weighed(date[0], mention.times),
        times=date[1],
        place=_weighed(located.place, mention.places),
        places=located.mentions,
        weapons=weapons_of(mention),
        targets=targets_of(mention),
        casualties=casualties_of(mention, article.text),
        damage=damage_of(mention),
        effects=effects_of(mention),
        actors=actors_of(mention, actors, article.text, located.country),
        sources=sources_of(mention),
        hedges=mention.hedges,
        sentences=mention.sentences,
        confidence=mention.confidence,
    )


def _weighed(
    claim: Claim[T] | None, mentions: Sequence[TimeMention | PlaceMention]
) -> Claim[T] | None:
    """The claim, as sure as the reader is of its words, where the reader weighs them: its curves
    are fitted on what came out of grounding, whose own confidence orders readings and is no
    frequency."""
    if claim is None or not claim.evidence:
        return claim
    weighed = [one.confidence for one in mentions if one.span.overlaps(claim.evidence[0])]
    surest = max(weighed, default=1.0)
    return claim if surest == 1 else replace(claim, confidence=surest)


def _statements(
    article: Article,
    mentions: Sequence[StatementMention],
    ids: Sequence[str],
    kept: Collection[str],
) -> tuple[Statement, ...]:
    found: dict[str, Statement] = {}
    for mention in mentions:
        about = ids[mention.about] if mention.about is not None else None
        key = content_id("sta", article.id, str(mention.span.start), mention.kind.value)
        found.setdefault(
            key,
            Statement(
                id=key,
                article_id=article.id,
                kind=mention.kind,
                span=mention.span,
                speaker=mention.speaker,
                about=about if about in kept else None,
                is_before=mention.is_before,
            ),
        )
    return tuple(found.values())


def _relations(
    mentions: Sequence[RelationMention], ids: Sequence[str], kept: Collection[str]
) -> tuple[ReportRelation, ...]:
    return tuple(
        ReportRelation(
            kind=RelationKind(mention.kind),
            source=ids[mention.source],
            target=ids[mention.target],
            span=mention.span,
            by=mention.by,
            hedged=mention.hedged,
        )
        for mention in mentions
        if ids[mention.source] != ids[mention.target]
        and {ids[mention.source], ids[mention.target]} <= set(kept)
    )
