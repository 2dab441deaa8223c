"""The store's tables, as SQLAlchemy Core. Migrations bring a file here; a test compares the two.

    articles ─┬─ article_versions ── extractions ─┬─ reports ── claims, block_keys, pending
              │      (texts, append-only)         ├─ tallies, statements, relations
              └─ current_extraction ──────────────┘
    reports ── ties (pairs that score enough to be joined), tie_searches (who looked for its own)
    incidents ── incident_history (snapshots, append-only)      incident_members: report -> incident
    listed ─── listed_actors, listed_weapons   (the present record in short: what lists are made of)
    feeds ── watched_items ── inbox (fetched, not yet taken in)      feed_gaps, watched_hosts
    alert_positions     alerts ── alert_deliveries ── alert_messages      (docs/alerts.md)
    decisions (append-only)      assignments: item of the review queue -> reviewer
    accounts ─── sessions, api_tokens                           audit: what they did (append-only)

`articles` and `incidents` are pointers to what is current; what they point at is never rewritten.
Integer keys join tables and follow the order of keeping; text ids come from content. Records stand
as JSON, beside columns for what is looked up.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

REVISION = "0009"
"""The schema revision this code reads and writes: the newest file in `migrations/versions`."""

APPLICATION_ID = 0x546F6373
"""`Tocs`: stands in the header of every SQLite store, so that `file` and we can tell."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


class Instant(TypeDecorator[dt.datetime]):
    """An instant as whole microseconds since 1970 UTC: exact, ordered, small."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Any offset in, microseconds out."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Microseconds in, UTC out."""
        return None if value is None else EPOCH + value * MICROSECOND


metadata = MetaData()


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True)


def _to(
    target: str, *, name: str, primary_key: bool = False, nullable: bool = False
) -> Column[int]:
    return Column(name, Integer, ForeignKey(target), primary_key=primary_key, nullable=nullable)


articles = Table(
    "articles",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("lineage_id", Text, nullable=False, index=True),
    Column("current_version", Integer, nullable=True),
    Column("current_extraction", Integer, nullable=True, unique=True),
)

