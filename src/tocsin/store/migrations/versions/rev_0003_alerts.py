"""The outbox of alerts: how far each rule has read, what it said, to whom, and what was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of alerts, and the way back from an incident to the ids that led to it."""
    op.create_index(
        "ix_incident_history_forwarded_to", "incident_history", ["forwarded_to"], unique=False
    )
    op.create_table(
        "alert_positions",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("history_key", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alerts",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_alerts_rule", "alerts", ["rule", "incident_id"], unique=False)
    op.create_table(
        "alert_messages",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_alert_messages_state", "alert_messages", ["state", "due_at"], unique=False)
    op.create_table(
        "alert_deliveries",
        sa.Column("alert_key", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("is_grouped", sa.Boolean(), nullable=False),
        sa.Column("message_key", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["alert_key"], ["alerts.key"]),
        sa.ForeignKeyConstraint(["message_key"], ["alert_messages.key"]),
        sa.PrimaryKeyConstraint("alert_key", "receiver"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_alert_deliveries_message_key", "alert_deliveries", ["message_key"], unique=False
    )
