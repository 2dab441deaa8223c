"""What is compared of a report, packed, beside it: candidates are compared without their claims.

Reports kept before have none; they are put together from their claims as before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a table of many rows is not rewritten."""
    op.add_column("reports", sa.Column("profile", sa.LargeBinary(), nullable=True))
