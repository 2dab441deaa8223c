"""Small records built by hand, for the tests of the store and the processes they start."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from tocsin.records import (
    Actor,
    Article,
    Attribution,
    Casualties,
    Claim,
    Corroboration,
    Effect,
    Evidence,
    Extraction,
    FusedField,
    Incident,
    MemberReport,
    Place,
    Published,
    Quantity,
    Region,
    Report,
    ReportInContext,
    ReportRelation,
    Statement,
    TallyClaim,
    TimeInterval,
    Weapon,
    content_id,
    report_id,
)
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    EffectKind,
    IncidentStatus,
    IncidentType,
    Outcome,
    PlacePrecision,
    PublishedBasis,
    RegionKind,
    RelationKind,
    SourceKind,
    Stage,
    StatementKind,
    TallyKind,
    TimePrecision,
    WeaponType,
)
from tocsin.store import Kept, Store

VERSION = "rules-1"


@dataclass
class SteppingClock:
    """A clock that moves on by one second each time it is read."""

    at: dt.datetime = dt.datetime(2021, 3, 1, 12, tzinfo=dt.UTC)
    readings: list[dt.datetime] = field(default_factory=list)

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(seconds=1)
        self.readings.append(self.at)
        return self.at


def story(number: int, *, note: str = "") -> str:
    """An article's text that differs from every other number's."""
    return (
        f"Blast number{number} in Harran\n"
        f"HARRAN, March 3 - A rocket hit the depot number{number} on Tuesday, police said, "
        f"killing three people. A second one landed near the bridge an hour later. "
        f"It was the fourth attack in two days. A spokesman vowed revenge. {note}"
    )


def article(number: int, **changes: Any) -> Article:
    text = changes.pop("text", story(number))
    first_line = text.find("\n") + 1
    regions: tuple[Region, ...] = (Region(0, len(text), RegionKind.BODY),)
    if first_line:
        regions = (
            Region(0, first_line, RegionKind.HEADLINE),
            Region(first_line, len(text), RegionKind.BODY),
        )
    values: dict[str, Any] = {
        "id": f"art_{number:04}",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "text": text,
        "url": f"https://news.example/{number}",
        "outlet": f"Outlet {number % 3}",
        "title": f"Blast number{number} in Harran",
        "language": "en",
        "published": Published(
            dt.date(2020, 3, 4),
            PublishedBasis.METADATA,
            dt.datetime(2020, 3, 4, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=3))),
        ),
        "agencies": ("Harran Wire",),
        "regions": regions,
        "source": f"news.jsonl, line {number}",
        "extra": {"desk": '"world"'},
    }
    return Article(**(values | changes))


def claim(source: Article, words: str, value: Any, **changes: Any) -> Claim[Any]:
    start = source.text.index(words)
    return Claim(value, (source.span(start, start + len(words)),), **changes)


def report(source: Article, words: str = "hit", *, is_main: bool = True) -> Report:
    """A report with a claim in most fields, its trigger being `words`."""
    trigger = claim(source, words, IncidentType.INDIRECT_FIRE)
    police = Attribution("police", SourceKind.POLICE, cue=claim(source, "said", None).evidence[0])
    date = claim(
        source,
        "Tuesday",
        TimeInterval(dt.datetime(2020, 3, 3), dt.datetime(2020, 3, 4), TimePrecision.DAY),
        rule="weekday",
    )
    place = claim(
        source, "Harran", Place("Harran", PlacePrecision.SETTLEMENT, country="TR", lat=36.9, lon=39)
    )
    three = Quantity(3, 3, 3)
    return Report(
        id=report_id(source.id, VERSION, trigger.evidence[0], IncidentType.INDIRECT_FIRE),
        article_id=source.id,
        extractor_version=VERSION,
        is_main=is_main,
        type=trigger,
        trigger=trigger.evidence[0],
        date=date,
        times=(date,),
        place=place,
        places=(
            place,
            claim(source, "the bridge", Place("the bridge", PlacePrecision.NEAR)),
        ),
        weapons=(claim(source, "rocket", Weapon(WeaponType.ROCKET, count=Quantity(1, 1, 1))),),
        casualties=(
            claim(
                source,
                "three people",
                Casualties(Outcome.KILLED, three),
                attributions=(police,),
                confidence=0.1 + 0.2,
            ),
        ),
        effects=(Claim(Effect(EffectKind.SIRENS), (), rule="inferred:sirens"),),
        actors=(claim(source, "spokesman", Actor("a spokesman", ActorRole.RESPONDER)),),
        sentences=(source.span(source.text.index("HARRAN"), len(source.text)),),
        confidence=0.7,
    )


def extraction(source: Article, words: tuple[str, ...] = ("hit", "landed")) -> Extraction:
    reports = tuple(report(source, w, is_main=not n) for n, w in enumerate(words))
    fourth = claim(source, "the fourth attack in two days", None).evidence[0]
    relations: tuple[ReportRelation, ...] = ()
    if len(reports) > 1:
        later = claim(source, "an hour later", None).evidence[0]
        relations = (ReportRelation(RelationKind.FOLLOWS, reports[1].id, reports[0].id, later),)
    return Extraction(
        article_id=source.id,
        extractor_version=VERSION,
        reports=reports,
        tallies=(
            TallyClaim(
                content_id("tly", source.id, "4"),
                source.id,
                TallyKind.INCIDENTS,
                Quantity(4, 4, 4, unit="incident"),
                "attack",
                fourth,
                ordinal=4,
            ),
        ),
        statements=(
            Statement(
                content_id("sta", source.id, "vow"),
                source.id,
                StatementKind.VOW,
                claim(source, "vowed revenge", None).evidence[0],
            ),
        ),
        relations=relations,
    )


def kept(number: int, *, words: tuple[str, ...] = ("hit", "landed"), **changes: Any) -> Kept:
    """An article with its reports, one band of its own and one block per pair of articles."""
    source = article(number, **changes)
    found = extraction(source, words)
    return Kept(
        article=source,
        extraction=found,
        lineage_bands=[(number << 8) | band for band in range(32)],
        block_keys={r.id: (f"pair:{number // 2}", "all") for r in found.reports},
    )


def incident(number: int, *reports: Report, **changes: Any) -> Incident:
    """An incident that rests on the reports given."""
    ids = tuple(r.id for r in reports)
    evidence = tuple(Evidence(r.article_id, r.trigger) for r in reports)

    def fused(value: Any) -> FusedField[Any]:
        return FusedField(value, "5", Agreement.SINGLE, ids, evidence)

    day = changes.pop("day", dt.date(2020, 3, 3))
    place = changes.pop("place", Place("Harran", PlacePrecision.SETTLEMENT, country="TR"))
    interval = day and TimeInterval(
        dt.datetime.combine(day, dt.time()),
        dt.datetime.combine(day + dt.timedelta(days=1), dt.time()),
        TimePrecision.DAY,
    )
    values: dict[str, Any] = {
        "id": f"inc_{number:04}",
        "title": f"Rocket attack {number} in Harran",
        "type": fused(IncidentType.INDIRECT_FIRE),
        "status": IncidentStatus.UNCONFIRMED,
        "stage": Stage.ACCOMPLISHED,
        "corroboration": Corroboration(len(reports), len(reports), len(reports)),
        "reports": tuple(MemberReport(r.article_id, r.id, r.is_main) for r in reports),
        "date": fused(interval) if interval else None,
        "place": fused(place) if place else None,
        "killed": fused(Quantity(3, 3, 3)),
    }
    return Incident(**(values | changes))


def contents(store: Store) -> dict[str, Any]:
    """All that the store answers, but for its own timestamps: equal for equal content."""

    def known(context: ReportInContext) -> tuple[ReportInContext, str]:
        return replace(context, kept_at=None), context.report.id

    articles = list(store.articles())
    return {
        "articles": articles,
        "versions": {
            a.id: [(v.number, v.article) for v in store.article_versions(a.id)] for a in articles
        },
        "extractions": [store.extraction(a.id) for a in articles],
        "lineages": store.lineage_of(a.id for a in articles),
        "unresolved": [known(context) for context in store.unresolved()],
        "reports": [known(c) for c in store.reports_in_context(store.all_report_ids())],
        "blocks": [[c.report.id for c in store.reports_sharing([f"pair:{n}"])] for n in range(50)],
        "tallies": list(store.tallies()),
        "incidents": [stored.incident for stored in store.incidents()],
        "search": sorted(hit.article_id for hit in store.search_articles("rocket", 10_000)),
        "counts": store.counts(),
    }
