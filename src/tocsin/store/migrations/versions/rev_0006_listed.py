"""The present record in short: what lists, charts and maps are made of, in narrow rows.

Filled from the snapshots that are current, inside SQLite.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and fill them."""
    op.create_table(
        "listed",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("place_names", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("precision", sa.Text()),
        sa.Column("uncertainty_km", sa.Float()),
        sa.Column("lineages", sa.Integer(), nullable=False),
        sa.Column("is_recap", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["incident_history.key"]),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("incident_id"),
    )
    op.create_table(
        "listed_actors",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["listed.key"]),
        sa.PrimaryKeyConstraint("key", "role", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listed_weapons",
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["listed.key"]),
        sa.PrimaryKeyConstraint("type", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listed_weapons_key", "listed_weapons", ["key"])
    op.execute(
        "INSERT INTO listed SELECT h.key, h.incident_id, coalesce(h.first_day, h.last_day),"
        " h.first_day, h.last_day, h.type, h.status, h.country,"
        " CASE WHEN json_extract(h.record, '$.place') IS NOT NULL THEN casefold("
        " coalesce(json_extract(h.record, '$.place.value.name'), '') || char(10)"
        " || coalesce(json_extract(h.record, '$.place.value.admin1'), '') || char(10)"
        " || coalesce(json_extract(h.record, '$.place.value.admin2'), '')) END,"
        " h.lat, h.lon, json_extract(h.record, '$.place.value.precision'),"
        " CASE WHEN h.lat IS NOT NULL THEN json_extract(h.record, '$.place.value.uncertainty_km')"
        " END, h.lineages, coalesce(json_extract(h.record, '$.background_only'), 0), h.title,"
        " h.recorded_at FROM incidents i JOIN incident_history h ON h.key = i.history_key"
        " WHERE h.record IS NOT NULL"
    )
    op.execute(
        "INSERT INTO listed_actors SELECT DISTINCT h.key, json_extract(e.value, '$.value.role'),"
        " casefold(json_extract(e.value, '$.value.name')) FROM listed l"
        " JOIN incident_history h ON h.key = l.key, json_each(h.record, '$.actors') e"
    )
    op.execute(
        "INSERT INTO listed_weapons SELECT DISTINCT json_extract(e.value, '$.value.type'), h.key"
        " FROM listed l"
        " JOIN incident_history h ON h.key = l.key, json_each(h.record, '$.weapons') e"
    )
    op.create_index("ix_listed_newest", "listed", [sa.text("day DESC"), "incident_id"])
    op.create_index("ix_listed_oldest", "listed", ["day", "incident_id"])
    op.create_index("ix_listed_country", "listed", ["country", "day"])
