"""Articles, reports and what is near them, on their way out of the tables.

Every function reads on the connection it is given, so that the caller decides what state it sees.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Executable, TextClause, bindparam, select, text

from tocsin.records import Article, CandidateReport
from tocsin.store import schema
from tocsin.store.base import ArticleVersion, OutletCounts, StoreCounts
from tocsin.store.listed import among, array_of
from tocsin.store.rows import article_of
from tocsin.store.schema import EPOCH, MICROSECOND

Stamp = dt.datetime

MAX_ARTICLES_PER_BAND = 1_000
"""Rows read of one band, earliest first. A band shared by more is boilerplate or one text printed
everywhere; either way the first thousand stand for it, and a true copy shares most of its 32."""


def signed_64(number: int) -> int:
    """The same 64 bits as a signed integer, the only kind SQL has."""
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >> 63 else number


def _rows_of(connection: Connection, statement: Executable, ids: Iterable[str]) -> Iterable[Any]:
    """The rows of a statement for the ids bound to it; nothing is asked for nothing."""
    asked = sorted(set(ids))
    return connection.execute(statement, {"ids": array_of(asked)}) if asked else ()


# articles

_POINTERS = select(
    schema.articles.c.key,
    schema.articles.c.current_version,
    schema.articles.c.current_extraction,
).where(schema.articles.c.id == bindparam("id"))

_VERSION_KEY = select(schema.article_versions.c.key).where(
    schema.article_versions.c.article_key == bindparam("article"),
    schema.article_versions.c.sha256 == bindparam("sha256"),
)

_EXTRACTION = select(schema.extractions.c.key).where(
    schema.extractions.c.version_key == bindparam("version"),
    schema.extractions.c.extractor_version == bindparam("extractor"),
)

_IS_KEPT = text(
    "SELECT 1 FROM articles a JOIN article_versions v ON v.article_key = a.key"
    " JOIN extractions e ON e.version_key = v.key"
    " WHERE a.id = :id AND v.sha256 = :sha256 AND e.extractor_version = :extractor"
)

_VERSION_COLUMNS = (
    schema.article_versions.c.record,
    schema.article_versions.c.text,
    schema.article_versions.c.regions,
)

_VERSION = select(*_VERSION_COLUMNS).where(schema.article_versions.c.key == bindparam("key"))

_LATEST = select(*_VERSION_COLUMNS).join(
    schema.articles, schema.articles.c.current_version == schema.article_versions.c.key
)


def article_pointers(
    connection: Connection, article_id: str
) -> tuple[int, int | None, int | None] | None:
    """(key, current version key, current extraction key) of an article; None where unknown."""
    row = connection.execute(_POINTERS, {"id": article_id}).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def version_key(connection: Connection, article_key: int, sha256: str) -> int | None:
    """Key of the version of an article that has this text."""
    found = connection.execute(_VERSION_KEY, {"article": article_key, "sha256": sha256})
    return found.scalar_one_or_none()


def has_extraction(connection: Connection, version: int, extractor_version: str) -> bool:
    """True where this version was read by that extractor version."""
    found = connection.execute(_EXTRACTION, {"version": version, "extractor": extractor_version})
    return found.scalar_one_or_none() is not None


def is_kept(connection: Connection, article_id: str, sha256: str, extractor_version: str) -> bool:
    """The same, asked from outside."""
    found = connection.execute(
        _IS_KEPT, {"id": article_id, "sha256": sha256, "extractor": extractor_version}
    )
    return found.first() is not None


def article_version(connection: Connection, key: int) -> Article:
    """The article as of one version."""
    return article_of(*connection.execute(_VERSION, {"key": key}).one())


def latest_article(connection: Connection, article_id: str) -> Article | None:
    """The article as of its current version."""
    row = connection.execute(_LATEST.where(schema.articles.c.id == article_id)).one_or_none()
    return article_of(*row) if row else None


def latest_articles(connection: Connection, after: str | None = None) -> Iterator[Article]:
    """Every article as of its current version, by id; those past the id `after`, where given."""
    query = _LATEST.order_by(schema.articles.c.id)
    if after is not None:
        query = query.where(schema.articles.c.id > after)
    rows = connection.execution_options(yield_per=100).execute(query)
    for record, body, regions in rows:
        yield article_of(record, body, regions)


_OUTLETS = text(
    "SELECT v.outlet, count(*), count(DISTINCT a.lineage_id), coalesce(sum(r.reports), 0),"
    " min(json_extract(v.published, '$.date')), max(json_extract(v.published, '$.date'))"
    " FROM articles a JOIN article_versions v ON v.key = a.current_version"
    " LEFT JOIN (SELECT extraction_key, count(*) AS reports FROM reports GROUP BY extraction_key) r"
    " ON r.extraction_key = a.current_extraction"
    " GROUP BY v.outlet ORDER BY v.outlet IS NULL, v.outlet"
)


def outlets(connection: Connection) -> list[OutletCounts]:
    """Every outlet with what it printed, by name; the unnamed last."""
    return [
        OutletCounts(name, articles, lineages, reports, _day(first), _day(last))
        for name, articles, lineages, reports, first, last in connection.execute(_OUTLETS)
    ]


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def article_versions(connection: Connection, article_id: str) -> list[ArticleVersion]:
    """Every version of an article, oldest first."""
    versions = schema.article_versions
    rows = connection.execute(
        select(versions.c.number, versions.c.recorded_at, *_VERSION_COLUMNS)
        .join(schema.articles, schema.articles.c.key == versions.c.article_key)
        .where(schema.articles.c.id == article_id)
        .order_by(versions.c.number)
    )
    return [
        ArticleVersion(number, article_of(record, body, regions), recorded_at)
        for number, recorded_at, record, body, regions in rows
    ]


# lineages


@dataclass(frozen=True, slots=True)
class VersionMatch:
    """An article version that shares bands with a text."""

    article_id: str
    lineage_id: str
    version_key: int
    shared: int


_ONE_BAND = "SELECT * FROM (SELECT version_key FROM lineage_bands WHERE band = :b{} LIMIT {})"

_MATCHES = (
    "SELECT a.id, a.lineage_id, m.version_key, m.shared FROM"
    " (SELECT version_key, count(*) AS shared FROM ({}) GROUP BY version_key) m"
    " JOIN article_versions v ON v.key = m.version_key JOIN articles a ON a.key = v.article_key"
    " WHERE a.id IS NOT :exclude ORDER BY m.shared DESC, a.id, m.version_key LIMIT :limit"
)


@lru_cache(maxsize=64)
def _band_query(count: int) -> TextClause:
    """Versions by how many of `count` bands they share, the read of each band bounded."""
    every = (_ONE_BAND.format(number, MAX_ARTICLES_PER_BAND) for number in range(count))
    return text(_MATCHES.format(" UNION ALL ".join(every)))


def version_matches(
    connection: Connection, bands: Iterable[int], *, exclude: str | None, limit: int = 200
) -> list[VersionMatch]:
    """The article versions that share most bands, ties by article id."""
    wanted = sorted({signed_64(band) for band in bands})
    if not wanted:
        return []
    values = {f"b{number}": band for number, band in enumerate(wanted)}
    rows = connection.execute(
        _band_query(len(wanted)), values | {"exclude": exclude, "limit": limit}
    )
    return [VersionMatch(*row) for row in rows]


_WITHDRAWN = (
    select(schema.articles.c.lineage_id, schema.article_versions.c.record)
    .join(schema.extractions, schema.extractions.c.key == schema.articles.c.current_extraction)
    .join(
        schema.article_versions, schema.article_versions.c.key == schema.articles.c.current_version
    )
    .where(among(schema.articles.c.lineage_id), schema.extractions.c.is_correction.is_(True))
)

_LINEAGES = select(schema.articles.c.id, schema.articles.c.lineage_id).where(
    among(schema.articles.c.id)
)


def withdrawn_lineages(connection: Connection, lineage_ids: Iterable[str]) -> set[str]:
    """Those of the lineages in which the current text of an article is a retraction."""
    rows = _rows_of(connection, _WITHDRAWN, lineage_ids)
    return {lineage for lineage, record in rows if json.loads(record).get("is_retraction")}


def lineages_of(connection: Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """Article id to lineage id, where known."""
    rows = _rows_of(connection, _LINEAGES, article_ids)
    return {row.id: row.lineage_id for row in rows}


# reports

_SHARING = text(
    "SELECT r.key FROM (SELECT b.report_key, count(*) AS shared"
    # CROSS JOIN: in SQLite, the order in which the tables are to be read
    "  FROM json_each(:blocks) sought CROSS JOIN block_keys b ON b.block = sought.value"
    "  GROUP BY b.report_key) found"
    " CROSS JOIN reports r ON r.key = found.report_key"
    " CROSS JOIN articles a ON a.current_extraction = r.extraction_key"
    " ORDER BY found.shared DESC, r.id LIMIT :limit"
)

_CANDIDATES = text(
    "SELECT r.id, a.lineage_id, e.recorded_at, coalesce(r.sketch, x''), coalesce(r.profile, x'')"
    " FROM (SELECT b.report_key, count(*) AS shared"
    "  FROM json_each(:blocks) sought CROSS JOIN block_keys b ON b.block = sought.value"
    "  GROUP BY b.report_key) found"
    " CROSS JOIN reports r ON r.key = found.report_key"
    " CROSS JOIN articles a ON a.current_extraction = r.extraction_key"
    " CROSS JOIN extractions e ON e.key = r.extraction_key"
    " ORDER BY found.shared DESC, r.id LIMIT :limit"
)

_CURRENT_PENDING = text(
    # CROSS JOIN again: left free, SQLite reads through all reports in order of id
    "SELECT r.key FROM pending p CROSS JOIN reports r ON r.key = p.report_key"
    " CROSS JOIN articles a ON a.current_extraction = r.extraction_key ORDER BY r.id"
)

_CURRENT_REPORT_IDS = text(
    "SELECT r.id FROM reports r JOIN articles a ON a.current_extraction = r.extraction_key"
    " ORDER BY r.id"
)


def keys_sharing(connection: Connection, blocks: Collection[int], limit: int) -> list[int]:
    """Keys of current reports by how many of the blocks they stand in, ties by id."""
    if not blocks:
        return []
    rows = connection.execute(_SHARING, {"blocks": array_of(sorted(blocks)), "limit": limit})
    return list(rows.scalars())


def candidates(
    connection: Connection, blocks: Collection[int], limit: int
) -> list[CandidateReport]:
    """The reports of `keys_sharing`, in its order, as far as comparing them asks for."""
    if not blocks:
        return []
    rows = connection.execute(_CANDIDATES, {"blocks": array_of(sorted(blocks)), "limit": limit})
    return [
        CandidateReport(id_, lineage, EPOCH + kept_at * MICROSECOND, sketch, profile)
        for id_, lineage, kept_at, sketch, profile in rows.all()
    ]


_STEP = 500
"""Reports keyed anew between two reads: memory stays flat."""

_CURRENT_AFTER = text(
    "SELECT r.key FROM reports r JOIN articles a ON a.current_extraction = r.extraction_key"
    " WHERE r.key > :after ORDER BY r.key LIMIT :step"
)


def current_keys_in_steps(connection: Connection) -> Iterator[list[int]]:
    """The keys of all current reports, some hundred at a time, rising."""
    after = 0
    while True:
        step = {"after": after, "step": _STEP}
        keys = list(connection.execute(_CURRENT_AFTER, step).scalars())
        if not keys:
            return
        yield keys
        after = keys[-1]


def pending_keys(connection: Connection) -> list[int]:
    """Keys of unresolved current reports, by id."""
    return list(connection.execute(_CURRENT_PENDING).scalars())


def current_report_ids(connection: Connection) -> list[str]:
    """Ids of all current reports, sorted."""
    return list(connection.execute(_CURRENT_REPORT_IDS).scalars())


_KEYS_BY_ID = (
    select(schema.reports.c.id, schema.reports.c.key)
    .outerjoin(
        schema.articles, schema.articles.c.current_extraction == schema.reports.c.extraction_key
    )
    .where(among(schema.reports.c.id))
    .order_by(schema.articles.c.key.is_not(None), schema.reports.c.key)
)

_CURRENT_KEYS = (
    select(schema.reports.c.key, schema.reports.c.id)
    .join(schema.articles, schema.articles.c.current_extraction == schema.reports.c.extraction_key)
    .where(among(schema.reports.c.id))
)

_HOMES = select(schema.incident_members.c.report_id, schema.incident_members.c.incident_id).where(
    among(schema.incident_members.c.report_id)
)


def keys_by_id(connection: Connection, report_ids: Iterable[str]) -> dict[str, int]:
    """Report id to the key of its current row, or of its last one where none is current."""
    rows = _rows_of(connection, _KEYS_BY_ID, report_ids)
    # Later rows win: within an id, the current one comes last.
    return {row.id: row.key for row in rows}


def current_keys(connection: Connection, report_ids: Iterable[str]) -> dict[int, str]:
    """Key to id of those reports that are current."""
    rows = _rows_of(connection, _CURRENT_KEYS, report_ids)
    return {row.key: row.id for row in rows}


def incidents_of_reports(connection: Connection, report_ids: Iterable[str]) -> dict[str, str]:
    """Report id to incident id, where it has one."""
    rows = _rows_of(connection, _HOMES, report_ids)
    return {row.report_id: row.incident_id for row in rows}


_MEMBERS_OF = select(
    schema.incident_members.c.incident_id, schema.incident_members.c.report_id
).where(among(schema.incident_members.c.incident_id))


def members_of(connection: Connection, incident_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Incident id to the ids of its reports, where it has any."""
    found: dict[str, set[str]] = {}
    rows = _rows_of(connection, _MEMBERS_OF, incident_ids)
    for incident_id, report_id in rows:
        found.setdefault(incident_id, set()).add(report_id)
    return {id_: frozenset(reports) for id_, reports in found.items()}


