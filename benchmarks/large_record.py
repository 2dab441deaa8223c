"""A large record of made news, written fast: for measuring whoever reads a store.

    python -m benchmarks.large_record record.db [--incidents 115000]

One year is made (`benchmarks.made_news`) and kept through the store's own writers. Made news knows
which incident each report tells, so nothing is compared: reports are fused into the incident they
tell. The year is then copied, row by row and inside SQLite, into YEARS years: each copy has ids,
days and block keys of its own, and the towns, values and words of the year it is made from. Left
out is what only resolution asks for, the sketches of texts; a telling and its reprints share one
made-up band, by which the store takes them for copies.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import xxhash
from sqlalchemy import Column, Connection, Date, Table, Text, create_engine, func, select, text

from benchmarks.data import machine
from benchmarks.made_news import MadeNews
from tocsin.config import Settings
from tocsin.fuse import fuse
from tocsin.pipeline import kept_keys
from tocsin.records import Article, Extraction, Incident, ReportInContext
from tocsin.resolve import BLOCK_VERSION
from tocsin.store import Kept, Store, StoreCounts, open_store, schema
from tocsin.store.keeping import lineage_id_of
from tocsin.where import Gazetteer

INCIDENTS = 115_000
"""Told by some 300,000 reports."""
YEARS = 20
MADE_YEAR, FIRST_YEAR = 2016, 2001
FIRST_DAY, LAST_DAY = dt.date(MADE_YEAR, 3, 1), dt.date(MADE_YEAR, 12, 24)
"""Without the 29th of February and the turn of the year, a day of one year is one of any other."""
ARTICLES_PER_INCIDENT = 2.8
"""Rather too many, so that the year is full before it ends."""
BATCH = 500
"""Incidents fused and written in one transaction."""

Told = list[tuple[Article, Extraction]]


def by_incident(news: Iterator[tuple[Article, Extraction]]) -> Iterator[Told]:
    """The articles of the stream, those on one incident together."""
    for _, told in itertools.groupby(news, key=lambda made: made[0].id.split("-")[1]):
        yield list(told)


def telling_of(article: Article) -> str:
    """What an article shares with its reprints: `made-12-3` of `made-12-3-0`."""
    return article.id.rpartition("-")[0]


def lineages_of(articles: Iterable[Article]) -> dict[str, str]:
    """Telling to lineage: the smallest of its articles' own, as the store has it."""
    lineages: dict[str, str] = {}
    for article in articles:
        own, telling = lineage_id_of(article.id), telling_of(article)
        lineages[telling] = min(own, lineages.get(telling, own))
    return lineages


@dataclass(slots=True)
class Filling:
    """Articles and incidents on their way into a store, a batch at a time."""

    store: Store
    _open: dict[str, list[ReportInContext]] = field(default_factory=dict)
    """Town to the reports of its last incident, which a later article may still recall."""
    _kept: list[Kept] = field(default_factory=list)
    _fused: list[Incident] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """All articles on one incident, after those on all before it."""
        reports: list[ReportInContext] = []
        place = told[0][1].reports[0].place
        assert place is not None
        town = place.value.name
        recalled = self._open.pop(town, [])
        lineages = lineages_of(article for article, _ in told)
        for article, extraction in told:
            keys = {report.id: kept_keys(report, b"") for report in extraction.reports}
            band = xxhash.xxh64_intdigest(telling_of(article).encode())
            self._kept.append(Kept(article, extraction, [band], keys))
            lineage = lineages[telling_of(article)]
            for report in extraction.reports:
                into = reports if report.is_main else recalled
                into.append(ReportInContext(report, lineage, article.outlet, article.published))
        if recalled:
            self._fuse(recalled)
        self._open[town] = reports

    def _fuse(self, reports: list[ReportInContext]) -> None:
        self._fused.append(fuse(reports))
        if len(self._fused) == BATCH:
            self._write()

    def _write(self) -> None:
        self.store.keep_many(self._kept, is_copy=lambda _one, _other: True)
        told = [member.report_id for incident in self._fused for member in incident.reports]
        self.store.write_incidents(self._fused, gone={}, resolved_report_ids=told)
        self._kept, self._fused = [], []

    def finish(self) -> None:
        """Write what is left."""
        for reports in self._open.values():
            self._fuse(reports)
        self._open.clear()
        self._write()