article_versions = Table(
    "article_versions",
    metadata,
    _key(),
    _to("articles.key", name="article_key"),
    Column("number", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", Text),
    Column("text", Text, nullable=False),
    Column("regions", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("article_key", "number"),
    UniqueConstraint("article_key", "sha256"),
)

extractions = Table(
    "extractions",
    metadata,
    _key(),
    _to("article_versions.key", name="version_key"),
    Column("extractor_version", Text, nullable=False),
    Column("is_provisional", Boolean, nullable=False),
    Column("is_correction", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("version_key", "extractor_version"),
)

reports = Table(
    "reports",
    metadata,
    _key(),
    _to("extractions.key", name="extraction_key"),
    Column("ordinal", Integer, nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("is_main", Boolean, nullable=False),
    Column("record", Text, nullable=False),
    Column("sketch", LargeBinary),
    Column("profile", LargeBinary),
    UniqueConstraint("extraction_key", "ordinal"),
)

claims = Table(
    "claims",
    metadata,
    _to("reports.key", name="report_key", primary_key=True),
    Column("field", Text, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("value", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("attributions", Text),
    Column("rule", Text),
    Column("confidence", Float, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)


def _part(name: str) -> Table:
    """A table of what an extraction holds beside reports."""
    return Table(
        name,
        metadata,
        _to("extractions.key", name="extraction_key", primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        Column("record", Text, nullable=False),
        sqlite_with_rowid=False,
    )


tallies = _part("tallies")
statements = _part("statements")
relations = _part("relations")

lineage_bands = Table(
    "lineage_bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    _to("article_versions.key", name="version_key", primary_key=True),
    sqlite_with_rowid=False,
)

block_keys = Table(
    "block_keys",
    metadata,
    Column("block", BigInteger, primary_key=True),
    _to("reports.key", name="report_key", primary_key=True),
    sqlite_with_rowid=False,
)

pending = Table(
    "pending",
    metadata,
    Column("mark", Integer, primary_key=True),
    _to("reports.key", name="report_key"),
    Column("cause_article_id", Text, nullable=False),
    UniqueConstraint("report_key"),
    # Marks are never reused: a mark given later is always greater, whatever was deleted.
    sqlite_autoincrement=True,
)

ties = Table(
    "ties",
    metadata,
    _to("reports.key", name="report_key", primary_key=True),
    _to("reports.key", name="other_key", primary_key=True),
    Column("score", Float, nullable=False),
    Column("log_odds", Float, nullable=False),
    sqlite_with_rowid=False,
)
"""Each tie twice, once from either end."""

tie_searches = Table(
    "tie_searches",
    metadata,
    _to("reports.key", name="report_key", primary_key=True),
    Column("version", Text, nullable=False),
)

incident_history = Table(
    "incident_history",
    metadata,
    _key(),
    Column("incident_id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("recorded_at", Instant, nullable=False, index=True),
    Column("first_seen", Instant, nullable=False),
    Column("record", Text),
    Column("forwarded_to", Text, index=True),
    Column("causes", Text, nullable=False),
    Column("type", Text),
    Column("status", Text),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("lineages", Integer),
    Column("title", Text),
    Column("words", Text),
    UniqueConstraint("incident_id", "number"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    _to("incident_history.key", name="history_key"),
    sqlite_with_rowid=False,
)

listed = Table(
    "listed",
    metadata,
    _to("incident_history.key", name="key", primary_key=True),
    Column("incident_id", Text, nullable=False, unique=True),
    Column("day", Date),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("country", Text),
    Column("place_names", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text),
    Column("uncertainty_km", Float),
    Column("lineages", Integer, nullable=False),
    Column("is_recap", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
Index("ix_listed_newest", listed.c.day.desc(), listed.c.incident_id)
Index("ix_listed_oldest", listed.c.day, listed.c.incident_id)
Index("ix_listed_country", listed.c.country, listed.c.day)

listed_actors = Table(
    "listed_actors",
    metadata,
    _to("listed.key", name="key", primary_key=True),
    Column("role", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    sqlite_with_rowid=False,
)

listed_weapons = Table(
    "listed_weapons",
    metadata,
    Column("type", Text, primary_key=True),
    _to("listed.key", name="key", primary_key=True),
    Index("ix_listed_weapons_key", "key"),
    sqlite_with_rowid=False,
)

incident_members = Table(
    "incident_members",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("incident_id", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)

vacancies = Table(
    "vacancies",
    metadata,
    Column("incident_id", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("record", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("item", Text, primary_key=True),
    Column("reviewer", Text, nullable=False),
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

refusals = Table(
    "refusals",
    metadata,
    _key(),
    Column("source", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("source", "locator", "reason"),
)

runs = Table(
    "runs",
    metadata,
    _key(),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("facts", Text, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("interval_s", Float, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("tried_at", Instant),
    Column("succeeded_at", Instant),
    Column("news_at", Instant),
    Column("lag_s", Float),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    Column("is_gone", Boolean, nullable=False),
    Column("is_watched", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

feed_gaps = Table(
    "feed_gaps",
    metadata,
    Column("feed_url", Text, primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

watched_items = Table(
    "watched_items",
    metadata,
    Column("key", Text, primary_key=True),
    Column("feed_url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("is_listing", Boolean, nullable=False),
    Column("mark", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("title", Text),
    Column("published", Text),
    Column("outlet", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("fetched_at", Instant),
    Column("body_sha256", Text),
    Column("rechecks", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    Index("ix_watched_items_due_at", "due_at"),
    sqlite_with_rowid=False,
)

watched_hosts = Table(
    "watched_hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("robots", Text),
    Column("robots_at", Instant),
    Column("free_at", Instant),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    _key(),
    Column("source", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("charset", Text),
    Column("article_id", Text),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Text),
    Column("received_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("stage", Text),
    Column("error", Text),
    # Keys are never used again: one that a person named is not another document later.
    sqlite_autoincrement=True,
)

alert_positions = Table(
    "alert_positions",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("history_key", Integer, nullable=False),
    sqlite_with_rowid=False,
)

alerts = Table(
    "alerts",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("rule", Text, nullable=False),
    Column("incident_id", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_alerts_rule", "rule", "incident_id"),
)

alert_messages = Table(
    "alert_messages",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("receiver", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("ended_at", Instant),
    Column("error", Text),
    Index("ix_alert_messages_state", "state", "due_at"),
)

alert_deliveries = Table(
    "alert_deliveries",
    metadata,
    _to("alerts.key", name="alert_key", primary_key=True),
    Column("receiver", Text, primary_key=True),
    Column("ready_at", Instant, nullable=False),
    Column("is_grouped", Boolean, nullable=False),
    Column("message_key", Integer, ForeignKey("alert_messages.key"), index=True),
    sqlite_with_rowid=False,
)

accounts = Table(
    "accounts",
    metadata,
    _key(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    _to("accounts.key", name="account_key"),
    Column("opened_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

api_tokens = Table(
    "api_tokens",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    _to("accounts.key", name="account_key"),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
)

audit = Table(
    "audit",
    metadata,
    _key(),
    Column("at", Instant, nullable=False),
    Column("act", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("address", Text),
)
