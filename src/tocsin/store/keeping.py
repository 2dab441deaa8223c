"""Articles and what they report, on their way into the tables. Every function runs inside the
caller's transaction.

What is new is added; what was current is only pointed away from. A report that is superseded takes
its incident along: the rest of it becomes unresolved, or, where nothing is left, the incident ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import xxhash
from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, text, update

from tocsin.records import Article, Report, content_id
from tocsin.records.codec import to_json
from tocsin.store import reading, schema
from tocsin.store.base import IsCopy, KeepOutcome, Kept
from tocsin.store.batches import batches
from tocsin.store.reading import Stamp, signed_64
from tocsin.store.rows import Row, article_row, report_rows
from tocsin.store.search import SearchIndex

EndIncident = Callable[[Connection, str, Stamp, str], None]
"""Ends an incident that nothing reports any more: (connection, incident id, now, article id)."""


@dataclass(slots=True)
class Keeper:
    """Keeps articles on one connection, all at one instant. `flush` ends the work.

    Rows that nothing in the same batch has to read are gathered and written together: a statement
    for each would cost four times the time.
    """

    connection: Connection
    now: Stamp
    index: SearchIndex
    end_incident: EndIncident
    _gathered: dict[Table, list[Row]] = field(default_factory=dict)
    _searchable: list[int] = field(default_factory=list)
    _report_key: int | None = None

    def flush(self) -> None:
        """Write what was gathered."""
        for table in _GATHERED:
            rows = self._gathered.pop(table, None)
            if rows:
                self.connection.execute(insert(table), rows)
        self.index.add_articles(self.connection, self._searchable)
        self._searchable.clear()

    def _gather(self, table: Table, rows: Iterable[Row]) -> None:
        self._gathered.setdefault(table, []).extend(rows)

    def keep(self, kept: Kept, is_copy: IsCopy | None) -> KeepOutcome:
        """Keep one article; see `Store.keep_many`."""
        article = kept.article
        known = reading.article_pointers(self.connection, article.id)
        if known is None:
            lineage = lineage_id_of(article.id)
            article_key = insert_row(
                self.connection, schema.articles, {"id": article.id, "lineage_id": lineage}
            )
            current_version = current_extraction = version_key = None
        else:
            self.flush()
            article_key, current_version, current_extraction = known
            version_key = reading.version_key(self.connection, article_key, article.sha256)
        is_new_text = version_key is None
        if version_key is None:
            version_key = self._add_version(article_key, kept, is_first=known is None)
        elif reading.has_extraction(
            self.connection, version_key, kept.extraction.extractor_version
        ):
            return KeepOutcome.UNCHANGED
        # A text kept before that is read anew stays behind the one that replaced it.
        is_current = is_new_text or version_key == current_version
        extraction_key = self._add_extraction(version_key, kept, is_current=is_current)
        if is_current:
            self._point(article_key, version_key, extraction_key, current_version)
        if is_current and current_extraction is not None:
            self._supersede(article.id, current_extraction, kept.extraction.reports)
        if is_new_text and is_copy is not None:
            self._join_copies(kept, is_copy)
        if is_current and article.is_retraction:
            self._reopen_lineage(article.id)
        return KeepOutcome.NEW if known is None else KeepOutcome.REVISED

    def _add_version(self, article_key: int, kept: Kept, *, is_first: bool) -> int:
        number = 0
        if not is_first:
            count = self.connection.execute(_COUNT_VERSIONS, {"article": article_key})
            number = count.scalar_one()
        row = article_row(kept.article)
        row |= {"article_key": article_key, "number": number + 1, "recorded_at": self.now}
        key = insert_row(self.connection, schema.article_versions, row)
        bands = sorted({signed_64(band) for band in kept.lineage_bands})
        if bands:
            self.connection.execute(
                insert(schema.lineage_bands), [{"band": b, "version_key": key} for b in bands]
            )
        return key

    def _add_extraction(self, version_key: int, kept: Kept, *, is_current: bool) -> int:
        extraction = kept.extraction
        key = insert_row(
            self.connection,
            schema.extractions,
            {
                "version_key": version_key,
                "extractor_version": extraction.extractor_version,
                "is_provisional": kept.is_provisional,
                "is_correction": kept.is_correction,
                "recorded_at": self.now,
            },
        )
        for ordinal, report in enumerate(extraction.reports):
            packed: Row = {
                "sketch": kept.sketches.get(report.id),
                "profile": kept.profiles.get(report.id),
            }
            report_key = self._add_report(key, ordinal, report, packed)
            blocks = sorted({block_number(k) for k in kept.block_keys.get(report.id, ())})
            self._gather(
                schema.block_keys,
                ({"block": block, "report_key": report_key} for block in blocks),
            )
            if is_current:
                mark = {"report_key": report_key, "cause_article_id": extraction.article_id}
                self._gather(schema.pending, [mark])
        parts: tuple[Sequence[object], ...]
        parts = (extraction.tallies, extraction.statements, extraction.relations)
        tables = (schema.tallies, schema.statements, schema.relations)
        for table, records in zip(tables, parts, strict=True):
            self._gather(
                table,
                (
                    {"extraction_key": key, "ordinal": ordinal, "record": to_json(record)}
                    for ordinal, record in enumerate(records)
                ),
            )
        return key

    def _add_report(self, extraction_key: int, ordinal: int, report: Report, packed: Row) -> int:
        record, claims = report_rows(report)
        # Only one writer is at work, so the keys to come are known before the rows are written.
        if self._report_key is None:
            self._report_key = self.connection.execute(_LAST_REPORT).scalar_one()
        self._report_key = key = self._report_key + 1
        self._gather(
            schema.reports,
            [
                {
                    "key": key,
                    "extraction_key": extraction_key,
                    "ordinal": ordinal,
                    "id": report.id,
                    "type": report.type.value.value,
                    "is_main": report.is_main,
                    "record": record,
                }
                | packed
            ],
        )
        stamps = {"report_key": key, "recorded_at": self.now}
        self._gather(schema.claims, (claim | stamps for claim in claims))
        return key

    def _point(
        self, article_key: int, version_key: int, extraction_key: int, before: int | None
    ) -> None:
        """Make a version and extraction the current ones, and have searches find that text."""
        is_other_text = before != version_key
        if before is not None and is_other_text:
            self.index.drop_article(self.connection, article_key)
        self.connection.execute(
            _POINT,
            {"article": article_key, "version": version_key, "extraction": extraction_key},
        )
        if is_other_text:
            self._searchable.append(article_key)

    def _supersede(self, article_id: str, old_extraction: int, now: Sequence[Report]) -> None:
        """Take the reports of the former extraction out of the record."""
        self.flush()
        old = {
            id_: (key, type_)
            for key, id_, type_ in self.connection.execute(
                select(schema.reports.c.key, schema.reports.c.id, schema.reports.c.type).where(
                    schema.reports.c.extraction_key == old_extraction
                )
            )
        }
        homes = reading.incidents_of_reports(self.connection, old)
        for keys in batches([key for key, _ in old.values()]):
            self.connection.execute(
                delete(schema.pending).where(schema.pending.c.report_key.in_(keys))
            )
        lost = sorted(old.keys() - {report.id for report in now})
        for ids in batches(lost):
            self.connection.execute(
                delete(schema.incident_members).where(schema.incident_members.c.report_id.in_(ids))
            )
        for incident_id in sorted(set(homes.values())):
            rest = reading.members(self.connection, incident_id)
            if rest:
                mark_pending(
                    self.connection, reading.current_keys(self.connection, rest), article_id
                )
            elif now:
                # Its reports may come back under another id: write_incidents settles it.
                types = sorted(old[id_][1] for id_, home in homes.items() if home == incident_id)
                self.connection.execute(
                    insert(schema.vacancies),
                    {"incident_id": incident_id, "article_id": article_id, "type": types[0]},
                )
            else:
                self.end_incident(self.connection, incident_id, self.now, article_id)

    def _join_copies(self, kept: Kept, is_copy: IsCopy) -> None:
        """Join the article's lineage with that of every text it is a near-copy of."""
        article = kept.article
        matches = reading.version_matches(self.connection, kept.lineage_bands, exclude=article.id)
        if not matches:
            return
        joined = set(reading.lineages_of(self.connection, [article.id]).values())
        copies = [article.id]
        for match in matches:
            if match.lineage_id in joined:
                continue
            if is_copy(article, self._version(match.version_key)):
                joined.add(match.lineage_id)
                copies.append(match.article_id)
        if len(copies) > 1:
            self.flush()
            join_lineages(self.connection, copies)

    def _reopen_lineage(self, article_id: str) -> None:
        """Make every report of the article's lineage unresolved: what it said is withdrawn."""
        self.flush()
        for lineage in reading.lineages_of(self.connection, [article_id]).values():
            rows = self.connection.execute(_REPORTS_OF_LINEAGE, {"lineage": lineage})
            mark_pending(self.connection, {key for _, key in rows}, article_id)

    def _version(self, version_key: int) -> Article:
        return reading.article_version(self.connection, version_key)


