"""Which reports their scores join: one more report is then compared with its own candidates alone.

Reports kept before have looked for nothing yet: each does when it is next reached.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _report(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("reports.key"), primary_key=True)


def upgrade() -> None:
    """Add the two tables, empty."""
    op.create_table(
        "ties",
        _report("report_key"),
        _report("other_key"),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("log_odds", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tie_searches",
        _report("report_key"),
        sa.Column("version", sa.Text(), nullable=False),
    )