def members(connection: Connection, incident_id: str) -> list[str]:
    """Ids of the reports that stand in an incident, sorted."""
    table = schema.incident_members
    rows = connection.execute(
        select(table.c.report_id)
        .where(table.c.incident_id == incident_id)
        .order_by(table.c.report_id)
    )
    return list(rows.scalars())


_ARTICLE_OF_REPORT = text(
    "SELECT a.id FROM reports r JOIN extractions e ON e.key = r.extraction_key"
    " JOIN article_versions v ON v.key = e.version_key JOIN articles a ON a.key = v.article_key"
    " WHERE r.key = :key"
)

_REPORTS_OF_ARTICLE = text(
    "SELECT r.id, r.type, p.mark IS NOT NULL FROM articles a"
    " JOIN reports r ON r.extraction_key = a.current_extraction"
    " LEFT JOIN pending p ON p.report_key = r.key WHERE a.id = :id ORDER BY r.ordinal"
)


def article_of_report(connection: Connection, report_key: int) -> str:
    """Id of the article a report row stands in."""
    return str(connection.execute(_ARTICLE_OF_REPORT, {"key": report_key}).scalar_one())


def reports_of_article(connection: Connection, article_id: str) -> list[tuple[str, str, bool]]:
    """(report id, type, is unresolved) of an article's current reports, in text order."""
    rows = connection.execute(_REPORTS_OF_ARTICLE, {"id": article_id})
    return [(id_, type_, bool(is_pending)) for id_, type_, is_pending in rows]


_COUNTS = text(
    "SELECT (SELECT count(*) FROM articles),"
    " (SELECT count(*) FROM reports r"
    "  JOIN articles a ON a.current_extraction = r.extraction_key),"
    " (SELECT count(*) FROM listed WHERE status <> 'rejected'),"
    " (SELECT count(DISTINCT lineage_id) FROM articles),"
    " (SELECT count(*) FROM refusals)"
)


def counts(connection: Connection) -> StoreCounts:
    """How much is current."""
    return StoreCounts(*connection.execute(_COUNTS).one())
