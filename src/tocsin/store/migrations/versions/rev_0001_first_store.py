"""The first store: articles, reports, incidents, logs, and their search indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x546F6373
"""`Tocs`, in the header of the file."""


def upgrade() -> None:
    """Make every table, then the search indexes SQLite keeps beside them."""
    op.create_table(
        "articles",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("lineage_id", sa.Text(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=True),
        sa.Column("current_extraction", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("current_extraction"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_articles_lineage_id"), "articles", ["lineage_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "incident_history",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("forwarded_to", sa.Text(), nullable=True),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lineages", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("incident_id", "number"),
    )
    op.create_index(
        op.f("ix_incident_history_recorded_at"), "incident_history", ["recorded_at"], unique=False
    )
    op.create_table(
        "incident_members",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_incident_members_incident_id"), "incident_members", ["incident_id"], unique=False
    )
    op.create_table(
        "refusals",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("source", "locator", "reason"),
    )
    op.create_table(
        "runs",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "vacancies",
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_versions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article_key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_key"],
            ["articles.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("article_key", "number"),
        sa.UniqueConstraint("article_key", "sha256"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("history_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["history_key"],
            ["incident_history.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "extractions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("version_key", sa.Integer(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("is_correction", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_key"],
            ["article_versions.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("version_key", "extractor_version"),
    )
    op.create_table(
        "lineage_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("version_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_key"],
            ["article_versions.key"],
        ),
        sa.PrimaryKeyConstraint("band", "version_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relations",
        sa.Column("extraction_key", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_key"],
            ["extractions.key"],
        ),
        sa.PrimaryKeyConstraint("extraction_key", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reports",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("extraction_key", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_key"],
            ["extractions.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("extraction_key", "ordinal"),
    )
    op.create_index(op.f("ix_reports_id"), "reports", ["id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("extraction_key", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_key"],
            ["extractions.key"],
        ),
        sa.PrimaryKeyConstraint("extraction_key", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("extraction_key", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_key"],
            ["extractions.key"],
        ),
        sa.PrimaryKeyConstraint("extraction_key", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "block_keys",
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("report_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"],
            ["reports.key"],
        ),
        sa.PrimaryKeyConstraint("block", "report_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claims",
        sa.Column("report_key", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("attributions", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"],
            ["reports.key"],
        ),
        sa.PrimaryKeyConstraint("report_key", "field", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pending",
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("report_key", sa.Integer(), nullable=False),
        sa.Column("cause_article_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"],
            ["reports.key"],
        ),
        sa.PrimaryKeyConstraint("mark"),
        sa.UniqueConstraint("report_key"),
        sqlite_autoincrement=True,
    )

    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    op.execute(
        "CREATE VIEW searchable_articles AS SELECT a.key AS key, v.title AS title, v.text AS text"
        " FROM articles a JOIN article_versions v ON v.key = a.current_version"
    )
    op.execute(
        "CREATE VIRTUAL TABLE article_search USING fts5 (title, text,"
        " content='searchable_articles', content_rowid='key',"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE VIEW searchable_snapshots AS SELECT key, title, words FROM incident_history"
        " WHERE record IS NOT NULL"
    )
    op.execute(
        "CREATE VIRTUAL TABLE incident_search USING fts5 (title, words,"
        " content='searchable_snapshots', content_rowid='key',"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("CREATE VIRTUAL TABLE incident_places USING rtree (key, south, north, west, east)")
