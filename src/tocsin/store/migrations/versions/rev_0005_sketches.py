"""The rarest words of an article beside the report that leads it: what likeness is told by.

Reports kept before have none. They are compared by their values alone until their articles are read
anew into another store.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a table of many rows is not rewritten."""
    op.add_column("reports", sa.Column("sketch", sa.LargeBinary(), nullable=True))