def fill_year(store: Store, incidents: int) -> None:
    """Put so many incidents of one year into an empty store."""
    days = (LAST_DAY - FIRST_DAY).days
    per_day = max(1, round(incidents * ARTICLES_PER_INCIDENT / days))
    news = MadeNews(Gazetteer.open(), per_day=per_day, first_day=FIRST_DAY).articles()
    store.key_blocks(BLOCK_VERSION, lambda _: ())
    filling = Filling(store)
    for told in itertools.islice(by_incident(news), incidents):
        filling.add(told)
    filling.finish()


COPIED: Final[tuple[Table, ...]] = (
    schema.articles,
    schema.article_versions,
    schema.extractions,
    schema.reports,
    schema.claims,
    schema.tallies,
    schema.lineage_bands,
    schema.block_keys,
    schema.incident_history,
    schema.incidents,
    schema.listed,
    schema.listed_actors,
    schema.listed_weapons,
    schema.incident_members,
)
"""Tables that hold rows of the record, in the order in which they point at each other."""
POINTERS = {
    "current_version": schema.article_versions,
    "current_extraction": schema.extractions,
}
"""Columns that hold keys without saying so in the schema."""
HASHES = {"block", "band"}
"""Any other number is the hash of another key."""
ID_PREFIXES = ("inc_", "rep_", "lin_", "tly_", "made-")


def copied_value(column: Column[Any], strides: dict[str, int], copy: int, year: int) -> str:
    """What stands in a column of one copy, in SQL."""
    name = column.name
    if name in HASHES:
        return f"{name} + {copy}"
    pointed = [key.column.table.name for key in column.foreign_keys]
    if name in POINTERS:
        pointed = [POINTERS[name].name]
    elif name == "key" and not pointed:
        pointed = [column.table.name]
    if pointed:
        return f"{name} + {strides[pointed[0]] * copy}"
    if isinstance(column.type, Date):
        return f"replace({name}, '{MADE_YEAR}-', '{year}-')"
    if isinstance(column.type, Text):
        # In JSON a date follows a quotation mark; an article's number, which may be this too, not.
        written = f"""replace({name}, '"{MADE_YEAR}-', '"{year}-')"""
        for prefix in ID_PREFIXES:
            written = f"replace({written}, '{prefix}', '{prefix}{copy}y')"
        return written
    return name


def copy_years(connection: Connection, years: Iterable[int]) -> None:
    """Copy the one year that the tables hold into others, a number of the copy in every id."""
    strides = {
        table.name: connection.execute(select(func.max(table.c.key))).scalar_one()
        for table in COPIED
        if "key" in table.c
    }
    # Its keys are those of its snapshots.
    strides |= {schema.listed.name: strides[schema.incident_history.name]}
    for table in COPIED:
        connection.execute(
            text(f"CREATE TEMP TABLE one_{table.name} AS SELECT * FROM {table.name}")
        )
    for copy, year in enumerate(years, 1):
        for table in COPIED:
            names = ", ".join(table.c.keys())
            values = ", ".join(copied_value(one, strides, copy, year) for one in table.c)
            connection.execute(
                text(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM one_{table.name}")
            )
    for statement in INDEXED:
        connection.execute(
            text(statement),
            {"articles": strides["articles"], "snapshots": strides["incident_history"]},
        )


INDEXED = (
    "INSERT INTO article_search (rowid, title, text)"
    " SELECT key, title, text FROM searchable_articles WHERE key > :articles",
    "INSERT INTO incident_search (rowid, title, words)"
    " SELECT key, title, words FROM searchable_snapshots WHERE key > :snapshots",
    "INSERT INTO incident_places (key, south, north, west, east)"
    " SELECT key, lat, lat, lon, lon FROM incident_history"
    " WHERE key > :snapshots AND lat IS NOT NULL",
)
"""What `tocsin.store.search` indexes, of the copies."""


def build(path: str, incidents: int) -> StoreCounts:
    """A new store at `path` with about so many incidents, over YEARS years."""
    settings = Settings().store
    with open_store(path, settings) as store:
        fill_year(store, -(-incidents // YEARS))
    years = [year for year in range(FIRST_YEAR, FIRST_YEAR + YEARS) if year != MADE_YEAR]
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        copy_years(connection, years)
    engine.dispose()
    with open_store(path, settings) as store:
        return store.counts()


def main() -> None:
    """Build a store and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="a new file")
    parser.add_argument("--incidents", type=int, default=INCIDENTS)
    options = parser.parse_args()
    print(machine())
    began = time.perf_counter()
    counts = build(options.store, options.incidents)
    print(
        f"{counts.incidents:,} incidents, {counts.reports:,} reports, {counts.articles:,} articles,"
        f" {counts.lineages:,} lineages in {time.perf_counter() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
