"""A store with reports built by hand, and a reviewer whose clock steps on."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from tests.resolve.factory import tell
from tocsin.config import Settings
from tocsin.desk import By, settle
from tocsin.pipeline import with_current_relations
from tocsin.records import Article, Extraction, Incident, Region, ReportInContext
from tocsin.records.vocab import RegionKind, WeaponType
from tocsin.resolve import block_keys
from tocsin.store import Kept, Store

SETTINGS = Settings()
BOMB = "A car bomb went off at the vegetable market."
NOON = dt.datetime(2021, 3, 12, 12, tzinfo=dt.UTC)


def bombing(article: str, **changes: Any) -> ReportInContext:
    """A car bomb in Mosul on 9 March, 14 killed; told by an outlet of its own."""
    values: dict[str, Any] = {"killed": 14, "weapons": [WeaponType.VEHICLE_BOMB]}
    return tell(article, changes.pop("text", BOMB), **(values | changes))


def kept(*contexts: ReportInContext) -> Kept:
    """The article that tells these reports, ready to be kept."""
    first = contexts[0].report
    text = first.sentences[0].text
    article = Article(
        id=first.article_id,
        sha256=hashlib.sha256(f"{first.article_id} {text}".encode()).hexdigest(),
        text=text,
        url=f"https://news.example/{first.article_id}",
        outlet=contexts[0].outlet,
        language="en",
        published=contexts[0].published,
        regions=(Region(0, len(text), RegionKind.BODY),),
    )
    reports = tuple(context.report for context in contexts)
    return Kept(
        article=article,
        extraction=Extraction(first.article_id, first.extractor_version, reports),
        block_keys={report.id: block_keys(report) for report in reports},
    )


def arrive(store: Store, *contexts: ReportInContext) -> list[str]:
    """Keep one article for each report, and bring the record up to date."""
    store.keep_many([kept(context) for context in contexts])
    return settle(store, SETTINGS)


def by(minute: int = 0, reason: str = "") -> By:
    return By("ana", NOON + dt.timedelta(minutes=minute), reason)


def record(store: Store) -> dict[str, Incident]:
    """Every incident by id, rejected ones too, relations as they are shown."""
    ids = {*store.incidents_of_reports(store.all_report_ids()).values()}
    found = (store.incident(id_) for id_ in sorted(ids))
    return {s.incident.id: with_current_relations(store, s.incident) for s in found if s}


def incident_of(store: Store, context: ReportInContext) -> Incident:
    """The incident that a report tells now."""
    (incident_id,) = store.incidents_of_reports([context.report.id]).values()
    stored = store.incident(incident_id)
    assert stored is not None
    return stored.incident


def partition(store: Store) -> set[frozenset[str]]:
    """The article ids of each incident."""
    return {frozenset(m.article_id for m in i.reports) for i in record(store).values()}


def reread(context: ReportInContext, version: str = "2") -> ReportInContext:
    """The same report as another extractor version finds it: with another id."""
    report = replace(context.report, id=f"{context.report.id}v{version}", extractor_version=version)
    return replace(context, report=report)