_GATHERED = (
    schema.reports,
    schema.claims,
    schema.block_keys,
    schema.pending,
    schema.tallies,
    schema.statements,
    schema.relations,
)
"""In the order in which rows point at each other."""

_LAST_REPORT = select(func.coalesce(func.max(schema.reports.c.key), 0))

_COUNT_VERSIONS = (
    select(func.count())
    .select_from(schema.article_versions)
    .where(schema.article_versions.c.article_key == bindparam("article"))
)
_POINT = (
    update(schema.articles)
    .where(schema.articles.c.key == bindparam("article"))
    .values(
        current_version=bindparam("version"),
        current_extraction=bindparam("extraction"),
    )
)


def insert_row(connection: Connection, table: Table, row: Row) -> int:
    """Add one row; returns its integer key."""
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None  # noqa: S101 (every table used here has one)
    return int(key[0])


def lineage_id_of(article_id: str) -> str:
    """The lineage of an article that copies none."""
    return content_id("lin", article_id)


def block_number(key: str) -> int:
    """The integer a block key is looked up by: its xxHash64, signed."""
    return signed_64(xxhash.xxh64_intdigest(key.encode("utf-8", "surrogatepass")))


def mark_pending(connection: Connection, report_keys: Collection[int], article_id: str) -> None:
    """Make reports unresolved because of an article, with marks newer than any given before."""
    for keys in batches(sorted(report_keys)):
        connection.execute(delete(schema.pending).where(schema.pending.c.report_key.in_(keys)))
        connection.execute(
            insert(schema.pending),
            [{"report_key": key, "cause_article_id": article_id} for key in keys],
        )


_REPORTS_OF_LINEAGE = text(
    "SELECT a.id, r.key FROM articles a JOIN reports r ON r.extraction_key = a.current_extraction"
    " WHERE a.lineage_id = :lineage"
)


def join_lineages(connection: Connection, article_ids: Iterable[str]) -> str | None:
    """Make one lineage of several; its id, or None where an article is unknown."""
    ids = sorted(set(article_ids))
    found = reading.lineages_of(connection, ids)
    if len(found) < len(ids) or not ids:
        return None
    target, *others = sorted(set(found.values()))
    for lineage in others:
        reports: dict[str, list[int]] = {}
        for article_id, key in connection.execute(_REPORTS_OF_LINEAGE, {"lineage": lineage}):
            reports.setdefault(article_id, []).append(key)
        for article_id, keys in sorted(reports.items()):
            mark_pending(connection, keys, article_id)
        connection.execute(
            update(schema.articles)
            .where(schema.articles.c.lineage_id == lineage)
            .values(lineage_id=target)
        )
    return target
