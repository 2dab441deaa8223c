"""Reports put together again from their rows, with what later steps must know of their articles."""

from __future__ import annotations

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Select, Table, func, select

from tocsin.records import (
    Extraction,
    Published,
    Report,
    ReportInContext,
    ReportRelation,
    Statement,
    TallyClaim,
)
from tocsin.records.codec import from_json
from tocsin.store import schema
from tocsin.store.base import StoredTally
from tocsin.store.batches import batches
from tocsin.store.listed import among, array_of
from tocsin.store.rows import ClaimColumns, report_of

T = TypeVar("T")

CACHED_REPORTS = 4_096
"""Decoded reports held in memory: resolution asks for the same neighbours again and again. Rows of
reports never change, so nothing held can grow stale."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    report: Report
    relations: tuple[ReportRelation, ...]
    statements: tuple[Statement, ...]
    tallies: tuple[TallyClaim, ...]
    published: Published | None
    agencies: tuple[str, ...]
    is_retraction: bool


_ROWS = (
    select(
        schema.reports.c.key,
        schema.reports.c.record,
        schema.reports.c.extraction_key,
        schema.reports.c.sketch,
        schema.reports.c.profile,
        schema.extractions.c.is_provisional,
        schema.extractions.c.is_correction,
        schema.extractions.c.recorded_at,
        schema.articles.c.lineage_id,
        schema.article_versions.c.outlet,
        schema.article_versions.c.published,
        schema.article_versions.c.record.label("article"),
    )
    .join(schema.extractions, schema.extractions.c.key == schema.reports.c.extraction_key)
    .join(
        schema.article_versions, schema.article_versions.c.key == schema.extractions.c.version_key
    )
    .join(schema.articles, schema.articles.c.key == schema.article_versions.c.article_key)
    .where(among(schema.reports.c.key))
)


class ReportReader:
    """Reads reports by key and remembers those it decoded lately."""

    def __init__(self) -> None:
        self._cache: OrderedDict[int, _Decoded] = OrderedDict()

    def contexts(self, connection: Connection, keys: Sequence[int]) -> Iterator[ReportInContext]:
        """The reports in the order of `keys`."""
        for some in batches(keys):
            rows = {row.key: row for row in connection.execute(_ROWS, {"ids": array_of(some)})}
            # Taken now: whoever reads between two of our reports may push them out.
            known = {key: self._cache[key] for key in some if key in self._cache}
            fresh = [key for key in some if key not in known]
            claims = _claims(connection, fresh)
            sources = {rows[key].extraction_key for key in fresh}
            relations = _records(connection, schema.relations, sources, ReportRelation)
            statements = _records(connection, schema.statements, sources, Statement)
            tallies = _records(connection, schema.tallies, sources, TallyClaim)
            for key in some:
                row = rows[key]
                decoded = known.get(key)
                if decoded is None:
                    report = report_of(row.record, claims[key])
                    article = json.loads(row.article)
                    decoded = _Decoded(
                        report,
                        tuple(r for r in relations[row.extraction_key] if r.source == report.id),
                        tuple(s for s in statements[row.extraction_key] if s.about == report.id),
                        tuple(tallies[row.extraction_key]) if report.is_main else (),
                        from_json(Published, row.published) if row.published else None,
                        tuple(article.get("agencies", ())),
                        bool(article.get("is_retraction")),
                    )
                self._cache[key] = decoded
                self._cache.move_to_end(key)
                yield ReportInContext(
                    report=decoded.report,
                    lineage_id=row.lineage_id,
                    outlet=row.outlet,
                    published=decoded.published,
                    is_provisional=row.is_provisional,
                    is_correction=row.is_correction,
                    is_retraction=decoded.is_retraction,
                    relations=decoded.relations,
                    statements=decoded.statements,
                    tallies=decoded.tallies,
                    agencies=decoded.agencies,
                    kept_at=row.recorded_at,
                    sketch=row.sketch or b"",
                    profile=row.profile or b"",
                )
            while len(self._cache) > CACHED_REPORTS:
                self._cache.popitem(last=False)


_CLAIMS = (
    select(
        schema.claims.c.report_key,
        schema.claims.c.field,
        schema.claims.c.value,
        schema.claims.c.evidence,
        schema.claims.c.attributions,
        schema.claims.c.rule,
        schema.claims.c.confidence,
    )
    .where(among(schema.claims.c.report_key))
    .order_by(schema.claims.c.report_key, schema.claims.c.field, schema.claims.c.ordinal)
)


def _claims(connection: Connection, keys: Sequence[int]) -> dict[int, list[ClaimColumns]]:
    found: dict[int, list[ClaimColumns]] = {key: [] for key in keys}
    if found:
        rows = connection.execute(_CLAIMS, {"ids": array_of(keys)})
        for report_key, *columns in rows:
            found[report_key].append(tuple(columns))
    return found


def _records_of(table: Table) -> Select[int, str]:
    return (
        select(table.c.extraction_key, table.c.record)
        .where(among(table.c.extraction_key))
        .order_by(table.c.extraction_key, table.c.ordinal)
    )


_RECORDS = {
    table.name: _records_of(table)
    for table in (schema.relations, schema.statements, schema.tallies)
}


def _records(
    connection: Connection, table: Table, extraction_keys: set[int], kind: type[T]
) -> dict[int, list[T]]:
    """The records of one kind that each extraction holds beside its reports, in text order."""
    found: dict[int, list[T]] = {key: [] for key in extraction_keys}
    if found:
        rows = connection.execute(_RECORDS[table.name], {"ids": array_of(sorted(found))})
        for key, record in rows:
            found[key].append(from_json(kind, record))
    return found


def current_extraction(connection: Connection, article_id: str) -> Extraction | None:
    """What the current version of an article reports."""
    row = connection.execute(
        select(schema.extractions.c.key, schema.extractions.c.extractor_version)
        .join(schema.articles, schema.articles.c.current_extraction == schema.extractions.c.key)
        .where(schema.articles.c.id == article_id)
    ).one_or_none()
    if row is None:
        return None
    key, version = row
    heads = connection.execute(
        select(schema.reports.c.key, schema.reports.c.record)
        .where(schema.reports.c.extraction_key == key)
        .order_by(schema.reports.c.ordinal)
    ).all()
    reports = []
    for some in batches(heads):
        claims = _claims(connection, [head.key for head in some])
        reports += [report_of(head.record, claims[head.key]) for head in some]
    part = {
        table.name: connection.execute(
            select(table.c.record).where(table.c.extraction_key == key).order_by(table.c.ordinal)
        ).scalars()
        for table in (schema.tallies, schema.statements, schema.relations)
    }
    return Extraction(
        article_id=article_id,
        extractor_version=version,
        reports=tuple(reports),
        tallies=tuple(from_json(TallyClaim, record) for record in part["tallies"]),
        statements=tuple(from_json(Statement, record) for record in part["statements"]),
        relations=tuple(from_json(ReportRelation, record) for record in part["relations"]),
    )


def _current_at(as_of: dt.datetime | None) -> Select[int]:
    """Keys of the extractions that are current, or were at an instant: what was last read of the
    text that came last."""
    if as_of is None:
        return select(schema.articles.c.current_extraction)
    versions, extractions = schema.article_versions.c, schema.extractions.c
    latest = (
        select(func.max(versions.key))
        .where(versions.recorded_at <= as_of)
        .group_by(versions.article_key)
    )
    return (
        select(func.max(extractions.key))
        .where(extractions.recorded_at <= as_of, extractions.version_key.in_(latest))
        .group_by(extractions.version_key)
    )


def tallies_as_of(connection: Connection, as_of: dt.datetime | None) -> Iterator[StoredTally]:
    """The aggregate claims of current extractions, by article id and ordinal."""
    tallies, extractions = schema.tallies.c, schema.extractions.c
    versions, articles = schema.article_versions.c, schema.articles.c
    rows = connection.execution_options(yield_per=100).execute(
        select(tallies.record, versions.outlet, versions.published)
        .join(schema.extractions, extractions.key == tallies.extraction_key)
        .join(schema.article_versions, versions.key == extractions.version_key)
        .join(schema.articles, articles.key == versions.article_key)
        .where(extractions.key.in_(_current_at(as_of)))
        .order_by(articles.id, tallies.ordinal)
    )
    for record, outlet, published in rows:
        yield StoredTally(
            from_json(TallyClaim, record),
            outlet,
            from_json(Published, published) if published else None,
        )
